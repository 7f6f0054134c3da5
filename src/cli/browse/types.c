/* SPDX-License-Identifier: MIT */
#include "types.h"

#include "cli/common/cli.h"
#include "cli/common/print.h"
#include "common/grow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* sdreg browse -b: what is known of service types, a line each. */

struct lines {
	char **line;
	size_t count;
	size_t room;
};

static int add(struct lines *lines, const char *text)
{
	char **const grown = grow(lines->line, &lines->room, lines->count + 1, sizeof(*grown));
	if (grown == NULL)
		return -1;
	lines->line = grown;
	lines->line[lines->count] = strdup(text);
	return lines->line[lines->count++] != NULL ? 0 : -1;
}

static int add_type(struct lines *lines, const struct sources *from, const struct sdreg_type *type,
	int as_type)
{
	char text[SDREG_NAME_SIZE];
	if (as_type) {
		sdreg_type_format(type, SDREG_TYPE_PART_TYPE, text, sizeof(text));
		return add(lines, text);
	}
	struct sdreg_annotation *const annotation =
		sdreg_annotate_type(from->registry, from->supplement, type, NULL);
	if (annotation == NULL)
		return -1;
	const char *const title = sdreg_annotation_title(annotation);
	const int result = title[0] != '\0' ? add(lines, title) : 0;
	sdreg_annotation_free(annotation);
	return result;
}

static int add_all(struct lines *lines, const struct sources *from,
	const struct sdreg_registry *registry, int as_types)
{
	const struct sdreg_entry *e;
	struct sdreg_type type;
	if (registry == NULL)
		return 0;
	for (size_t i = 0; (e = sdreg_registry_entry(registry, i)) != NULL; i++)
		for (unsigned nth = 0; sdreg_entry_type(e, nth, &type); nth++)
			if (add_type(lines, from, &type, as_types) < 0)
				return -1;
	return 0;
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void print_each_once(const struct lines *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		if (i > 0 && strcmp(lines->line[i - 1], lines->line[i]) == 0)
			continue;
		print_text(stdout, lines->line[i]);
		putchar('\n');
	}
}

int browse_print_types(const struct sources *from, int as_types)
{
	struct lines lines = {NULL, 0, 0};
	int status = STATUS_FOUND;
	if (add_all(&lines, from, from->registry, as_types) == 0 &&
		add_all(&lines, from, from->supplement, as_types) == 0 && lines.count > 0) {
		qsort(lines.line, lines.count, sizeof(*lines.line), compare);
		print_each_once(&lines);
	} else if (lines.count > 0) {
		fputs("sdreg: out of memory for the types\n", stderr);
		status = STATUS_TROUBLE;
	}
	for (size_t i = 0; i < lines.count; i++)
		free(lines.line[i]);
	free(lines.line);
	return status;
}
