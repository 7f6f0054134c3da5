/* SPDX-License-Identifier: MIT */

/* Which entry of the old registry is which of the new one. Name and transport are no key: several
 * entries share them. So entries are parted into groups by name and transport, unnamed ones by port
 * and transport, and paired inside: alike ones first, then those of the same port, then those of
 * the same description, then in their order. All of it by sorting, however large a group is. */

#include "diff.h"

#include "cli/show/entry.h"
#include "common/ascii.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char *no_text(const struct sdreg_entry *entry)
{
	(void)entry;
	return "";
}

static const struct {
	const char *name;
	const char *(*text)(const struct sdreg_entry *entry);
} columns[DIFF_COLUMNS] = {
	{"name", sdreg_entry_name},
	{"port", no_text},
	{"description", sdreg_entry_description},
	{"assignee", sdreg_entry_assignee},
	{"contact", sdreg_entry_contact},
	{"registered", sdreg_entry_registered},
	{"modified", sdreg_entry_modified},
	{"reference", sdreg_entry_reference},
	{"service_code", sdreg_entry_service_code},
	{"unauthorized_use", sdreg_entry_unauthorized_use},
	{"notes", sdreg_entry_notes},
};

const char *diff_column(size_t nth)
{
	return columns[nth].name;
}

const char *diff_text(const struct sdreg_entry *entry, size_t nth, char port[DIFF_PORT_SIZE])
{
	if (columns[nth].text != no_text)
		return columns[nth].text(entry);
	entry_port_text(entry, port);
	return port;
}

int diff_compare(const char *a, const char *b)
{
	for (; *a != '\0' || *b != '\0'; a++, b++) {
		const unsigned char x = *a == '\n' ? ' ' : (unsigned char)*a;
		const unsigned char y = *b == '\n' ? ' ' : (unsigned char)*b;
		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

/* ---- what is compared ---- */

enum {
	DESCRIPTION = 2,
	ASSIGNEE,
	CONTACT,
	REFERENCE = 7,
	UNAUTHORIZED = 9,
	NOTES,
};

/* Columns that a registry of facts lacks, as bits: of all entries, and of those that are abridged.
 */
static unsigned lacking(int facts, int abridged)
{
	if (!facts)
		return 0;
	return 1U << ASSIGNEE | 1U << CONTACT | 1U << UNAUTHORIZED | 1U << NOTES |
		(abridged ? 1U << DESCRIPTION | 1U << REFERENCE : 0);
}

/* That somebody uses the port is a fact, and how that is said is none. */
static int compare(const struct sdreg_entry *a, const struct sdreg_entry *b, size_t nth,
	unsigned lacks)
{
	char ports[2][DIFF_PORT_SIZE];
	const char *const x = diff_text(a, nth, ports[0]);
	const char *const y = diff_text(b, nth, ports[1]);
	if ((lacks & 1U << nth) == 0)
		return diff_compare(x, y);
	return nth == UNAUTHORIZED ? (x[0] != '\0') - (y[0] != '\0') : 0;
}

int diff_differs(int facts, const struct sdreg_entry *old, const struct sdreg_entry *new,
	size_t nth)
{
	const int abridged = sdreg_entry_is_abridged(old) || sdreg_entry_is_abridged(new);
	return compare(old, new, nth, lacking(facts, abridged)) != 0;
}

/* ---- orders ---- */

struct match_row {
	const struct sdreg_entry *entry;
	size_t index;
	unsigned lacks; /* bits of columns, the same in all rows that are compared by them */
};

typedef int order_fn(const struct match_row *a, const struct match_row *b);

/* A port as a number, ranges and none included. */
static int64_t port_key(const struct sdreg_entry *e)
{
	uint16_t first;
	uint16_t last;
	return sdreg_entry_port(e, &first, &last) ? (int64_t)first << 16 | last : -1;
}

static int by_port(const struct match_row *a, const struct match_row *b)
{
	const int64_t x = port_key(a->entry);
	const int64_t y = port_key(b->entry);
	return (x > y) - (x < y);
}

static int by_group(const struct match_row *a, const struct match_row *b)
{
	const char *const name = sdreg_entry_name(a->entry);
	int order = ascii_compare(name, sdreg_entry_name(b->entry));
	if (order == 0 && name[0] == '\0')
		order = by_port(a, b);
	if (order == 0)
		order = (int)sdreg_entry_transport(a->entry) - (int)sdreg_entry_transport(b->entry);
	return order;
}

static int by_description(const struct match_row *a, const struct match_row *b)
{
	return diff_compare(sdreg_entry_description(a->entry), sdreg_entry_description(b->entry));
}

static int by_all(const struct match_row *a, const struct match_row *b)
{
	int order = by_port(a, b);
	for (size_t i = 0; i < DIFF_COLUMNS && order == 0; i++)
		if (columns[i].text != no_text)
			order = compare(a->entry, b->entry, i, a->lacks);
	return order;
}

static int in_order(const struct match_row *a, const struct match_row *b)
{
	(void)a;
	(void)b;
	return 0;
}

static int by_index(const struct match_row *a, const struct match_row *b)
{
	return a->index < b->index ? -1 : a->index > b->index;
}

/* Of rows that an order holds for equal, the registry's order counts. */
#define DEFINE_QSORT_ORDER(name, order) \
	static int name(const void *a, const void *b) \
	{ \
		const int result = order(a, b); \
		return result != 0 ? result : by_index(a, b); \
	}
DEFINE_QSORT_ORDER(sort_by_group, by_group)
DEFINE_QSORT_ORDER(sort_by_all, by_all)
DEFINE_QSORT_ORDER(sort_by_port, by_port)
DEFINE_QSORT_ORDER(sort_by_description, by_description)
DEFINE_QSORT_ORDER(sort_in_order, in_order)

/* ---- pairs ---- */

#define UNPAIRED SIZE_MAX

/* Rows of one registry that wait for their mates. */
struct match_rows {
	struct match_row *row;
	size_t count;
};

struct match {
	int facts;
	struct match_rows old;
	struct match_rows new;
	const struct sdreg_entry **mate_of_new; /* by index; NULL: added */
	size_t *mate_of_old; /* by index; UNPAIRED: removed */
};

/* Pairs rows that an order holds for equal, both sorted by it; the others stay, in this order. */
static void pair_equal(struct match *m, struct match_rows *old, struct match_rows *new,
	order_fn *order)
{
	size_t i = 0;
	size_t j = 0;
	struct match_rows old_left = {old->row, 0};
	struct match_rows new_left = {new->row, 0};
	while (i < old->count && j < new->count) {
		const int result = order(&old->row[i], &new->row[j]);
		if (result < 0) {
			old_left.row[old_left.count++] = old->row[i++];
		} else if (result > 0) {
			new_left.row[new_left.count++] = new->row[j++];
		} else {
			m->mate_of_old[old->row[i].index] = new->row[j].index;
			m->mate_of_new[new->row[j++].index] = old->row[i++].entry;
		}
	}
	while (i < old->count)
		old_left.row[old_left.count++] = old->row[i++];
	while (j < new->count)
		new_left.row[new_left.count++] = new->row[j++];
	*old = old_left;
	*new = new_left;
}

static int any_abridged(const struct match_rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		if (sdreg_entry_is_abridged(rows->row[i].entry))
			return 1;
	return 0;
}

static void set_lacking(struct match_rows *rows, unsigned lacks)
{
	for (size_t i = 0; i < rows->count; i++)
		rows->row[i].lacks = lacks;
}

static void match_group(struct match *m, struct match_rows old, struct match_rows new)
{
	static const struct {
		order_fn *order;
		int (*sort)(const void *a, const void *b);
	} stages[] = {
		{by_all, sort_by_all},
		{by_port, sort_by_port},
		{by_description, sort_by_description},
		{in_order, sort_in_order},
	};
	const unsigned lacks = lacking(m->facts, any_abridged(&old) || any_abridged(&new));
	set_lacking(&old, lacks);
	set_lacking(&new, lacks);
	for (size_t i = 0; i < sizeof(stages) / sizeof(stages[0]); i++) {
		if (old.count == 0 || new.count == 0)
			return;
		if (old.count > 1)
			qsort(old.row, old.count, sizeof(*old.row), stages[i].sort);
		if (new.count > 1)
			qsort(new.row, new.count, sizeof(*new.row), stages[i].sort);
		pair_equal(m, &old, &new, stages[i].order);
	}
}

/* How many rows at the front make one group. */
static size_t group_size(const struct match_rows *rows)
{
	size_t n = rows->count > 0;
	while (n < rows->count && by_group(&rows->row[0], &rows->row[n]) == 0)
		n++;
	return n;
}

static void skip(struct match_rows *rows, size_t count)
{
	rows->row += count;
	rows->count -= count;
}

static void match_groups(struct match *m)
{
	struct match_rows old = m->old;
	struct match_rows new = m->new;
	while (old.count > 0 && new.count > 0) {
		const int order = by_group(&old.row[0], &new.row[0]);
		const size_t n = order <= 0 ? group_size(&old) : 0;
		const size_t k = order >= 0 ? group_size(&new) : 0;
		match_group(m, (struct match_rows){old.row, n}, (struct match_rows){new.row, k});
		skip(&old, n);
		skip(&new, k);
	}
}

/* ---- changes ---- */

static int are_alike(int facts, const struct sdreg_entry *a, const struct sdreg_entry *b)
{
	for (size_t i = 0; i < DIFF_COLUMNS; i++)
		if (diff_differs(facts, a, b, i))
			return 0;
	return 1;
}

static void add_change(struct diff_changes *changes, const struct sdreg_entry *old,
	const struct sdreg_entry *new, size_t place)
{
	changes->change[changes->count++] = (struct diff_change){old, new, place};
}

static int compare_places(const void *a, const void *b)
{
	const struct diff_change *const x = a;
	const struct diff_change *const y = b;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return x->old < y->old ? -1 : x->old > y->old; /* removed ones: in their registry's order */
}

/* In the order of the new registry; what was removed follows what it followed. */
static void list_changes(const struct match *m, const struct sdreg_registry *old,
	const struct sdreg_registry *new, struct diff_changes *changes)
{
	const struct sdreg_entry *e;
	for (size_t i = 0; (e = sdreg_registry_entry(new, i)) != NULL; i++)
		if (m->mate_of_new[i] == NULL || !are_alike(m->facts, m->mate_of_new[i], e))
			add_change(changes, m->mate_of_new[i], e, 2 * i + 2);
	size_t place = 1;
	for (size_t i = 0; (e = sdreg_registry_entry(old, i)) != NULL; i++) {
		if (m->mate_of_old[i] == UNPAIRED)
			add_change(changes, e, NULL, place);
		else
			place = 2 * m->mate_of_old[i] + 3;
	}
	if (changes->count > 1)
		qsort(changes->change, changes->count, sizeof(*changes->change), compare_places);
}

static int collect(struct match_rows *rows, const struct sdreg_registry *r)
{
	const struct sdreg_entry *e;
	rows->row = calloc(sdreg_registry_size(r) + 1, sizeof(*rows->row));
	if (rows->row == NULL)
		return -1;
	for (; (e = sdreg_registry_entry(r, rows->count)) != NULL; rows->count++)
		rows->row[rows->count] = (struct match_row){e, rows->count, 0};
	if (rows->count > 1)
		qsort(rows->row, rows->count, sizeof(*rows->row), sort_by_group);
	return 0;
}

int diff_match(const struct diff_sides *sides, struct diff_changes *changes)
{
	const struct sdreg_registry *const old = sides->side[0].sources.registry;
	const struct sdreg_registry *const new = sides->side[1].sources.registry;
	struct match m = {.facts = sides->facts};
	const size_t old_size = sdreg_registry_size(old);
	const size_t new_size = sdreg_registry_size(new);
	int result = -1;
	changes->count = 0;
	changes->change = calloc(old_size + new_size + 1, sizeof(*changes->change));
	m.mate_of_old = calloc(old_size + 1, sizeof(*m.mate_of_old));
	m.mate_of_new = calloc(new_size + 1, sizeof(*m.mate_of_new));
	if (changes->change == NULL || m.mate_of_old == NULL || m.mate_of_new == NULL ||
		collect(&m.old, old) < 0 || collect(&m.new, new) < 0)
		goto out;
	for (size_t i = 0; i < old_size; i++)
		m.mate_of_old[i] = UNPAIRED;
	match_groups(&m);
	list_changes(&m, old, new, changes);
	result = 0;
out:
	free(m.new.row);
	free(m.old.row);
	free(m.mate_of_new);
	free(m.mate_of_old);
	return result;
}
