/* SPDX-License-Identifier: MIT */
#ifndef COMMON_NEAR_H
#define COMMON_NEAR_H

#include <stddef.h>

/* Which of many words is meant by one that is none of them. ASCII letters count without case. */

enum {
	NEAR_WORD_MAX = 63, /* bytes of a word; nothing is near a longer one */
};

/* How many bytes are to be added, left out, changed, or exchanged with their neighbour to make one
 * word of the other. More than NEAR_WORD_MAX if one is too long. */
unsigned near_distance(const char *a, size_t a_len, const char *b, size_t b_len);

/* The nearest of the words that were tried; of several as near the first. The first three are set
 * before, the others are zeros. */
struct near {
	const char *word; /* that was given */
	size_t len;
	unsigned most; /* the distance that is still near */
	const char *best; /* NULL as long as none is near */
	size_t best_len;
	unsigned distance;
};

/* How many slips a word of this length may have: one from three bytes, two from six. */
unsigned near_slips(size_t len);

/* Looks at one of the words, which must live as long as the answer. */
void near_try(struct near *near, const char *word, size_t len);

#endif
