/* SPDX-License-Identifier: MIT */
#ifndef COMMON_WORD_H
#define COMMON_WORD_H

#include "bytes.h"

/* Eight bytes of a text at once, in the order of le64(). */

static inline uint64_t word_at(const char *at)
{
	return le64((const unsigned char *)at);
}

/* Where the first byte c of a word is, from 0; 8 if there is none. */
static inline size_t word_find(uint64_t word, unsigned char c)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	const uint64_t differs = word ^ c * ones;
	const uint64_t equal = ~(((differs & 0x7f * ones) + 0x7f * ones) | differs) & 0x80 * ones;
	return equal != 0 ? (size_t)__builtin_ctzll(equal) / 8 : 8;
}

/* The first n bytes of a word, 8 at most, and zeros. */
static inline uint64_t word_first(uint64_t word, size_t n)
{
	return n < 8 ? word & ((UINT64_C(1) << 8 * n) - 1) : word;
}

#endif
