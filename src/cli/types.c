/* SPDX-License-Identifier: MIT */

/* sdreg types: every service type that the registry gives, one line for each type and entry. */

#include "cli/common/cli.h"
#include "cli/common/json.h"
#include "cli/common/print.h"
#include "cli/show/entry.h"

#include <stdlib.h>
#include <string.h>

enum format {
	FORMAT_TEXT,
	FORMAT_TSV,
};

/* A type of an entry, with what it is sorted by. */
struct type_row {
	const struct sdreg_entry *entry;
	unsigned nth;
	char *line; /* in its final form, of the two that are not JSON; it sorts the rows */
};

struct type_rows {
	struct type_row *row;
	size_t count;
};

static char *make_line(enum format format, const struct sdreg_entry *e, unsigned nth)
{
	char type[SDREG_NAME_SIZE];
	char port[16];
	char *line = NULL;
	const enum sdreg_transport transport = sdreg_entry_transport(e);
	const int stated = transport != SDREG_TRANSPORT_NONE;
	if (!entry_type_text(e, nth, type))
		return NULL;
	entry_port_text(e, port);
	int n;
	if (format == FORMAT_TSV)
		n = asprintf(&line, "%s\t%s\t%s\t%s\t%s\t%s", type, sdreg_entry_name(e), port,
			sdreg_transport_text(transport), sdreg_entry_description(e),
			stated ? "" : "transport-unspecified");
	else
		n = asprintf(&line, "%-24s %5s%s%-4s  %s", type, port, stated ? "/" : " ",
			sdreg_transport_text(transport), sdreg_entry_description(e));
	return n < 0 ? NULL : line;
}

static int compare_rows(const void *a, const void *b)
{
	return strcmp(((const struct type_row *)a)->line, ((const struct type_row *)b)->line);
}

static void free_rows(struct type_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		free(rows->row[i].line);
	free(rows->row);
}

static int collect(const struct sdreg_registry *registry, enum format format,
	struct type_rows *rows)
{
	const struct sdreg_entry *e;
	rows->count = 0;
	rows->row = calloc(2 * sdreg_registry_size(registry), sizeof(*rows->row));
	if (rows->row == NULL)
		return -1;
	for (size_t i = 0; (e = sdreg_registry_entry(registry, i)) != NULL; i++) {
		struct sdreg_type type;
		for (unsigned nth = 0; sdreg_entry_type(e, nth, &type); nth++) {
			char *const line = make_line(format, e, nth);
			if (line == NULL)
				return -1;
			rows->row[rows->count++] = (struct type_row){e, nth, line};
		}
	}
	qsort(rows->row, rows->count, sizeof(*rows->row), compare_rows);
	return 0;
}

/* Text for a terminal is made safe as everywhere; the separators of TSV are ours. */
static void print_line(const char *line)
{
	for (;;) {
		const size_t len = strcspn(line, "\t");
		print_bytes(stdout, line, len);
		if (line[len] == '\0')
			break;
		putchar('\t');
		line += len + 1;
	}
	putchar('\n');
}

static int print_json(const struct cli *cli, const struct type_row *row)
{
	const struct sdreg_entry *const e = row->entry;
	const enum sdreg_transport transport = sdreg_entry_transport(e);
	char type[SDREG_NAME_SIZE];
	char port[16];
	uint16_t number = 0;
	entry_type_text(e, row->nth, type);
	entry_port_text(e, port);
	sdreg_entry_port(e, &number, NULL);
	const int is_range = strchr(port, '-') != NULL;
	json_t *port_value = json_null();
	if (port[0] != '\0')
		port_value = is_range ? json_string(port) : json_integer(number);
	return json_print_line(stdout,
		json_pack("{s:o, s:o, s:o, s:o, s:o, s:b, s:o}", "type", json_text(type), "name",
			json_text(sdreg_entry_name(e)), "port", port_value, "transport",
			transport != SDREG_TRANSPORT_NONE
				? json_string(sdreg_transport_text(transport))
				: json_null(),
			"description", json_text(sdreg_entry_description(e)),
			"transport_unspecified", transport == SDREG_TRANSPORT_NONE, "source",
			json_text(entry_source(&cli->sources, cli->sources.registry))));
}

static int run(struct cli *cli, const struct command *self, struct arguments *arguments)
{
	static const struct option own[] = {
		{"format", "FORMAT", OPTION_OWN},
		{NULL, NULL, 0},
	};
	enum format format = FORMAT_TEXT;
	while (cli_option(cli, self, arguments, own) != ARGUMENTS_END) {
		if (strcmp(arguments->value, "tsv") == 0)
			format = FORMAT_TSV;
		else if (strcmp(arguments->value, "text") == 0)
			format = FORMAT_TEXT;
		else if (strcmp(arguments->value, "json") == 0)
			cli->output.json = 1;
		else
			return cli_usage(self, "--format is text, tsv or json");
	}
	if (arguments->count > 0)
		return cli_usage(self, "there is nothing to name: all types are listed");
	if (cli_open(cli) != 0)
		return STATUS_TROUBLE;
	struct type_rows rows;
	int status = STATUS_FOUND;
	if (collect(cli->sources.registry, cli->output.json ? FORMAT_TSV : format, &rows) < 0) {
		fputs("sdreg: no memory for the types\n", stderr);
		status = STATUS_TROUBLE;
	}
	for (size_t i = 0; i < rows.count && status == STATUS_FOUND; i++) {
		if (!cli->output.json)
			print_line(rows.row[i].line);
		else if (print_json(cli, &rows.row[i]) != 0)
			status = STATUS_TROUBLE;
	}
	free_rows(&rows);
	return status;
}

const struct command command_types = {
	.name = "types",
	.arguments = "[OPTIONS] [--format text|tsv|json]",
	.summary = "all service types that the registry gives",
	.help = "Lists every service type, one line for each type and entry, sorted by bytes.\n"
		"An entry that states no transport gives both types.\n\n"
		"  --format tsv     type, service name, port (a range as a-b), transport,\n"
		"                   description and \"transport-unspecified\" or nothing, parted\n"
		"                   by tabs\n"
		"  --format json    as --json\n",
	.run = run,
};
