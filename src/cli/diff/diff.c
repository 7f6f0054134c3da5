/* SPDX-License-Identifier: MIT */

/* sdreg diff: what two registries differ in. */

#include "diff.h"

#include "cli/common/json.h"
#include "cli/common/print.h"

#include <stdlib.h>
#include <string.h>

enum {
	OPTION_PEOPLE = OPTION_OWN,
	OPTION_NO_PEOPLE,
	OPTION_TYPES,
};

struct diff {
	struct diff_sides sides;
	int types; /* only these */
	int people;
	struct diff_counts entries; /* or types */
	struct diff_counts persons;
};

/* ---- opening ---- */

static struct sdreg_registry *open_side(const char *path, struct sdreg_error *err)
{
	if (strcmp(path, "embedded") == 0)
		return sdreg_registry_embedded(err);
	return cli_open_path(path, err);
}

static int open_sides(struct diff *d)
{
	for (size_t i = 0; i < 2; i++) {
		struct diff_side *const side = &d->sides.side[i];
		struct sdreg_error err = {.size = sizeof(err)};
		side->sources.registry = open_side(side->path, &err);
		side->path = cli_shown_path(side->path);
		if (side->sources.registry == NULL)
			return err.code != 0 ? cli_error(&err) : STATUS_TROUBLE;
		const char *const date = sdreg_registry_updated(side->sources.registry);
		snprintf(side->sources.source, sizeof(side->sources.source),
			"IANA's registry%s%.40s, from %s", date[0] != '\0' ? " of " : " (no date)",
			date, side->path);
	}
	return 0;
}

/* Of a registry of facts and a whole one only the facts can be compared. */
static void look_for_facts(struct diff *d)
{
	const int old = sdreg_registry_is_abridged(d->sides.side[0].sources.registry);
	const int new = sdreg_registry_is_abridged(d->sides.side[1].sources.registry);
	d->sides.facts = old != new;
	if (!d->sides.facts || d->types)
		return;
	d->people = 0;
	fputs("sdreg: only facts are compared, not notes and people: ", stderr);
	print_cut(stderr, d->sides.side[new].path, strlen(d->sides.side[new].path));
	fputs(" has no others\n", stderr);
}

/* A CSV has no people: they would all seem to have come or gone. */
static void look_for_people(struct diff *d)
{
	for (size_t i = 0; i < 2 && d->people; i++) {
		if (sdreg_registry_people(d->sides.side[i].sources.registry) > 0)
			continue;
		d->people = 0;
		fputs("sdreg: people are not compared: ", stderr);
		print_cut(stderr, d->sides.side[i].path, strlen(d->sides.side[i].path));
		fputs(" describes none (a CSV never does)\n", stderr);
	}
}

/* ---- the frame around the differences ---- */

static void print_side(const char *sign, const struct diff_side *side)
{
	const struct sdreg_registry *const r = side->sources.registry;
	const char *const date = sdreg_registry_updated(r);
	printf("%s ", sign);
	print_text(stdout, side->path);
	fputs(" (", stdout);
	print_text(stdout, date[0] != '\0' ? date : "no date");
	printf(", %zu entries%s%s)\n", sdreg_registry_size(r),
		sdreg_registry_is_complete(r) ? "" : ", a part of the registry",
		sdreg_registry_is_abridged(r) ? ", facts" : "");
}

static size_t total(const struct diff_counts *c)
{
	return c->added + c->removed + c->changed;
}

static void print_counts(const struct diff *d)
{
	const struct diff_counts *const e = &d->entries;
	const struct diff_counts *const p = &d->persons;
	if (d->types) {
		printf("types: %zu added, %zu removed\n", e->added, e->removed);
		return;
	}
	printf("%zu added, %zu removed, %zu changed", e->added, e->removed, e->changed);
	if (d->people)
		printf("; people: %zu added, %zu removed, %zu changed", p->added, p->removed,
			p->changed);
	putchar('\n');
}

static json_t *side_value(const struct diff_side *side)
{
	const struct sdreg_registry *const r = side->sources.registry;
	return json_pack("{s:o, s:o, s:I, s:b, s:b}", "file", json_text(side->path), "updated",
		json_text(sdreg_registry_updated(r)), "entries", (json_int_t)sdreg_registry_size(r),
		"complete", sdreg_registry_is_complete(r), "abridged",
		sdreg_registry_is_abridged(r));
}

static json_t *counts_value(const struct diff_counts *c)
{
	return json_pack("{s:I, s:I, s:I}", "added", (json_int_t)c->added, "removed",
		(json_int_t)c->removed, "changed", (json_int_t)c->changed);
}

static int print_summary(const struct diff *d)
{
	/* clang-format off */
	return json_print_line(stdout, json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}", "event",
		"summary", "old", side_value(&d->sides.side[0]),
		"new", side_value(&d->sides.side[1]),
		"entries", d->types ? json_null() : counts_value(&d->entries),
		"people", d->people ? counts_value(&d->persons) : json_null(),
		"types", d->types ? counts_value(&d->entries) : json_null()));
	/* clang-format on */
}

/* ---- the differences ---- */

static int print_entries(struct diff *d)
{
	struct diff_changes changes;
	int result = 0;
	if (diff_match(&d->sides, &changes) < 0)
		result = cli_error(&(struct sdreg_error){.size = sizeof(struct sdreg_error),
			.code = SDREG_E_MEMORY});
	for (size_t i = 0; i < changes.count && result == 0; i++)
		result = diff_print_entry(&d->sides, &changes.change[i], &d->entries);
	free(changes.change);
	return result;
}

static int print_all(struct diff *d)
{
	const int json = d->sides.json;
	int result;
	if (!json) {
		print_side("---", &d->sides.side[0]);
		print_side("+++", &d->sides.side[1]);
	}
	result = d->types ? diff_print_types(&d->sides, &d->entries) : print_entries(d);
	if (result == 0 && d->people)
		result = diff_print_people(&d->sides, &d->persons);
	if (result != 0)
		return result;
	if (!json)
		print_counts(d);
	else if (print_summary(d) != 0)
		return STATUS_TROUBLE;
	return total(&d->entries) + total(&d->persons) > 0 ? STATUS_NOT_FOUND : STATUS_FOUND;
}

static int run(struct cli *cli, const struct command *self, struct arguments *arguments)
{
	static const struct option own[] = {
		{"people", NULL, OPTION_PEOPLE},
		{"no-people", NULL, OPTION_NO_PEOPLE},
		{"types", NULL, OPTION_TYPES},
		{NULL, NULL, 0},
	};
	struct diff d = {.people = 1};
	int option;
	while ((option = cli_option(cli, self, arguments, own)) != ARGUMENTS_END) {
		if (option == OPTION_TYPES)
			d.types = 1;
		else
			d.people = option == OPTION_PEOPLE;
	}
	if (cli->asked.registry != NULL)
		return cli_usage(self, "--registry means nothing here: name both registries");
	if (cli->asked.supplement != NULL)
		return cli_usage(self,
			"--supplement means nothing here: no entry of it is compared");
	if (arguments->count != 2)
		return cli_usage(self, "two registries are needed");
	if (cli_will_read(cli, arguments->words[0], "OLD") != 0 ||
		cli_will_read(cli, arguments->words[1], "NEW") != 0)
		return STATUS_TROUBLE;
	for (size_t i = 0; i < 2; i++)
		d.sides.side[i].path = arguments->words[i];
	d.people = d.people && !d.types;
	d.sides.json = cli->output.json;
	d.sides.bold = cli->output.bold;
	int status = open_sides(&d);
	if (status == 0) {
		look_for_facts(&d);
		look_for_people(&d);
		status = print_all(&d);
	}
	sources_close(&d.sides.side[0].sources);
	sources_close(&d.sides.side[1].sources);
	return status;
}

const struct command command_diff = {
	.name = "diff",
	.arguments = "[OPTIONS] OLD NEW",
	.summary = "what two registries differ in",
	.help = "Shows the entries that were added (+), removed (-) and changed (~, a line for\n"
		"each column), and people. OLD and NEW are files, IANA's XML or CSV or images,\n"
		"or the word embedded. Entries are told by name and transport, of several alike\n"
		"by port, description and order; one that got another name or transport counts\n"
		"as removed and added. Case of letters is a change, a line break is not.\n"
		"Exit status 0 when nothing differs, 1 when something does.\n\n"
		"  --no-people      leave people out\n"
		"  --types          the DNS-SD service types only that come or go\n",
	.run = run,
};
