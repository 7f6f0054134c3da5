/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_SERVICE_TEXT_H
#define BROWSE_SERVICE_TEXT_H

#include <sdreg/text.h>

/* Copies a text that a user gave, as a daemon wants it: with a NUL at its end and none before. An
 * empty one is NULL. 0; SDREG_E_SYNTAX for a NUL in it, SDREG_E_MEMORY. */
int text_copy(struct sdreg_text text, char **copy);

/* As much of a text as a message quotes, for "%.*s". */
static inline int text_quoted(struct sdreg_text text)
{
	return text.len < 100 ? (int)text.len : 100;
}

#endif
