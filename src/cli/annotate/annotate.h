/* SPDX-License-Identifier: MIT */
#ifndef CLI_ANNOTATE_ANNOTATE_H
#define CLI_ANNOTATE_ANNOTATE_H

#include "cli/annotate/avahi/human.h"
#include "cli/common/cli.h"
#include "input.h"
#include "known.h"
#include "sink.h"

/* sdreg annotate: what its parts share. */

/* A line of the input, read. */
struct item {
	enum avahi_kind kind;
	int is_human; /* of avahi-browse without -p */
	struct avahi_line line;
	struct known *known; /* of a service and what is below it */
};

struct annotator {
	struct cli *cli;
	/* one of the three outputs */
	void (*output)(struct annotator *a, const struct input_line *line, const struct item *item);
	struct knowns *knowns;
	struct avahi_titles titles; /* of knowns */
	struct sink sink; /* standard output, but of JSON and --text; a line's room is enough for
			   * all that is said of a line */
	struct keys_context keys;
	struct known *below; /* what the indented lines that follow belong to, or NULL */
	enum avahi_kind last_below; /* the last of them that came */
	int status;
};

void fields_line(struct annotator *a, const struct input_line *line, const struct item *item);
void text_line(struct annotator *a, const struct input_line *line, const struct item *item);
void json_line(struct annotator *a, const struct input_line *line, const struct item *item);

/* Says that there is no memory. */
void annotate_no_memory(struct annotator *a);

#endif
