/* SPDX-License-Identifier: MIT */

/* Which DNS-SD service types one registry gives and the other does not, each once. */

#include "diff.h"

#include "cli/common/json.h"
#include "cli/common/print.h"
#include "common/ascii.h"

#include <stdlib.h>
#include <string.h>

/* A type that an entry gives. */
struct given_types {
	const char *name;
	int is_udp;
};

struct list {
	struct given_types *given;
	size_t count;
};

static int compare(const struct given_types *a, const struct given_types *b)
{
	const int order = ascii_compare(a->name, b->name);
	return order != 0 ? order : a->is_udp - b->is_udp;
}

static int sort(const void *a, const void *b)
{
	const int order = compare(a, b);
	return order != 0 ? order
			  : strcmp(((const struct given_types *)a)->name,
				    ((const struct given_types *)b)->name);
}

static int collect(const struct sdreg_registry *r, struct list *list)
{
	const struct sdreg_entry *e;
	list->given = calloc(2 * sdreg_registry_size(r) + 1, sizeof(*list->given));
	if (list->given == NULL)
		return -1;
	for (size_t i = 0; (e = sdreg_registry_entry(r, i)) != NULL; i++) {
		struct sdreg_type type;
		for (unsigned nth = 0; sdreg_entry_type(e, nth, &type); nth++)
			list->given[list->count++] = (struct given_types){sdreg_entry_name(e),
				type.proto == SDREG_PROTO_UDP};
	}
	if (list->count > 1)
		qsort(list->given, list->count, sizeof(*list->given), sort);
	size_t n = 0;
	for (size_t i = 0; i < list->count; i++)
		if (n == 0 || compare(&list->given[n - 1], &list->given[i]) != 0)
			list->given[n++] = list->given[i];
	list->count = n;
	return 0;
}

static int print_type(int json, char sign, const struct given_types *given)
{
	char text[2 * SDREG_LABEL_SIZE];
	snprintf(text, sizeof(text), "_%s._%s", given->name, given->is_udp ? "udp" : "tcp");
	if (json)
		return json_print_line(stdout,
			json_pack("{s:s, s:o}", "event",
				sign == '+' ? "type-added" : "type-removed", "type",
				json_text(text)));
	putchar(sign);
	print_text(stdout, text);
	putchar('\n');
	return 0;
}

static int print_lists(int json, const struct list *old, const struct list *new,
	struct diff_counts *counts)
{
	size_t i = 0;
	size_t j = 0;
	int result = 0;
	while (result == 0 && (i < old->count || j < new->count)) {
		int order = i < old->count ? -1 : 1;
		if (i < old->count && j < new->count)
			order = compare(&old->given[i], &new->given[j]);
		if (order < 0) {
			counts->removed++;
			result = print_type(json, '-', &old->given[i]);
		} else if (order > 0) {
			counts->added++;
			result = print_type(json, '+', &new->given[j]);
		}
		i += order <= 0;
		j += order >= 0;
	}
	return result;
}

int diff_print_types(const struct diff_sides *sides, struct diff_counts *counts)
{
	struct list old = {NULL, 0};
	struct list new = {NULL, 0};
	int result = STATUS_TROUBLE;
	if (collect(sides->side[0].sources.registry, &old) < 0 ||
		collect(sides->side[1].sources.registry, &new) < 0)
		fputs("sdreg: no memory for the types\n", stderr);
	else
		result = print_lists(sides->json, &old, &new, counts);
	free(old.given);
	free(new.given);
	return result;
}
