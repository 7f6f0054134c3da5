/* SPDX-License-Identifier: MIT */
#ifndef CORE_IMAGE_BUILDER_H
#define CORE_IMAGE_BUILDER_H

#include "core/notes/notes.h"
#include "pool.h"

#include <sdreg/builder.h>
#include <sdreg/registry.h>

/* A registry in the making. Strings are offsets into the pool. */

enum {
	RECORD_COLUMNS = 10, /* strings of ENTRY_NAME to ENTRY_NOTES, in that order */
	RECORD_STRINGS, /* and that of ENTRY_MARKUP */
	PERSON_COLUMNS = 5, /* strings of PERSON_ID to PERSON_UPDATED, in that order */
	PERSON_STRINGS, /* and that of PERSON_MARKUP */
	KEY_STRINGS = 3, /* those of KEY_NAME to KEY_SOURCE, in that order */
	VALUE_STRINGS = 2,
};

struct built_record {
	uint32_t strings[RECORD_STRINGS];
	uint32_t txt; /* 1 + index of the first word of its TXT record, or 0 */
	uint16_t port_first;
	uint16_t port_last;
	unsigned char transport;
	unsigned char flags; /* ENTRY_HAS_PORT and its like */
	unsigned char known;
};

struct built_person {
	uint32_t strings[PERSON_STRINGS];
};

/* A service type whose TXT keys are explained. */
struct built_subject {
	uint32_t type;
	uint32_t first;
	uint32_t count;
};

struct built_key {
	uint32_t strings[KEY_STRINGS];
	uint32_t first;
	uint16_t count;
	unsigned char need;
	unsigned char form;
	unsigned char tells;
	unsigned char is_closed;
};

struct built_value {
	uint32_t strings[VALUE_STRINGS];
	uint16_t number;
	unsigned char bit;
	unsigned char bits;
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
	struct built_subject *subjects;
	size_t subjects_count;
	size_t subjects_size;
	size_t subjects_open; /* the last ones, which further keys belong to */
	struct built_key *keys;
	size_t keys_count;
	size_t keys_size;
	size_t type_keys; /* those of each type, added up */
	int key_open; /* whether further values belong to the last one */
	struct built_value *values;
	size_t values_count;
	size_t values_size;
	uint32_t title;
	uint32_t updated;
	uint32_t frame;
	uint32_t flags; /* IMAGE_PARTIAL and its like */
};

/* Adds a text to the pool: clean as columns are, lines kept or not. *offset is a guess on the way
 * in, see pool_keep(), and the string on the way out. */
int builder_text(struct sdreg_builder *b, struct sdreg_text text, int keep_lines, uint32_t *offset,
	struct sdreg_error *err);

/* Says that the registry is one of facts (IMAGE_ABRIDGED), and of the record that was added last
 * that its source says more (ENTRY_ABRIDGED). */
void builder_facts(struct sdreg_builder *b);
void builder_abridge(struct sdreg_builder *b);

/* Says what the note of the record that was added last says of TXT keys, for a registry of facts:
 * the note itself is not there. Keys and references are copied. */
int builder_set_txt(struct sdreg_builder *b, const struct notes_txt *txt, struct sdreg_error *err);

/* The image of all that was built, allocated. NULL with err set. */
unsigned char *builder_image(struct sdreg_builder *b, size_t *len, struct sdreg_error *err);

#endif
