/* SPDX-License-Identifier: MIT */
#ifndef SUFFIX_CACHE_H
#define SUFFIX_CACHE_H

#include <sdreg/text.h>

/* What is written behind the line of a service follows from its fields from the type on. Networks
 * say the same again and again, so that this is kept, as it was written. */

struct suffix_cache;

/* NULL for want of memory. */
struct suffix_cache *suffix_cache_new(void);
void suffix_cache_free(struct suffix_cache *cache);

/* What was kept for a tail; 0 if there is nothing. It lives until the next suffix_cache_keep(). */
int suffix_cache_find(struct suffix_cache *cache, struct sdreg_text tail,
	struct sdreg_text *suffix);

/* Keeps a suffix. What is long is not kept. */
void suffix_cache_keep(struct suffix_cache *cache, struct sdreg_text tail,
	struct sdreg_text suffix);

#endif
