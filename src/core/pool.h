/* SPDX-License-Identifier: MIT */
#ifndef POOL_H
#define POOL_H

#include <stddef.h>
#include <stdint.h>

struct pool_slot {
	uint32_t hash; /* beside the offset: most strings that differ are told by it */
	uint32_t offset; /* 0 in a free slot */
};

/* Strings, each kept once. A string is named by its offset; offset 0 stands for the empty string.
 * The bytes are the beginning of an image in the making: room for its header, then the strings. */
struct pool {
	char *bytes;
	size_t len;
	size_t size;
	struct pool_slot *slots;
	size_t slots_count; /* a power of two, or 0 */
	size_t used;
};

/* Room for len bytes and a NUL behind the last string; pool_keep() makes a string of what was
 * written there. NULL for want of memory. */
char *pool_room(struct pool *pool, size_t len);

/* Keeps the len bytes at pool_room() and gives their offset, or an older offset of the same string.
 * guess is an offset that it may well be, or 0: neighbours are often alike. 0 on failure, which is
 * no offset of a string with bytes. */
uint32_t pool_keep(struct pool *pool, size_t len, uint32_t guess);

void pool_free(struct pool *pool);

#endif
