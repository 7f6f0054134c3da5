/* SPDX-License-Identifier: MIT */
#ifndef CLI_SHOW_COLUMNS_H
#define CLI_SHOW_COLUMNS_H

#include <stddef.h>

/* Columns of a terminal, and what takes how many. */

/* How many the terminal has: COLUMNS, what it says itself, or 80; 40 to 1000. */
size_t columns_of_terminal(void);

/* How many a character takes that begins at a text of which len bytes are left, whatever the
 * locale: 2 for wide ones, 0 for those that combine with the one before, 4 for each byte that is
 * shown as \DDD. *used is set to the character's bytes, 1 at least. */
size_t columns_of_character(const char *text, size_t len, size_t *used);

/* How many a text takes. */
size_t columns_of(const char *text, size_t len);

#endif
