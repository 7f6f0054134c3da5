/* SPDX-License-Identifier: MIT */

/* Look-up: one code for every registry, whatever it came from. */

#include "find.h"
#include "common/ascii.h"
#include "common/hash.h"
#include "mapping.h"

enum {
	MASK_ALL = (1 << SDREG_TRANSPORT_ANY) - 1,
	MASK_GIVES_TYPE = 1 << 8, /* and the entry gives a service type */
};

static const struct sdreg_entry *entry_at(const struct sdreg_registry *r, size_t index)
{
	return (const struct sdreg_entry *)(r->entries + IMAGE_ENTRY_SIZE * index);
}

const struct sdreg_entry *sdreg_registry_entry(const struct sdreg_registry *registry, size_t nth)
{
	return nth < registry->entries_count ? entry_at(registry, nth) : NULL;
}

const struct sdreg_entry *find_next(struct find *find)
{
	for (; find->left > 0; find->left--) {
		const struct sdreg_entry *const entry = entry_at(find->registry, le32(find->at));
		find->at += 4;
		if (find->mask !=
			MASK_ALL) { /* else not looked at: that may save a miss of the cache */
			const unsigned transport = 1U << entry->bytes[ENTRY_TRANSPORT];
			if ((find->mask & transport) == 0)
				continue;
			if ((find->mask & MASK_GIVES_TYPE) != 0 &&
				(entry->bytes[ENTRY_FLAGS] & ENTRY_GIVES_TYPE) == 0)
				continue;
		}
		find->left--;
		return entry;
	}
	return NULL;
}

static void start(struct find *find, const struct sdreg_registry *r, uint32_t list, uint32_t mask)
{
	const unsigned char *const at = r->lists + 4 * (size_t)list;
	find->registry = r;
	find->at = at + 4;
	find->left = le32(at);
	find->mask = mask;
}

/* Goes on behind an entry; lists are in ascending order. One of another registry ends the walk. */
static void skip(struct find *find, const struct sdreg_entry *after)
{
	const uintptr_t offset = (uintptr_t)after - (uintptr_t)find->registry->entries;
	const uintptr_t index = offset / IMAGE_ENTRY_SIZE;
	uint32_t from = 0;
	uint32_t to = find->left;
	if (index >= find->registry->entries_count)
		from = to;
	while (from < to) {
		const uint32_t middle = from + (to - from) / 2;
		if (le32(find->at + 4 * (size_t)middle) <= index)
			from = middle + 1;
		else
			to = middle;
	}
	find->at += 4 * (size_t)from;
	find->left -= from;
}

/* The first entry, or the one behind another. */
static const struct sdreg_entry *step(struct find *find, const struct sdreg_entry *after)
{
	if (after != NULL)
		skip(find, after);
	return find_next(find);
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

void find_name(struct find *find, const struct sdreg_registry *registry, const char *name,
	size_t len)
{
	start(find, registry, find_list(registry, name, len), MASK_ALL);
}

const struct sdreg_entry *sdreg_find_name(const struct sdreg_registry *registry, const char *name,
	size_t len, const struct sdreg_entry *after)
{
	struct find find;
	find_name(&find, registry, name, len);
	return step(&find, after);
}

const struct sdreg_entry *sdreg_find_port(const struct sdreg_registry *registry, uint16_t port,
	enum sdreg_transport transport, const struct sdreg_entry *after)
{
	struct find find;
	const size_t page = le32(registry->ports + 4 * (size_t)(port >> 8));
	const unsigned char *const slot =
		registry->pages + IMAGE_PAGE_SIZE * page + 4 * (size_t)(port & 0xff);
	const uint32_t mask = transport == SDREG_TRANSPORT_ANY
		? MASK_ALL
		: 1U << transport | 1U << SDREG_TRANSPORT_NONE;
	start(&find, registry, le32(slot), mask);
	return step(&find, after);
}

void find_type(struct find *find, const struct sdreg_registry *registry,
	const struct sdreg_type *type)
{
	const uint32_t mask =
		1U << SDREG_TRANSPORT_NONE | MASK_GIVES_TYPE | mapping_transports(type->proto);
	const uint32_t list = type->proto == SDREG_PROTO_OTHER
		? 0
		: find_list(registry, type->name, type->name_len);
	start(find, registry, list, mask);
}

const struct sdreg_entry *sdreg_find_type(const struct sdreg_registry *registry,
	const struct sdreg_type *type, const struct sdreg_entry *after)
{
	struct find find;
	find_type(&find, registry, type);
	return step(&find, after);
}
