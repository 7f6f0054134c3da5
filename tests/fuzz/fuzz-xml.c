/* SPDX-License-Identifier: MIT */

/* Fuzzes the reader of XML, from memory: as a registry, and as a supplement. */

#include "fuzz.h"

#include <sdreg/error.h>
#include <sdreg/registry.h>
#include <sdreg/xml.h>

static void check_warning(void *user, const struct sdreg_error *warning)
{
	(void)user;
	require(warning->code == SDREG_E_RECORD && warning->line > 0 && warning->text[0] != '\0');
}

/* A text is UTF-8 without a NUL: its length is all that is asked for. */
static size_t walk(const struct sdreg_registry *r)
{
	const struct sdreg_entry *e;
	size_t total = strlen(sdreg_registry_title(r)) + strlen(sdreg_registry_updated(r));
	size_t count = 0;
	for (size_t i = 0; (e = sdreg_registry_entry(r, i)) != NULL; i++) {
		const char *rest = sdreg_entry_assignee(e);
		const char *id;
		size_t len;
		total += strlen(sdreg_entry_name(e)) + strlen(sdreg_entry_description(e)) +
			strlen(sdreg_entry_reference(e)) + strlen(sdreg_entry_notes(e));
		while ((id = sdreg_bracketed(&rest, &len)) != NULL) {
			const struct sdreg_person *const p = sdreg_find_person(r, id, len);
			total += p != NULL ? strlen(sdreg_person_name(p)) : 0;
		}
		count++;
	}
	require(count == sdreg_registry_size(r));
	return total;
}

static void read_as(const uint8_t *data, size_t size, enum sdreg_xml_kind kind)
{
	struct sdreg_error err = {.size = sizeof(err)};
	const struct sdreg_reading reading = {.size = sizeof(reading),
		.warn = check_warning,
		.name = "input"};
	void *const bytes = block(data, size);
	struct sdreg_registry *const r = sdreg_xml_read_bytes(bytes, size, kind, &reading, &err);
	free(bytes);
	if (r == NULL) {
		require(err.code < 0 && err.text[0] != '\0' && strcmp(err.file, "input") == 0);
		return;
	}
	require(err.code == 0);
	require(sdreg_registry_is_complete(r) == (kind == SDREG_XML_KIND_REGISTRY));
	/* a supplement may have keys alone */
	require(kind == SDREG_XML_KIND_SUPPLEMENT || sdreg_registry_size(r) > 0);
	walk(r);
	sdreg_registry_close(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_as(data, size, SDREG_XML_KIND_REGISTRY);
	read_as(data, size, SDREG_XML_KIND_SUPPLEMENT);
	return 0;
}
