/* SPDX-License-Identifier: MIT */
#ifndef CLI_ANNOTATE_AVAHI_HUMAN_H
#define CLI_ANNOTATE_AVAHI_HUMAN_H

#include "line.h"

/* What avahi-browse prints without -p: a line in columns for a service, and four indented ones
 * below it when it is resolved. Columns slide, names may have any bytes (all that is not ASCII
 * became "_") and titles have blanks, so a line is read from its right end, and what could be read
 * in two ways is not read. */

/* Whether a text is a title of Avahi's database. */
struct avahi_titles {
	int (*has)(void *with, struct sdreg_text title);
	void *with;
};

/* Reads a line without its line break. Of the four indented ones only their own field is set. */
enum avahi_kind avahi_human_read(const char *at, size_t len, const struct avahi_titles *titles,
	struct avahi_line *line);

#endif
