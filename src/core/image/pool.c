/* SPDX-License-Identifier: MIT */
#include "pool.h"

#include "common/grow.h"
#include "common/hash.h"
#include "image.h"

#include <stdlib.h>
#include <string.h>

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

uint32_t pool_keep(struct pool *pool, size_t len, uint32_t guess)
{
	if (pool->slots == NULL)
		pool->slots = calloc(POOL_SLOTS, sizeof(*pool->slots));
	if (pool->slots == NULL)
		return 0;
	char *const string = pool->bytes + pool->len;
	string[len] = '\0';
	/* what is compared ends before the new string does, so inside the pool */
	if (guess != 0 && memcmp(pool->bytes + guess, string, len + 1) == 0)
		return guess;
	const uint32_t hash = hash_bytes(string, len);
	struct pool_slot *const slot = &pool->slots[hash % POOL_SLOTS];
	if (slot->offset != 0 && slot->hash == hash &&
		memcmp(pool->bytes + slot->offset, string, len + 1) == 0)
		return slot->offset;
	*slot = (struct pool_slot){hash, (uint32_t)pool->len};
	pool->len += len + 1;
	return slot->offset;
}
