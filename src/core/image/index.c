/* SPDX-License-Identifier: MIT */

/* Indexing records: lists of entries by name and by port. */

#include "index.h"

#include "common/ascii.h"
#include "common/error.h"
#include "common/grow.h"
#include "common/hash.h"
#include "image.h"

#include <stdlib.h>
#include <string.h>

enum {
	PORTS = 65536,
	PAGE = 256,
	/* Ranges that lie over each other could ask for 65,536 times as many words as there are
	 * records. The whole registry of IANA needs 60,000. */
	LISTS_MAX = 1 << 24,
};

void builder_index_free(struct builder_index *index)
{
	free(index->lists);
	free(index->slots);
	free(index->pages);
}

static int lists_room(struct builder_index *index, size_t count)
{
	if (count > LISTS_MAX || index->lists_count > LISTS_MAX - count)
		return SDREG_E_LIMIT;
	uint32_t *const lists =
		grow(index->lists, &index->lists_size, index->lists_count + count, sizeof(*lists));
	if (lists == NULL)
		return SDREG_E_MEMORY;
	index->lists = lists;
	return SDREG_OK;
}

/* ---- by name ---- */

/* The records of one name, chained in their order. */
struct group {
	uint32_t hash;
	uint32_t head;
	uint32_t tail;
	uint32_t count;
};

struct groups {
	struct group *group;
	size_t count;
	uint32_t *slots; /* 1 + index of a group; 0 is free */
	size_t mask;
	uint32_t *next; /* of each record */
};

static size_t power_of_two(size_t least)
{
	size_t n = 1;
	while (n < least)
		n *= 2;
	return n;
}

static const char *name_of(const struct sdreg_builder *b, size_t record)
{
	return b->pool.bytes + b->records[record].strings[0];
}

static int same_group(const struct sdreg_builder *b, const struct group *g, uint32_t hash,
	const char *name, size_t len)
{
	if (g->hash != hash)
		return 0;
	const char *const other = name_of(b, g->head);
	return strlen(other) == len && ascii_equal(other, name, len);
}

static void group_record(const struct sdreg_builder *b, struct groups *groups, uint32_t record)
{
	const char *const name = name_of(b, record);
	const size_t len = strlen(name);
	const uint32_t hash = hash_name(name, len);
	size_t i = hash & groups->mask;
	for (; groups->slots[i] != 0; i = (i + 1) & groups->mask) {
		struct group *const g = &groups->group[groups->slots[i] - 1];
		if (!same_group(b, g, hash, name, len))
			continue;
		groups->next[g->tail] = record;
		g->tail = record;
		g->count++;
		return;
	}
	groups->group[groups->count++] = (struct group){hash, record, record, 1};
	groups->slots[i] = (uint32_t)groups->count;
}

/* Writes each group as a list, and its slot at the first free place. */
static int write_groups(const struct sdreg_builder *b, const struct groups *groups,
	struct builder_index *index)
{
	index->slots_count = power_of_two(2 * groups->count + 1);
	index->slots = calloc(index->slots_count, IMAGE_SLOT_SIZE);
	if (index->slots == NULL)
		return SDREG_E_MEMORY;
	for (size_t n = 0; n < groups->count; n++) {
		const struct group *const g = &groups->group[n];
		const int result = lists_room(index, g->count + 1);
		if (result < 0)
			return result;
		size_t i = g->hash & (index->slots_count - 1);
		while (index->slots[3 * i + 1] != 0)
			i = (i + 1) & (index->slots_count - 1);
		index->slots[3 * i] = g->hash;
		index->slots[3 * i + 1] = (uint32_t)index->lists_count;
		index->slots[3 * i + 2] = b->records[g->head].strings[0];
		index->lists[index->lists_count++] = g->count;
		uint32_t record = g->head;
		for (uint32_t k = 0; k < g->count; k++, record = groups->next[record])
			index->lists[index->lists_count++] = record;
	}
	return SDREG_OK;
}

static int index_names(const struct sdreg_builder *b, struct builder_index *index)
{
	const size_t slots = power_of_two(2 * b->records_count);
	struct groups groups = {.mask = slots - 1};
	groups.group = calloc(b->records_count + 1, sizeof(*groups.group));
	groups.next = calloc(b->records_count + 1, sizeof(*groups.next));
	groups.slots = calloc(slots, sizeof(*groups.slots));
	int result = SDREG_E_MEMORY;
	if (groups.group != NULL && groups.next != NULL && groups.slots != NULL) {
		for (size_t i = 0; i < b->records_count; i++)
			if (b->records[i].strings[0] != 0)
				group_record(b, &groups, (uint32_t)i);
		result = write_groups(b, &groups, index);
	}
	free(groups.group);
	free(groups.next);
	free(groups.slots);
	return result;
}

/* ---- by port ---- */

/* Records with a port, sorted by their first one; equal ones in the registry's order. Those of a
 * port end at end[port], and begin where those of the port before end. */
struct by_port {
	uint32_t end[PORTS];
	uint32_t *records;
};

/* Ranges that hold the port at hand, in the registry's order. */
struct active {
	uint32_t *records;
	size_t count;
	size_t size;
	size_t first_end; /* the lowest last port of them */
};

static int sort_by_port(const struct sdreg_builder *b, struct by_port *sorted)
{
	sorted->records = calloc(b->records_count + 1, sizeof(*sorted->records));
	if (sorted->records == NULL)
		return SDREG_E_MEMORY;
	for (size_t i = 0; i < b->records_count; i++)
		if ((b->records[i].flags & ENTRY_HAS_PORT) != 0)
			sorted->end[b->records[i].port_first]++;
	uint32_t begin = 0;
	for (size_t port = 0; port < PORTS; port++) {
		const uint32_t count = sorted->end[port];
		sorted->end[port] = begin; /* the loop below moves it to the end */
		begin += count;
	}
	for (size_t i = 0; i < b->records_count; i++)
		if ((b->records[i].flags & ENTRY_HAS_PORT) != 0)
			sorted->records[sorted->end[b->records[i].port_first]++] = (uint32_t)i;
	return SDREG_OK;
}

static int activate(const struct sdreg_builder *b, struct active *active, uint32_t record)
{
	uint32_t *const records =
		grow(active->records, &active->size, active->count + 1, sizeof(*records));
	if (records == NULL)
		return SDREG_E_MEMORY;
	active->records = records;
	const size_t end = b->records[record].port_last;
	if (active->count == 0 || end < active->first_end)
		active->first_end = end;
	size_t at = active->count++;
	for (; at > 0 && records[at - 1] > record; at--)
		records[at] = records[at - 1];
	records[at] = record;
	return SDREG_OK;
}

/* Drops what ended before port. Gives whether anything did. */
static int retire(const struct sdreg_builder *b, struct active *active, size_t port)
{
	size_t kept = 0;
	if (active->count == 0 || port <= active->first_end)
		return 0;
	active->first_end = PORTS;
	for (size_t i = 0; i < active->count; i++) {
		const size_t end = b->records[active->records[i]].port_last;
		if (end < port)
			continue;
		active->records[kept++] = active->records[i];
		active->first_end = end < active->first_end ? end : active->first_end;
	}
	active->count = kept;
	return 1;
}

/* Where a walk over all ports stands. */
struct index_walk {
	struct builder_index *index;
	struct active active;
	uint32_t list; /* of the port at hand */
	int single; /* whether that list holds for this port only */
};

/* The records that begin at a port. */
struct beginning {
	const uint32_t *records;
	size_t count;
};

/* Writes the single ports among those that begin, and the active ranges, as one list. */
static int write_list(const struct sdreg_builder *b, const struct active *active,
	const struct beginning *begin, struct builder_index *index)
{
	const int result = lists_room(index, active->count + begin->count + 1);
	if (result < 0)
		return result;
	uint32_t *const list = index->lists + index->lists_count;
	uint32_t n = 0;
	size_t a = 0;
	for (size_t i = 0; i < begin->count; i++) {
		const struct built_record *const r = &b->records[begin->records[i]];
		if (r->port_first < r->port_last)
			continue; /* among the active ones */
		while (a < active->count && active->records[a] < begin->records[i])
			list[++n] = active->records[a++];
		list[++n] = begin->records[i];
	}
	while (a < active->count)
		list[++n] = active->records[a++];
	list[0] = n;
	index->lists_count += n + 1;
	return SDREG_OK;
}

/* Puts the lists of 256 ports away as a page; one like the page before is not written again. */
static int write_page(struct builder_index *index, size_t high, const uint32_t page[PAGE])
{
	const size_t last = index->pages_count;
	if (last > 0 && memcmp(index->pages + (last - 1) * PAGE, page, IMAGE_PAGE_SIZE) == 0) {
		index->ports[high] = (uint32_t)last - 1;
		return SDREG_OK;
	}
	uint32_t *const pages =
		grow(index->pages, &index->pages_size, (last + 1) * PAGE, sizeof(*pages));
	if (pages == NULL)
		return SDREG_E_MEMORY;
	index->pages = pages;
	memcpy(pages + last * PAGE, page, IMAGE_PAGE_SIZE);
	index->ports[high] = (uint32_t)last;
	index->pages_count++;
	return SDREG_OK;
}

/* Steps to a port: ranges come and go, and where anything differs from the port before, a list is
 * written. */
static int step(const struct sdreg_builder *b, size_t port, const struct beginning *begin,
	struct index_walk *walk)
{
	const int changed = retire(b, &walk->active, port) || walk->single || begin->count > 0;
	walk->single = 0;
	for (size_t i = 0; i < begin->count; i++) {
		const struct built_record *const r = &b->records[begin->records[i]];
		if (r->port_first == r->port_last)
			walk->single = 1;
		else if (activate(b, &walk->active, begin->records[i]) < 0)
			return SDREG_E_MEMORY;
	}
	if (!changed)
		return SDREG_OK;
	walk->list = 0;
	if (walk->active.count + begin->count == 0)
		return SDREG_OK;
	walk->list = (uint32_t)walk->index->lists_count;
	return write_list(b, &walk->active, begin, walk->index);
}

/* Goes over all ports once. Neighbours with the same records share a list. */
static int write_ports(const struct sdreg_builder *b, const struct by_port *sorted,
	struct index_walk *walk)
{
	uint32_t page[PAGE];
	size_t from = 0;
	for (size_t port = 0; port < PORTS; port++) {
		const struct beginning begin = {sorted->records + from, sorted->end[port] - from};
		int result = step(b, port, &begin, walk);
		from = sorted->end[port];
		page[port % PAGE] = walk->list;
		if (result == SDREG_OK && port % PAGE == PAGE - 1)
			result = write_page(walk->index, port / PAGE, page);
		if (result < 0)
			return result;
	}
	return SDREG_OK;
}

static int index_ports(const struct sdreg_builder *b, struct builder_index *index)
{
	struct by_port *const sorted = calloc(1, sizeof(*sorted));
	struct index_walk walk = {.index = index};
	int result = SDREG_E_MEMORY;
	if (sorted != NULL)
		result = sort_by_port(b, sorted);
	if (result == SDREG_OK)
		result = write_ports(b, sorted, &walk);
	free(walk.active.records);
	if (sorted != NULL)
		free(sorted->records);
	free(sorted);
	return result;
}

int builder_index(const struct sdreg_builder *b, struct builder_index *index,
	struct sdreg_error *err)
{
	memset(index, 0, sizeof(*index));
	int result = lists_room(index, 1);
	if (result == SDREG_OK) {
		index->lists[index->lists_count++] = 0; /* the empty list */
		result = index_names(b, index);
	}
	if (result == SDREG_OK)
		result = index_ports(b, index);
	if (result == SDREG_E_LIMIT)
		return error_set(err, result, "too many port ranges lie over each other");
	if (result < 0)
		return error_set(err, result, "no memory for the indices");
	return SDREG_OK;
}
