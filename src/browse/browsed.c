/* SPDX-License-Identifier: MIT */
#include "browsed.h"

#include "browse/service/text.h"
#include "common/ascii.h"
#include "common/error.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCE_MAX = 64 };

static int is_domain(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && ascii_compare(a, b) == 0);
}

static int is_browsed(const struct browsed_types *browsed, const char *type, const char *domain)
{
	for (const struct browsed_type *t = browsed->first; t != NULL; t = t->next)
		if (ascii_compare(t->text, type) == 0 && is_domain(t->domain, domain))
			return 1;
	return 0;
}

int browsed_add(struct browsed_types *browsed, const char *type, const char *domain, size_t max)
{
	if (is_browsed(browsed, type, domain))
		return SDREG_OK;
	if (browsed->count >= max)
		return SDREG_E_LIMIT;
	const size_t type_size = strlen(type) + 1;
	const size_t domain_size = domain != NULL ? strlen(domain) + 1 : 0;
	struct browsed_type *const added = calloc(1, sizeof(*added) + type_size + domain_size);
	if (added == NULL)
		return SDREG_E_MEMORY;
	memcpy(added->text, type, type_size);
	if (domain != NULL)
		added->domain = memcpy(added->text + type_size, domain, domain_size);
	/* Several types can see one service if they are subtypes: then there are not more of
	 * them than bits. */
	added->source = UINT64_C(1)
		<< (browsed->count < SOURCE_MAX ? browsed->count : SOURCE_MAX - 1);
	*(browsed->last != NULL ? &browsed->last->next : &browsed->first) = added;
	browsed->last = added;
	browsed->count++;
	browsed->waiting++;
	return SDREG_OK;
}

void browsed_clear(struct browsed_types *browsed)
{
	while (browsed->first != NULL) {
		struct browsed_type *const type = browsed->first;
		browsed->first = type->next;
		service_type_free(type->services_type);
		free(type);
	}
	memset(browsed, 0, sizeof(*browsed));
}

static void count(struct browsed_types *browsed, enum browsed_state state, size_t by)
{
	if (state == BROWSED_OPEN)
		browsed->open += by;
	else if (state == BROWSED_WAITING)
		browsed->waiting += by;
}

void browsed_set(struct browsed_types *browsed, struct browsed_type *type, enum browsed_state state)
{
	count(browsed, type->state, (size_t)-1);
	count(browsed, state, 1);
	type->state = state;
}

static int read_type(struct browsed_types *browsed, const char *text, const char *domain,
	struct sdreg_error *err)
{
	struct sdreg_error why = {.size = sizeof(why)};
	struct sdreg_type type;
	char name[SDREG_NAME_SIZE];
	const int result = sdreg_type_parse(text, strlen(text), &type, &why);
	if (result < 0)
		return error_set(err, result, "\"%s\" is not a service type: %s", text, why.text);
	if (type.instance_len > 0)
		return error_set(err, SDREG_E_SYNTAX,
			"\"%s\" is one service: to browse, leave out what stands before the type",
			text);
	if (sdreg_type_format(&type, SDREG_TYPE_PART_TYPE | SDREG_TYPE_PART_SUBTYPE, name,
		    sizeof(name)) < 0)
		return error_set(err, SDREG_E_LIMIT, "\"%s\" is too long", text);
	if (browsed_add(browsed, name, type.domain[0] != '\0' ? type.domain : domain, SIZE_MAX) <
		0) /* who names them knows how many */
		return error_set(err, SDREG_E_MEMORY, "out of memory: \"%s\" cannot be browsed",
			text);
	browsed->has_subtypes |= type.subtype_len > 0;
	return SDREG_OK;
}

int browsed_read(struct browsed_types *browsed, const struct sdreg_text *types, size_t count,
	const char *domain, struct sdreg_error *err)
{
	if (count > 0 && types == NULL)
		return error_set(err, SDREG_E_ARGUMENT, "types_count without types");
	for (size_t i = 0; i < count; i++) {
		char *text;
		int result = text_copy(types[i], &text);
		if (result < 0)
			return error_set(err, result,
				result == SDREG_E_MEMORY
					? "out of memory: the types cannot be browsed"
					: "a type has a NUL in it");
		result = read_type(browsed, text != NULL ? text : "", domain, err);
		free(text);
		if (result < 0)
			return result;
	}
	if (browsed->has_subtypes && browsed->count > SOURCE_MAX)
		return error_set(err, SDREG_E_LIMIT,
			"these are %zu types with subtypes among them, of which at most %d can be "
			"browsed at one time",
			browsed->count, SOURCE_MAX);
	return SDREG_OK;
}

struct service_type *browsed_service_type(struct browsed_type *type, const char *text,
	const struct sdreg_browse_options *options, struct sdreg_error *err)
{
	if (type->services_type != NULL && strcmp(type->services_type->text, text) == 0)
		return type->services_type;
	struct service_type *const seen =
		service_type_new(text, options->registry, options->supplement, err);
	if (seen == NULL)
		return NULL;
	service_type_free(type->services_type);
	type->services_type = seen;
	return seen;
}
