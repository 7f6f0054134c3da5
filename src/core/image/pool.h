/* SPDX-License-Identifier: MIT */
#ifndef CORE_IMAGE_POOL_H
#define CORE_IMAGE_POOL_H

#include <stddef.h>
#include <stdint.h>

enum { POOL_SLOTS = 1 << 13 };

/* A string that was kept not long ago. */
struct pool_slot {
	uint32_t hash;
	uint32_t offset; /* 0 in a free slot */
};

/* Strings. Those that come again soon are kept once: nearly all that come again do, and a table of
 * all strings would cost more time, missing the processor's caches, than it saves in memory. A
 * string is named by its offset; offset 0 stands for the empty string. The bytes are the beginning
 * of an image in the making: room for its header, then the strings. All zeros is an empty pool. */
struct pool {
	char *bytes;
	size_t len;
	size_t size;
	struct pool_slot *slots; /* POOL_SLOTS of them, each for the last string of its hashes */
};

/* Room for len bytes and a NUL behind the last string; pool_keep() makes a string of what was
 * written there. NULL for want of memory. */
char *pool_room(struct pool *pool, size_t len);

/* Keeps the len bytes at pool_room() and gives their offset, or that of the same string, kept
 * before. guess is an offset that it may well be, or 0: neighbours are often alike. 0 on failure,
 * which is no offset of a string with bytes. */
uint32_t pool_keep(struct pool *pool, size_t len, uint32_t guess);

void pool_free(struct pool *pool);

#endif
