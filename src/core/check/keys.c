/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "common/ascii.h"

#include <sdreg/annotate.h>
#include <sdreg/key.h>

#include <string.h>

/* What the registry and the supplement know of the keys of a type. */

/* Whether anything is known: else a key that is not would mean nothing. */
static int knows_keys(const struct sdreg_subject *s, const struct sdreg_annotation *a)
{
	if (s->supplement != NULL && sdreg_type_key(s->supplement, s->type, NULL) != NULL)
		return 1;
	return a->entry != NULL && sdreg_entry_txt_key(a->entry, 0) != NULL;
}

static int is_form(enum sdreg_key_form form, const char *value, size_t len)
{
	if (form == SDREG_KEY_FORM_HEX && len > 2 && value[0] == '0' &&
		ascii_lower(value[1]) == 'x') {
		value += 2;
		len -= 2;
	}
	for (size_t i = 0; i < len; i++) {
		const int digit = ascii_hex((unsigned char)value[i]);
		if (digit < 0 || (form == SDREG_KEY_FORM_NUMBER && digit > 9))
			return 0;
	}
	return 1;
}

static void check_form(const struct check *c, const struct check_place *place,
	const struct sdreg_txt_item *item, const struct sdreg_key *key)
{
	static const struct check_rule rule = {SDREG_FINDING_VALUE_FORM, SDREG_SEVERITY_NOTE, NULL};
	const enum sdreg_key_form form = sdreg_key_form(key);
	const struct check_rule here = {rule.rule, rule.severity, sdreg_key_source(key)};
	char quoted[REPORT_QUOTE_SIZE];
	if ((form == SDREG_KEY_FORM_NUMBER || form == SDREG_KEY_FORM_HEX) &&
		!is_form(form, item->value, item->value_len))
		report_add(c->report, &here, place, "the value \"%s\" is no %s number",
			report_quote(item->value, item->value_len, quoted),
			form == SDREG_KEY_FORM_NUMBER ? "decimal" : "hexadecimal");
}

static void check_item(const struct check *c, const struct check_place *place,
	const struct sdreg_txt_item *item)
{
	static const struct check_rule unknown = {SDREG_FINDING_KEY_UNKNOWN, SDREG_SEVERITY_NOTE,
		"RFC 6763 section 6.3"};
	const struct sdreg_subject *const s = c->subject;
	const struct sdreg_key *const key = s->supplement != NULL
		? sdreg_find_key(s->supplement, s->type, item->key, item->key_len)
		: NULL;
	if (key == NULL) { /* txtvers is for every type to have: section 6.7 */
		if (!(item->key_len == 7 && ascii_equal(item->key, "txtvers", 7)) &&
			sdreg_annotate_key(s->registry, s->supplement, s->type, item->key,
				item->key_len) == SDREG_KEY_VERDICT_UNKNOWN)
			report_add(c->report, &unknown, place,
				"the key is not registered for this type, which is legal");
		return;
	}
	if (sdreg_key_need(key) == SDREG_KEY_NEED_FORMER) {
		const struct check_rule former = {SDREG_FINDING_KEY_FORMER, SDREG_SEVERITY_NOTE,
			sdreg_key_source(key)};
		report_add(c->report, &former, place, "the key was registered formerly");
	}
	if (item->value != NULL && item->value_len > 0)
		check_form(c, place, item, key);
}

/* A key that has to be there, and is not. Of a key that stands for many there is no telling. */
static void check_required(const struct check *c)
{
	const struct sdreg_key *key = NULL;
	struct sdreg_txt_item item;
	const struct sdreg_subject *const s = c->subject;
	if (s->supplement == NULL || sdreg_txt_count(s->txt) == 0)
		return;
	while ((key = sdreg_type_key(s->supplement, s->type, key)) != NULL) {
		const char *const name = sdreg_key_name(key);
		if (sdreg_key_need(key) != SDREG_KEY_NEED_REQUIRED || strchr(name, '#') != NULL ||
			sdreg_txt_find(s->txt, name, strlen(name), &item))
			continue;
		const struct check_rule rule = {SDREG_FINDING_KEY_REQUIRED, SDREG_SEVERITY_WARNING,
			sdreg_key_source(key)};
		const struct check_place place = {SDREG_NO_STRING, name, strlen(name)};
		report_add(c->report, &rule, &place, "the key is required, and is missing");
	}
}

void check_keys(const struct check *c)
{
	const struct sdreg_subject *const s = c->subject;
	struct sdreg_txt_item item;
	if (s->registry == NULL)
		return;
	if (!knows_keys(s, &c->report->annotation))
		return;
	for (size_t next = 0; sdreg_txt_next(s->txt, &next, &item);) {
		const struct check_place place = {next - 1, item.key, item.key_len};
		check_item(c, &place, &item);
	}
	check_required(c);
}
