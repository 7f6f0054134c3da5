/* SPDX-License-Identifier: MIT */
#ifndef FUZZ_H
#define FUZZ_H

/* What every fuzz target has. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Not assert(): it must hold with NDEBUG too. */
static inline void require(int condition)
{
	if (!condition)
		abort();
}

/* A copy in a heap block of just its size, so that an overrun of one byte is seen. With NULL the
 * bytes are the caller's to write. */
static inline void *block(const void *data, size_t size)
{
	void *const copy = malloc(size > 0 ? size : 1);
	require(copy != NULL);
	if (size > 0 && data != NULL)
		memcpy(copy, data, size);
	return copy;
}

#endif
