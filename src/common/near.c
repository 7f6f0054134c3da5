/* SPDX-License-Identifier: MIT */
#include "near.h"

#include "ascii.h"

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

static int same(const char *a, const char *b)
{
	return ascii_equal(a, b, 1);
}

/* Optimal string alignment: a row for each byte of a, of which the last three are kept. */
unsigned near_distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
	unsigned rows[3][NEAR_WORD_MAX + 1];
	if (a_len > NEAR_WORD_MAX || b_len > NEAR_WORD_MAX)
		return NEAR_WORD_MAX + 1;
	for (size_t j = 0; j <= b_len; j++)
		rows[0][j] = (unsigned)j;
	for (size_t i = 1; i <= a_len; i++) {
		unsigned *const row = rows[i % 3];
		const unsigned *const above = rows[(i + 2) % 3];
		const unsigned *const two_above = rows[(i + 1) % 3];
		row[0] = (unsigned)i;
		for (size_t j = 1; j <= b_len; j++) {
			const unsigned changed = above[j - 1] + !same(a + i - 1, b + j - 1);
			row[j] = least(changed, least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && same(a + i - 1, b + j - 2) &&
				same(a + i - 2, b + j - 1))
				row[j] = least(row[j], two_above[j - 2] + 1);
		}
	}
	return rows[a_len % 3][b_len];
}

unsigned near_slips(size_t len)
{
	enum { ONE = 3, TWO = 6 };
	return (len >= ONE) + (len >= TWO);
}

void near_try(struct near *near, const char *word, size_t len)
{
	const size_t longer = len > near->len ? len - near->len : near->len - len;
	if (longer > near->most)
		return; /* nearly all */
	const unsigned distance = near_distance(near->word, near->len, word, len);
	if (distance > near->most || (near->best != NULL && distance >= near->distance))
		return;
	near->best = word;
	near->best_len = len;
	near->distance = distance;
}
