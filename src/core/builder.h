/* SPDX-License-Identifier: MIT */
#ifndef BUILDER_H
#define BUILDER_H

#include "pool.h"

#include <sdreg/builder.h>
#include <sdreg/registry.h>

/* A registry in the making. Strings are offsets into the pool. */

enum {
	RECORD_STRINGS = 10, /* those of ENTRY_NAME to ENTRY_NOTES, in that order */
	PERSON_STRINGS = 5,
};

struct built_record {
	uint32_t strings[RECORD_STRINGS];
	uint32_t txt; /* 1 + index of the first word of its TXT record, or 0 */
	uint16_t port_first;
	uint16_t port_last;
	unsigned char transport;
	unsigned char flags; /* ENTRY_HAS_PORT, ENTRY_GIVES_TYPE */
};

struct built_person {
	uint32_t strings[PERSON_STRINGS];
};

struct sdreg_builder {
	struct pool pool;
	struct built_record *records;
	size_t records_count;
	size_t records_size;
	struct built_person *people;
	size_t people_count;
	size_t people_size;
	uint32_t *txt; /* TXT records: kind, keys, references, then the strings of both */
	size_t txt_count;
	size_t txt_size;
	uint32_t title;
	uint32_t updated;
	int partial;
};

/* The image of all that was built, allocated. NULL with err set. */
unsigned char *builder_image(struct sdreg_builder *b, size_t *len, struct sdreg_error *err);

#endif
