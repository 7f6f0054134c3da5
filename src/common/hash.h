/* SPDX-License-Identifier: MIT */
#ifndef COMMON_HASH_H
#define COMMON_HASH_H

#include "bytes.h"

/* One hash for all, eight bytes a step. hash_name() and hash_image() are part of the image's
 * format: the same on every machine. */

#define HASH_FACTOR UINT64_C(0x9e3779b97f4a7c15)

static inline uint64_t hash_step(uint64_t h, uint64_t word)
{
	h = (h ^ word) * HASH_FACTOR;
	return h ^ h >> 29;
}

/* Eight bytes at once in lower case: 0x20 is set in those that are A to Z. */
static inline uint64_t hash_lower(uint64_t word)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	const uint64_t low7 = word & 0x7f * ones;
	const uint64_t from_a = low7 + (0x80 - 'A') * ones;
	const uint64_t past_z = low7 + (0x7f - 'Z') * ones;
	const uint64_t upper = (from_a ^ past_z) & ~word & 0x80 * ones;
	return word | upper >> 2;
}

/* Of any bytes, and of those that were hashed before them: 0 is the hash of nothing. Where one text
 * ends and the next begins makes a difference. */
static inline uint64_t hash_add(uint64_t h, const char *bytes, size_t len)
{
	const unsigned char *p = (const unsigned char *)bytes;
	h = (h ^ len) * HASH_FACTOR;
	for (; len >= 8; p += 8, len -= 8)
		h = hash_step(h, le64(p));
	return hash_step(h, le_tail(p, len));
}

/* The same without regard to ASCII case. */
static inline uint64_t hash_add_lower(uint64_t h, const char *bytes, size_t len)
{
	const unsigned char *p = (const unsigned char *)bytes;
	h = (h ^ len) * HASH_FACTOR;
	for (; len >= 8; p += 8, len -= 8)
		h = hash_step(h, hash_lower(le64(p)));
	return hash_step(h, hash_lower(le_tail(p, len)));
}

/* Of a service name. */
static inline uint32_t hash_name(const char *name, size_t len)
{
	return (uint32_t)(hash_add_lower(0, name, len) >> 16);
}

/* To intern strings. */
static inline uint32_t hash_bytes(const char *bytes, size_t len)
{
	return (uint32_t)(hash_add(0, bytes, len) >> 16);
}

/* Of a whole image: four lanes, so that it runs at the speed of memory. Any change of one word
 * changes the sum, since every step is reversible. */
static inline uint64_t hash_image(const unsigned char *p, size_t len)
{
	uint64_t lane[4] = {1, 2, 3, 4};
	for (; len >= 32; p += 32, len -= 32)
		for (size_t i = 0; i < 4; i++)
			lane[i] = hash_step(lane[i], le64(p + 8 * i));
	for (; len >= 8; p += 8, len -= 8)
		lane[0] = hash_step(lane[0], le64(p));
	lane[1] = hash_step(lane[1], le_tail(p, len));
	uint64_t h = len;
	for (size_t i = 0; i < 4; i++)
		h = hash_step(h, lane[i]);
	return h;
}

#endif
