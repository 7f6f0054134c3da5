/* SPDX-License-Identifier: MIT */
#ifndef CLI_SHOW_SNIPPET_H
#define CLI_SHOW_SNIPPET_H

#include "cli/common/sources.h"

#include <stddef.h>

/* Texts with a part that matters, cut to fit; for standard output. Line breaks are shown as blanks,
 * and in an address & as @, for so people write it. */

/* Part of a text, by its bytes. */
struct snippet {
	size_t from;
	size_t to;
};

/* The part, with the characters whole that begin or end it. */
struct snippet snippet_whole(const char *text, size_t from, size_t to);

/* As much of the text around the part as a width takes, with dots where it is cut. */
void snippet_print(int bold, const char *text, struct snippet part, size_t width, int as_address);

void snippet_print_part(const char *text, size_t from, size_t to, int as_address);

/* The same in bold, where that can be. */
void snippet_print_strong(int bold, const char *text, struct snippet part, int as_address);

#endif
