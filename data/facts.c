/* SPDX-License-Identifier: MIT */

/* facts FILE.xml TITLES >registry.tsv: takes the facts out of IANA's XML, for data/registry.tsv.
 * What is left out is what people wrote: notes, sentences in the place of a title, who they are. */

#include "facts.h"

#include "common/ascii.h"

#include <sdreg.h>
#include <sdreg/xml.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	TITLE_MAX = 120, /* a longer one is a sentence, whatever its words */
	REFERENCE_MAX = 100, /* the longest URL has 80 */
};

/* The XMPP family is what sdreg began with, and stays word for word. */
static int is_kept_whole(const struct sdreg_entry *e)
{
	const char *const name = sdreg_entry_name(e);
	return strncmp(name, "xmpp-", 5) == 0 || strcmp(name, "presence") == 0 ||
		strcmp(name, "clique") == 0;
}

static void print_escaped(FILE *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\n')
			fputs("\\n", out);
		else if (text[i] == '\\')
			fputs("\\\\", out);
		else
			putc(text[i], out);
	}
}

static void print_field(FILE *out, const char *text)
{
	putc('\t', out);
	print_escaped(out, text, strlen(text));
}

/* ---- titles ---- */

/* Titles in our own words, for descriptions that are none: lines of a name, a TAB and a title. */
static char *read_titles(const char *path)
{
	char *text = NULL;
	size_t size = 0;
	FILE *const in = fopen(path, "r");
	if (in == NULL)
		return NULL;
	if (getdelim(&text, &size, '\0', in) < 0) {
		free(text);
		text = NULL;
	}
	fclose(in);
	return text;
}

/* The title of a name, or NULL. */
static const char *find_title(const char *titles, const char *name, size_t *len)
{
	const size_t name_len = strlen(name);
	while (*titles != '\0') {
		*len = strcspn(titles, "\n");
		if (*len > name_len && strncmp(titles, name, name_len) == 0 &&
			titles[name_len] == '\t') {
			*len -= name_len + 1;
			return titles + name_len + 1;
		}
		titles += *len + (titles[*len] == '\n');
	}
	return NULL;
}

static int is_sentence(const char *text, size_t len)
{
	static const char *const verbs[] = {" is ", " are ", " will "};
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (memmem(text, len, verbs[i], strlen(verbs[i])) != NULL)
			return 1;
	return len > TITLE_MAX;
}

/* A description ends with IANA's words where a name took the place of a malformed one. */
static size_t without_replacement(const char *text)
{
	const char *const end = strstr(text, "IANA assigned this well-formed service name");
	size_t len = end != NULL ? (size_t)(end - text) : strlen(text);
	while (len > 0 && text[len - 1] == ' ')
		len--;
	return len;
}

/* Gives whether the title is all of the description. */
static int print_title(FILE *out, const struct sdreg_entry *e, const char *titles)
{
	const char *const description = sdreg_entry_description(e);
	const char *title = description;
	size_t len = without_replacement(title);
	if (is_sentence(title, len))
		title = find_title(titles, sdreg_entry_name(e), &len);
	putc('\t', out);
	if (title != NULL)
		print_escaped(out, title, len);
	else
		fprintf(stderr, "%s needs a title of its own in data/titles.tsv: %s\n",
			sdreg_entry_name(e), description);
	return title == description && title[len] == '\0';
}

/* ---- references, and TXT keys ---- */

/* What is a sentence, or has somebody's address in it, is no reference. Gives whether all are. */
static int print_references(FILE *out, const struct sdreg_entry *e)
{
	const char *column = sdreg_entry_reference(e);
	const char *item;
	size_t len;
	int is_all = 1;
	putc('\t', out);
	while ((item = sdreg_bracketed(&column, &len)) != NULL) {
		if (len > REFERENCE_MAX || memchr(item, '<', len) != NULL) {
			is_all = 0;
			continue;
		}
		putc('[', out);
		print_escaped(out, item, len);
		putc(']', out);
	}
	return is_all;
}

static void print_list(FILE *out, const struct sdreg_entry *e,
	const char *nth_text(const struct sdreg_entry *, size_t), const char *between)
{
	const char *text;
	putc('\t', out);
	for (size_t i = 0; (text = nth_text(e, i)) != NULL; i++) {
		fputs(i > 0 ? between : "", out);
		print_escaped(out, text, strlen(text));
	}
}

/* Takes a text off the front of a note, with what stands around it in a list. 0 if it is not there.
 */
static int take(const char **note, const char *text)
{
	const size_t len = strlen(text);
	if (strlen(*note) < len || !ascii_equal(*note, text, len))
		return 0;
	*note += len;
	*note += strspn(*note, " \n,;.");
	return 1;
}

static int take_all(const char **note, const struct sdreg_entry *e,
	const char *nth_text(const struct sdreg_entry *, size_t))
{
	const char *text;
	for (size_t i = 0; (text = nth_text(e, i)) != NULL; i++)
		if (!take(note, text))
			return 0;
	return 1;
}

/* Whether a note says nothing but what its TXT keys are. */
static int is_only_keys(const struct sdreg_entry *e)
{
	const enum sdreg_txt_kind kind = sdreg_entry_txt_kind(e);
	const char *note = sdreg_entry_notes(e);
	if (note[0] == '\0')
		return 1;
	if (!take(&note, "Defined TXT keys:"))
		return 0;
	take(&note, "see");
	if (!take_all(&note, e, sdreg_entry_txt_key) ||
		!take_all(&note, e, sdreg_entry_txt_reference))
		return 0;
	if (kind == SDREG_TXT_KIND_NONE || kind == SDREG_TXT_KIND_PROPRIETARY)
		take(&note, sdreg_txt_kind_text(kind));
	return *note == '\0';
}

/* ---- lines ---- */

static void print_port(FILE *out, const struct sdreg_entry *e)
{
	uint16_t first;
	uint16_t last;
	putc('\t', out);
	if (!sdreg_entry_port(e, &first, &last))
		return;
	fprintf(out, "%u", (unsigned)first);
	if (first < last)
		fprintf(out, "-%u", (unsigned)last);
}

/* Name, port, transport: what each entry begins with. */
static void print_key(FILE *out, const struct sdreg_entry *e)
{
	const char *const name = sdreg_entry_name(e);
	if (name[0] == '#' || name[0] == '@') /* no comment, and not about the registry */
		putc('\\', out);
	print_escaped(out, name, strlen(name));
	print_port(out, e);
	print_field(out, sdreg_transport_text(sdreg_entry_transport(e)));
}

static void print_whole(FILE *out, const struct sdreg_entry *e)
{
	print_key(out, e);
	print_field(out, sdreg_entry_description(e));
	print_field(out, sdreg_entry_registered(e));
	print_field(out, sdreg_entry_modified(e));
	print_field(out, sdreg_entry_reference(e));
	fputs("\t\t\t\t\t\t", out); /* from the service code to FACT_MORE */
	print_field(out, sdreg_entry_assignee(e));
	print_field(out, sdreg_entry_contact(e));
	print_field(out, sdreg_entry_notes(e));
}

static void print_facts(FILE *out, const struct sdreg_entry *e, const char *titles)
{
	print_key(out, e);
	int is_all = is_only_keys(e);
	is_all &= print_title(out, e, titles);
	print_field(out, sdreg_entry_registered(e));
	print_field(out, sdreg_entry_modified(e));
	is_all &= print_references(out, e);
	print_field(out, sdreg_entry_service_code(e));
	print_field(out, sdreg_entry_unauthorized_use(e)[0] != '\0' ? FACT_REPORTED : "");
	print_field(out, sdreg_txt_kind_text(sdreg_entry_txt_kind(e)));
	print_list(out, e, sdreg_entry_txt_key, ", ");
	print_list(out, e, sdreg_entry_txt_reference, " ");
	print_field(out, is_all ? "" : FACT_LEFT_OUT);
}

/* A line without the TABs at its end. */
static int print_entry(const struct sdreg_entry *e, const char *titles)
{
	char *line = NULL;
	size_t len = 0;
	FILE *const out = open_memstream(&line, &len);
	if (out == NULL)
		return -1;
	if (is_kept_whole(e))
		print_whole(out, e);
	else
		print_facts(out, e, titles);
	const int failed = fclose(out) != 0;
	while (len > 0 && line[len - 1] == '\t')
		len--;
	if (!failed)
		printf("%.*s\n", (int)len, line);
	free(line);
	return failed ? -1 : 0;
}

static void print_frame(const struct sdreg_registry *registry)
{
	fputs("# IANA's registry as facts: data/facts.h says what the fields are. Made by\n"
	      "# make refresh-registry REGISTRY=FILE.xml; what is wrong in it is for "
	      "<iana@iana.org>.\n"
	      "@title",
		stdout);
	print_field(stdout, sdreg_registry_title(registry));
	fputs("\n@updated", stdout);
	print_field(stdout, sdreg_registry_updated(registry));
	putchar('\n');
}

/* The people of the entries that are kept whole. */
static int is_named(const struct sdreg_registry *registry, const struct sdreg_person *person)
{
	const struct sdreg_entry *e;
	const char *const id = sdreg_person_id(person);
	for (size_t i = 0; (e = sdreg_registry_entry(registry, i)) != NULL; i++) {
		const char *column = sdreg_entry_contact(e);
		const char *item;
		size_t len;
		while (is_kept_whole(e) && (item = sdreg_bracketed(&column, &len)) != NULL)
			if (strlen(id) == len && memcmp(item, id, len) == 0)
				return 1;
	}
	return 0;
}

static void print_person(const struct sdreg_person *p)
{
	fputs("@person", stdout);
	print_field(stdout, sdreg_person_id(p));
	print_field(stdout, sdreg_person_name(p));
	print_field(stdout, sdreg_person_organization(p));
	print_field(stdout, sdreg_person_uris(p));
	print_field(stdout, sdreg_person_updated(p));
	putchar('\n');
}

static int print_all(const struct sdreg_registry *registry, const char *titles)
{
	const struct sdreg_entry *e;
	const struct sdreg_person *p;
	print_frame(registry);
	for (size_t i = 0; (p = sdreg_registry_person(registry, i)) != NULL; i++)
		if (is_named(registry, p))
			print_person(p);
	for (size_t i = 0; (e = sdreg_registry_entry(registry, i)) != NULL; i++)
		if (print_entry(e, titles) < 0)
			return -1;
	return fflush(stdout);
}

int main(int argc, char **argv)
{
	struct sdreg_error err = {.size = sizeof(err)};
	if (argc != 3) {
		fputs("usage: facts FILE.xml TITLES >registry.tsv\n", stderr);
		return 1;
	}
	char *const titles = read_titles(argv[2]);
	struct sdreg_registry *const registry = titles != NULL
		? sdreg_xml_open(argv[1], SDREG_XML_KIND_REGISTRY, NULL, &err)
		: NULL;
	if (titles == NULL)
		perror(argv[2]);
	else if (registry == NULL)
		fprintf(stderr, "facts: %s:%lu: %s\n", argv[1], err.line, err.text);
	const int result = registry != NULL ? print_all(registry, titles) : 1;
	sdreg_registry_close(registry);
	free(titles);
	return result != 0;
}
