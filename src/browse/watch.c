/* SPDX-License-Identifier: MIT */
#include "watch.h"

#include "browse/service/ascii-equal.h"
#include "browse/service/error.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCE_MAX = 63 };

static int is_domain(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && ascii_equal(a, b));
}

static int is_watched(const struct watches *watches, const char *type, const char *domain)
{
	for (const struct watch *w = watches->first; w != NULL; w = w->next)
		if (ascii_equal(w->type, type) && is_domain(w->domain, domain))
			return 1;
	return 0;
}

int watches_add(struct watches *watches, const char *type, const char *domain, size_t max)
{
	if (is_watched(watches, type, domain))
		return SDREG_OK;
	if (watches->count >= max)
		return SDREG_E_LIMIT;
	const size_t type_size = strlen(type) + 1;
	const size_t domain_size = domain != NULL ? strlen(domain) + 1 : 0;
	struct watch *const watch = calloc(1, sizeof(*watch) + type_size + domain_size);
	if (watch == NULL)
		return SDREG_E_MEMORY;
	memcpy(watch->type, type, type_size);
	if (domain != NULL)
		watch->domain = memcpy(watch->type + type_size, domain, domain_size);
	/* Several watches can see one service if they are subtypes: the user's own, and few. */
	watch->source = UINT64_C(1) << (watches->count < SOURCE_MAX ? watches->count : SOURCE_MAX);
	*(watches->last != NULL ? &watches->last->next : &watches->first) = watch;
	watches->last = watch;
	watches->count++;
	watches->waiting++;
	return SDREG_OK;
}

void watches_clear(struct watches *watches)
{
	while (watches->first != NULL) {
		struct watch *const watch = watches->first;
		watches->first = watch->next;
		service_type_free(watch->services_type);
		free(watch);
	}
	memset(watches, 0, sizeof(*watches));
}

static void count(struct watches *watches, enum watch_state state, size_t by)
{
	if (state == WATCH_OPEN)
		watches->open += by;
	else if (state == WATCH_WAITING)
		watches->waiting += by;
}

void watches_set(struct watches *watches, struct watch *watch, enum watch_state state)
{
	count(watches, watch->state, (size_t)-1);
	count(watches, state, 1);
	watch->state = state;
}

static int read_type(struct watches *watches, const char *text, const char *domain,
	struct sdreg_error *err)
{
	struct sdreg_error why = {.size = sizeof(why)};
	struct sdreg_type type;
	char name[SDREG_NAME_SIZE];
	const int result = sdreg_type_parse(text, strlen(text), &type, &why);
	if (result < 0)
		return browse_error(err, result, "\"%s\" is no service type: %s", text, why.text);
	if (type.instance_len > 0)
		return browse_error(err, SDREG_E_SYNTAX,
			"\"%s\" is one service: to browse, leave out what stands before the type",
			text);
	if (sdreg_type_format(&type, SDREG_TYPE_PART_TYPE | SDREG_TYPE_PART_SUBTYPE, name,
		    sizeof(name)) < 0)
		return browse_error(err, SDREG_E_LIMIT, "\"%s\" is too long", text);
	if (watches_add(watches, name, type.domain[0] != '\0' ? type.domain : domain, SIZE_MAX) <
		0) /* who names them knows how many */
		return browse_error(err, SDREG_E_MEMORY, "no memory to browse \"%s\"", text);
	return SDREG_OK;
}

int watches_read(struct watches *watches, const struct sdreg_browse_options *options,
	struct sdreg_error *err)
{
	if (options->types_count > 0 && options->types == NULL)
		return browse_error(err, SDREG_E_ARGUMENT, "types_count without types");
	for (size_t i = 0; i < options->types_count; i++) {
		if (options->types[i] == NULL)
			return browse_error(err, SDREG_E_ARGUMENT, "a type is NULL");
		const int result = read_type(watches, options->types[i], options->domain, err);
		if (result < 0)
			return result;
	}
	return SDREG_OK;
}

struct service_type *watch_type(struct watch *watch, const char *text,
	const struct sdreg_browse_options *options, struct sdreg_error *err)
{
	if (watch->services_type != NULL && strcmp(watch->services_type->text, text) == 0)
		return watch->services_type;
	struct service_type *const type =
		service_type_new(text, options->registry, options->supplement, err);
	if (type == NULL)
		return NULL;
	service_type_free(watch->services_type);
	watch->services_type = type;
	return type;
}
