/* SPDX-License-Identifier: MIT */

/* Fuzzes the reader of supplements: every key that it made must be found by its type and its name,
 * what is said of a value must fit, and the supplement behind itself must answer alike. */

#include "fuzz.h"
#include "memory-file.h"

#include "common/utf8.h"
#include "core/image/image.h"

#include <sdreg/builder.h>
#include <sdreg/error.h>
#include <sdreg/key.h>
#include <sdreg/type.h>
#include <sdreg/xml.h>

enum {
	WORDS_SIZE = 300,
	VALUE_MAX = 64,
	LOOKUPS_MAX = 3000, /* a key costs as many as there are keys before it */
};

/* What an input is, and how much is still done for it. */
struct input {
	const uint8_t *data;
	size_t size;
	size_t step;
	size_t left;
};

static void check_warning(void *user, const struct sdreg_error *warning)
{
	(void)user;
	require(warning->code == SDREG_E_RECORD && warning->line > 0 && warning->text[0] != '\0');
	require(strcmp(warning->file, "input") == 0);
}

/* ---- values ---- */

static size_t explain(const struct sdreg_registry *r, const struct sdreg_key *key,
	const char *value, size_t len, size_t size, char *words)
{
	char *const at = block(value, len);
	char *const buf = block(NULL, size);
	const size_t n = sdreg_key_explain(r, key, at, len, buf, size);
	require(size == 0 ? n == 0 : n < size && strlen(buf) == n && utf8_valid(buf, n) == n);
	if (size > 0)
		memcpy(words, buf, n + 1);
	free(at);
	free(buf);
	return n;
}

/* Both registries explain a value alike, and in less room the beginning of it. */
static void explain_alike(const struct sdreg_registry *const r[2],
	const struct sdreg_key *const key[2], const char *value, size_t len, size_t room)
{
	char words[2][WORDS_SIZE];
	const size_t n = explain(r[0], key[0], value, len, WORDS_SIZE, words[0]);
	require(explain(r[1], key[1], value, len, WORDS_SIZE, words[1]) == n);
	require(memcmp(words[0], words[1], n + 1) == 0);
	const size_t fewer = explain(r[0], key[0], value, len, room, words[1]);
	require(fewer <= n && memcmp(words[0], words[1], fewer) == 0);
	require(room <= n || fewer == n);
}

/* What is somewhere in the input: a value, or a text that is much like it. */
static void explain_some(struct input *in, const struct sdreg_registry *const r[2],
	const struct sdreg_key *const key[2])
{
	in->step = in->step * 1103515245 + 12345;
	const size_t from = in->size > 0 ? in->step / 8 % in->size : 0;
	const size_t left = in->size - from;
	const size_t len = in->step / 4096 % VALUE_MAX;
	const size_t room = in->step / 65536 % 40;
	explain_alike(r, key, (const char *)in->data + from, len < left ? len : left, room);
}

static void walk_values(struct input *in, const struct sdreg_registry *const r[2],
	const struct sdreg_key *const key[2])
{
	const struct sdreg_key_value *a;
	size_t n = 0;
	for (; n < 100 && (a = sdreg_key_value(r[0], key[0], n)) != NULL; n++) {
		const struct sdreg_key_value *const b = sdreg_key_value(r[1], key[1], n);
		const char *const text = sdreg_key_value_text(a);
		const char *const meaning = sdreg_key_value_meaning(a);
		require(b != NULL && strcmp(text, sdreg_key_value_text(b)) == 0);
		require(strcmp(meaning, sdreg_key_value_meaning(b)) == 0 && meaning[0] != '\0');
		require(sdreg_key_value_bit(a) == sdreg_key_value_bit(b));
		require(sdreg_key_value_bit(a) < 64);
		explain_alike(r, key, text, strlen(text), n);
	}
	if (n < 100)
		require(sdreg_key_value(r[1], key[1], n) == NULL);
	explain_some(in, r, key);
	explain_alike(r, key, "0xffffffff,0xffffffff", 21, 20);
}

/* ---- keys ---- */

static void same_key(const struct sdreg_key *a, const struct sdreg_key *b)
{
	require(a != NULL && b != NULL);
	require(strcmp(sdreg_key_name(a), sdreg_key_name(b)) == 0);
	require(strcmp(sdreg_key_meaning(a), sdreg_key_meaning(b)) == 0);
	require(strcmp(sdreg_key_source(a), sdreg_key_source(b)) == 0);
	require(sdreg_key_need(a) == sdreg_key_need(b) && sdreg_key_form(a) == sdreg_key_form(b));
}

/* The keys of a type: those of the supplement behind itself are the same, and then the same again.
 */
static void walk_keys(struct input *in, const struct sdreg_registry *const r[2],
	const struct sdreg_type *type)
{
	const struct sdreg_key *key[2] = {sdreg_type_key(r[0], type, NULL),
		sdreg_type_key(r[1], type, NULL)};
	for (; key[0] != NULL && in->left > 0; in->left--) {
		const char *const name = sdreg_key_name(key[0]);
		const size_t len = strlen(name);
		const struct sdreg_key *const found = sdreg_find_key(r[0], type, name, len);
		require(name[0] != '\0' && sdreg_key_meaning(key[0])[0] != '\0');
		same_key(key[0], key[1]);
		same_key(found, sdreg_find_key(r[1], type, name, len));
		walk_values(in, r, key);
		key[0] = sdreg_type_key(r[0], type, key[0]);
		key[1] = sdreg_type_key(r[1], type, key[1]);
	}
	if (key[0] == NULL)
		same_key(key[1], sdreg_type_key(r[0], type, NULL));
}

/* Every type that the supplement explains keys of, as its image names it. */
static void walk_subjects(struct input *in, const struct sdreg_registry *const r[2])
{
	for (size_t i = 0; i < r[0]->subjects_count && in->left > 0; i++) {
		const unsigned char *const subject = r[0]->subjects + IMAGE_SUBJECT_SIZE * i;
		const char *const text = image_string(subject, SUBJECT_TYPE);
		struct sdreg_type type;
		require(sdreg_type_parse(text, strlen(text), &type, NULL) == SDREG_OK);
		require(le32(subject + SUBJECT_COUNT) > 0 &&
			sdreg_type_key(r[0], &type, NULL) != NULL);
		walk_keys(in, r, &type);
	}
}

/* ---- types ---- */

static void same_entry(const struct sdreg_entry *a, const struct sdreg_entry *b)
{
	uint16_t port[4] = {0, 0, 0, 0};
	require(strcmp(sdreg_entry_name(a), sdreg_entry_name(b)) == 0);
	require(strcmp(sdreg_entry_description(a), sdreg_entry_description(b)) == 0);
	require(strcmp(sdreg_entry_assignee(a), sdreg_entry_assignee(b)) == 0);
	require(strcmp(sdreg_entry_reference(a), sdreg_entry_reference(b)) == 0);
	require(strcmp(sdreg_entry_unauthorized_use(a), sdreg_entry_unauthorized_use(b)) == 0);
	require(strcmp(sdreg_entry_notes(a), sdreg_entry_notes(b)) == 0);
	require(sdreg_entry_port(a, &port[0], &port[1]) == sdreg_entry_port(b, &port[2], &port[3]));
	require(port[0] == port[2] && port[1] == port[3]);
	require(sdreg_entry_transport(a) == sdreg_entry_transport(b));
	require(sdreg_entry_txt_kind(a) == sdreg_entry_txt_kind(b));
}

/* The first entry that each finds, by name, port and type, has one place in both. */
static void find_alike(const struct sdreg_registry *const r[2], const struct sdreg_entry *e)
{
	struct sdreg_type type;
	uint16_t port;
	size_t index[2];
	const char *const name = sdreg_entry_name(e);
	for (size_t i = 0; i < 2 && name[0] != '\0'; i++)
		index[i] = sdreg_entry_index(r[i], sdreg_find_name(r[i], name, strlen(name), NULL));
	require(name[0] == '\0' || index[0] == index[1]);
	for (size_t i = 0; i < 2 && sdreg_entry_port(e, &port, NULL); i++)
		index[i] = sdreg_entry_index(r[i],
			sdreg_find_port(r[i], port, sdreg_entry_transport(e), NULL));
	require(!sdreg_entry_port(e, &port, NULL) || index[0] == index[1]);
	for (unsigned nth = 0; sdreg_entry_type(e, nth, &type); nth++) {
		for (size_t i = 0; i < 2; i++)
			index[i] = sdreg_entry_index(r[i], sdreg_find_type(r[i], &type, NULL));
		require(index[0] == index[1]);
	}
}

static void walk_types(const struct sdreg_registry *const r[2])
{
	const size_t size = sdreg_registry_size(r[0]);
	for (size_t i = 0; i < 2 * size; i++) {
		const struct sdreg_entry *const e = sdreg_registry_entry(r[0], i % size);
		const struct sdreg_entry *const again = sdreg_registry_entry(r[1], i);
		require(again != NULL);
		same_entry(e, again);
		find_alike(r, e);
	}
	require(sdreg_registry_entry(r[1], 2 * size) == NULL);
}

static struct sdreg_registry *copy_of(const struct sdreg_registry *r)
{
	size_t len;
	const void *const image = sdreg_registry_image(r, &len);
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_registry *const copy = sdreg_registry_open_bytes(image, len, NULL, &err);
	require(copy != NULL && err.code == 0);
	return copy;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sdreg_error err = {.size = sizeof(err)};
	struct input in = {data, size, size, LOOKUPS_MAX};
	const struct sdreg_reading reading = {.size = sizeof(reading),
		.warn = check_warning,
		.name = "input"};
	struct sdreg_registry *const r =
		sdreg_xml_read(memory_file(data, size), SDREG_XML_KIND_SUPPLEMENT, &reading, &err);
	if (r == NULL) {
		require(err.code < 0 && err.text[0] != '\0' && strcmp(err.file, "input") == 0);
		return 0;
	}
	struct sdreg_registry *const twice = copy_of(r);
	require(sdreg_supplement_add(twice, copy_of(r), &err) == 0);
	const struct sdreg_registry *const both[2] = {r, twice};
	walk_types(both);
	walk_subjects(&in, both);
	sdreg_registry_close(twice);
	sdreg_registry_close(r);
	return 0;
}
