/* SPDX-License-Identifier: MIT */
#ifndef COMMON_BYTES_H
#define COMMON_BYTES_H

#include <stddef.h>
#include <stdint.h>

/* Bytes as numbers. Little-endian ones at any address: compilers make one load or store of each. */

static inline uint16_t le16(const unsigned char *p)
{
	return (uint16_t)(p[0] | p[1] << 8);
}

static inline uint32_t le32(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline uint64_t le64(const unsigned char *p)
{
	return (uint64_t)le32(p) | (uint64_t)le32(p + 4) << 32;
}

static inline void put_le16(unsigned char *p, uint16_t v)
{
	p[0] = (unsigned char)v;
	p[1] = (unsigned char)(v >> 8);
}

static inline void put_le32(unsigned char *p, uint32_t v)
{
	put_le16(p, (uint16_t)v);
	put_le16(p + 2, (uint16_t)(v >> 16));
}

static inline void put_le64(unsigned char *p, uint64_t v)
{
	put_le32(p, (uint32_t)v);
	put_le32(p + 4, (uint32_t)(v >> 32));
}

/* Up to seven bytes as a number, in the order of le64(). */
static inline uint64_t le_tail(const unsigned char *p, size_t len)
{
	if (len >= 4)
		return le32(p) | (uint64_t)le32(p + len - 4) << (8 * (len - 4));
	if (len == 0)
		return 0;
	return (uint64_t)p[0] | (uint64_t)p[len / 2] << (8 * (len / 2)) |
		(uint64_t)p[len - 1] << (8 * (len - 1));
}

/* ---- words of text ---- */

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

/* Not 0 if one of eight bytes is under 0x20, or two side by side are spaces. */
static inline uint64_t word_faults(uint64_t word)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	const uint64_t high = 0x80 * ones;
	const uint64_t other = word ^ 0x20 * ones;
	const uint64_t spaces = ~(((other & ~high) + ~high) | other | ~high);
	return ((word - 0x20 * ones) & ~word & high) | (spaces & spaces << 8);
}

/* Whether a text is clean, as nearly all are that a registry holds: not empty, no byte under 0x20,
 * no space at the ends, no two side by side. *all is its bytes, ored: without high bits it is
 * ASCII. Words overlap by a byte, so that each two bytes side by side are in one. */
static inline int word_text_is_clean(const char *text, size_t len, uint64_t *all)
{
	const unsigned char *const p = (const unsigned char *)text;
	const size_t size = sizeof(uint64_t);
	if (len == 0 || p[0] == ' ' || p[len - 1] == ' ')
		return 0;
	/* the last, filled up with letters */
	uint64_t word = len >= size ? le64(p + len - size)
				    : le_tail(p, len) | UINT64_C(0x4141414141414141) << 8 * len;
	uint64_t faults = word_faults(word);
	*all = word;
	for (size_t i = 0; i + size < len; i += size - 1) {
		word = le64(p + i);
		faults |= word_faults(word);
		*all |= word;
	}
	return faults == 0;
}

#endif
