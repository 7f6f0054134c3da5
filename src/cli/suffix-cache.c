/* SPDX-License-Identifier: MIT */
#include "suffix-cache.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	SETS = 4096,
	WAYS = 4, /* slots that a tail may be in: 8 MiB in all, of which only what is used counts */
	SLOT_BYTES = 500,
};

/* One tail a slot; when all slots of its set are taken, the next in turn is. */
struct slot {
	uint16_t tail_len;
	uint16_t suffix_len;
	char bytes[SLOT_BYTES]; /* the tail, then the suffix */
};

struct suffix_cache {
	uint32_t hash; /* of the last tail that was looked for */
	unsigned char turn[SETS];
	uint32_t hashes[SETS][WAYS]; /* those of the slots: most need not be looked at */
	struct slot slots[SETS][WAYS];
};

struct suffix_cache *suffix_cache_new(void)
{
	return calloc(1, sizeof(struct suffix_cache));
}

void suffix_cache_free(struct suffix_cache *cache)
{
	free(cache);
}

static uint64_t word_at(const char *at)
{
	uint64_t word;
	memcpy(&word, at, sizeof(word));
	return word;
}

/* Sixteen bytes at a time, in two lanes that need not wait for each other. Who makes collisions
 * makes misses, and no more. */
static uint32_t hash_of(struct sdreg_text tail)
{
	static const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t one = 0;
	uint64_t two = tail.len;
	char rest[16] = {0};
	size_t i = 0;
	for (; tail.len - i >= sizeof(rest); i += sizeof(rest)) {
		one = (one ^ word_at(tail.at + i)) * odd;
		two = (two ^ word_at(tail.at + i + 8)) * odd;
		one ^= one >> 29;
		two ^= two >> 31;
	}
	memcpy(rest, tail.at + i, tail.len - i);
	one = (one ^ word_at(rest)) * odd;
	two = (two ^ word_at(rest + 8)) * odd;
	one ^= two >> 32;
	return (uint32_t)((one * odd) >> 32);
}

int suffix_cache_find(struct suffix_cache *cache, struct sdreg_text tail,
	struct sdreg_text *suffix)
{
	cache->hash = hash_of(tail);
	const size_t set = cache->hash % SETS;
	for (int i = 0; i < WAYS; i++) {
		const struct slot *const slot = &cache->slots[set][i];
		if (cache->hashes[set][i] != cache->hash ||
			slot->tail_len != tail.len ||
			memcmp(slot->bytes, tail.at, tail.len) != 0)
			continue;
		*suffix = (struct sdreg_text){slot->bytes + tail.len, slot->suffix_len};
		return 1;
	}
	return 0;
}

void suffix_cache_keep(struct suffix_cache *cache, struct sdreg_text tail,
	struct sdreg_text suffix)
{
	const size_t set = cache->hash % SETS;
	const size_t way = cache->turn[set] % WAYS;
	struct slot *const slot = &cache->slots[set][way];
	if (tail.len > SLOT_BYTES || suffix.len > SLOT_BYTES - tail.len)
		return;
	cache->turn[set]++;
	cache->hashes[set][way] = cache->hash;
	slot->tail_len = (uint16_t)tail.len;
	slot->suffix_len = (uint16_t)suffix.len;
	memcpy(slot->bytes, tail.at, tail.len);
	memcpy(slot->bytes + tail.len, suffix.at, suffix.len);
}
