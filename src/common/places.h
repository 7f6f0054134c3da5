/* SPDX-License-Identifier: MIT */
#ifndef COMMON_PLACES_H
#define COMMON_PLACES_H

#include "bytes.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Finds each place of one byte in a text: 64 bytes are compared at once, and each place is a bit.
 * Where the byte comes every few bytes this is less work than a memchr() for each. */

enum {
	PLACES_BLOCK = 64,
	PLACES_ROOM = PLACES_BLOCK, /* bytes behind a text that may be read, whatever they are */
};

/* Which of eight bytes are c: a bit for each, the first byte's is the lowest. */
static inline uint64_t places_word(uint64_t word, unsigned char c)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	const uint64_t differs = word ^ c * ones;
	const uint64_t equal = ~(((differs & 0x7f * ones) + 0x7f * ones) | differs) & 0x80 * ones;
	return (equal >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* The same of PLACES_BLOCK bytes, on any machine. */
static inline uint64_t places_words(const char *at, unsigned char c)
{
	uint64_t bits = 0;
	for (size_t i = 0; i < PLACES_BLOCK; i += 8)
		bits |= places_word(le64((const unsigned char *)at + i), c) << i;
	return bits;
}

#ifdef __SSE2__
static inline uint64_t places_16(const char *at, unsigned char c)
{
	const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
	return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)c)));
}

static inline uint64_t places_block(const char *at, unsigned char c)
{
	return places_16(at, c) | places_16(at + 16, c) << 16 | places_16(at + 32, c) << 32 |
		places_16(at + 48, c) << 48;
}
#else
static inline uint64_t places_block(const char *at, unsigned char c)
{
	return places_words(at, c);
}
#endif

/* The first of a text's bytes that are c, of PLACES_BLOCK at most, as bits. PLACES_ROOM bytes
 * behind the text may be read. */
static inline uint64_t places_bits(const char *at, const char *end, unsigned char c)
{
	const uint64_t bits = places_block(at, c);
	const size_t len = (size_t)(end - at);
	return len < PLACES_BLOCK ? bits & ((UINT64_C(1) << len) - 1) : bits;
}

/* Where a search stands. */
struct places {
	const char *block; /* of which bits are the places that were not given yet */
	const char *end;
	uint64_t bits;
};

static inline struct places places_begin(const char *at, const char *end, unsigned char c)
{
	return (struct places){at, end, places_bits(at, end, c)};
}

/* The next place, or NULL. */
static inline const char *places_next(struct places *places, unsigned char c)
{
	while (places->bits == 0) {
		if (places->end - places->block <= PLACES_BLOCK)
			return NULL;
		places->block += PLACES_BLOCK;
		places->bits = places_bits(places->block, places->end, c);
	}
	const char *const place = places->block + __builtin_ctzll(places->bits);
	places->bits &= places->bits - 1;
	return place;
}

#endif
