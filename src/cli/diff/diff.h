/* SPDX-License-Identifier: MIT */
#ifndef CLI_DIFF_DIFF_H
#define CLI_DIFF_DIFF_H

#include "cli/common/cli.h"

#include <stddef.h>

/* What two registries differ in. */

/* One of the two: the registry, and what it is called where entries of it are shown. */
struct diff_side {
	const char *path;
	struct sources sources; /* no supplement */
};

/* Both, the old one first, and how they are told. */
struct diff_sides {
	struct diff_side side[2];
	int facts; /* whether one of them has facts only, so that only these are compared */
	int json;
	int bold;
};

/* An entry that was added (old is NULL), removed (new is NULL) or changed. */
struct diff_change {
	const struct sdreg_entry *old;
	const struct sdreg_entry *new;
	size_t place; /* where it belongs in the order of the new registry */
};

struct diff_changes {
	struct diff_change *change;
	size_t count;
};

/* The columns that are compared; the transport is a part of what pairs entries. */
enum {
	DIFF_COLUMNS = 11,
	DIFF_PORT_SIZE = 16,
};

/* The nth column: its name in JSON, and its text, with room for a port. */
const char *diff_column(size_t nth);
const char *diff_text(const struct sdreg_entry *entry, size_t nth, char port[DIFF_PORT_SIZE]);

/* Orders texts by their bytes, a line break being as good as a blank: IANA's CSV has lost those of
 * its XML. */
int diff_compare(const char *a, const char *b);

/* Whether two entries differ in the nth column. Where only facts are compared, what one of them
 * lacks is no difference. */
int diff_differs(int facts, const struct sdreg_entry *old, const struct sdreg_entry *new,
	size_t nth);

/* Pairs entries, and gives those that differ, to be freed. -1 for want of memory. */
int diff_match(const struct diff_sides *sides, struct diff_changes *changes);

struct diff_counts {
	size_t added;
	size_t removed;
	size_t changed;
};

/* Each prints what it is told, counts it, and gives 0, or STATUS_TROUBLE for want of memory. */
int diff_print_entry(const struct diff_sides *sides, const struct diff_change *change,
	struct diff_counts *counts);
int diff_print_people(const struct diff_sides *sides, struct diff_counts *counts);
int diff_print_types(const struct diff_sides *sides, struct diff_counts *counts);

#endif
