/* SPDX-License-Identifier: MIT */

/* Building a registry out of others. */

#include "common/error.h"
#include "core/image/builder.h"
#include "core/image/image.h"

#include <sdreg/error.h>

#include <stdio.h>
#include <string.h>

static struct sdreg_text text_of(const char *string)
{
	return (struct sdreg_text){string, strlen(string)};
}

static int add_entry(struct sdreg_builder *b, const struct sdreg_entry *entry,
	struct sdreg_error *err)
{
	char port[16] = "";
	uint16_t first;
	uint16_t last;
	if (sdreg_entry_port(entry, &first, &last) && first < last)
		snprintf(port, sizeof(port), "%u-%u", (unsigned)first, (unsigned)last);
	else if (sdreg_entry_port(entry, NULL, NULL))
		snprintf(port, sizeof(port), "%u", (unsigned)first);
	const struct sdreg_record record = {
		.name = text_of(sdreg_entry_name(entry)),
		.port = text_of(port),
		.transport = text_of(sdreg_transport_text(sdreg_entry_transport(entry))),
		.description = text_of(sdreg_entry_description(entry)),
		.assignee = text_of(sdreg_entry_assignee(entry)),
		.contact = text_of(sdreg_entry_contact(entry)),
		.registered = text_of(sdreg_entry_registered(entry)),
		.modified = text_of(sdreg_entry_modified(entry)),
		.reference = text_of(sdreg_entry_reference(entry)),
		.service_code = text_of(sdreg_entry_service_code(entry)),
		.unauthorized_use = text_of(sdreg_entry_unauthorized_use(entry)),
		.notes = text_of(sdreg_entry_notes(entry)),
	};
	return sdreg_builder_add(b, &record, err);
}

static int add_person(struct sdreg_builder *b, const struct sdreg_person *person,
	struct sdreg_error *err)
{
	const struct sdreg_person_record record = {
		.id = text_of(sdreg_person_id(person)),
		.name = text_of(sdreg_person_name(person)),
		.organization = text_of(sdreg_person_organization(person)),
		.uris = text_of(sdreg_person_uris(person)),
		.updated = text_of(sdreg_person_updated(person)),
	};
	return sdreg_builder_add_person(b, &record, err);
}

static int add_key(struct sdreg_builder *b, const struct sdreg_registry *registry,
	const struct sdreg_key *key, struct sdreg_error *err)
{
	const struct sdreg_key_record record = {
		.name = text_of(sdreg_key_name(key)),
		.meaning = text_of(sdreg_key_meaning(key)),
		.source = text_of(sdreg_key_source(key)),
		.need = sdreg_key_need(key),
		.form = sdreg_key_form(key),
	};
	struct sdreg_key_value value;
	int result = sdreg_builder_add_key(b, &record, err);
	for (size_t i = 0; result == SDREG_OK && sdreg_key_value(registry, key, i, &value); i++) {
		const struct sdreg_value_record of = {text_of(value.text), value.bit,
			text_of(value.meaning)};
		result = sdreg_builder_add_value(b, &of, err);
	}
	return result;
}

static int add_subject(struct sdreg_builder *b, const struct sdreg_registry *registry,
	const unsigned char *subject, struct sdreg_error *err)
{
	const uint32_t first = le32(subject + SUBJECT_FIRST);
	const uint32_t count = le32(subject + SUBJECT_COUNT);
	int result = sdreg_builder_begin_keys(b, text_of(image_string(subject, SUBJECT_TYPE)), err);
	for (uint32_t i = 0; result == SDREG_OK && i < count; i++)
		result = add_key(b, registry,
			(const struct sdreg_key *)(registry->keys +
				IMAGE_KEY_SIZE * (size_t)(first + i)),
			err);
	return result;
}

int sdreg_builder_add_registry(struct sdreg_builder *builder, const struct sdreg_registry *registry,
	struct sdreg_error *err)
{
	const struct sdreg_entry *e;
	int result = SDREG_OK;
	error_begin(err);
	for (size_t i = 0; result == SDREG_OK && (e = sdreg_registry_entry(registry, i)) != NULL;
		i++)
		result = add_entry(builder, e, err);
	for (size_t i = 0; i < registry->people_count && result == SDREG_OK; i++)
		result = add_person(builder,
			(const struct sdreg_person *)(registry->people + IMAGE_PERSON_SIZE * i),
			err);
	for (size_t i = 0; i < registry->subjects_count && result == SDREG_OK; i++)
		result = add_subject(builder, registry, registry->subjects + IMAGE_SUBJECT_SIZE * i,
			err);
	return result;
}
