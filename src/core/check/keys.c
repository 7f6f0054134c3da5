/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "common/ascii.h"
#include "core/query/key.h"

#include <sdreg/annotate.h>
#include <sdreg/key.h>

#include <stdio.h>
#include <string.h>

/* What the registry and the supplement know of the keys of a type. */

/* Whether anything is known: else a key that is not would mean nothing. */
static int knows_keys(const struct sdreg_subject *s, const struct sdreg_annotation *a)
{
	if (s->supplement != NULL && sdreg_type_key(s->supplement, s->type, NULL) != NULL)
		return 1;
	return a->entry != NULL && sdreg_entry_txt_key(a->entry, 0) != NULL;
}

const struct sdreg_key *check_find_key(const struct check *c, const char *key, size_t len)
{
	const struct sdreg_subject *const s = c->subject;
	return s->supplement != NULL && s->type != NULL
		? sdreg_find_key(s->supplement, s->type, key, len)
		: NULL;
}

int check_is_known(const struct check *c, const char *key, size_t len)
{
	const struct sdreg_subject *const s = c->subject;
	return s->registry != NULL && s->type != NULL &&
		sdreg_annotate_key(s->registry, s->supplement, s->type, key, len) !=
		SDREG_KEY_VERDICT_UNKNOWN;
}

static void check_item(const struct check *c, const struct check_place *place,
	const struct sdreg_txt_item *item)
{
	static const struct check_rule unknown = {SDREG_FINDING_KEY_UNKNOWN, SDREG_SEVERITY_NOTE,
		"RFC 6763 section 6.3"};
	const struct sdreg_key *const key = check_find_key(c, item->key, item->key_len);
	if (key == NULL) { /* txtvers is for every type to have: section 6.7 */
		if (!(item->key_len == 7 && ascii_equal(item->key, "txtvers", 7)) &&
			!check_is_known(c, item->key, item->key_len))
			report_add(c->report, &unknown, place,
				"the key is not registered for this type, which is legal");
		return;
	}
	if (sdreg_key_need(key) == SDREG_KEY_NEED_FORMER) {
		const struct check_rule former = {SDREG_FINDING_KEY_FORMER, SDREG_SEVERITY_NOTE,
			sdreg_key_source(key)};
		report_add(c->report, &former, place, "the key was registered formerly");
	}
	check_value_of(c, place, item, key);
}

/* A part of a value belongs to its key, and is looked for there. */
static int is_wanted(const struct sdreg_key *key)
{
	return sdreg_key_need(key) == SDREG_KEY_NEED_REQUIRED &&
		strchr(sdreg_key_name(key), ',') == NULL;
}

static int has_key(const struct sdreg_txt *txt, const struct sdreg_key *key)
{
	struct sdreg_txt_item item;
	for (size_t next = 0; sdreg_txt_next(txt, &next, &item);)
		if (key_is_named(key, item.key, item.key_len))
			return 1;
	return 0;
}

/* A key that has to be there, and is not; of one with a number in its name, any will do. */
static void check_required(const struct check *c)
{
	const struct sdreg_key *key = NULL;
	const struct sdreg_subject *const s = c->subject;
	if (s->supplement == NULL || sdreg_txt_count(s->txt) == 0)
		return;
	while ((key = sdreg_type_key(s->supplement, s->type, key)) != NULL) {
		const char *const name = sdreg_key_name(key);
		if (!is_wanted(key) ||
			sdreg_find_key(s->supplement, s->type, name, strlen(name)) != key ||
			has_key(s->txt, key))
			continue;
		const struct check_rule rule = {SDREG_FINDING_KEY_REQUIRED, SDREG_SEVERITY_WARNING,
			sdreg_key_source(key)};
		const struct check_place place = {SDREG_NO_STRING, name, strlen(name)};
		report_add(c->report, &rule, &place, "the key is required, and is missing: %s",
			sdreg_key_meaning(key));
	}
}

void check_needs(const struct check *c)
{
	const struct sdreg_key *key = NULL;
	const struct sdreg_subject *const s = c->subject;
	char names[200] = "";
	size_t len = 0;
	const char *source = NULL;
	if (s->supplement == NULL)
		return;
	while ((key = sdreg_type_key(s->supplement, s->type, key)) != NULL) {
		const char *const name = sdreg_key_name(key);
		if (!is_wanted(key) || len + strlen(name) + 2 >= sizeof(names))
			continue;
		len += (size_t)snprintf(names + len, sizeof(names) - len, "%s%s",
			len > 0 ? ", " : "", name);
		source = source != NULL ? source : sdreg_key_source(key);
	}
	const struct check_rule rule = {SDREG_FINDING_KEY_REQUIRED, SDREG_SEVERITY_NOTE,
		source != NULL ? source : ""};
	if (source != NULL)
		report_add(c->report, &rule, NULL, "what has this subtype needs the TXT keys %s",
			names);
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
