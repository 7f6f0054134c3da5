/* SPDX-License-Identifier: MIT */
#ifndef CLI_SEARCH_SEARCH_H
#define CLI_SEARCH_SEARCH_H

#include "cli/common/sources.h"

#include <stddef.h>

/* What a search found, in both registries. */

struct search_row {
	const struct sdreg_registry *registry;
	const struct sdreg_found *found;
	/* rows of one name and description are one result: the first of them, and the next */
	size_t first;
	size_t next; /* 0 after the last */
};

/* The result that begins with a row, as text: what it is, and where the words are if not there. */
void search_print(int bold, const struct sources *from, const struct search_row *rows,
	size_t first);

#endif
