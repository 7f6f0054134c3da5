/* SPDX-License-Identifier: MIT */

/* People: looked up by id, in a sorted table. */

#include "core/image/image.h"

#include <string.h>

const struct sdreg_person *sdreg_registry_person(const struct sdreg_registry *registry, size_t nth)
{
	if (nth >= registry->people_count)
		return NULL;
	return (const struct sdreg_person *)(registry->people + IMAGE_PERSON_SIZE * nth);
}

static int compare_id(const struct sdreg_person *person, const char *id, size_t len)
{
	const char *const stored = sdreg_person_id(person);
	const int order = strncmp(stored, id, len);
	return order != 0 ? order : stored[len] != '\0';
}

const struct sdreg_person *sdreg_find_person(const struct sdreg_registry *registry, const char *id,
	size_t len)
{
	size_t from = 0;
	size_t to = registry->people_count;
	if (memchr(id, '\0', len) != NULL)
		return NULL; /* no stored id goes on after a NUL */
	while (from < to) {
		const size_t middle = from + (to - from) / 2;
		const struct sdreg_person *const person = sdreg_registry_person(registry, middle);
		const int order = compare_id(person, id, len);
		if (order == 0)
			return person;
		if (order < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

const char *sdreg_person_id(const struct sdreg_person *person)
{
	return image_string(person->bytes, PERSON_ID);
}

const char *sdreg_person_name(const struct sdreg_person *person)
{
	return image_string(person->bytes, PERSON_NAME);
}

const char *sdreg_person_organization(const struct sdreg_person *person)
{
	return image_string(person->bytes, PERSON_ORGANIZATION);
}

const char *sdreg_person_uris(const struct sdreg_person *person)
{
	return image_string(person->bytes, PERSON_URIS);
}

const char *sdreg_person_updated(const struct sdreg_person *person)
{
	return image_string(person->bytes, PERSON_UPDATED);
}
