/* SPDX-License-Identifier: MIT */

/* What two registries differ in, for people and for programs. */

#include "diff.h"

#include "cli/common/json.h"
#include "cli/common/print.h"
#include "cli/show/entry.h"
#include "cli/show/snippet.h"

#include <string.h>

enum {
	WIDTH = 60, /* of each of two texts that differ */
};

/* ---- one text and another ---- */

static int parts_words(char c)
{
	return c == ' ' || c == '\n';
}

/* What two texts differ in: all but the words that they begin and end with alike. */
static void find_difference(const char *a, const char *b, struct snippet *in_a,
	struct snippet *in_b)
{
	size_t head = 0;
	size_t a_end = strlen(a);
	size_t b_end = strlen(b);
	while (a[head] != '\0' && a[head] == b[head])
		head++;
	while (a_end > head && b_end > head && a[a_end - 1] == b[b_end - 1]) {
		a_end--;
		b_end--;
	}
	while (head > 0 && !parts_words(a[head - 1]))
		head--;
	for (; a[a_end] != '\0' && !parts_words(a[a_end]); a_end++)
		b_end++;
	*in_a = snippet_whole(a, head, a_end);
	*in_b = snippet_whole(b, head, b_end);
}

static void print_texts(int bold, const char *column, const char *old, const char *new)
{
	struct snippet in_old;
	struct snippet in_new;
	find_difference(old, new, &in_old, &in_new);
	printf("  %s: \"", column);
	snippet_print(bold, old, in_old, WIDTH, 0);
	fputs("\" -> \"", stdout);
	snippet_print(bold, new, in_new, WIDTH, 0);
	fputs("\"\n", stdout);
}

static json_t *change_value(const char *column, const char *old, const char *new)
{
	return json_pack("{s:s, s:o, s:o}", "column", column, "old", json_text(old), "new",
		json_text(new));
}

/* ---- entries ---- */

static void print_row(char sign, const struct sdreg_entry *e)
{
	const char *const name = sdreg_entry_name(e);
	printf("%c ", sign);
	print_text(stdout, name[0] != '\0' ? name : "(no name)");
	fputs("  ", stdout);
	entry_print_place(stdout, e);
}

static void print_entry(char sign, const struct sdreg_entry *e)
{
	print_row(sign, e);
	if (sdreg_entry_description(e)[0] != '\0') {
		fputs("  ", stdout);
		print_text(stdout, sdreg_entry_description(e));
	}
	putchar('\n');
}

static void print_changed(const struct diff_sides *sides, const struct diff_change *change)
{
	char ports[2][DIFF_PORT_SIZE];
	for (size_t i = 0; i < DIFF_COLUMNS; i++) {
		const char *const old = diff_text(change->old, i, ports[0]);
		const char *const new = diff_text(change->new, i, ports[1]);
		if (!diff_differs(sides->facts, change->old, change->new, i))
			continue;
		print_row('~', change->new);
		print_texts(sides->bold, diff_column(i), old, new);
	}
}

static json_t *changes_value(int facts, const struct diff_change *change)
{
	char ports[2][DIFF_PORT_SIZE];
	json_t *const changes = json_array();
	for (size_t i = 0; i < DIFF_COLUMNS; i++) {
		const char *const old = diff_text(change->old, i, ports[0]);
		const char *const new = diff_text(change->new, i, ports[1]);
		if (diff_differs(facts, change->old, change->new, i))
			json_array_append_new(changes, change_value(diff_column(i), old, new));
	}
	return changes;
}

static int print_entry_json(const struct diff_sides *sides, const char *event,
	const struct diff_change *change)
{
	const struct diff_side *const side = &sides->side[change->new != NULL];
	json_t *const line = json_pack("{s:s, s:o}", "event", event, "entry",
		entry_json(&side->sources, side->sources.registry,
			change->new != NULL ? change->new : change->old));
	if (line != NULL && change->old != NULL && change->new != NULL)
		json_object_set_new(line, "changes", changes_value(sides->facts, change));
	return json_print_line(stdout, line);
}

int diff_print_entry(const struct diff_sides *sides, const struct diff_change *change,
	struct diff_counts *counts)
{
	const char *event = "changed";
	if (change->old == NULL) {
		event = "added";
		counts->added++;
	} else if (change->new == NULL) {
		event = "removed";
		counts->removed++;
	} else {
		counts->changed++;
	}
	if (sides->json)
		return print_entry_json(sides, event, change);
	if (change->old == NULL)
		print_entry('+', change->new);
	else if (change->new == NULL)
		print_entry('-', change->old);
	else
		print_changed(sides, change);
	return 0;
}

/* ---- people ---- */

static const struct {
	const char *name;
	const char *(*text)(const struct sdreg_person *person);
} person_columns[] = {
	{"name", sdreg_person_name},
	{"organization", sdreg_person_organization},
	{"uris", sdreg_person_uris},
	{"updated", sdreg_person_updated},
};

enum {
	PERSON_COLUMNS = sizeof(person_columns) / sizeof(person_columns[0]),
};

static json_t *person_value(const struct sdreg_person *person)
{
	json_t *const value = json_pack("{s:o}", "id", json_text(sdreg_person_id(person)));
	for (size_t i = 0; i < PERSON_COLUMNS && value != NULL; i++)
		json_object_set_new(value, person_columns[i].name,
			json_text(person_columns[i].text(person)));
	return value;
}

static int print_person(int json, char sign, const struct sdreg_person *person)
{
	const char *const name = sdreg_person_name(person);
	const char *const organization = sdreg_person_organization(person);
	if (json)
		return json_print_line(stdout,
			json_pack("{s:s, s:o}", "event",
				sign == '+' ? "person-added" : "person-removed", "person",
				person_value(person)));
	printf("%c person ", sign);
	print_text(stdout, sdreg_person_id(person));
	fputs(name[0] != '\0' || organization[0] != '\0' ? "  " : "", stdout);
	print_text(stdout, name);
	fputs(name[0] != '\0' && organization[0] != '\0' ? ", " : "", stdout);
	print_text(stdout, organization);
	putchar('\n');
	return 0;
}

static int print_person_change(const struct diff_sides *sides, const struct sdreg_person *old,
	const struct sdreg_person *new)
{
	json_t *const changes = sides->json ? json_array() : NULL;
	for (size_t i = 0; i < PERSON_COLUMNS; i++) {
		const char *const a = person_columns[i].text(old);
		const char *const b = person_columns[i].text(new);
		if (diff_compare(a, b) == 0)
			continue;
		if (sides->json) {
			json_array_append_new(changes, change_value(person_columns[i].name, a, b));
			continue;
		}
		fputs("~ person ", stdout);
		print_text(stdout, sdreg_person_id(new));
		print_texts(sides->bold, person_columns[i].name, a, b);
	}
	if (!sides->json)
		return 0;
	return json_print_line(stdout,
		json_pack("{s:s, s:o, s:o}", "event", "person-changed", "person", person_value(new),
			"changes", changes));
}

static const struct sdreg_person *same_person(const struct sdreg_registry *r,
	const struct sdreg_person *person)
{
	return sdreg_find_person(r, sdreg_person_id(person), strlen(sdreg_person_id(person)));
}

static int person_changed(const struct sdreg_person *a, const struct sdreg_person *b)
{
	for (size_t i = 0; i < PERSON_COLUMNS; i++)
		if (diff_compare(person_columns[i].text(a), person_columns[i].text(b)) != 0)
			return 1;
	return 0;
}

int diff_print_people(const struct diff_sides *sides, struct diff_counts *counts)
{
	const struct sdreg_registry *const old = sides->side[0].sources.registry;
	const struct sdreg_registry *const new = sides->side[1].sources.registry;
	const struct sdreg_person *person;
	int result = 0;
	for (size_t i = 0; result == 0 && (person = sdreg_registry_person(old, i)) != NULL; i++) {
		if (same_person(new, person) != NULL)
			continue;
		counts->removed++;
		result = print_person(sides->json, '-', person);
	}
	for (size_t i = 0; result == 0 && (person = sdreg_registry_person(new, i)) != NULL; i++) {
		const struct sdreg_person *const before = same_person(old, person);
		if (before == NULL) {
			counts->added++;
			result = print_person(sides->json, '+', person);
		} else if (person_changed(before, person)) {
			counts->changed++;
			result = print_person_change(sides, before, person);
		}
	}
	return result;
}
