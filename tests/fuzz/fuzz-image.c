/* SPDX-License-Identifier: MIT */

/* Fuzzes the opening of images, as they are, and with size and checksum made right so that the rest
 * of the checks is reached. Whatever opens, no reader may leave it. */

#include "fuzz.h"

#include "common/hash.h"
#include "core/image/image.h"

#include <sdreg/error.h>
#include <sdreg/export.h>
#include <sdreg/key.h>
#include <sdreg/type.h>

enum {
	PORT_STEP = 127, /* no divisor of 256, so that all low bytes come */
	KEYS = 200, /* that are looked at: forged subjects may all have all of them */
	KEY_VALUES = 50,
	EXPORTED = 8 << 20, /* bytes: forged entries may all have all strings */
};

static size_t total; /* lengths of all texts, so that they are read */

static void read_text(const char *text)
{
	require(text != NULL);
	total += strlen(text);
}

/* ---- an entry ---- */

static void walk_columns(const struct sdreg_entry *e)
{
	read_text(sdreg_entry_name(e));
	read_text(sdreg_entry_description(e));
	read_text(sdreg_entry_assignee(e));
	read_text(sdreg_entry_contact(e));
	read_text(sdreg_entry_registered(e));
	read_text(sdreg_entry_modified(e));
	read_text(sdreg_entry_reference(e));
	read_text(sdreg_entry_service_code(e));
	read_text(sdreg_entry_unauthorized_use(e));
	read_text(sdreg_entry_notes(e));
}

static void walk_txt(const struct sdreg_entry *e)
{
	const char *text;
	read_text(sdreg_txt_kind_text(sdreg_entry_txt_kind(e)));
	for (size_t i = 0; (text = sdreg_entry_txt_key(e, i)) != NULL; i++)
		read_text(text);
	for (size_t i = 0; (text = sdreg_entry_txt_reference(e, i)) != NULL; i++)
		read_text(text);
}

static void walk_name(const struct sdreg_registry *r, const char *name)
{
	const struct sdreg_entry *e = NULL;
	while ((e = sdreg_find_name(r, name, strlen(name), e)) != NULL)
		read_text(sdreg_entry_name(e));
}

static void walk_port(const struct sdreg_registry *r, uint16_t port, enum sdreg_transport transport)
{
	const struct sdreg_entry *e = NULL;
	while ((e = sdreg_find_port(r, port, transport, e)) != NULL)
		read_text(sdreg_entry_name(e));
}

static void walk_types(const struct sdreg_registry *r, const struct sdreg_entry *e)
{
	const struct sdreg_entry *found = NULL;
	struct sdreg_type type;
	for (unsigned i = 0; sdreg_entry_type(e, i, &type); i++) {
		char text[SDREG_NAME_SIZE];
		require(i < 2);
		require(sdreg_type_format(&type, SDREG_TYPE_PART_ALL, text, sizeof(text)) > 0);
		while ((found = sdreg_find_type(r, &type, found)) != NULL)
			read_text(sdreg_entry_name(found));
	}
}

static void walk_people(const struct sdreg_registry *r, const char *column)
{
	const char *id;
	size_t len;
	while ((id = sdreg_bracketed(&column, &len)) != NULL) {
		const struct sdreg_person *const p = sdreg_find_person(r, id, len);
		if (p == NULL)
			continue;
		read_text(sdreg_person_id(p));
		read_text(sdreg_person_name(p));
		read_text(sdreg_person_organization(p));
		read_text(sdreg_person_uris(p));
		read_text(sdreg_person_updated(p));
	}
}

static void walk_entry(const struct sdreg_registry *r, const struct sdreg_entry *e)
{
	uint16_t first = 0;
	uint16_t last = 0;
	walk_columns(e);
	walk_txt(e);
	walk_types(r, e);
	walk_people(r, sdreg_entry_assignee(e));
	walk_people(r, sdreg_entry_contact(e));
	walk_name(r, sdreg_entry_name(e));
	read_text(sdreg_transport_text(sdreg_entry_transport(e)));
	if (!sdreg_entry_port(e, &first, &last))
		return;
	walk_port(r, first, sdreg_entry_transport(e));
	walk_port(r, last, SDREG_TRANSPORT_ANY);
}

/* ---- TXT keys ---- */

static void explain(const struct sdreg_registry *r, const struct sdreg_key *key, const char *value)
{
	char words[80];
	const size_t len = sdreg_key_explain(r, key, value, strlen(value), words, sizeof(words));
	require(len < sizeof(words) && strlen(words) == len);
}

static void walk_key(const struct sdreg_registry *r, const struct sdreg_key *key)
{
	const struct sdreg_key_value *value;
	read_text(sdreg_key_meaning(key));
	read_text(sdreg_key_source(key));
	read_text(sdreg_key_need_text(sdreg_key_need(key)));
	read_text(sdreg_key_form_text(sdreg_key_form(key)));
	for (size_t i = 0; i < KEY_VALUES && (value = sdreg_key_value(r, key, i)) != NULL; i++) {
		read_text(sdreg_key_value_text(value));
		read_text(sdreg_key_value_meaning(value));
		explain(r, key, sdreg_key_value_text(value));
	}
	explain(r, key, "");
	explain(r, key, "0x5,4294967295");
	explain(r, key, "a,b,,c");
}

static void walk_keys(const struct sdreg_registry *r)
{
	size_t left = KEYS;
	for (size_t i = 0; i < r->subjects_count && left > 0; i++) {
		struct sdreg_type type;
		const unsigned char *const subject = r->subjects + IMAGE_SUBJECT_SIZE * i;
		const char *const text = image_string(subject, SUBJECT_TYPE);
		if (sdreg_type_parse(text, strlen(text), &type, NULL) < 0)
			continue;
		sdreg_find_key(r, &type, "no such key", 11);
		for (const struct sdreg_key *k = sdreg_type_key(r, &type, NULL);
			k != NULL && left > 0; k = sdreg_type_key(r, &type, k), left--) {
			const char *const name = sdreg_key_name(k);
			require(sdreg_find_key(r, &type, name, strlen(name)) != NULL);
			walk_key(r, k);
		}
	}
}

/* ---- exports ---- */

/* Reads what comes out, so that what was never written is seen. */
static int count(void *user, const char *bytes, size_t len)
{
	size_t *const left = user;
	for (size_t i = 0; i < len; i++)
		total += (unsigned char)bytes[i];
	*left -= len < *left ? len : *left;
	return *left > 0 ? 0 : -1;
}

static void export(const struct sdreg_registry *r)
{
	size_t left = EXPORTED;
	const struct sdreg_sink sink = {sizeof(sink), count, &left};
	const int csv = sdreg_export_csv(r, &sink, NULL);
	require(csv == (left > 0 ? SDREG_OK : SDREG_E_IO));
	left = EXPORTED;
	const int xml = sdreg_export_xml(r, &sink, NULL);
	require(xml == (left > 0 ? SDREG_OK : SDREG_E_IO));
}

/* ---- a registry ---- */

static void walk(const struct sdreg_registry *r)
{
	const struct sdreg_entry *e;
	size_t index = 0;
	for (size_t i = 0; (e = sdreg_registry_entry(r, i)) != NULL; i++) {
		require(sdreg_entry_index(r, e) == index++);
		walk_entry(r, e);
	}
	require(index == sdreg_registry_size(r));
	for (unsigned port = 0; port <= UINT16_MAX; port += PORT_STEP)
		walk_port(r, (uint16_t)port, SDREG_TRANSPORT_ANY);
	walk_name(r, "no such name");
	read_text(sdreg_registry_title(r));
	read_text(sdreg_registry_updated(r));
	walk_people(r, "[][a][zzz]");
	walk_keys(r);
	export(r);
	sdreg_registry_people(r);
	sdreg_registry_is_complete(r);
}

static void make_right(unsigned char *image, size_t size)
{
	put_le32(image + HEADER_SIZE, (uint32_t)size);
	put_le64(image + HEADER_SUM, hash_image(image + HEADER_SUM + 8, size - HEADER_SUM - 8));
}

static void open_image(const uint8_t *data, size_t size, int right)
{
	struct sdreg_error err = {.size = sizeof(err)};
	unsigned char *const image = block(data, size);
	if (right)
		make_right(image, size);
	struct sdreg_registry *const r = sdreg_registry_open_bytes(image, size, "input", &err);
	free(image);
	if (r == NULL)
		require(err.code < 0 && err.text[0] != '\0');
	else
		walk(r);
	sdreg_registry_close(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	sdreg_format_detect(data, size);
	open_image(data, size, 0);
	if (size >= IMAGE_HEADER_SIZE)
		open_image(data, size, 1);
	return 0;
}
