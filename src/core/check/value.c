/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "common/ascii.h"
#include "core/query/form.h"
#include "core/query/key.h"

#include <string.h>

/* The value of a key that the supplement knows: its form, the values that there are, its parts. */

static void check_form(const struct check *c, const struct check_place *place,
	const struct sdreg_key *key, struct sdreg_text value)
{
	const struct check_rule rule = {SDREG_FINDING_VALUE_FORM, SDREG_SEVERITY_NOTE,
		sdreg_key_source(key)};
	const char *const words = form_words(sdreg_key_form(key));
	const char *const comma = strchr(sdreg_key_name(key), ',');
	char quoted[REPORT_QUOTE_SIZE];
	if (words != NULL && !sdreg_key_has_form(key, value.at, value.len))
		report_add(c->report, &rule, place, "%s%sthe value \"%s\" is not %s",
			comma != NULL ? comma + 1 : "", comma != NULL ? ": " : "",
			report_quote(value.at, value.len, quoted), words);
}

/* ---- values that there are ---- */

static char separator_of(const struct sdreg_key *key)
{
	if (sdreg_key_form(key) == SDREG_KEY_FORM_LIST)
		return ',';
	return sdreg_key_form(key) == SDREG_KEY_FORM_WORDS ? ' ' : '\0';
}

/* Cuts the first item off a value that may be a list. */
static struct sdreg_text next_item(struct sdreg_text *value, char separator)
{
	const char *const end = separator != '\0' && value->len > 0
		? memchr(value->at, separator, value->len)
		: NULL;
	const struct sdreg_text item = {value->at,
		end != NULL ? (size_t)(end - value->at) : value->len};
	const size_t used = item.len + (end != NULL);
	value->at += used;
	value->len -= used;
	return item;
}

static int is_item(struct sdreg_text item, const char *text)
{
	return strlen(text) == item.len && ascii_equal(text, item.at, item.len);
}

static void check_item(const struct check *c, const struct check_place *place,
	const struct sdreg_key *key, struct sdreg_text item)
{
	const struct check_rule rule = {SDREG_FINDING_VALUE_UNKNOWN, SDREG_SEVERITY_WARNING,
		sdreg_key_source(key)};
	const struct sdreg_key_value *value;
	char quoted[REPORT_QUOTE_SIZE];
	for (size_t i = 0; (value = sdreg_key_value(c->subject->supplement, key, i)) != NULL; i++)
		if (is_item(item, sdreg_key_value_text(value)))
			return;
	report_add(c->report, &rule, place, "the value \"%s\" is none that the key can have",
		report_quote(item.at, item.len, quoted));
}

static int has_item(struct sdreg_text value, char separator, const char *text)
{
	while (value.len > 0)
		if (is_item(next_item(&value, separator), text))
			return 1;
	return 0;
}

/* What a list has to have. */
static void check_lacks(const struct check *c, const struct check_place *place,
	const struct sdreg_key *key, struct sdreg_text value)
{
	const struct check_rule rule = {SDREG_FINDING_VALUE_LACKS, SDREG_SEVERITY_NOTE,
		sdreg_key_source(key)};
	const struct sdreg_key_value *v;
	for (size_t i = 0; (v = sdreg_key_value(c->subject->supplement, key, i)) != NULL; i++)
		if (sdreg_key_value_need(v) == SDREG_KEY_NEED_REQUIRED &&
			!has_item(value, separator_of(key), sdreg_key_value_text(v)))
			report_add(c->report, &rule, place, "the value lacks \"%s\": %s",
				sdreg_key_value_text(v), sdreg_key_value_meaning(v));
}

/* ---- parts ---- */

/* "Backups;adVF=0x82": the part behind the semicolon is known, and is read as the end of this one.
 */
static void check_separator(const struct check *c, const struct check_place *place,
	const struct sdreg_key *key, struct sdreg_text name, struct sdreg_text value)
{
	const struct check_rule rule = {SDREG_FINDING_VALUE_SEPARATOR, SDREG_SEVERITY_WARNING,
		sdreg_key_source(key)};
	char quoted[2][REPORT_QUOTE_SIZE];
	const struct sdreg_text whole = value;
	for (;;) {
		next_item(&value, ';');
		struct sdreg_text next = value;
		const struct sdreg_text part = next_item(&next, '=');
		if (value.len == 0)
			return;
		if (part.len > 0 && part.len < value.len &&
			key_part(c->subject->supplement, key, part.at, part.len) != NULL)
			break;
	}
	report_add(c->report, &rule, place,
		"parts are separated by \",\", not by \";\": %s is read as \"%s\"",
		report_quote(name.at, name.len, quoted[0]),
		report_quote(whole.at, whole.len, quoted[1]));
}

static void check_part(const struct check *c, const struct check_place *place,
	const struct sdreg_key *key, struct sdreg_text part)
{
	const struct sdreg_text name = next_item(&part, '=');
	const struct sdreg_key *const known =
		key_part(c->subject->supplement, key, name.at, name.len);
	check_separator(c, place, key, name, part);
	if (known != NULL && part.len > 0)
		check_form(c, place, known, part);
}

/* ---- the value ---- */

void check_value_of(const struct check *c, const struct check_place *place,
	const struct sdreg_txt_item *item, const struct sdreg_key *key)
{
	const struct check_rule empty = {SDREG_FINDING_VALUE_EMPTY, SDREG_SEVERITY_WARNING,
		sdreg_key_source(key)};
	const struct check_rule better = {SDREG_FINDING_VALUE_EMPTY, SDREG_SEVERITY_NOTE,
		sdreg_key_source(key)};
	struct sdreg_text rest = {item->value, item->value_len};
	if (item->value == NULL)
		return; /* it is there, which may be all that is asked for */
	if (rest.len == 0) {
		if (sdreg_key_need(key) == SDREG_KEY_NEED_REQUIRED)
			report_add(c->report, &empty, place,
				"the key is required, and its value is empty: %s",
				sdreg_key_meaning(key));
		else if (sdreg_key_need(key) == SDREG_KEY_NEED_RECOMMENDED)
			report_add(c->report, &better, place,
				"the key is recommended, and its value is empty: %s",
				sdreg_key_meaning(key));
		return;
	}
	check_form(c, place, key, rest);
	check_lacks(c, place, key, rest);
	while (sdreg_key_is_closed(key) && rest.len > 0)
		check_item(c, place, key, next_item(&rest, separator_of(key)));
	rest = (struct sdreg_text){item->value, item->value_len};
	while (sdreg_key_form(key) == SDREG_KEY_FORM_PARTS && rest.len > 0)
		check_part(c, place, key, next_item(&rest, ','));
}
