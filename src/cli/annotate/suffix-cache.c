/* SPDX-License-Identifier: MIT */
#include "suffix-cache.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	SLOTS_MIN = 1 << 10, /* powers of two */
	SLOTS_MAX = 1 << 15,
	BYTES = 1 << 22, /* of which only what is used counts */
	BYTES_EACH = 4096, /* who says more than that is not kept */
	TRIAL = 1 << 13, /* look-ups after which one in eight must have found something: */
	PAUSE = 1 << 16, /* else there are none for so many */
};

/* What lies closely together stays in the nearer caches: a tail and its suffix are one after the
 * other in one block for all. */
struct slot {
	uint32_t hash;
	uint32_t tag;
	uint32_t at;
	uint16_t tail_len; /* 0 in a free slot */
	uint16_t suffix_len;
};

struct suffix_cache {
	uint32_t hash; /* of the last tail that was looked for, */
	int is_missing; /* and not found: it may be kept */
	unsigned tries;
	unsigned hits;
	unsigned pause; /* look-ups that are still left out */
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
	cache->bytes = malloc(BYTES + SUFFIX_CACHE_ROOM);
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

/* Thirty-two bytes in four lanes that need not wait for each other. */
static void mix(uint64_t lanes[4], const char *at)
{
	static const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
	for (size_t i = 0; i < 4; i++) {
		lanes[i] = (lanes[i] ^ word_at(at + 8 * i)) * odd;
		lanes[i] ^= lanes[i] >> 29;
	}
}

/* The last bytes may be mixed in twice: so the length decides what is done, and not each byte. Who
 * makes collisions makes misses, and no more. */
static uint32_t hash_of(uint32_t tag, struct sdreg_text tail)
{
	static const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
	uint64_t lanes[4] = {tail.len, tag, 1, 2};
	char few[32] = {0};
	const char *last = few;
	if (tail.len < sizeof(few))
		memcpy(few, tail.at, tail.len);
	else
		last = tail.at + tail.len - sizeof(few);
	for (size_t i = 0; i + sizeof(few) < tail.len; i += sizeof(few))
		mix(lanes, tail.at + i);
	mix(lanes, last);
	const uint64_t all = (lanes[0] ^ lanes[1] >> 7) * odd ^ (lanes[2] ^ lanes[3] >> 7) * odd;
	return (uint32_t)((all * odd) >> 32);
}

/* The slot that a tail is in, or a free one for it. */
static struct slot *slot_of(const struct suffix_cache *cache, uint32_t tag, struct sdreg_text tail)
{
	const uint32_t hash = cache->hash;
	for (size_t i = hash;; i++) {
		struct slot *const slot = &cache->slots[i & cache->slots_mask];
		if (slot->tail_len == 0)
			return slot;
		if (slot->hash == hash && slot->tag == tag && slot->tail_len == tail.len &&
			memcmp(cache->bytes + slot->at, tail.at, tail.len) == 0)
			return slot;
	}
}

/* Whether it is worth while to look: where nothing comes again, it is not. */
static int is_paused(struct suffix_cache *cache)
{
	if (cache->pause > 0) {
		cache->pause--;
		return 1;
	}
	if (++cache->tries == TRIAL) {
		cache->pause = cache->hits < TRIAL / 8 ? PAUSE : 0;
		cache->tries = 0;
		cache->hits = 0;
	}
	return 0;
}

int suffix_cache_find(struct suffix_cache *cache, uint32_t tag, struct sdreg_text tail,
	struct sdreg_text *suffix)
{
	cache->is_missing = 0;
	if (is_paused(cache))
		return 0;
	cache->hash = hash_of(tag, tail);
	const struct slot *const slot = slot_of(cache, tag, tail);
	cache->is_missing = slot->tail_len == 0;
	if (cache->is_missing)
		return 0;
	cache->hits++;
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

void suffix_cache_keep(struct suffix_cache *cache, uint32_t tag, struct sdreg_text tail,
	struct sdreg_text suffix)
{
	if (!cache->is_missing || tail.len == 0 || tail.len > BYTES_EACH ||
		suffix.len > BYTES_EACH - tail.len)
		return;
	if (2 * (cache->count + 1) > cache->slots_mask && cache->slots_mask + 1 < SLOTS_MAX)
		grow(cache);
	if (2 * (cache->count + 1) > cache->slots_mask ||
		tail.len + suffix.len > BYTES - cache->used)
		forget(cache);
	struct slot *const slot = slot_of(cache, tag, tail);
	*slot = (struct slot){cache->hash, tag, (uint32_t)cache->used, (uint16_t)tail.len,
		(uint16_t)suffix.len};
	memcpy(cache->bytes + cache->used, tail.at, tail.len);
	memcpy(cache->bytes + cache->used + tail.len, suffix.at, suffix.len);
	cache->used += tail.len + suffix.len;
	cache->count++;
}
