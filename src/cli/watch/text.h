/* SPDX-License-Identifier: MIT */
#ifndef CLI_WATCH_TEXT_H
#define CLI_WATCH_TEXT_H

#include <stddef.h>
#include <wchar.h>

/* Text of anybody's in the cells of a screen, by the locale's idea of how wide a character is. What
 * may not reach a terminal is written as \DDD, as print.h has it; so is what the locale cannot
 * show, and what combines with nothing. */

enum {
	WATCH_COMBINING_MAX = 3, /* marks on one character; more are dropped */
};

struct watch_cells {
	wchar_t *at; /* room for (1 + WATCH_COMBINING_MAX) a column, and one */
	size_t count; /* characters written, without the L'\0' */
	size_t columns; /* that they take */
};

/* Writes what fits into so many columns. A text that does not fit whole ends with a sign that says
 * so, and no character is cut. is_utf8 tells that the locale has all characters. */
void watch_text_cut(const char *text, size_t len, size_t columns, int is_utf8,
	struct watch_cells *cells);

#endif
