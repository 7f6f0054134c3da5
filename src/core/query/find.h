/* SPDX-License-Identifier: MIT */
#ifndef CORE_QUERY_FIND_H
#define CORE_QUERY_FIND_H

#include "core/image/image.h"

#include <sdreg/type.h>

/* Where a look-up stands: the core looks up once and walks, where a caller of the library, which
 * has nothing but the entry found last, looks up again for each. */
struct find {
	const struct sdreg_registry *registry;
	const unsigned char *at; /* the next word of the list */
	uint32_t left; /* words */
	uint32_t mask; /* bits 1 << enum sdreg_transport, and find.c's own */
	int by_port; /* what is looked for, behind this registry too: the port, or the name */
	uint16_t port;
	const char *name;
	size_t name_len;
};

/* Which of a registry and those behind it has an entry; NULL if none has. */
const struct sdreg_registry *find_holder(const struct sdreg_registry *registry,
	const struct sdreg_entry *entry);

/* Begins to walk over the entries of a name, or of a type. What names it has to stay. */
void find_name(struct find *find, const struct sdreg_registry *registry, const char *name,
	size_t len);
void find_type(struct find *find, const struct sdreg_registry *registry,
	const struct sdreg_type *type);

/* The next entry, or NULL at the end. */
const struct sdreg_entry *find_next(struct find *find);

#endif
