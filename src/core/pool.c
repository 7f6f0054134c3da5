/* SPDX-License-Identifier: MIT */
#include "pool.h"

#include "grow.h"
#include "hash.h"
#include "image.h"

#include <sdreg/error.h>

#include <stdlib.h>
#include <string.h>

enum {
	FIRST_SLOTS = 1 << 16 /* enough for IANA's registry; memory that is not touched costs nothing */
};

void pool_free(struct pool *pool)
{
	free(pool->bytes);
	free(pool->slots);
	memset(pool, 0, sizeof(*pool));
}

char *pool_room(struct pool *pool, size_t len)
{
	const size_t head = pool->len > 0 ? pool->len : IMAGE_HEADER_SIZE + 1;
	if (len >= IMAGE_BYTES_MAX || head > IMAGE_BYTES_MAX - len - 1)
		return NULL;
	char *const bytes = grow(pool->bytes, &pool->size, head + len + 1, 1);
	if (bytes == NULL)
		return NULL;
	pool->bytes = bytes;
	if (pool->len == 0)
		memset(pool->bytes, 0, head);
	pool->len = head;
	return pool->bytes + pool->len;
}

static int grow_slots(struct pool *pool)
{
	const size_t count = pool->slots_count > 0 ? 2 * pool->slots_count : FIRST_SLOTS;
	struct pool_slot *const slots = calloc(count, sizeof(*slots));
	if (slots == NULL)
		return SDREG_E_MEMORY;
	for (size_t i = 0; i < pool->slots_count; i++) {
		if (pool->slots[i].offset == 0)
			continue;
		size_t to = pool->slots[i].hash & (count - 1);
		while (slots[to].offset != 0)
			to = (to + 1) & (count - 1);
		slots[to] = pool->slots[i];
	}
	free(pool->slots);
	pool->slots = slots;
	pool->slots_count = count;
	return SDREG_OK;
}

uint32_t pool_keep(struct pool *pool, size_t len, uint32_t guess)
{
	if (2 * (pool->used + 1) > pool->slots_count && grow_slots(pool) < 0)
		return 0;
	char *const string = pool->bytes + pool->len;
	string[len] = '\0';
	if (guess != 0 && memcmp(pool->bytes + guess, string, len + 1) == 0)
		return guess;
	const uint32_t hash = hash_bytes(string, len);
	const size_t mask = pool->slots_count - 1;
	size_t i = hash & mask;
	for (; pool->slots[i].offset != 0; i = (i + 1) & mask) {
		/* what is compared ends before the new string does, so inside the pool */
		const char *const stored = pool->bytes + pool->slots[i].offset;
		if (pool->slots[i].hash == hash && memcmp(stored, string, len + 1) == 0)
			return pool->slots[i].offset;
	}
	pool->slots[i] = (struct pool_slot){hash, (uint32_t)pool->len};
	pool->used++;
	pool->len += len + 1;
	return pool->slots[i].offset;
}
