/* SPDX-License-Identifier: MIT */

/* mkregistry NAME <registry.tsv >IMAGE: the embedded registry, made of its facts by the build. */

#include "core/image/builder.h"
#include "facts.h"

#include <sdreg.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct facts_reader {
	struct sdreg_builder *builder;
	const char *name; /* of the file, for messages */
	unsigned long line;
	char *field[FACTS];
};

static int trouble(const struct facts_reader *r, const char *text)
{
	fprintf(stderr, "mkregistry: %s:%lu: %s\n", r->name, r->line, text);
	return -1;
}

/* Undoes the escapes of a field, in its place. */
static int unescape(char *field)
{
	char *to = field;
	for (const char *from = field; *from != '\0'; from++) {
		if (*from != '\\') {
			*to++ = *from;
			continue;
		}
		if (*++from == '\0')
			return -1;
		*to++ = *from == 'n' ? '\n' : *from;
	}
	*to = '\0';
	return 0;
}

/* Splits a line into its fields; those that it leaves out are empty. */
static int split(struct facts_reader *r, char *line)
{
	static char empty[1];
	size_t count = 0;
	line[strcspn(line, "\n")] = '\0';
	for (char *next; line != NULL; line = next) {
		next = strchr(line, '\t');
		if (next != NULL)
			*next++ = '\0';
		if (count == FACTS)
			return trouble(r, "too many fields");
		if (unescape(line) < 0)
			return trouble(r, "a field ends with a backslash");
		r->field[count++] = line;
	}
	while (count < FACTS)
		r->field[count++] = empty;
	return 0;
}

static struct sdreg_text text_of(const struct facts_reader *r, size_t field)
{
	return (struct sdreg_text){r->field[field], strlen(r->field[field])};
}

static int read_kind(const char *word, enum sdreg_txt_kind *kind)
{
	for (int k = SDREG_TXT_KIND_ABSENT; k <= SDREG_TXT_KIND_PROSE; k++) {
		*kind = (enum sdreg_txt_kind)k;
		if (strcmp(word, sdreg_txt_kind_text(*kind)) == 0)
			return 0;
	}
	return -1;
}

/* Splits a list. Gives how many items there are, or -1 when there are too many. */
static int split_list(char *list, const char *between, struct sdreg_text *items, int most)
{
	int count = 0;
	while (*list != '\0') {
		char *const end = strstr(list, between);
		const size_t len = end != NULL ? (size_t)(end - list) : strlen(list);
		if (count == most)
			return -1;
		items[count++] = (struct sdreg_text){list, len};
		list += len + (end != NULL ? strlen(between) : 0);
	}
	return count;
}

static int set_txt(const struct facts_reader *r)
{
	struct notes_txt txt;
	struct sdreg_error err = {.size = sizeof(err)};
	const int keys = split_list(r->field[FACT_KEYS], ", ", txt.keys, NOTES_KEYS);
	const int documents =
		split_list(r->field[FACT_DOCUMENTS], " ", txt.references, NOTES_REFERENCES);
	if (read_kind(r->field[FACT_TXT], &txt.kind) < 0 || keys < 0 || documents < 0)
		return trouble(r, "no such kind of TXT keys, or too many of them");
	txt.keys_count = (size_t)keys;
	txt.references_count = (size_t)documents;
	return builder_set_txt(r->builder, &txt, &err) < 0 ? trouble(r, err.text) : 0;
}

/* One of two words that a field can be: nothing, or the one given. */
static int is_word(const struct facts_reader *r, size_t field, const char *word)
{
	return r->field[field][0] == '\0' || strcmp(r->field[field], word) == 0;
}

static int add_entry(const struct facts_reader *r)
{
	struct sdreg_error err = {.size = sizeof(err)};
	const struct sdreg_record record = {.size = sizeof(record),
		.name = text_of(r, FACT_NAME),
		.port = text_of(r, FACT_PORT),
		.transport = text_of(r, FACT_TRANSPORT),
		.description = text_of(r, FACT_TITLE),
		.assignee = text_of(r, FACT_ASSIGNEE),
		.contact = text_of(r, FACT_CONTACT),
		.registered = text_of(r, FACT_REGISTERED),
		.modified = text_of(r, FACT_MODIFIED),
		.reference = text_of(r, FACT_REFERENCE),
		.service_code = text_of(r, FACT_CODE),
		.unauthorized_use = text_of(r, FACT_MISUSE),
		.notes = text_of(r, FACT_NOTES)};
	if (!is_word(r, FACT_MISUSE, FACT_REPORTED) || !is_word(r, FACT_MORE, FACT_LEFT_OUT))
		return trouble(r, "no such word");
	if (record.notes.len > 0 && r->field[FACT_TXT][0] != '\0')
		return trouble(r, "both a note and what it says of TXT keys");
	if (sdreg_builder_add(r->builder, &record, &err) < 0)
		return trouble(r, err.text);
	if (r->field[FACT_MORE][0] != '\0')
		builder_abridge(r->builder);
	return record.notes.len > 0 ? 0 : set_txt(r);
}

static int add_person(const struct facts_reader *r)
{
	struct sdreg_error err = {.size = sizeof(err)};
	const struct sdreg_person_record person = {.size = sizeof(person),
		.id = text_of(r, 1),
		.name = text_of(r, 2),
		.organization = text_of(r, 3),
		.uris = text_of(r, 4),
		.updated = text_of(r, 5)};
	if (sdreg_builder_add_person(r->builder, &person, &err) < 0)
		return trouble(r, err.text);
	return 0;
}

static int add_line(struct facts_reader *r, char *line)
{
	const char *const word = line;
	const char first = line[0];
	if (first == '#')
		return 0;
	if (split(r, line) < 0)
		return -1;
	if (first != '@')
		return add_entry(r);
	if (strcmp(word, "@person") == 0)
		return add_person(r);
	if (strcmp(word, "@title") == 0)
		return sdreg_builder_title(r->builder, text_of(r, 1));
	if (strcmp(word, "@updated") == 0)
		return sdreg_builder_updated(r->builder, text_of(r, 1));
	return trouble(r, "no such word behind @");
}

static int read_facts(struct facts_reader *r, FILE *in)
{
	char *line = NULL;
	size_t size = 0;
	int result = 0;
	while (result == 0 && getline(&line, &size, in) > 0) {
		r->line++;
		result = add_line(r, line);
	}
	free(line);
	return ferror(in) ? trouble(r, "cannot be read") : result;
}

int main(int argc, char **argv)
{
	struct sdreg_error err = {.size = sizeof(err)};
	struct facts_reader r = {.builder = sdreg_builder_new(), .name = argv[argc - 1]};
	struct sdreg_registry *registry = NULL;
	size_t len = 0;
	if (argc != 2 || r.builder == NULL)
		return 1;
	builder_facts(r.builder);
	if (read_facts(&r, stdin) == 0) {
		registry = sdreg_builder_finish(r.builder, &err);
		r.builder = NULL;
		if (registry == NULL)
			trouble(&r, err.text);
	}
	sdreg_builder_free(r.builder);
	if (registry == NULL)
		return 1;
	const void *const image = sdreg_registry_image(registry, &len);
	const int written = fwrite(image, 1, len, stdout) == len && fflush(stdout) == 0;
	sdreg_registry_close(registry);
	return !written;
}
