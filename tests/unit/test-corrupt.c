/* SPDX-License-Identifier: MIT */

/* Images that were flipped, cut and grown in each of their structures. As long as the checksum is
 * wrong, none opens. With size and checksum made right, none that was cut or grown opens either,
 * from memory or from a file; and what opens with a byte changed, as a letter of a name may be, is
 * read to its end without leaving it. */

#include "table.h"

#include "common/hash.h"
#include "core/image/image.h"

#include <stdlib.h>
#include <unistd.h>

static const struct row rows[] = {
	{"http", "80", "tcp", "World Wide Web", "Defined TXT keys: u, p\nSee https://a.example"},
	{"http", "80", "udp", "World Wide Web", NULL},
	{"x11", "6000-6063", "tcp", NULL, "Defined TXT keys: None"},
	{NULL, "6000", NULL, "Unassigned", NULL},
	{"presence", NULL, NULL, "Who is there", NULL},
};

struct bytes {
	unsigned char *at;
	size_t len;
};

/* An image with something in each section. */
static struct bytes make_image(void)
{
	static const struct sdreg_key_record key = {.size = sizeof(key),
		.name = {"k", 1},
		.meaning = {"m", 1}};
	static const struct sdreg_value_record value = {.size = sizeof(value),
		.text = {"v", 1},
		.meaning = {"w", 1}};
	const struct sdreg_person_record person = {.size = sizeof(person),
		.id = table_text("P"),
		.name = table_text("Q")};
	struct sdreg_builder *const b = sdreg_builder_new();
	struct bytes image;
	assert_non_null(b);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct sdreg_record record = table_record(&rows[i]);
		assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	}
	assert_int_equal(sdreg_builder_add_person(b, &person, NULL), 0);
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_a._tcp _b._udp"), NULL), 0);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(sdreg_builder_add_key(b, &key, NULL), 0);
		assert_int_equal(sdreg_builder_add_value(b, &value, NULL), 0);
	}
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	const void *const built = sdreg_registry_image(r, &image.len);
	image.at = malloc(image.len);
	assert_non_null(image.at);
	memcpy(image.at, built, image.len);
	sdreg_registry_close(r);
	return image;
}

static void make_right(struct bytes image)
{
	put_le32(image.at + HEADER_SIZE, (uint32_t)image.len);
	put_le64(image.at + HEADER_SUM,
		hash_image(image.at + HEADER_SUM + 8, image.len - HEADER_SUM - 8));
}

/* Opens a copy, of just its size: the library makes it. */
static struct sdreg_registry *open_copy(struct bytes image, struct sdreg_error *err)
{
	return sdreg_registry_open_bytes(image.at, image.len, "copy", err);
}

static struct sdreg_registry *open_file(struct bytes image, struct sdreg_error *err)
{
	char path[] = "/tmp/sdreg-corrupt-XXXXXX";
	const int fd = mkstemp(path);
	assert_true(fd >= 0 && write(fd, image.at, image.len) == (ssize_t)image.len);
	close(fd);
	struct sdreg_registry *const r = sdreg_registry_open(path, err);
	unlink(path);
	return r;
}

static void refuse(const char *what, size_t where, struct bytes image)
{
	for (int file = 0; file < 2; file++) {
		struct sdreg_error err = {.size = sizeof(err)};
		struct sdreg_registry *const r = file ? open_file(image, &err)
						      : open_copy(image, &err);
		if (r != NULL || err.code != SDREG_E_FORMAT || err.text[0] == '\0')
			fail_msg("%s at %zu: %s (%d)", what, where, r != NULL ? "opened" : err.text,
				err.code);
	}
}

/* ---- what opens is read to its end ---- */

static int swallow(void *user, const char *bytes, size_t len)
{
	size_t *const sum = user;
	for (size_t i = 0; i < len; i++)
		*sum += (unsigned char)bytes[i];
	return 0;
}

static void read_all(const struct sdreg_registry *r)
{
	static const struct sdreg_query query = {.size = sizeof(query), .words = TEXT("http 80")};
	size_t sum = 0;
	struct sdreg_type type;
	const struct sdreg_sink sink = {sizeof(sink), swallow, &sum};
	sdreg_export_csv(r, &sink, NULL);
	sdreg_export_xml(r, &sink, NULL);
	sdreg_results_free(sdreg_search(r, &query, NULL));
	for (unsigned port = 0; port <= UINT16_MAX; port += 251)
		for (const struct sdreg_entry *e = NULL;
			(e = sdreg_find_port(r, (uint16_t)port, SDREG_TRANSPORT_ANY, e)) != NULL;)
			sum += strlen(sdreg_entry_name(e));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].name != NULL)
			sdreg_find_name(r, rows[i].name, strlen(rows[i].name), NULL);
	assert_int_equal(sdreg_type_parse("_a._tcp", 7, &type, NULL), 0);
	for (const struct sdreg_key *k = NULL; (k = sdreg_type_key(r, &type, k)) != NULL;)
		sum += strlen(sdreg_key_name(k)) + strlen(sdreg_key_meaning(k));
	assert_true(sum > 0);
}

/* ---- flipped ---- */

static void test_flipped(void **state)
{
	const struct bytes image = make_image();
	(void)state;
	for (size_t i = 0; i < image.len; i++) {
		struct sdreg_error err = {.size = sizeof(err)};
		image.at[i] ^= (unsigned char)(1U << i % 8);
		if (open_copy(image, &err) != NULL)
			fail_msg("byte %zu: opened", i);
		assert_true(err.code == SDREG_E_FORMAT && err.text[0] != '\0');
		image.at[i] ^= (unsigned char)(1U << i % 8);
	}
	free(image.at);
}

static void test_flipped_and_right(void **state)
{
	static const unsigned char others[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
	const struct bytes image = make_image();
	size_t opened = 0;
	(void)state;
	for (size_t i = HEADER_SUM + 8; i < image.len; i++) {
		const unsigned char byte = image.at[i];
		for (size_t k = 0; k < sizeof(others); k++) {
			struct sdreg_error err = {.size = sizeof(err)};
			image.at[i] = others[k];
			make_right(image);
			struct sdreg_registry *const r = open_copy(image, &err);
			if (r != NULL)
				read_all(r);
			opened += r != NULL;
			assert_true((r != NULL) == (err.code == 0));
			sdreg_registry_close(r);
		}
		image.at[i] = byte;
	}
	assert_true(opened > 0 && opened < image.len * sizeof(others));
	free(image.at);
}

/* ---- cut ---- */

static void test_cut(void **state)
{
	const struct bytes image = make_image();
	(void)state;
	for (size_t len = 0; len < image.len; len++)
		refuse("cut", len, (struct bytes){image.at, len});
	for (size_t len = HEADER_SUM + 8; len < image.len; len++) {
		const struct bytes shorter = {malloc(len), len};
		memcpy(shorter.at, image.at, len);
		make_right(shorter);
		refuse("cut, and made right,", len, shorter);
		free(shorter.at);
	}
	free(image.at);
}

/* ---- each section, shorter or longer by a record or by some bytes ---- */

static const struct section {
	const char *what;
	int at; /* the header's field that says where it begins, or 0 for the strings */
	size_t record;
} sections[] = {
	{"strings", 0, 4},
	{"entries", HEADER_ENTRIES_AT, IMAGE_ENTRY_SIZE},
	{"people", HEADER_PEOPLE_AT, IMAGE_PERSON_SIZE},
	{"slots", HEADER_SLOTS_AT, IMAGE_SLOT_SIZE},
	{"ports", HEADER_PORTS_AT, IMAGE_PORTS_SIZE},
	{"lists", HEADER_LISTS_AT, 4},
	{"subjects", HEADER_SUBJECTS_AT, IMAGE_SUBJECT_SIZE},
	{"keys", HEADER_KEYS_AT, IMAGE_KEY_SIZE},
	{"values", HEADER_VALUES_AT, IMAGE_VALUE_SIZE},
	{"txt", HEADER_TXT_AT, IMAGE_TXT_SIZE},
};

enum { SECTIONS = sizeof(sections) / sizeof(sections[0]) };

static size_t begin(struct bytes image, size_t nth)
{
	if (nth == SECTIONS)
		return image.len;
	return sections[nth].at == 0 ? IMAGE_HEADER_SIZE : le32(image.at + sections[nth].at);
}

/* The image without len bytes at a place, or with as many more of them, and all sections behind it
 * said to be where they are, or not. */
static struct bytes changed(struct bytes image, size_t at, long more, int follow)
{
	const struct bytes other = {malloc(image.len + (more > 0 ? (size_t)more : 0)),
		(size_t)((long)image.len + more)};
	const size_t skip = more < 0 ? (size_t)-more : 0;
	const size_t room = more > 0 ? (size_t)more : 0;
	assert_non_null(other.at);
	memcpy(other.at, image.at, at);
	memset(other.at + at, 0, room);
	memcpy(other.at + at + room, image.at + at + skip, image.len - at - skip);
	for (size_t i = 1; follow && i < SECTIONS; i++)
		if (begin(image, i) >= at + skip)
			put_le32(other.at + sections[i].at,
				(uint32_t)((long)begin(image, i) + more));
	make_right(other);
	return other;
}

static void change_section(struct bytes image, size_t nth, long more)
{
	const struct section *const s = &sections[nth];
	const size_t end = begin(image, nth + 1);
	const size_t at = more < 0 ? end - (size_t)-more : end;
	assert_true(more > 0 || at >= begin(image, nth));
	for (int follow = 0; follow < 2; follow++) {
		const struct bytes other = changed(image, at, more, follow);
		refuse(s->what, (size_t)(more + 1000), other); /* 996 is four less */
		free(other.at);
	}
}

static void test_sections(void **state)
{
	const struct bytes image = make_image();
	(void)state;
	for (size_t nth = 0; nth < SECTIONS; nth++) {
		const long record = (long)sections[nth].record;
		if (sections[nth].at != 0) { /* strings may have some that nobody uses */
			change_section(image, nth, record);
			change_section(image, nth, 4 * record);
			change_section(image, nth, -4);
		}
		change_section(image, nth, 1);
		change_section(image, nth, -1);
		change_section(image, nth, -record);
	}
	free(image.at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_flipped),
		cmocka_unit_test(test_flipped_and_right),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_sections),
	};
	return cmocka_run_group_tests_name("corrupt", tests, NULL, NULL);
}
