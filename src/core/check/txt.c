/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "common/ascii.h"
#include "common/utf8.h"
#include "core/base/txt.h"

#include <sdreg/key.h>

#include <stdlib.h>
#include <string.h>

/* The rules of RFC 6763 section 6, whatever the type. */

enum {
	KEY_LONG = 9, /* section 6.4 */
	RECORD_SMALL = 400, /* section 6.2: fits a DNS message of 512 bytes */
	RECORD_PACKET = 1300, /* section 6.2: fits an Ethernet packet */
	RECORD_MDNS = 8900, /* section 6.1: fits the largest mDNS packet */
};

/* ---- each string ---- */

static int is_text(const char *value, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)value[i] < 0x20 || value[i] == 0x7f)
			return 0;
	return utf8_valid(value, len) == len;
}

static int may_be_binary(const struct check *c, const struct sdreg_txt_item *item,
	const struct sdreg_key *key)
{
	if (check_is_presence_text(c, item->key, item->key_len) &&
		utf8_valid(item->value, item->value_len) != item->value_len)
		return 1;
	return key != NULL && sdreg_key_form_is_bytes(sdreg_key_form(key));
}

static void check_value(const struct check *c, const struct check_place *place,
	const struct sdreg_txt_item *item, const struct sdreg_key *key)
{
	static const struct check_rule binary = {SDREG_FINDING_VALUE_BINARY, SDREG_SEVERITY_NOTE,
		"RFC 6763 section 6.5"};
	static const struct check_rule quoted = {SDREG_FINDING_VALUE_QUOTED, SDREG_SEVERITY_NOTE,
		"RFC 6763 section 6.5"};
	const char *const value = item->value;
	const size_t len = item->value_len;
	if (len == 0)
		return;
	if (!is_text(value, len) && !may_be_binary(c, item, key))
		report_add(c->report, &binary, place,
			"the value holds bytes that are no text, which is legal: %zu bytes", len);
	if (len >= 2 && value[0] == '"' && value[len - 1] == '"')
		report_add(c->report, &quoted, place,
			"the value has double quotes around it, which readers take as part of it");
}

static void check_key(const struct check *c, const struct check_place *place)
{
	static const struct check_rule illegal = {SDREG_FINDING_KEY_ILLEGAL, SDREG_SEVERITY_NOTE,
		"RFC 6763 section 6.4"};
	static const struct check_rule lengthy = {SDREG_FINDING_KEY_LONG, SDREG_SEVERITY_NOTE,
		"RFC 6763 section 6.4"};
	if (!txt_is_key(place->key, place->key_len))
		report_add(c->report, &illegal, place,
			"the key has bytes other than 0x20 to 0x7E: readers ignore it");
	/* the length of one that is known is not the user's doing */
	if (place->key_len > KEY_LONG && !check_is_known(c, place->key, place->key_len))
		report_add(c->report, &lengthy, place,
			"the key has %zu characters, over the %d that are recommended",
			place->key_len, KEY_LONG);
}

static void check_filled(const struct check *c, const struct check_place *place,
	const struct sdreg_txt_item *item)
{
	if (item->value_len == 0)
		return;
	const struct sdreg_key *const key = check_find_key(c, item->key, item->key_len);
	check_value(c, place, item, key);
	check_joined(c, place, item, key);
}

static void check_string(const struct check *c, size_t nth, const struct sdreg_text *string)
{
	static const struct check_rule lengthy = {SDREG_FINDING_STRING_LONG, SDREG_SEVERITY_ERROR,
		"RFC 6763 section 6.1"};
	static const struct check_rule empty = {SDREG_FINDING_STRING_EMPTY, SDREG_SEVERITY_NOTE,
		"RFC 6763 section 6.1"};
	static const struct check_rule keyless = {SDREG_FINDING_KEY_MISSING, SDREG_SEVERITY_NOTE,
		"RFC 6763 section 6.4"};
	struct check_place place = {nth, NULL, 0};
	struct sdreg_txt_item item;
	if (sdreg_txt_item(string->at, string->len, &item) < 0) {
		if (string->len == 0)
			report_add(c->report, &empty, &place,
				"the string is empty: readers ignore it");
		else
			report_add(c->report, &keyless, &place,
				"the string begins with \"=\" and has no key: readers ignore it");
	} else {
		place = (struct check_place){nth, item.key, item.key_len};
		check_key(c, &place);
		check_filled(c, &place, &item);
	}
	if (string->len > SDREG_TXT_STRING_MAX)
		report_add(c->report, &lengthy, &place,
			"the string has %zu bytes, over the %d that a TXT record can hold",
			string->len, SDREG_TXT_STRING_MAX);
}

/* ---- keys that come twice ---- */

struct keyed {
	struct sdreg_txt_item item;
	size_t nth;
};

static int compare_keys(const void *left, const void *right)
{
	const struct keyed *const a = left;
	const struct keyed *const b = right;
	const size_t len = a->item.key_len < b->item.key_len ? a->item.key_len : b->item.key_len;
	for (size_t i = 0; i < len; i++) {
		const int order = ascii_lower((unsigned char)a->item.key[i]) -
			ascii_lower((unsigned char)b->item.key[i]);
		if (order != 0)
			return order;
	}
	if (a->item.key_len != b->item.key_len)
		return a->item.key_len < b->item.key_len ? -1 : 1;
	return a->nth < b->nth ? -1 : a->nth > b->nth;
}

static int same_key(const struct keyed *a, const struct keyed *b)
{
	return a->item.key_len == b->item.key_len &&
		ascii_equal(a->item.key, b->item.key, a->item.key_len);
}

static const char *quote_value(const struct sdreg_txt_item *item, char buf[REPORT_QUOTE_SIZE])
{
	return item->value != NULL ? report_quote(item->value, item->value_len, buf) : "(no value)";
}

static void tell_twice(const struct check *c, const struct keyed *first, size_t times)
{
	static const struct check_rule rule = {SDREG_FINDING_KEY_TWICE, SDREG_SEVERITY_NOTE,
		"RFC 6763 section 6.4"};
	static const struct check_rule presence = {SDREG_FINDING_KEY_TWICE, SDREG_SEVERITY_WARNING,
		"XEP-0174 section 3.1"};
	char one[REPORT_QUOTE_SIZE];
	char two[REPORT_QUOTE_SIZE];
	const struct check_place place = {first[1].nth, first[1].item.key, first[1].item.key_len};
	report_add(c->report, c->is_presence ? &presence : &rule, &place,
		"the key is there %zu times: \"%s\" and \"%s\"%s; %s", times,
		quote_value(&first[0].item, one), quote_value(&first[1].item, two),
		times > 2 ? " and more" : "",
		sdreg_txt_has_order(c->subject->txt)
			? "readers take the first"
			: "which one readers take cannot be told, as the record's order is lost");
}

/* Sorted, since a hostile record may have many thousand keys. */
static void check_twice(const struct check *c)
{
	const struct sdreg_txt *const txt = c->subject->txt;
	struct keyed *const keys = malloc((sdreg_txt_count(txt) + 1) * sizeof(*keys));
	size_t count = 0;
	size_t next = 0;
	if (keys == NULL) {
		c->report->no_memory = 1;
		return;
	}
	while (sdreg_txt_next(txt, &next, &keys[count].item))
		keys[count++].nth = next - 1;
	qsort(keys, count, sizeof(*keys), compare_keys);
	for (size_t i = 0, last; i < count; i = last) {
		for (last = i + 1; last < count && same_key(&keys[i], &keys[last]);)
			last++;
		if (last - i > 1)
			tell_twice(c, &keys[i], last - i);
	}
	free(keys);
}

/* ---- the record ---- */

static void check_order(const struct check *c)
{
	static const struct check_rule rule = {SDREG_FINDING_TXTVERS_LATE, SDREG_SEVERITY_NOTE,
		"RFC 6763 section 6.7"};
	if (!sdreg_txt_has_order(c->subject->txt))
		return;
	const struct check_place place = report_place_of(c->subject->txt, "txtvers");
	if (place.key != NULL && place.string > 0)
		report_add(c->report, &rule, &place,
			"txtvers is not the first string, which is where readers expect it");
}

static void check_size(const struct check *c)
{
	static const struct check_rule bare = {SDREG_FINDING_RECORD_EMPTY, SDREG_SEVERITY_ERROR,
		"RFC 6763 section 6.1"};
	static const struct check_rule small = {SDREG_FINDING_RECORD_OVER_400, SDREG_SEVERITY_NOTE,
		"RFC 6763 section 6.2"};
	static const struct check_rule packet = {SDREG_FINDING_RECORD_OVER_1300,
		SDREG_SEVERITY_WARNING, "RFC 6763 section 6.2"};
	static const struct check_rule mdns = {SDREG_FINDING_RECORD_OVER_8900,
		SDREG_SEVERITY_WARNING, "RFC 6763 section 6.1"};
	static const struct check_rule most = {SDREG_FINDING_RECORD_LONG, SDREG_SEVERITY_ERROR,
		"RFC 6763 section 6.1"};
	const size_t size = sdreg_txt_wire_size(c->subject->txt);
	if (c->subject->txt->is_bare && c->subject->txt->count == 0)
		report_add(c->report, &bare, NULL,
			"the record is empty, 0 bytes: it must have one zero byte at least");
	else if (size > SDREG_TXT_RECORD_MAX)
		report_add(c->report, &most, NULL,
			"the record has %zu bytes, over the %d that DNS can carry", size,
			SDREG_TXT_RECORD_MAX);
	else if (size > RECORD_MDNS)
		report_add(c->report, &mdns, NULL,
			"the record has %zu bytes, and does not fit a multicast DNS packet", size);
	else if (size > RECORD_PACKET)
		report_add(c->report, &packet, NULL,
			"the record has %zu bytes; over %d do not fit one Ethernet packet, and are "
			"not recommended",
			size, RECORD_PACKET);
	else if (size > RECORD_SMALL)
		report_add(c->report, &small, NULL,
			"the record has %zu bytes; up to %d fit the smallest DNS message", size,
			RECORD_SMALL);
}

void check_txt(const struct check *c)
{
	struct sdreg_text string;
	for (size_t i = 0; sdreg_txt_string(c->subject->txt, i, &string); i++)
		check_string(c, i, &string);
	check_twice(c);
	check_order(c);
	check_size(c);
}
