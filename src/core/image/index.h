/* SPDX-License-Identifier: MIT */
#ifndef CORE_IMAGE_INDEX_H
#define CORE_IMAGE_INDEX_H

#include "builder.h"

/* The indices of an image, as words in memory. */
struct builder_index {
	uint32_t *lists; /* see image.h */
	size_t lists_count;
	size_t lists_size;
	uint32_t *slots; /* hash, list and name of each slot */
	size_t slots_count;
	uint32_t ports[256];
	uint32_t *pages;
	size_t pages_count;
	size_t pages_size; /* words */
};

/* Indexes the records of a builder. 0, or a negative result with err set; free it either way. */
int builder_index(const struct sdreg_builder *b, struct builder_index *index,
	struct sdreg_error *err);

void builder_index_free(struct builder_index *index);

#endif
