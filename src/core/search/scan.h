/* SPDX-License-Identifier: MIT */
#ifndef CORE_SEARCH_SCAN_H
#define CORE_SEARCH_SCAN_H

#include "core/image/image.h"

#include <sdreg/search.h>

/*
 * Where patterns occur in an image. All its strings lie side by side, so they are searched as one
 * text, each once, however many entries share it: Shift-And, with a bit for each byte of each
 * pattern, as many patterns at a time as 64 bits hold. No text makes it slower than another.
 */

enum {
	SCAN_PATTERNS = 2 * SDREG_WORDS_MAX + 3,
};

/* How well a pattern sits in a string; the better the greater. */
enum scan_fit {
	SCAN_INSIDE, /* in the midst of a word */
	SCAN_WORD_HEAD, /* at the beginning of a word */
	SCAN_HEAD, /* at the beginning of the string, but not of a whole word */
	SCAN_WORD, /* a whole word, or several */
	SCAN_WHOLE, /* the whole string */
	SCAN_FITS
};

/* The best place of a pattern in a string. Offsets count from the first byte of the image. */
struct scan_hit {
	uint32_t string;
	uint32_t at;
	uint8_t fit; /* enum scan_fit */
	uint8_t head; /* the string also begins with it */
};

struct scan_pattern {
	unsigned char bytes[SDREG_WORD_MAX];
	size_t len;
	int people; /* it is looked for in what is said of people too */
	uint64_t last; /* its bit of its last byte */
	struct scan_hit *hits; /* in the order of their strings */
	size_t count;
	size_t room;
};

/* A person found by a pattern, named in brackets by a string. */
struct scan_credit {
	uint32_t string;
	const struct sdreg_person *person;
};

struct scan {
	const struct sdreg_registry *registry;
	unsigned char *marks; /* a bit for each byte of the strings: there one with a hit begins */
	struct scan_pattern patterns[SCAN_PATTERNS];
	size_t count;
	struct scan_credit *credits; /* in the order of their strings */
	size_t credits_count;
	size_t credits_room;
};

/* Adds a pattern of 1 to SDREG_WORD_MAX bytes, in an empty scan of the registry. */
const struct scan_pattern *scan_add(struct scan *s, const char *bytes, size_t len, int people);

/* Looks for all patterns. 0 or SDREG_E_MEMORY. */
int scan_run(struct scan *s);

void scan_free(struct scan *s);

/* The hit of a pattern in a string, or NULL. */
const struct scan_hit *scan_hit(const struct scan *s, const struct scan_pattern *pattern,
	const char *string);

/* The people that a column names and some pattern found: the first, and how many follow it. */
const struct scan_credit *scan_credits(const struct scan *s, const char *column, size_t *count);

#endif
