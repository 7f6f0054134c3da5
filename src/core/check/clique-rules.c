/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "common/ascii.h"

#include <string.h>

/* The profile of Clique rooms (proto-XEP Clique 0.0.1): txtvers=0, and a host name of the room's
 * own whose address is the multicast group. */

static const char source[] = "Clique 0.0.1";

static void check_record(const struct check *c)
{
	static const struct check_rule version = {SDREG_FINDING_TXTVERS, SDREG_SEVERITY_WARNING,
		source};
	static const struct check_rule missing = {SDREG_FINDING_TXTVERS_MISSING,
		SDREG_SEVERITY_NOTE, source};
	static const struct check_rule unknown = {SDREG_FINDING_KEY_UNKNOWN, SDREG_SEVERITY_NOTE,
		source};
	const struct sdreg_txt *const txt = c->subject->txt;
	struct sdreg_txt_item item;
	char quoted[REPORT_QUOTE_SIZE];
	const struct check_place place = report_place_of(txt, "txtvers");
	if (!sdreg_txt_find(txt, "txtvers", strlen("txtvers"), &item))
		report_add(c->report, &missing, NULL, "a room has the TXT record txtvers=0");
	else if (item.value_len > 0 && !(item.value_len == 1 && item.value[0] == '0'))
		report_add(c->report, &version, &place,
			"txtvers is \"%s\", and the only version "
			"is 0: readers should ignore the record",
			report_quote(item.value, item.value_len, quoted));
	for (size_t next = 0; sdreg_txt_next(txt, &next, &item);) {
		const struct check_place here = {next - 1, item.key, item.key_len};
		if (here.key_len != strlen("txtvers") ||
			!ascii_equal(item.key, "txtvers", item.key_len))
			report_add(c->report, &unknown, &here,
				"a room has no key but txtvers, though others are legal");
	}
}

/* Its own name, which other spellings of the same labels are, too. */
static void check_host(const struct check *c)
{
	static const struct check_rule rule = {SDREG_FINDING_CLIQUE_HOST, SDREG_SEVERITY_NOTE,
		source};
	const struct sdreg_type *const room = c->subject->type;
	const struct sdreg_text host = c->subject->host;
	struct sdreg_type type;
	if (host.len == 0 || room->instance_len == 0)
		return;
	if (sdreg_type_parse(host.at, host.len, &type, NULL) < 0 ||
		ascii_compare(type.name, "clique") != 0 || type.proto != SDREG_PROTO_UDP ||
		type.instance_len != room->instance_len ||
		!ascii_equal(type.instance, room->instance, room->instance_len))
		report_add(c->report, &rule, NULL,
			"the SRV record points to another host than "
			"the room's own name, ROOM._clique._udp.local");
}

/* Whether it is 224.0.0.0/4 or ff00::/8. */
static int is_multicast(struct sdreg_text address)
{
	const char *const colon = address.len > 0 ? memchr(address.at, ':', address.len) : NULL;
	unsigned first = 0;
	if (colon != NULL)
		return colon - address.at == 4 && ascii_equal(address.at, "ff", 2);
	for (size_t i = 0; i < address.len && i < 4; i++) {
		if (!ascii_is_digit((unsigned char)address.at[i]))
			break;
		first = 10 * first + (unsigned)(address.at[i] - '0');
	}
	return first >= 224 && first <= 239;
}

static void check_group(const struct check *c)
{
	static const struct check_rule rule = {SDREG_FINDING_CLIQUE_GROUP, SDREG_SEVERITY_WARNING,
		source};
	const struct sdreg_subject *const s = c->subject;
	char quoted[REPORT_QUOTE_SIZE];
	for (size_t i = 0; i < s->address_count; i++)
		if (!is_multicast(s->addresses[i]))
			report_add(c->report, &rule, NULL,
				"the address %s is no multicast group, where a room meets",
				report_quote(s->addresses[i].at, s->addresses[i].len, quoted));
}

void check_clique(const struct check *c)
{
	if (c->subject->type->proto != SDREG_PROTO_UDP)
		return;
	if (c->subject->txt != NULL)
		check_record(c);
	check_host(c);
	check_group(c);
}
