/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "common/ascii.h"
#include "common/near.h"
#include "common/utf8.h"
#include "presence.h"

#include <sdreg/presence.h>

#include <string.h>

/* The profile of link-local messaging: XEP-0174, and what its clients can bear. An empty value says
 * nothing, so that it is never wrong: many clients send them. */

/* Whose values are UTF-8. */
static const char *const presence_texts[] = {"1st", "last", "nick", "msg", "jid", "email"};

static const char registrar[] = "XEP-0174 section 15.1";

/* The key's first value if it has one that is not empty. */
static int find(const struct check *c, const char *key, struct sdreg_txt_item *item,
	struct check_place *place)
{
	if (!sdreg_txt_find(c->subject->txt, key, strlen(key), item) || item->value_len == 0)
		return 0;
	if (place != NULL)
		*place = report_place_of(c->subject->txt, key);
	return 1;
}

/* ---- keys ---- */

static const struct sdreg_presence_key *find_key(const char *name, size_t len)
{
	const struct sdreg_presence_key *key;
	for (size_t i = 0; (key = sdreg_presence_key(i)) != NULL; i++)
		if (strlen(key->name) == len && ascii_equal(key->name, name, len))
			return key;
	return NULL;
}

static const struct sdreg_presence_key *near_key(const char *name, size_t len)
{
	enum { SHORTEST = 3 }; /* of two letters, anything is near */
	const struct sdreg_presence_key *key;
	for (size_t i = 0; (key = sdreg_presence_key(i)) != NULL; i++)
		if (strlen(key->name) >= SHORTEST &&
			near_distance(key->name, strlen(key->name), name, len) <= 1)
			return key;
	return NULL;
}

static void check_unregistered(const struct check *c, const struct check_place *place)
{
	static const struct check_rule near = {SDREG_FINDING_KEY_NEAR, SDREG_SEVERITY_NOTE,
		registrar};
	static const struct check_rule unregistered = {SDREG_FINDING_KEY_UNKNOWN,
		SDREG_SEVERITY_NOTE, registrar};
	const struct sdreg_presence_key *const meant = near_key(place->key, place->key_len);
	if (meant != NULL)
		report_add(c->report, &near, place,
			"the key is not registered, which is legal; is %s meant?", meant->name);
	else
		report_add(c->report, &unregistered, place,
			"the key is not registered, which is legal");
}

static void check_key(const struct check *c, const struct check_place *place)
{
	static const struct check_rule former = {SDREG_FINDING_KEY_FORMER, SDREG_SEVERITY_NOTE,
		"IANA, presence"};
	static const struct check_rule spelling = {SDREG_FINDING_KEY_CASE, SDREG_SEVERITY_NOTE,
		"RFC 6763 section 6.4"};
	const struct sdreg_presence_key *const key = find_key(place->key, place->key_len);
	if (key == NULL) {
		check_unregistered(c, place);
		return;
	}
	if (key->standing == SDREG_PRESENCE_STANDING_FORMER)
		report_add(c->report, &former, place,
			"the key was registered formerly, and is not now");
	if (memcmp(key->name, place->key, place->key_len) != 0)
		report_add(c->report, &spelling, place,
			"the key is registered as %s; case does "
			"not count, but some clients see only that",
			key->name);
}

/* ---- values ---- */

static void check_version(const struct check *c)
{
	static const struct check_rule rule = {SDREG_FINDING_TXTVERS, SDREG_SEVERITY_WARNING,
		"RFC 6763 section 6.7"};
	struct sdreg_txt_item item;
	struct check_place place;
	char quoted[REPORT_QUOTE_SIZE];
	if (find(c, "txtvers", &item, &place) && !(item.value_len == 1 && item.value[0] == '1'))
		report_add(c->report, &rule, &place,
			"txtvers is \"%s\", and the only version is "
			"1: readers should ignore the record",
			report_quote(item.value, item.value_len, quoted));
}

static void check_status(const struct check *c)
{
	static const struct check_rule rule = {SDREG_FINDING_STATUS, SDREG_SEVERITY_WARNING,
		registrar};
	struct sdreg_txt_item item;
	struct check_place place;
	enum sdreg_status status;
	char quoted[REPORT_QUOTE_SIZE];
	if (find(c, "status", &item, &place) &&
		!presence_status(item.value, item.value_len, &status))
		report_add(c->report, &rule, &place,
			"the status \"%s\" is none of avail, away, dnd: readers take it as avail",
			report_quote(item.value, item.value_len, quoted));
}

static void check_picture(const struct check *c)
{
	static const struct check_rule rule = {SDREG_FINDING_PHSH, SDREG_SEVERITY_WARNING,
		"XEP-0174 section 11.2"};
	struct sdreg_txt_item item;
	struct check_place place;
	unsigned char hash[PRESENCE_HASH_SIZE];
	if (find(c, "phsh", &item, &place) && !presence_hash(item.value, item.value_len, hash))
		report_add(c->report, &rule, &place,
			"the value is no SHA-1 hash in hexadecimal: "
			"it has %zu characters, not 40 digits",
			item.value_len);
}

static void check_port(const struct check *c)
{
	static const struct check_rule number = {SDREG_FINDING_PORT_NUMBER, SDREG_SEVERITY_WARNING,
		"XEP-0174 section 11.3"};
	static const struct check_rule differs = {SDREG_FINDING_PORT_DIFFERS,
		SDREG_SEVERITY_WARNING, "XEP-0174 section 11.3"};
	const struct sdreg_subject *const s = c->subject;
	struct sdreg_txt_item item;
	struct check_place place;
	uint16_t port;
	char quoted[REPORT_QUOTE_SIZE];
	if (!find(c, "port.p2pj", &item, &place))
		return;
	if (!presence_port(item.value, item.value_len, &port))
		report_add(c->report, &number, &place,
			"\"%s\" is no port number, 1 to 65535: some "
			"clients fail on it",
			report_quote(item.value, item.value_len, quoted));
	else if (s->has_port && s->port != port)
		report_add(c->report, &differs, &place,
			"the port is %u here, and %u in the SRV "
			"record, which it must equal: clients use the SRV record's",
			(unsigned)port, (unsigned)s->port);
}

static void check_capabilities(const struct check *c)
{
	static const struct check_rule hash = {SDREG_FINDING_HASH_ALONE, SDREG_SEVERITY_NOTE,
		"XEP-0174 section 10"};
	static const struct check_rule ver = {SDREG_FINDING_VER_ALONE, SDREG_SEVERITY_NOTE,
		"XEP-0174 section 10"};
	struct sdreg_txt_item item;
	struct check_place place;
	const int has_node = find(c, "node", &item, NULL);
	const int has_ver = find(c, "ver", &item, &place);
	if (!find(c, "hash", &item, NULL)) {
		if (has_ver)
			report_add(c->report, &ver, &place,
				"without hash, this is no hash of capabilities to readers");
		return;
	}
	const char *const missing = has_ver ? "node" : has_node ? "ver" : "node and ver";
	place = report_place_of(c->subject->txt, "hash");
	if (!has_ver || !has_node)
		report_add(c->report, &hash, &place, "hash needs %s to tell capabilities", missing);
}

/* Texts are UTF-8 (XEP-0174 section 3): what is not is Latin-1 in all that was seen, which has a
 * character a byte. */
static void check_text(const struct check *c, const char *key)
{
	static const struct check_rule rule = {SDREG_FINDING_VALUE_UTF8, SDREG_SEVERITY_WARNING,
		"XEP-0174 section 3"};
	enum { SHOWN = 40 };
	struct sdreg_txt_item item;
	struct check_place place;
	char meant[2 * SHOWN + 1];
	size_t len = 0;
	if (!find(c, key, &item, &place) ||
		utf8_valid(item.value, item.value_len) == item.value_len)
		return;
	for (size_t i = 0; i < item.value_len && i < SHOWN; i++) {
		const unsigned char byte = (unsigned char)item.value[i];
		if (byte >= 0x80)
			meant[len++] = (char)(0xc0 | byte >> 6);
		meant[len++] = (char)(byte < 0x80 ? byte : 0x80 | (byte & 0x3f));
	}
	meant[len] = '\0';
	report_add(c->report, &rule, &place,
		"the value is not UTF-8: clients show other letters, or fail; as Latin-1 it is "
		"\"%s\"",
		meant);
}

/* ---- the instance name ---- */

/* "verona (2)" and "verona #2": what Avahi and Bonjour make of a name that is taken. The bytes of
 * the machine before that, and the number; 0 for any other. */
static size_t find_renamed(struct sdreg_text machine, struct sdreg_text *number)
{
	size_t end = machine.len;
	const int in_brackets = end > 0 && machine.at[end - 1] == ')';
	end -= (size_t)in_brackets;
	size_t from = end;
	while (from > 0 && ascii_is_digit((unsigned char)machine.at[from - 1]))
		from--;
	*number = (struct sdreg_text){machine.at + from, end - from};
	if (from == end || from < 3 || machine.at[from - 1] != (in_brackets ? '(' : '#') ||
		machine.at[from - 2] != ' ')
		return 0;
	return from - 2;
}

static int is_host(const struct sdreg_text machine)
{
	for (size_t i = 0; i < machine.len; i++) {
		const unsigned char byte = (unsigned char)machine.at[i];
		if (!ascii_is_alnum(byte) && byte != '-' && byte != '.' && byte != '_')
			return 0;
	}
	return 1;
}

static void check_machine(const struct check *c, const struct sdreg_text user,
	const struct sdreg_text machine)
{
	static const struct check_rule rule = {SDREG_FINDING_INSTANCE_MACHINE, SDREG_SEVERITY_NOTE,
		"XEP-0174 section 3"};
	struct sdreg_text number;
	char quoted[REPORT_QUOTE_SIZE];
	if (is_host(machine))
		return;
	const size_t len = find_renamed(machine, &number);
	if (len == 0)
		report_add(c->report, &rule, NULL,
			"the machine in the instance name, \"%s\", has characters that no "
			"host name has",
			report_quote(machine.at, machine.len, quoted));
	else
		report_add(c->report, &rule, NULL,
			"the name was taken, and Avahi or Bonjour changed it to one that no "
			"host name is: it should be %.*s@%.*s-%.*s",
			(int)user.len, user.at, (int)len, machine.at, (int)number.len, number.at);
}

static void check_instance(const struct check *c)
{
	static const struct check_rule form = {SDREG_FINDING_INSTANCE_FORM, SDREG_SEVERITY_NOTE,
		"XEP-0174 section 3"};
	static const struct check_rule machine_rule = {SDREG_FINDING_INSTANCE_MACHINE,
		SDREG_SEVERITY_WARNING, "XEP-0174 section 12"};
	const struct sdreg_type *const type = c->subject->type;
	struct sdreg_text user;
	struct sdreg_text machine;
	if (type->instance_len == 0)
		return;
	if (!sdreg_presence_split(type->instance, type->instance_len, &user, &machine)) {
		report_add(c->report, &form, NULL, "the instance name is not user@machine");
		return;
	}
	for (size_t i = 0; i < machine.len; i++)
		if ((unsigned char)machine.at[i] > 0x7e) {
			report_add(c->report, &machine_rule, NULL,
				"the machine in the instance name, behind \"@\", is not ASCII");
			return;
		}
	check_machine(c, user, machine);
}

int check_is_presence_text(const struct check *c, const char *key, size_t len)
{
	for (size_t i = 0; i < sizeof(presence_texts) / sizeof(presence_texts[0]); i++)
		if (c->is_presence && strlen(presence_texts[i]) == len &&
			ascii_equal(presence_texts[i], key, len))
			return 1;
	return 0;
}

void check_presence(const struct check *c)
{
	static const struct check_rule udp = {SDREG_FINDING_PRESENCE_UDP, SDREG_SEVERITY_NOTE,
		"XEP-0174 section 3"};
	struct sdreg_txt_item item;
	if (c->subject->type->proto == SDREG_PROTO_UDP)
		report_add(c->report, &udp, NULL,
			"presence is registered for UDP, but no client looks there: it is "
			"_presence._tcp");
	check_instance(c);
	if (c->subject->txt == NULL)
		return;
	for (size_t next = 0; sdreg_txt_next(c->subject->txt, &next, &item);) {
		const struct check_place place = {next - 1, item.key, item.key_len};
		check_key(c, &place);
	}
	check_version(c);
	for (size_t i = 0; i < sizeof(presence_texts) / sizeof(presence_texts[0]); i++)
		check_text(c, presence_texts[i]);
	check_status(c);
	check_picture(c);
	check_port(c);
	check_capabilities(c);
}
