/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <sdreg/error.h>

#include <stdlib.h>
#include <string.h>

int text_copy(struct sdreg_text text, char **copy)
{
	*copy = NULL;
	if (text.len == 0)
		return SDREG_OK;
	if (memchr(text.at, '\0', text.len) != NULL)
		return SDREG_E_SYNTAX;
	*copy = malloc(text.len + 1);
	if (*copy == NULL)
		return SDREG_E_MEMORY;
	memcpy(*copy, text.at, text.len);
	(*copy)[text.len] = '\0';
	return SDREG_OK;
}
