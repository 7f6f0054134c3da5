/* SPDX-License-Identifier: MIT */
#ifndef COMMON_GROW_H
#define COMMON_GROW_H

#include <stdint.h>
#include <stdlib.h>

/* Makes room in an array for need items of a size, doubling it. *room counts items. The old array
 * stays good when NULL comes back. */
static inline void *grow(void *array, size_t *room, size_t need, size_t item)
{
	if (need <= *room)
		return array;
	size_t count = *room > 0 ? *room : 64;
	while (count < need)
		count = count > SIZE_MAX / 2 ? need : 2 * count;
	if (count > PTRDIFF_MAX / item) /* no object is larger */
		return NULL;
	void *const grown = realloc(array, count * item);
	if (grown != NULL)
		*room = count;
	return grown;
}

#endif
