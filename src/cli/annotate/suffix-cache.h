/* SPDX-License-Identifier: MIT */
#ifndef CLI_ANNOTATE_SUFFIX_CACHE_H
#define CLI_ANNOTATE_SUFFIX_CACHE_H

#include <sdreg/text.h>

#include <stdint.h>

/* What is written behind a line follows from a part of it, its tail. Networks say the same again
 * and again, so that this is kept, as it was written. */

enum { SUFFIX_CACHE_ROOM = 96 };

struct suffix_cache;

/* NULL for want of memory. */
struct suffix_cache *suffix_cache_new(void);
void suffix_cache_free(struct suffix_cache *cache);

/* What was kept for a tail and a tag; 0 if there is nothing. It lives until the next
 * suffix_cache_keep(), and SUFFIX_CACHE_ROOM bytes from its first one on may be read. */
int suffix_cache_find(struct suffix_cache *cache, uint32_t tag, struct sdreg_text tail,
	struct sdreg_text *suffix);

/* Keeps a suffix, for the tail and tag that suffix_cache_find() had nothing for right before. What
 * is long is not kept, and nothing is for a while when little of it came again. */
void suffix_cache_keep(struct suffix_cache *cache, uint32_t tag, struct sdreg_text tail,
	struct sdreg_text suffix);

#endif
