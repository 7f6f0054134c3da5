/* SPDX-License-Identifier: MIT */
#include "order.h"

#include "common/ascii.h"

#include <stdlib.h>
#include <string.h>

/* ---- text, without a locale ---- */

static int lower(char c)
{
	return ascii_lower((unsigned char)c);
}

int watch_order_contains(const char *text, const char *part)
{
	for (;; text++) {
		size_t i = 0;
		while (part[i] != '\0' && lower(text[i]) == lower(part[i]))
			i++;
		if (part[i] == '\0')
			return 1;
		if (*text == '\0')
			return 0;
	}
}

static int compare_text(const char *a, const char *b)
{
	const int order = ascii_compare(a, b);
	return order != 0 ? order : strcmp(a, b);
}

/* ---- services ---- */

static int by_name(const void *left, const void *right)
{
	const struct watch_service *const a = *(struct watch_service *const *)left;
	const struct watch_service *const b = *(struct watch_service *const *)right;
	const int order = compare_text(a->name, b->name);
	return order != 0 ? order : strcmp(a->domain, b->domain);
}

/* Those whose host is not known come last. */
static int by_host(const void *left, const void *right)
{
	const struct watch_service *const a = *(struct watch_service *const *)left;
	const struct watch_service *const b = *(struct watch_service *const *)right;
	int order = (a->host[0] == '\0') - (b->host[0] == '\0');
	if (order == 0)
		order = compare_text(a->host, b->host);
	return order != 0 ? order : by_name(left, right);
}

static int by_age(const void *left, const void *right)
{
	const struct watch_service *const a = *(struct watch_service *const *)left;
	const struct watch_service *const b = *(struct watch_service *const *)right;
	return (a->number < b->number) - (a->number > b->number);
}

typedef int compare_fn(const void *left, const void *right);

/* Both parts are in order; so is the result. */
static void merge(struct watch_type *type, struct watch_service **into, compare_fn *compare)
{
	struct watch_service **const all = type->services;
	size_t left = 0;
	size_t right = type->sorted;
	for (size_t n = 0; n < type->count; n++) {
		const int take_left = left < type->sorted &&
			(right == type->count || compare(&all[left], &all[right]) <= 0);
		into[n] = all[take_left ? left++ : right++];
	}
	memcpy(all, into, type->count * sizeof(struct watch_service *));
}

static compare_fn *services_by(enum watch_order order)
{
	switch (order) {
	case WATCH_BY_HOST:
		return by_host;
	case WATCH_BY_AGE:
		return by_age;
	default:
		return by_name;
	}
}

int watch_order_services(struct watch_type *type, enum watch_order order)
{
	compare_fn *const compare = services_by(order);
	if (type->sorted == type->count)
		return 0;
	qsort(type->services + type->sorted, type->count - type->sorted,
		sizeof(struct watch_service *), compare);
	if (type->sorted > 0) {
		struct watch_service **const into =
			malloc(type->count * sizeof(struct watch_service *));
		if (into == NULL)
			return -1;
		merge(type, into, compare);
		free(into);
	}
	type->sorted = type->count;
	return 0;
}

/* ---- types ---- */

static int types_by_text(const void *left, const void *right)
{
	const struct watch_type *const a = *(struct watch_type *const *)left;
	const struct watch_type *const b = *(struct watch_type *const *)right;
	return compare_text(a->text, b->text);
}

/* Those without a title come last. */
static int types_by_title(const void *left, const void *right)
{
	const struct watch_type *const a = *(struct watch_type *const *)left;
	const struct watch_type *const b = *(struct watch_type *const *)right;
	int order = (a->title[0] == '\0') - (b->title[0] == '\0');
	if (order == 0)
		order = compare_text(a->title, b->title);
	return order != 0 ? order : types_by_text(left, right);
}

static int types_by_age(const void *left, const void *right)
{
	const struct watch_type *const a = *(struct watch_type *const *)left;
	const struct watch_type *const b = *(struct watch_type *const *)right;
	return (a->newest < b->newest) - (a->newest > b->newest);
}

static compare_fn *types_by(enum watch_order order)
{
	switch (order) {
	case WATCH_BY_TITLE:
		return types_by_title;
	case WATCH_BY_AGE:
		return types_by_age;
	default:
		return types_by_text;
	}
}

void watch_order_types(struct watch_type **types, size_t count, enum watch_order order)
{
	if (count > 1)
		qsort(types, count, sizeof(struct watch_type *), types_by(order));
}
