/* SPDX-License-Identifier: MIT */
#include "suffix-cache.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	SLOTS_MIN = 1 << 10, /* powers of two */
	SLOTS_MAX = 1 << 16,
	BYTES = 1 << 23, /* of which only what is used counts */
	BYTES_EACH = 4096, /* who says more than that is not kept */
};

/* What lies closely together stays in the nearer caches: a tail and its suffix are one after the
 * other in one block for all. */
struct slot {
	uint32_t hash;
	uint32_t at;
	uint16_t tail_len; /* 0 in a free slot */
	uint16_t suffix_len;
};

struct suffix_cache {
	size_t slots_mask;
	size_t count;
	struct slot *slots; /* each as near behind its hash as is free; at most half are taken */
	size_t used;
	char *bytes;
};

struct suffix_cache *suffix_cache_new(void)
{
	struct suffix_cache *const cache = calloc(1, sizeof(*cache));
	if (cache == NULL)
		return NULL;
	cache->slots_mask = SLOTS_MIN - 1;
	cache->slots = calloc(SLOTS_MIN, sizeof(*cache->slots));
	cache->bytes = malloc(BYTES);
	if (cache->slots != NULL && cache->bytes != NULL)
		return cache;
	suffix_cache_free(cache);
	return NULL;
}

void suffix_cache_free(struct suffix_cache *cache)
{
	if (cache == NULL)
		return;
	free(cache->bytes);
	free(cache->slots);
	free(cache);
}

static uint64_t word_at(const char *at)
{
	uint64_t word;
	memcpy(&word, at, sizeof(word));
	return word;
}

/* Sixteen bytes at a time, in two lanes that need not wait for each other; the last sixteen may
 * have some of those before them. Who makes collisions makes misses, and no more. */
static uint32_t hash_of(struct sdreg_text tail)
{
	static const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t one = 0;
	uint64_t two = tail.len;
	char few[16] = {0};
	const char *last = few;
	if (tail.len < sizeof(few))
		memcpy(few, tail.at, tail.len);
	else
		last = tail.at + tail.len - sizeof(few);
	for (size_t i = 0; i + sizeof(few) < tail.len; i += sizeof(few)) {
		one = (one ^ word_at(tail.at + i)) * odd;
		two = (two ^ word_at(tail.at + i + 8)) * odd;
		one ^= one >> 29;
		two ^= two >> 31;
	}
	one = (one ^ word_at(last)) * odd;
	two = (two ^ word_at(last + 8)) * odd;
	one ^= two >> 32;
	return (uint32_t)((one * odd) >> 32);
}

/* The slot that a tail is in, or a free one for it. */
static struct slot *slot_of(const struct suffix_cache *cache, uint32_t hash, struct sdreg_text tail)
{
	for (size_t i = hash;; i++) {
		struct slot *const slot = &cache->slots[i & cache->slots_mask];
		if (slot->tail_len == 0 || (slot->hash == hash && slot->tail_len == tail.len &&
			memcmp(cache->bytes + slot->at, tail.at, tail.len) == 0))
			return slot;
	}
}

int suffix_cache_find(struct suffix_cache *cache, struct sdreg_text tail,
	struct sdreg_text *suffix)
{
	const struct slot *const slot = slot_of(cache, hash_of(tail), tail);
	if (slot->tail_len == 0)
		return 0;
	*suffix = (struct sdreg_text){cache->bytes + slot->at + tail.len, slot->suffix_len};
	return 1;
}

/* ---- keeping ---- */

static void forget(struct suffix_cache *cache)
{
	memset(cache->slots, 0, (cache->slots_mask + 1) * sizeof(*cache->slots));
	cache->count = 0;
	cache->used = 0;
}

/* Twice as many slots, if there is memory for them. */
static void grow(struct suffix_cache *cache)
{
	const size_t old_count = cache->slots_mask + 1;
	struct slot *const old = cache->slots;
	struct slot *const slots = calloc(2 * old_count, sizeof(*slots));
	if (slots == NULL)
		return;
	cache->slots = slots;
	cache->slots_mask = 2 * old_count - 1;
	for (size_t i = 0; i < old_count; i++) {
		size_t to = old[i].hash;
		if (old[i].tail_len == 0)
			continue;
		while (slots[to & cache->slots_mask].tail_len != 0)
			to++;
		slots[to & cache->slots_mask] = old[i];
	}
	free(old);
}

void suffix_cache_keep(struct suffix_cache *cache, struct sdreg_text tail,
	struct sdreg_text suffix)
{
	if (tail.len == 0 || tail.len > BYTES_EACH || suffix.len > BYTES_EACH - tail.len)
		return;
	if (2 * (cache->count + 1) > cache->slots_mask && cache->slots_mask + 1 < SLOTS_MAX)
		grow(cache);
	if (2 * (cache->count + 1) > cache->slots_mask ||
		tail.len + suffix.len > BYTES - cache->used)
		forget(cache);
	const uint32_t hash = hash_of(tail);
	struct slot *const slot = slot_of(cache, hash, tail);
	if (slot->tail_len != 0)
		return;
	*slot = (struct slot){hash, (uint32_t)cache->used, (uint16_t)tail.len,
		(uint16_t)suffix.len};
	memcpy(cache->bytes + cache->used, tail.at, tail.len);
	memcpy(cache->bytes + cache->used + tail.len, suffix.at, suffix.len);
	cache->used += tail.len + suffix.len;
	cache->count++;
}
