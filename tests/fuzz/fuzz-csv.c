/* SPDX-License-Identifier: MIT */

/* Fuzzes the reader of CSV: every entry that it made must be found again by its name, its ports and
 * its types, and the image of all of them must open as the same registry. */

#include "fuzz.h"

#include <sdreg/error.h>
#include <sdreg/registry.h>
#include <sdreg/type.h>

static const char *(*const columns[])(const struct sdreg_entry *) = {
	sdreg_entry_name,
	sdreg_entry_description,
	sdreg_entry_assignee,
	sdreg_entry_contact,
	sdreg_entry_registered,
	sdreg_entry_modified,
	sdreg_entry_reference,
	sdreg_entry_service_code,
	sdreg_entry_unauthorized_use,
	sdreg_entry_notes,
};

enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };

/* ---- every entry is found ---- */

static int port_reaches(const struct sdreg_registry *r, uint16_t port,
	enum sdreg_transport transport, const struct sdreg_entry *wanted)
{
	const struct sdreg_entry *e = NULL;
	do
		e = sdreg_find_port(r, port, transport, e);
	while (e != NULL && e != wanted);
	return e != NULL;
}

static int type_reaches(const struct sdreg_registry *r, const struct sdreg_type *type,
	const struct sdreg_entry *wanted)
{
	const struct sdreg_entry *e = NULL;
	do
		e = sdreg_find_type(r, type, e);
	while (e != NULL && e != wanted);
	return e != NULL;
}

static int name_reaches(const struct sdreg_registry *r, const char *name,
	const struct sdreg_entry *wanted)
{
	const struct sdreg_entry *e = NULL;
	do
		e = sdreg_find_name(r, name, strlen(name), e);
	while (e != NULL && e != wanted);
	return e != NULL;
}

static void find_by_port(const struct sdreg_registry *r, const struct sdreg_entry *e)
{
	uint16_t ports[2];
	const enum sdreg_transport transport = sdreg_entry_transport(e);
	if (!sdreg_entry_port(e, &ports[0], &ports[1]))
		return;
	require(ports[0] <= ports[1]);
	for (size_t i = 0; i < 2; i++) {
		require(port_reaches(r, ports[i], SDREG_TRANSPORT_ANY, e));
		require(port_reaches(r, ports[i], transport, e));
	}
}

static void find_by_type(const struct sdreg_registry *r, const struct sdreg_entry *e)
{
	struct sdreg_type type;
	unsigned n = 0;
	for (; sdreg_entry_type(e, n, &type); n++) {
		require(sdreg_type_faults(&type) == 0);
		require(type_reaches(r, &type, e));
	}
	require(n <= 2);
}

static void walk_txt(const struct sdreg_entry *e)
{
	const char *text;
	for (size_t i = 0; (text = sdreg_entry_txt_key(e, i)) != NULL; i++)
		require(strstr(sdreg_entry_notes(e), text) != NULL);
	for (size_t i = 0; (text = sdreg_entry_txt_reference(e, i)) != NULL; i++)
		require(text[0] != '\0');
	require(sdreg_txt_kind_text(sdreg_entry_txt_kind(e)) != NULL);
}

static void walk_people(const struct sdreg_registry *r, const struct sdreg_entry *e)
{
	const char *rest = sdreg_entry_assignee(e);
	const char *id;
	size_t len;
	while ((id = sdreg_bracketed(&rest, &len)) != NULL)
		require(sdreg_find_person(r, id, len) == NULL); /* a CSV describes none */
}

static void walk(const struct sdreg_registry *r)
{
	const struct sdreg_entry *e;
	size_t index = 0;
	for (size_t i = 0; (e = sdreg_registry_entry(r, i)) != NULL; i++) {
		const char *const name = sdreg_entry_name(e);
		require(sdreg_entry_index(r, e) == index++);
		if (name[0] != '\0')
			require(name_reaches(r, name, e));
		find_by_port(r, e);
		find_by_type(r, e);
		walk_txt(e);
		walk_people(r, e);
	}
	require(index == sdreg_registry_size(r) && index > 0);
	require(sdreg_registry_people(r) == 0 && sdreg_registry_is_complete(r));
}

/* ---- the image gives the same ---- */

static void same_list(const char *nth(const struct sdreg_entry *, size_t),
	const struct sdreg_entry *a, const struct sdreg_entry *b)
{
	const char *text;
	size_t i = 0;
	for (; (text = nth(a, i)) != NULL; i++)
		require(nth(b, i) != NULL && strcmp(text, nth(b, i)) == 0);
	require(nth(b, i) == NULL);
}

static void same_entry(const struct sdreg_entry *a, const struct sdreg_entry *b)
{
	uint16_t port[4] = {0, 0, 0, 0};
	for (size_t i = 0; i < COLUMNS; i++)
		require(strcmp(columns[i](a), columns[i](b)) == 0);
	require(sdreg_entry_port(a, &port[0], &port[1]) == sdreg_entry_port(b, &port[2], &port[3]));
	require(port[0] == port[2] && port[1] == port[3]);
	require(sdreg_entry_transport(a) == sdreg_entry_transport(b));
	require(sdreg_entry_txt_kind(a) == sdreg_entry_txt_kind(b));
	same_list(sdreg_entry_txt_key, a, b);
	same_list(sdreg_entry_txt_reference, a, b);
}

static void open_again(const struct sdreg_registry *r)
{
	size_t len;
	size_t len_again;
	const void *const image = sdreg_registry_image(r, &len);
	struct sdreg_registry *const again = sdreg_registry_open_bytes(image, len, "image", NULL);
	require(again != NULL);
	const void *const image_again = sdreg_registry_image(again, &len_again);
	require(len == len_again && memcmp(image, image_again, len) == 0);
	require(sdreg_registry_size(r) == sdreg_registry_size(again));
	for (size_t i = 0; i < sdreg_registry_size(r); i++)
		same_entry(sdreg_registry_entry(r, i), sdreg_registry_entry(again, i));
	sdreg_registry_close(again);
}

/* ---- */

static void count_warning(void *user, const struct sdreg_error *warning)
{
	require(warning->code == SDREG_E_RECORD && warning->line > 0 && warning->text[0] != '\0');
	require(strcmp(warning->file, "input") == 0);
	++*(size_t *)user;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t warnings = 0;
	struct sdreg_error err = {.size = sizeof(err)};
	const struct sdreg_reading reading = {.size = sizeof(reading),
		.warn = count_warning,
		.user = &warnings,
		.name = "input"};
	char *const bytes = block(data, size);
	sdreg_format_detect(bytes, size);
	struct sdreg_registry *const r = sdreg_registry_read_csv(bytes, size, &reading, &err);
	free(bytes); /* not needed afterwards, as the header promises */
	if (r == NULL) {
		require(err.code < 0 && err.text[0] != '\0');
		return 0;
	}
	walk(r);
	open_again(r);
	sdreg_registry_close(r);
	return 0;
}
