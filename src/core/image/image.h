/* SPDX-License-Identifier: MIT */
#ifndef CORE_IMAGE_IMAGE_H
#define CORE_IMAGE_IMAGE_H

#include "layout.h"

#include <sdreg/registry.h>

/* A registry that is open. */

enum registry_owner {
	OWNER_NOBODY, /* compiled in */
	OWNER_HEAP,
	OWNER_MAPPING,
};

/* An open image: the header's fields as pointers. */
struct sdreg_registry {
	const unsigned char *image;
	char *file; /* the image's, or NULL */
	const unsigned char *entries;
	const unsigned char *people;
	const unsigned char *slots;
	const unsigned char *ports;
	const unsigned char *pages;
	const unsigned char *lists;
	const unsigned char *subjects;
	const unsigned char *keys;
	const unsigned char *values;
	struct sdreg_registry *further; /* asked behind this one, whose own it is */
	uint32_t size;
	uint32_t entries_count;
	uint32_t people_count;
	uint32_t subjects_count;
	uint32_t keys_count;
	uint32_t slot_mask;
	uint32_t flags;
	enum registry_owner owner;
};

/* Records are bytes: the structs only give them a type. */
struct sdreg_entry {
	unsigned char bytes[IMAGE_ENTRY_SIZE];
};

struct sdreg_person {
	unsigned char bytes[IMAGE_PERSON_SIZE];
};

struct sdreg_key {
	unsigned char bytes[IMAGE_KEY_SIZE];
};

struct sdreg_key_value {
	unsigned char bytes[IMAGE_VALUE_SIZE];
};

/* Makes a registry of a checked image. NULL for want of memory; the image is then still the
 * caller's. */
struct sdreg_registry *image_open(const unsigned char *image, enum registry_owner owner,
	struct sdreg_error *err);

#endif
