/* SPDX-License-Identifier: MIT */
#ifndef SDREG_PRESENCE_H
#define SDREG_PRESENCE_H

/** @file
 * Link-local messaging: presence (`_presence._tcp`, XEP-0174) and Clique rooms (`_clique._udp`), as
 * values that a program works with. Nothing here needs a registry, allocates memory (but for the
 * strings of a record that is written) or reads the locale. All functions may be called from any
 * thread.
 */

#include <sdreg/api.h>
#include <sdreg/text.h>
#include <sdreg/type.h>

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sdreg_txt;

/** Whether a user is there (XEP-0174 section 15.1, `status`). */
enum sdreg_status {
	SDREG_STATUS_AVAILABLE = 0, /**< `avail`, and what is taken if nothing is said */
	SDREG_STATUS_AWAY, /**< `away` */
	SDREG_STATUS_BUSY, /**< `dnd`, do not disturb */
};

/** What a client offers (XEP-0174 section 15.1, `vc`), as bits. */
enum sdreg_presence_can {
	SDREG_PRESENCE_CAN_AUDIO = 1 << 0, /**< `A` */
	SDREG_PRESENCE_CAN_VIDEO = 1 << 1, /**< `V` */
	SDREG_PRESENCE_CAN_CONFERENCE = 1 << 2, /**< `C`: more than one party */
	SDREG_PRESENCE_CAN_NOW = 1 << 3, /**< `!`: not busy with such a call */
};

/**
 * Presence as a TXT record tells it. A text whose `at` is NULL was not told; one of length 0 was
 * told as empty. Every part is optional (XEP-0174 section 3.1).
 */
struct sdreg_presence {
	size_t size; /**< sizeof(struct sdreg_presence): nothing behind it is read or written */
	struct sdreg_text first; /**< `1st`: given name, UTF-8 */
	struct sdreg_text last; /**< `last`: family name, UTF-8 */
	struct sdreg_text nick; /**< `nick`: the name to show, UTF-8 */
	struct sdreg_text emails; /**< `email`: addresses with spaces between; sdreg_next_word() */
	struct sdreg_text jids; /**< `jid`: XMPP addresses with spaces between */
	struct sdreg_text message; /**< `msg`: what the user says of the status, UTF-8 */
	enum sdreg_status status; /**< `status`; anything else is SDREG_STATUS_AVAILABLE */
	uint16_t port; /**< `port.p2pj`, 0 if there is none; the SRV record's is to be used */
	unsigned can; /**< `vc`: bits of enum sdreg_presence_can */
	int has_picture; /**< 1 if `phsh` is the SHA-1 hash of a picture */
	unsigned char picture[20]; /**< that hash */
	struct sdreg_text node; /**< `node`: the application (XEP-0115) */
	struct sdreg_text hash; /**< `hash`: name of the hash function (XEP-0115) */
	struct sdreg_text ver; /**< `ver`: hash of the capabilities (XEP-0115) */
	struct sdreg_text ext; /**< `ext`: words with spaces between (XEP-0115, former) */
	struct sdreg_text txtvers; /**< `txtvers` as sent, empty if it is not there: readers ignore
				      a record of another version than 1 (RFC 6763 section 6.7).
				      Not written */
};

/**
 * Takes the presence out of a TXT record. Of a key that is there twice the first counts; keys that
 * are not registered mean nothing. It cannot fail: what is wrong is as if it were not there, and
 * sdreg_check() tells of it.
 * @param presence  its texts live until the record is changed
 */
SDREG_API void sdreg_presence_read(const struct sdreg_txt *txt, struct sdreg_presence *presence);

/**
 * Writes a presence into a TXT record: `txtvers=1` first, `status` always, the others if they have
 * something to say. Registered keys that have nothing to say are taken out; other keys stay.
 * Names and message are cut, at a character's end, where they are too long for a TXT string.
 * @param presence  its texts must not be the record's own
 * @return 0; SDREG_E_LIMIT (another text or the record is too long), SDREG_E_MEMORY,
 *         SDREG_E_ARGUMENT (the size): the record is unchanged
 */
SDREG_API int sdreg_presence_write(const struct sdreg_presence *presence, struct sdreg_txt *txt);

/**
 * The name to show for a user: nick, or given and family name, or the user of the instance name, or
 * the instance name.
 * @param instance  the service instance name, len raw bytes; 0 of them for none
 * @param buf       size bytes; the name is cut to fit, at a character's end, and ends with a NUL.
 *                  It is what the network said: hostile bytes included
 * @return length of the name in buf
 */
SDREG_API size_t sdreg_presence_name(const struct sdreg_presence *presence, const char *instance,
	size_t len, char *buf, size_t size);

/** "avail", "away", "dnd", as in the TXT record. Never NULL. */
SDREG_API const char *sdreg_status_text(enum sdreg_status status);

/**
 * Takes the next word off a text that has spaces between its words.
 * @param rest  what is left to read; moves on
 * @return 1 with word written, or 0 at the end
 */
SDREG_API int sdreg_next_word(struct sdreg_text *rest, struct sdreg_text *word);

/* ---- instance names: user@machine (XEP-0174 section 3) ---- */

/**
 * Writes the instance name `user@machine`. A user too long for a label is cut, at a character's
 * end.
 * @param user     user_len bytes of UTF-8, not empty
 * @param machine  machine_len bytes of ASCII without `@`, not empty; of a name with dots the first
 *                 label is taken
 * @return length, or SDREG_E_SYNTAX (empty, control characters, not UTF-8, a machine that is not
 *         ASCII), SDREG_E_LIMIT (no room for the user beside the machine); name is then empty
 */
SDREG_API int sdreg_presence_join(const char *user, size_t user_len, const char *machine,
	size_t machine_len, char name[SDREG_LABEL_SIZE]);

/**
 * Cuts an instance name at its last `@`.
 * @param name  len raw bytes
 * @return 1 with user and machine written, texts inside the name; 0 if it is not `user@machine`
 */
SDREG_API int sdreg_presence_split(const char *name, size_t len, struct sdreg_text *user,
	struct sdreg_text *machine);

/**
 * The name to try when one is taken: the machine gets `-1`, the next time `-2` and so on (XEP-0174
 * section 3). A name that is not `user@machine` gets it at its end. What is too long is cut before.
 * @param name     the name that was wanted, len raw bytes
 * @param number   1 to 9999
 * @param renamed  must not be name
 * @return length, or SDREG_E_LIMIT (the number, or there is no room), SDREG_E_SYNTAX (a NUL in the
 *         name); renamed is then empty
 */
SDREG_API int sdreg_presence_rename(const char *name, size_t len, unsigned number,
	char renamed[SDREG_LABEL_SIZE]);

/* ---- the registered keys ---- */

/** How a key stands with the XMPP Registrar. */
enum sdreg_presence_standing {
	SDREG_PRESENCE_STANDING_RECOMMENDED = 1,
	SDREG_PRESENCE_STANDING_OPTIONAL,
	SDREG_PRESENCE_STANDING_DEPRECATED,
	SDREG_PRESENCE_STANDING_FORMER, /**< not registered any more; in iChat's registration with
					   IANA */
};

struct sdreg_presence_key; /**< a TXT key of presence; lives as long as the program */

/** The nth key, from 0: the fifteen of the XMPP Registrar's Link-Local Messaging TXT Record
 * Parameters (version 0.3), then the former ones. NULL past the last. */
SDREG_API const struct sdreg_presence_key *sdreg_presence_key(size_t nth);

/** The key, such as "1st". Never NULL. */
SDREG_API const char *sdreg_presence_key_name(const struct sdreg_presence_key *key);

/** How it stands with the XMPP Registrar. */
SDREG_API enum sdreg_presence_standing sdreg_presence_key_standing(
	const struct sdreg_presence_key *key);

/** What it says, in words. Never NULL. */
SDREG_API const char *sdreg_presence_key_meaning(const struct sdreg_presence_key *key);

/** What its value may be, in words. Never NULL. */
SDREG_API const char *sdreg_presence_key_values(const struct sdreg_presence_key *key);

/** The value that is taken when the key is missing; empty for none. Never NULL. */
SDREG_API const char *sdreg_presence_key_default(const struct sdreg_presence_key *key);

/** "recommended", "optional", "deprecated", "former". Never NULL. */
SDREG_API const char *sdreg_presence_standing_text(enum sdreg_presence_standing standing);

/* ---- Clique ---- */

/**
 * Writes the host name that the SRV record of a room points to, and that has the room's multicast
 * group as its address: `ROOM._clique._udp.DOMAIN`, escaped (Clique 0.0.1).
 * @param room    the instance name, room_len raw bytes
 * @param domain  domain_len bytes; 0 of them for "local"
 * @param buf     size bytes; SDREG_DOMAIN_SIZE is enough for any room
 * @return length, or SDREG_E_LIMIT (buf is too small, or room is no label), SDREG_E_SYNTAX (a NUL
 * in the domain); buf is then empty
 */
SDREG_API int sdreg_clique_host(const char *room, size_t room_len, const char *domain,
	size_t domain_len, char *buf, size_t size);

#ifdef __cplusplus
}
#endif

#endif
