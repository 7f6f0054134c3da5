/* SPDX-License-Identifier: MIT */
#include "presence.h"

#include <sdreg/presence.h>

/* The TXT keys of presence: XMPP Registrar, Link-Local Messaging TXT Record Parameters 0.3, and
 * what of iChat's registration with IANA is not among them. */

static const struct sdreg_presence_key keys[] = {
	{"txtvers", SDREG_PRESENCE_STANDING_DEPRECATED, "version of this set of keys", "1", "1"},
	{"1st", SDREG_PRESENCE_STANDING_OPTIONAL, "given name of the user", "UTF-8", ""},
	{"last", SDREG_PRESENCE_STANDING_OPTIONAL, "family name of the user", "UTF-8", ""},
	{"nick", SDREG_PRESENCE_STANDING_RECOMMENDED, "friendly name of the user", "UTF-8", ""},
	{"email", SDREG_PRESENCE_STANDING_OPTIONAL, "mail addresses of the user",
		"addresses with spaces between them", ""},
	{"jid", SDREG_PRESENCE_STANDING_RECOMMENDED, "XMPP addresses of the user",
		"JIDs with spaces between them", ""},
	{"msg", SDREG_PRESENCE_STANDING_OPTIONAL, "what the user says of the status", "UTF-8", ""},
	{"status", SDREG_PRESENCE_STANDING_RECOMMENDED, "whether the user is there",
		"avail, away or dnd (do not disturb)", "avail"},
	{"phsh", SDREG_PRESENCE_STANDING_OPTIONAL, "SHA-1 hash of the user's picture",
		"40 hexadecimal digits", ""},
	{"port.p2pj", SDREG_PRESENCE_STANDING_DEPRECATED, "port for messages",
		"that of the SRV record", "that of the SRV record"},
	{"vc", SDREG_PRESENCE_STANDING_OPTIONAL, "what the client offers",
		"letters: A audio, V video, C more than one party, ! not busy", ""},
	{"node", SDREG_PRESENCE_STANDING_RECOMMENDED, "the application (XEP-0115)",
		"an identifier, a URI", ""},
	{"hash", SDREG_PRESENCE_STANDING_RECOMMENDED, "the hash function behind ver (XEP-0115)",
		"such as sha-1", ""},
	{"ver", SDREG_PRESENCE_STANDING_RECOMMENDED, "hash of the capabilities (XEP-0115)",
		"in base64", ""},
	{"ext", SDREG_PRESENCE_STANDING_OPTIONAL, "bundles of features (XEP-0115, former)",
		"words with spaces between them", ""},
	{"AIM", SDREG_PRESENCE_STANDING_FORMER, "AIM screen name of the user", "text", ""},
};

const struct sdreg_presence_key *sdreg_presence_key(size_t nth)
{
	return nth < sizeof(keys) / sizeof(keys[0]) ? &keys[nth] : NULL;
}

const char *sdreg_presence_key_name(const struct sdreg_presence_key *key)
{
	return key->name;
}

enum sdreg_presence_standing sdreg_presence_key_standing(const struct sdreg_presence_key *key)
{
	return key->standing;
}

const char *sdreg_presence_key_meaning(const struct sdreg_presence_key *key)
{
	return key->meaning;
}

const char *sdreg_presence_key_values(const struct sdreg_presence_key *key)
{
	return key->values;
}

const char *sdreg_presence_key_default(const struct sdreg_presence_key *key)
{
	return key->by_default;
}

const char *sdreg_presence_standing_text(enum sdreg_presence_standing standing)
{
	switch (standing) {
	case SDREG_PRESENCE_STANDING_RECOMMENDED:
		return "recommended";
	case SDREG_PRESENCE_STANDING_OPTIONAL:
		return "optional";
	case SDREG_PRESENCE_STANDING_DEPRECATED:
		return "deprecated";
	case SDREG_PRESENCE_STANDING_FORMER:
		return "former";
	}
	return "unknown standing";
}
