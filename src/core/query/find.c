/* SPDX-License-Identifier: MIT */

/* Look-up: one code for every registry, whatever it came from. */

#include "common/ascii.h"
#include "common/hash.h"
#include "core/image/image.h"
#include "mapping.h"

#include <sdreg/type.h>

enum {
	MASK_ALL = (1 << SDREG_TRANSPORT_ANY) - 1,
	MASK_GIVES_TYPE = 1 << 8, /* and the entry gives a service type */
};

static const struct sdreg_entry *entry_at(const struct sdreg_registry *r, size_t index)
{
	return (const struct sdreg_entry *)(r->entries + IMAGE_ENTRY_SIZE * index);
}

/* Without a list, an iteration walks over all entries. */
const struct sdreg_entry *sdreg_next(struct sdreg_cursor *cursor)
{
	while (cursor->left > 0) {
		const struct sdreg_registry *const r = cursor->registry;
		size_t index = r->entries_count - cursor->left;
		if (cursor->at != NULL) {
			index = le32(cursor->at);
			cursor->at += 4;
		}
		cursor->left--;
		const struct sdreg_entry *const entry = entry_at(r, index);
		if (cursor->mask == MASK_ALL)
			return entry; /* not looked at: that may save a miss of the cache */
		const unsigned transport = 1U << entry->bytes[ENTRY_TRANSPORT];
		if ((cursor->mask & transport) == 0)
			continue;
		if ((cursor->mask & MASK_GIVES_TYPE) != 0 &&
			(entry->bytes[ENTRY_FLAGS] & ENTRY_GIVES_TYPE) == 0)
			continue;
		return entry;
	}
	return NULL;
}

static const struct sdreg_entry *start(struct sdreg_cursor *cursor, const struct sdreg_registry *r,
	uint32_t list, uint32_t mask)
{
	const unsigned char *const at = r->lists + 4 * (size_t)list;
	cursor->registry = r;
	cursor->at = at + 4;
	cursor->left = le32(at);
	cursor->mask = mask;
	return sdreg_next(cursor);
}

const struct sdreg_entry *sdreg_first(const struct sdreg_registry *registry,
	struct sdreg_cursor *cursor)
{
	cursor->registry = registry;
	cursor->at = NULL;
	cursor->left = registry->entries_count;
	cursor->mask = MASK_ALL;
	return sdreg_next(cursor);
}

static int same_name(const char *stored, const char *name, size_t len)
{
	size_t i = 0;
	while (i < len && stored[i] != '\0' &&
		ascii_lower((unsigned char)stored[i]) == ascii_lower((unsigned char)name[i]))
		i++;
	return i == len && stored[i] == '\0';
}

/* The list of a name; 0, the empty list, where there is none. */
static uint32_t find_list(const struct sdreg_registry *r, const char *name, size_t len)
{
	const uint32_t hash = hash_name(name, len);
	for (uint32_t i = hash & r->slot_mask;; i = (i + 1) & r->slot_mask) {
		const unsigned char *const slot = r->slots + IMAGE_SLOT_SIZE * (size_t)i;
		const uint32_t list = le32(slot + 4);
		if (list == 0)
			return 0;
		if (le32(slot) != hash)
			continue;
		if (same_name((const char *)r->image + le32(slot + 8), name, len))
			return list;
	}
}

const struct sdreg_entry *sdreg_find_name(const struct sdreg_registry *registry, const char *name,
	size_t len, struct sdreg_cursor *cursor)
{
	return start(cursor, registry, find_list(registry, name, len), MASK_ALL);
}

const struct sdreg_entry *sdreg_find_port(const struct sdreg_registry *registry, uint16_t port,
	enum sdreg_transport transport, struct sdreg_cursor *cursor)
{
	const size_t page = le32(registry->ports + 4 * (size_t)(port >> 8));
	const unsigned char *const slot =
		registry->pages + IMAGE_PAGE_SIZE * page + 4 * (size_t)(port & 0xff);
	const uint32_t mask = transport == SDREG_TRANSPORT_ANY
		? MASK_ALL
		: 1U << transport | 1U << SDREG_TRANSPORT_NONE;
	return start(cursor, registry, le32(slot), mask);
}

const struct sdreg_entry *sdreg_find_type(const struct sdreg_registry *registry,
	const struct sdreg_type *type, struct sdreg_cursor *cursor)
{
	const uint32_t mask =
		1U << SDREG_TRANSPORT_NONE | MASK_GIVES_TYPE | mapping_transports(type->proto);
	const uint32_t list = type->proto == SDREG_PROTO_OTHER
		? 0
		: find_list(registry, type->name, type->name_len);
	return start(cursor, registry, list, mask);
}
