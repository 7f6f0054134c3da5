/* SPDX-License-Identifier: MIT */
#ifndef CLI_ANNOTATE_ANNOTATE_H
#define CLI_ANNOTATE_ANNOTATE_H

#include "cli/annotate/avahi/line.h"
#include "cli/common/cli.h"
#include "input.h"
#include "known.h"
#include "sink.h"

#include <stdio.h>

/* sdreg annotate: what its parts share. */

struct suffix_cache;

struct annotator {
	struct cli *cli;
	struct knowns *knowns;
	struct sink sink; /* standard output, but of JSON and --text */
	struct suffix_cache *shorts; /* what stands behind lines with + and - */
	struct suffix_cache *longs; /* and with = */
	struct suffix_cache *records; /* the keys of their TXT records */
	char *scratch; /* INPUT_LINE_MAX bytes: a string of a line without its escapes */
	char *added; /* ADDED_MAX bytes: what stands behind a line */
	char *others; /* as many: the TXT keys that are not known */
	struct known *below; /* what the indented lines that follow belong to, or NULL */
	enum avahi_kind last_below; /* the last of them that came */
	int status;
};

/* A line of the input, read. */
struct item {
	enum avahi_kind kind;
	int is_human; /* of avahi-browse without -p */
	struct avahi_line line;
	struct known *known; /* of a service and what is below it */
};

void item_read(struct annotator *a, const struct input_line *line, struct item *item);

/* The three outputs: each takes a line, or a piece of one that is too long, and an annotator. */
void fields_line(void *with, const struct input_line *line);
void fields_piece(void *with, const struct input_line *piece);
void text_line(void *with, const struct input_line *line);
void text_piece(void *with, const struct input_line *piece);
void json_line(void *with, const struct input_line *line);
void json_piece(void *with, const struct input_line *piece);

/* Says that there is no memory. */
void annotate_no_memory(struct annotator *a);

#endif
