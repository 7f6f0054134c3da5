/* SPDX-License-Identifier: MIT */

/* sdreg export: the registry in IANA's formats and in those of others. */

#include "cli/common/cli.h"
#include "cli/common/json.h"
#include "cli/common/print.h"
#include "cli/common/put-file.h"
#include "cli/show/entry.h"
#include "common/ascii.h"
#include "spreadsheet.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int write_out(void *user, const char *bytes, size_t len)
{
	return fwrite(bytes, 1, len, user) == len ? 0 : -1;
}

static struct sdreg_sink sink_to(FILE *out)
{
	return (struct sdreg_sink){.size = sizeof(struct sdreg_sink),
		.write = write_out,
		.user = out};
}

/* What a failed export leaves to say: a sink that failed is told of at the end of the program. */
static int finish(int result, const struct sdreg_error *err)
{
	if (result == SDREG_OK || result == SDREG_E_IO)
		return result == SDREG_OK ? STATUS_FOUND : STATUS_TROUBLE;
	return cli_error(err);
}

/* Neither of IANA's formats can say so itself, and who reads it again would take it for all. */
static void say_part(const struct sources *from)
{
	if (!sdreg_registry_is_complete(from->registry))
		fputs("sdreg: this is only a part of IANA's registry: do not let it answer as a "
		      "registry\n",
			stderr);
	if (sdreg_registry_is_abridged(from->registry))
		fputs("sdreg: this is not IANA's file, but the facts of it: most notes and people "
		      "are "
		      "left out; sdreg update fetches them\n",
			stderr);
}

static int export_csv(FILE *out, const struct sources *from)
{
	struct sdreg_error err = {.size = sizeof(err)};
	say_part(from);
	const struct sdreg_sink sink = sink_to(out);
	return finish(sdreg_export_csv(from->registry, &sink, &err), &err);
}

static int export_spreadsheet(FILE *out, const struct sources *from)
{
	struct sdreg_error err = {.size = sizeof(err)};
	const struct sdreg_sink to = sink_to(out);
	struct spreadsheet spreadsheet = {.to = &to};
	const struct sdreg_sink sink = {.size = sizeof(sink),
		.write = spreadsheet_write,
		.user = &spreadsheet};
	say_part(from);
	return finish(sdreg_export_csv(from->registry, &sink, &err), &err);
}

static int export_xml(FILE *out, const struct sources *from)
{
	struct sdreg_error err = {.size = sizeof(err)};
	say_part(from);
	const struct sdreg_sink sink = sink_to(out);
	return finish(sdreg_export_xml(from->registry, &sink, &err), &err);
}

static int export_image(FILE *out, const struct sources *from)
{
	size_t len;
	const void *const image = sdreg_registry_image(from->registry, &len);
	if (out == stdout && isatty(STDOUT_FILENO)) {
		fputs("sdreg export: an image is no text for a terminal; name a file with -o\n",
			stderr);
		return STATUS_TROUBLE;
	}
	fwrite(image, 1, len, out);
	return STATUS_FOUND;
}

/* A text on one line: bytes that would end it, or a field of it, become spaces. */
static void print_field(FILE *out, const char *text)
{
	while (*text != '\0') {
		size_t len = 0;
		while ((unsigned char)text[len] >= 0x20 && text[len] != 0x7f)
			len++;
		print_bytes(out, text, len);
		text += len;
		if (*text == '\0')
			return;
		putc(' ', out);
		text++;
	}
}

static int export_tsv(FILE *out, const struct sources *from)
{
	const struct sdreg_entry *e;
	say_part(from);
	fputs("name\tport\ttransport\tdescription\tassignee\tcontact\tregistered\tmodified\t"
	      "reference\tservice_code\tunauthorized_use\tnotes\n",
		out);
	for (size_t n = 0; (e = sdreg_registry_entry(from->registry, n)) != NULL; n++) {
		char port[16];
		entry_port_text(e, port);
		const char *const fields[] = {sdreg_entry_name(e), port,
			sdreg_transport_text(sdreg_entry_transport(e)), sdreg_entry_description(e),
			sdreg_entry_assignee(e), sdreg_entry_contact(e), sdreg_entry_registered(e),
			sdreg_entry_modified(e), sdreg_entry_reference(e),
			sdreg_entry_service_code(e), sdreg_entry_unauthorized_use(e),
			sdreg_entry_notes(e)};
		for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
			if (i > 0)
				putc('\t', out);
			print_field(out, fields[i]);
		}
		putc('\n', out);
	}
	return STATUS_FOUND;
}

static int export_json_lines(FILE *out, const struct sources *from)
{
	const struct sdreg_entry *e;
	for (size_t n = 0; (e = sdreg_registry_entry(from->registry, n)) != NULL; n++)
		if (entry_print_json(out, from, from->registry, e) != 0)
			return STATUS_TROUBLE;
	return STATUS_FOUND;
}

static int print_person(FILE *out, const struct sdreg_person *person)
{
	json_t *const uris = json_array();
	const char *line = sdreg_person_uris(person);
	while (line[0] != '\0') {
		const size_t len = strcspn(line, "\n");
		json_array_append_new(uris, json_bytes(line, len));
		line += len + (line[len] == '\n');
	}
	return json_print_line(out,
		json_pack("{s:o, s:o, s:o, s:o, s:o}", "id", json_text(sdreg_person_id(person)),
			"name", json_text(sdreg_person_name(person)), "organization",
			json_text(sdreg_person_organization(person)), "uris", uris, "updated",
			json_text(sdreg_person_updated(person))));
}

/* One document, an entry a line in it. */
static int export_json(FILE *out, const struct sources *from)
{
	const struct sdreg_entry *e;
	const struct sdreg_registry *const r = from->registry;
	int status = STATUS_FOUND;
	fputs("{\"registry\":\n", out);
	status = json_print_line(out,
		json_pack("{s:o, s:o, s:b, s:b, s:o}", "title", json_text(sdreg_registry_title(r)),
			"updated", json_text(sdreg_registry_updated(r)), "complete",
			sdreg_registry_is_complete(r), "abridged", sdreg_registry_is_abridged(r),
			"source", json_text(from->source)));
	fputs(",\"entries\":[\n", out);
	for (size_t n = 0; status == 0 && (e = sdreg_registry_entry(r, n)) != NULL; n++) {
		if (n > 0)
			putc(',', out);
		status = entry_print_json(out, from, r, e);
	}
	fputs("],\"people\":[\n", out);
	const size_t people = sdreg_registry_people(r);
	for (size_t i = 0; i < people && status == 0; i++) {
		if (i > 0)
			putc(',', out);
		status = print_person(out, sdreg_registry_person(r, i));
	}
	fputs("]}\n", out);
	return status;
}

/* ---- services(5) ---- */

/* Whether a name can stand in /etc/services, and on a terminal. */
static int is_service_name(const char *name)
{
	size_t left = strlen(name);
	if (left == 0)
		return 0;
	while (left > 0) {
		const size_t n = print_length((const unsigned char *)name, left);
		if (n == 0 || *name == ' ' || *name == '#')
			return 0;
		name += n;
		left -= n;
	}
	return 1;
}

static void print_service(FILE *out, const struct sdreg_entry *e, uint16_t first, uint16_t last)
{
	const char *const name = sdreg_entry_name(e);
	const char *const title = sdreg_entry_description(e);
	char port[16];
	int has_capitals = 0;
	snprintf(port, sizeof(port), "%u/%s", (unsigned)first,
		sdreg_transport_text(sdreg_entry_transport(e)));
	fprintf(out, "%-16s %-10s", name, port);
	for (const char *c = name; *c != '\0'; c++)
		has_capitals |= ascii_is_upper((unsigned char)*c);
	if (has_capitals) { /* whoever looks a service up there writes small letters */
		putc(' ', out);
		for (const char *c = name; *c != '\0'; c++)
			putc(ascii_lower((unsigned char)*c), out);
	}
	if (title[0] != '\0' || first < last)
		fputs(" #", out);
	if (first < last)
		fprintf(out, " %u-%u", (unsigned)first, (unsigned)last);
	if (title[0] != '\0') {
		putc(' ', out);
		print_field(out, title);
	}
	putc('\n', out);
}

static int export_services(FILE *out, const struct sources *from)
{
	const struct sdreg_entry *e;
	fputs("# services(5): from ", out);
	print_field(out, from->source);
	putc('\n', out);
	for (size_t n = 0; (e = sdreg_registry_entry(from->registry, n)) != NULL; n++) {
		uint16_t first;
		uint16_t last;
		if (is_service_name(sdreg_entry_name(e)) && sdreg_entry_port(e, &first, &last) &&
			sdreg_entry_transport(e) != SDREG_TRANSPORT_NONE)
			print_service(out, e, first, last);
	}
	return STATUS_FOUND;
}

/* ---- Avahi's list of service types ---- */

struct type_title {
	char type[SDREG_LABEL_SIZE + 8];
	const char *title;
};

static int compare_titles(const void *a, const void *b)
{
	const struct type_title *const left = a;
	const struct type_title *const right = b;
	const int order = strcmp(left->type, right->type);
	if (order != 0)
		return order;
	return (right->title[0] != '\0') - (left->title[0] != '\0'); /* one with a title first */
}

/* An entry without a transport stands for TCP, as all such types do that are in use. */
static int export_avahi(FILE *out, const struct sources *from)
{
	const struct sdreg_entry *e;
	const size_t size = sdreg_registry_size(from->registry);
	struct type_title *const titles = calloc(size + 1, sizeof(*titles));
	size_t count = 0;
	if (titles == NULL) {
		fputs("sdreg: no memory for the types\n", stderr);
		return STATUS_TROUBLE;
	}
	for (size_t n = 0; (e = sdreg_registry_entry(from->registry, n)) != NULL; n++) {
		struct type_title *const t = &titles[count];
		struct sdreg_type type;
		if (!sdreg_entry_type(e, 0, &type) ||
			sdreg_type_format(&type, SDREG_TYPE_PART_TYPE, t->type, sizeof(t->type)) <
				0)
			continue;
		t->title = sdreg_entry_description(e);
		count++;
	}
	qsort(titles, count, sizeof(*titles), compare_titles);
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && strcmp(titles[i].type, titles[i - 1].type) == 0)
			continue;
		fprintf(out, "%s:", titles[i].type);
		print_field(out, titles[i].title[0] != '\0' ? titles[i].title : titles[i].type);
		putc('\n', out);
	}
	free(titles);
	return STATUS_FOUND;
}

typedef int export_fn(FILE *out, const struct sources *from);

/* NULL after saying that there is no such format. */
static export_fn *find_format(const struct command *self, const char *wanted, int spreadsheet)
{
	static const struct {
		const char *name;
		export_fn *write;
	} formats[] = {{"csv", export_csv}, {"xml", export_xml}, {"json", export_json},
		{"jsonl", export_json_lines}, {"tsv", export_tsv}, {"services", export_services},
		{"avahi", export_avahi}, {"image", export_image}};
	if (spreadsheet && strcmp(wanted, "csv") == 0)
		return export_spreadsheet;
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]) && !spreadsheet; i++)
		if (strcmp(wanted, formats[i].name) == 0)
			return formats[i].write;
	cli_usage(self,
		spreadsheet ? "--spreadsheet goes with --format csv only"
			    : "--format is csv, xml, json, jsonl, tsv, services, avahi or image");
	return NULL;
}

/* Into a file as a whole, or to standard output as it comes. */
static int export_to(const char *path, export_fn *write, const struct sources *from)
{
	struct put_file file;
	if (path == NULL || strcmp(path, "-") == 0)
		return write(stdout, from);
	if (put_file_begin(&file, path) != 0)
		return STATUS_TROUBLE;
	const int status = write(file.out, from);
	if (status == STATUS_FOUND)
		return put_file_end(&file);
	if (ferror(file.out))
		cli_system_error(path, ENOMEM);
	put_file_drop(&file);
	return status;
}

static int run(struct cli *cli, const struct command *self, struct arguments *arguments)
{
	static const struct option own[] = {
		{"format", "FORMAT", 'f'},
		{"output", "FILE", 'o'},
		{"spreadsheet", NULL, OPTION_OWN},
		{NULL, NULL, 0},
	};
	const char *wanted = NULL;
	const char *path = NULL;
	int spreadsheet = 0;
	int option;
	while ((option = cli_option(cli, self, arguments, own)) != ARGUMENTS_END) {
		if (option == 'f')
			wanted = arguments->value;
		else if (option == 'o')
			path = arguments->value;
		else
			spreadsheet = 1;
	}
	if (wanted == NULL && cli->output.json)
		wanted = "jsonl";
	if (wanted == NULL)
		return cli_usage(self, "--format is missing");
	if (arguments->count > 0)
		return cli_usage(self,
			"there is nothing to name; --registry FILE says what is exported");
	export_fn *const write = find_format(self, wanted, spreadsheet);
	if (write == NULL || cli_open(cli) != 0)
		return STATUS_TROUBLE;
	return export_to(path, write, &cli->sources);
}

const struct command command_export = {
	.name = "export",
	.arguments = "[OPTIONS] --format FORMAT",
	.summary = "the registry in IANA's formats and in others",
	.help = "Writes the registry that answers, to standard output or into a file.\n\n"
		"  -f, --format FORMAT\n"
		"     csv       IANA's CSV, byte for byte as IANA publishes it\n"
		"     xml       IANA's XML; what was read from XML comes out equal to it\n"
		"     json      one document: title, date, entries, people\n"
		"     jsonl     JSON Lines, an entry a line, as lookup --json has them\n"
		"     tsv       the twelve columns, parted by tabs, a header first\n"
		"     services  services(5): what /etc/services holds\n"
		"     avahi     Avahi's list of service types, _type._proto:Title\n"
		"     image     sdreg's own binary form: the fastest to open\n"
		"  -o, --output FILE\n"
		"                 as a whole into FILE, which is then in its place or is as it\n"
		"                 was; - for standard output\n"
		"  --spreadsheet  with csv: an apostrophe before each cell that a spreadsheet\n"
		"                 would run as a formula\n",
	.run = run,
};
