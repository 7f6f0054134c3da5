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
	for (; registry != NULL; registry = registry->further) {
		if (nth < registry->entries_count)
			return entry_at(registry, nth);
		nth -= registry->entries_count;
	}
	return NULL;
}

/* The index of an entry, if it is a registry's own; else no such index. */
static uintptr_t index_of(const struct sdreg_registry *r, const struct sdreg_entry *entry)
{
	return ((uintptr_t)entry - (uintptr_t)r->entries) / IMAGE_ENTRY_SIZE;
}

const struct sdreg_registry *find_holder(const struct sdreg_registry *registry,
	const struct sdreg_entry *entry)
{
	while (registry != NULL && index_of(registry, entry) >= registry->entries_count)
		registry = registry->further;
	return registry;
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
static uint32_t list_of_name(const struct sdreg_registry *r, const char *name, size_t len)
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

static inline uint32_t list_of_port(const struct sdreg_registry *r, uint16_t port)
{
	const size_t page = le32(r->ports + 4 * (size_t)(port >> 8));
	return le32(r->pages + IMAGE_PAGE_SIZE * page + 4 * (size_t)(port & 0xff));
}

/* Goes to a list of a registry. */
static inline void enter_list(struct find *find, const struct sdreg_registry *r, uint32_t list)
{
	const unsigned char *const at = r->lists + 4 * (size_t)list;
	find->registry = r;
	find->at = at + 4;
	find->left = le32(at);
}

/* Goes to the list of what is looked for in a registry. */
static void enter(struct find *find, const struct sdreg_registry *r)
{
	enter_list(find, r,
		find->by_port ? list_of_port(r, find->port)
			      : list_of_name(r, find->name, find->name_len));
}

static inline int is_wanted(uint32_t mask, const struct sdreg_entry *entry)
{
	if (mask == MASK_ALL)
		return 1; /* not looked at: that may save a miss of the cache */
	return (mask & 1U << entry->bytes[ENTRY_TRANSPORT]) != 0 &&
		((mask & MASK_GIVES_TYPE) == 0 ||
			(entry->bytes[ENTRY_FLAGS] & ENTRY_GIVES_TYPE) != 0);
}

/* The next entry of the list. */
static const struct sdreg_entry *next(struct find *find)
{
	while (find->left > 0) {
		const struct sdreg_entry *const entry = entry_at(find->registry, le32(find->at));
		find->at += 4;
		find->left--;
		if (is_wanted(find->mask, entry))
			return entry;
	}
	return NULL;
}

const struct sdreg_entry *find_next(struct find *find)
{
	const struct sdreg_entry *found = next(find);
	while (found == NULL && find->registry->further != NULL) {
		enter(find, find->registry->further);
		found = next(find);
	}
	return found;
}

/* Goes on behind an entry of the registry; lists are in ascending order. 0 if it is another's. */
static int skip(struct find *find, const struct sdreg_entry *after)
{
	const struct sdreg_registry *const holder = find_holder(find->registry, after);
	if (holder == NULL)
		return 0;
	if (holder != find->registry)
		enter(find, holder);
	const uintptr_t index = index_of(holder, after);
	uint32_t from = 0;
	uint32_t to = find->left;
	while (from < to) {
		const uint32_t middle = from + (to - from) / 2;
		if (le32(find->at + 4 * (size_t)middle) <= index)
			from = middle + 1;
		else
			to = middle;
	}
	find->at += 4 * (size_t)from;
	find->left -= from;
	return 1;
}

/* The first entry, or the one behind another. One of another registry ends the walk. */
static inline const struct sdreg_entry *step(struct find *find, const struct sdreg_entry *after)
{
	return after == NULL || skip(find, after) ? find_next(find) : NULL;
}

void find_name(struct find *find, const struct sdreg_registry *registry, const char *name,
	size_t len)
{
	*find = (struct find){.mask = MASK_ALL, .name = name, .name_len = len};
	enter(find, registry);
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
	struct find find = {.mask = MASK_ALL, .by_port = 1, .port = port};
	if (transport != SDREG_TRANSPORT_ANY)
		find.mask = 1U << transport | 1U << SDREG_TRANSPORT_NONE;
	enter_list(&find, registry, list_of_port(registry, port));
	return step(&find, after);
}

void find_type(struct find *find, const struct sdreg_registry *registry,
	const struct sdreg_type *type)
{
	*find = (struct find){.name = type->name, .name_len = type->name_len};
	if (type->proto != SDREG_PROTO_OTHER)
		find->mask = 1U << SDREG_TRANSPORT_NONE | MASK_GIVES_TYPE |
			mapping_transports(type->proto);
	enter(find, registry);
}

const struct sdreg_entry *sdreg_find_type(const struct sdreg_registry *registry,
	const struct sdreg_type *type, const struct sdreg_entry *after)
{
	struct find find;
	find_type(&find, registry, type);
	return step(&find, after);
}
