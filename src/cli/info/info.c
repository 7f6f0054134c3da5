/* SPDX-License-Identifier: MIT */

/* sdreg info: which registry answers, of what day, and how much is in it. */

#include "cli/common/cli.h"
#include "cli/common/json.h"
#include "cli/common/print.h"
#include "cli/common/state.h"
#include "plot.h"

#include <limits.h>
#include <string.h>

enum { OPTION_PLOT = OPTION_OWN };

struct counts {
	size_t named;
	size_t portless; /* named, without a port */
	size_t transportless; /* named, without a transport */
	size_t types; /* type and entry */
	size_t txt; /* entries with a note on TXT keys */
};

static void count(const struct sdreg_registry *registry, struct counts *counts)
{
	const struct sdreg_entry *e;
	struct sdreg_type type;
	memset(counts, 0, sizeof(*counts));
	for (size_t n = 0; (e = sdreg_registry_entry(registry, n)) != NULL; n++) {
		const int named = sdreg_entry_name(e)[0] != '\0';
		counts->named += named;
		counts->portless += named && !sdreg_entry_port(e, NULL, NULL);
		counts->transportless += named && sdreg_entry_transport(e) == SDREG_TRANSPORT_NONE;
		counts->txt += sdreg_entry_txt_kind(e) != SDREG_TXT_KIND_ABSENT;
		for (unsigned i = 0; sdreg_entry_type(e, i, &type); i++)
			counts->types++;
	}
}

/* A text, or null for an empty one. */
static json_t *text_or_null(const char *text)
{
	return text != NULL && text[0] != '\0' ? json_text(text) : json_null();
}

/* The file that answers, or NULL: the embedded registry. */
static const char *answering_file(const struct cli *cli)
{
	return cli->asked.registry != NULL ? cli_shown_path(cli->asked.registry)
					   : cli->sources.installed;
}

static int print_json(const struct cli *cli, const struct counts *c, const struct state *state)
{
	const struct sdreg_registry *const r = cli->sources.registry;
	/* clang-format off */
	return json_print_line(stdout, json_pack(
		"{s:o, s:o, s:o, s:o, s:o, s:b, s:b, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}",
		"source", json_text(cli->sources.source),
		"updated", json_text(sdreg_registry_updated(r)),
		"file", text_or_null(answering_file(cli)), "fetched", text_or_null(state->fetched),
		"fetched_from", text_or_null(state->url),
		"complete", sdreg_registry_is_complete(r),
		"abridged", sdreg_registry_is_abridged(r),
		"entries", (json_int_t)sdreg_registry_size(r), "named", (json_int_t)c->named,
		"without_port", (json_int_t)c->portless,
		"without_transport", (json_int_t)c->transportless,
		"types", (json_int_t)c->types, "txt_notes", (json_int_t)c->txt,
		"people", (json_int_t)sdreg_registry_people(r),
		"supplement", (json_int_t)sdreg_registry_size(cli->sources.supplement)));
	/* clang-format on */
}

/* What is installed and does not answer, because the embedded registry is newer: a line for each.
 */
static void print_older(const struct cli *cli)
{
	static const char *const words[] = {
		[SDREG_INSTALLED_FOR_USER] = "this user",
		[SDREG_INSTALLED_FOR_ALL] = "all users",
	};
	if (answering_file(cli) != NULL)
		return;
	for (int whom = SDREG_INSTALLED_FOR_USER; whom <= SDREG_INSTALLED_FOR_ALL; whom++) {
		char directory[PATH_MAX];
		struct sdreg_registry *older = NULL;
		if (sdreg_installed_directory((enum sdreg_installed_for)whom, directory,
			    sizeof(directory)) > 0)
			older = sdreg_registry_installed(directory, NULL, NULL);
		if (older == NULL)
			continue;
		fputs("older              that of ", stdout);
		print_text(stdout, sdreg_registry_updated(older));
		printf(", installed for %s: it does not answer\n", words[whom]);
		sdreg_registry_close(older);
	}
}

/* Where the registry lies and came from; nothing of the embedded one. */
static void print_origin(const struct cli *cli, const struct state *state)
{
	const char *const file = answering_file(cli);
	if (file != NULL) {
		fputs("file               ", stdout);
		print_text(stdout, file);
		fputc('\n', stdout);
	}
	if (state->fetched[0] != '\0') {
		fputs("fetched            ", stdout);
		print_text(stdout, state->fetched);
		fputs(" from ", stdout);
		print_text(stdout, state->url);
		fputc('\n', stdout);
	}
}

static int run(struct cli *cli, const struct command *self, struct arguments *arguments)
{
	static const struct option own[] = {
		{"plot", "FILE", OPTION_PLOT},
		{NULL, NULL, 0},
	};
	const char *plot = NULL;
	while (cli_option(cli, self, arguments, own) != ARGUMENTS_END)
		plot = arguments->value;
	if (arguments->count > 0)
		return cli_usage(self, "there is nothing to name");
	if (plot != NULL && cli->output.json)
		return cli_usage(self, "--plot and --json are two forms of output: choose one");
	if (cli_open(cli) != 0)
		return STATUS_TROUBLE;
	if (plot != NULL)
		return info_plot(&cli->sources, plot);
	struct counts c;
	struct state state = {.url = ""};
	const struct sdreg_registry *const r = cli->sources.registry;
	count(r, &c);
	if (cli->sources.installed != NULL)
		state_read(cli->sources.installed, r, &state);
	if (cli->output.json)
		return print_json(cli, &c, &state);
	fputs("source             ", stdout);
	print_text(stdout, cli->sources.source);
	fputc('\n', stdout);
	print_origin(cli, &state);
	print_older(cli);
	printf("complete           %s\n",
		sdreg_registry_is_complete(r)
			? "yes"
			: "no: a type that is not in it may be registered all the same");
	if (sdreg_registry_is_abridged(r))
		puts("left out           most notes and people, and IANA's sentences: sdreg update "
		     "fetches them");
	printf("entries            %zu\n", sdreg_registry_size(r));
	printf("named              %zu\n", c.named);
	printf("without port       %zu\n", c.portless);
	printf("without transport  %zu\n", c.transportless);
	printf("service types      %zu\n", c.types);
	printf("notes on TXT keys  %zu\n", c.txt);
	printf("people             %zu\n", sdreg_registry_people(r));
	printf("supplement         %zu types that IANA does not list or explain\n",
		sdreg_registry_size(cli->sources.supplement));
	return STATUS_FOUND;
}

const struct command command_info = {
	.name = "info",
	.arguments = "[OPTIONS]",
	.summary = "which registry answers, and of what day",
	.help = "Shows which registry answers, of what day, where it came from, and how much is\n"
		"in it: the file that --registry names, else the newest one that sdreg update\n"
		"installed, for this user or for all, unless the one embedded in sdreg is "
		"newer.\n\n"
		"  --plot FILE        only draw into FILE, as SVG, how many entries were\n"
		"                     registered in which year; - for standard output\n",
	.run = run,
};
