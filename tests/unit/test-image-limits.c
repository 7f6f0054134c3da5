/* SPDX-License-Identifier: MIT */

/* Images with one number changed and the checksum made right: the last value that opens, and the
 * first that does not, and where it is said to be wrong. */

#include "table.h"

#include "common/hash.h"
#include "core/image/layout.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static const struct row rows[] = {
	{"http", "80", "tcp", "World Wide Web", "Defined TXT keys: u, p\nSee https://a.example"},
	{"http", "80", "dccp", "World Wide Web", "Defined TXT keys: None"},
	{"x11", "6000-6063", "tcp", NULL, NULL},
	{"last", "6063", "tcp", NULL, "Defined TXT keys: None"},
};

/* Behind an image there are zeros, which are no part of it. */
enum { BEHIND = 256 };

static unsigned char *finish(struct sdreg_builder *b, size_t *len)
{
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	assert_non_null(r);
	const void *const image = sdreg_registry_image(r, len);
	unsigned char *const copy = calloc(1, *len + BEHIND);
	assert_non_null(copy);
	memcpy(copy, image, *len);
	sdreg_registry_close(r);
	return copy;
}

/* An image with something in each section. */
static unsigned char *make_image(size_t *len)
{
	static const struct sdreg_key_record key = {.size = sizeof(key),
		.name = {"k", 1},
		.meaning = {"m", 1}};
	static const struct sdreg_value_record value = {.size = sizeof(value),
		.text = {"v", 1},
		.meaning = {"w", 1}};
	const struct sdreg_person_record people[] = {
		{.size = sizeof(struct sdreg_person_record),
			.id = table_text("P"),
			.name = table_text("Q")},
		{.size = sizeof(struct sdreg_person_record),
			.id = table_text("R"),
			.name = table_text("S")},
	};
	struct sdreg_builder *const b = sdreg_builder_new();
	assert_non_null(b);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct sdreg_record record = table_record(&rows[i]);
		assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	}
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(sdreg_builder_add_person(b, &people[i], NULL), 0);
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_a._tcp"), NULL), 0);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(sdreg_builder_add_key(b, &key, NULL), 0);
		assert_int_equal(sdreg_builder_add_value(b, &value, NULL), 0);
	}
	return finish(b, len);
}

/* Opens an image, its checksum made right, and frees it. Gives what is said of it. */
static const char *open_right(unsigned char *image, size_t len)
{
	static struct sdreg_error err;
	err.size = sizeof(err);
	put_le64(image + HEADER_SUM, hash_image(image + HEADER_SUM + 8, len - HEADER_SUM - 8));
	struct sdreg_registry *const r = sdreg_registry_open_bytes(image, len, "in.image", &err);
	free(image);
	if (r == NULL)
		return err.text;
	assert_string_equal(err.file, "");
	sdreg_registry_close(r);
	return "opens";
}

static void expect(const char *what, unsigned char *image, size_t len, const char *part)
{
	char wanted[100];
	snprintf(wanted, sizeof(wanted),
		part == NULL ? "opens"
			     : "the image is damaged (%s); make it again from IANA's XML or CSV",
		part);
	const char *const said = open_right(image, len);
	if (strcmp(said, wanted) != 0)
		fail_msg("%s: %s, and not %s", what, said, wanted);
}

/* What a number is counted from. */
enum {
	ALONE = -1,
	FROM_END = -2, /* the image's size */
	TO_HERE = -3, /* the record's own place, for what is a distance back from it */
	/* or a field of the header */
};

static const struct change {
	const char *what;
	int section; /* the header's field that says where it begins; ALONE: in the header */
	int at; /* from there */
	unsigned bytes; /* of the number */
	int from;
	long value; /* of the first record, or the header */
	const char *part; /* NULL: it opens */
} changes[] = {
	{"the first title", ALONE, HEADER_TITLE, 4, ALONE, IMAGE_HEADER_SIZE, NULL},
	{"a title in the header", ALONE, HEADER_TITLE, 4, ALONE, IMAGE_HEADER_SIZE - 1, "strings"},
	{"the last title", ALONE, HEADER_TITLE, 4, HEADER_ENTRIES_AT, -1, NULL},
	{"a title in the entries", ALONE, HEADER_TITLE, 4, HEADER_ENTRIES_AT, 0, "strings"},
	{"a date in the entries", ALONE, HEADER_UPDATED, 4, HEADER_ENTRIES_AT, 0, "strings"},
	{"a frame in the entries", ALONE, HEADER_FRAME, 4, HEADER_ENTRIES_AT, 0, "strings"},
	{"the first string", HEADER_ENTRIES_AT, ENTRY_NAME, 4, TO_HERE, -IMAGE_HEADER_SIZE, NULL},
	{"a string in the header", HEADER_ENTRIES_AT, ENTRY_NAME, 4, TO_HERE, 1 - IMAGE_HEADER_SIZE,
		"entries"},
	{"the last string", HEADER_ENTRIES_AT, ENTRY_MARKUP, 4, ALONE, 1, NULL},
	{"a string in the entries", HEADER_ENTRIES_AT, ENTRY_MARKUP, 4, ALONE, 0, "entries"},
	{"the last transport", HEADER_ENTRIES_AT, ENTRY_TRANSPORT, 1, ALONE, SDREG_TRANSPORT_DCCP,
		NULL},
	{"one transport more", HEADER_ENTRIES_AT, ENTRY_TRANSPORT, 1, ALONE,
		SDREG_TRANSPORT_DCCP + 1, "entries"},
	{"the last of a range", HEADER_ENTRIES_AT, ENTRY_PORT_FIRST, 2, ALONE, 80, NULL},
	{"a range that descends", HEADER_ENTRIES_AT, ENTRY_PORT_FIRST, 2, ALONE, 81, "entries"},
	{"the first port", HEADER_ENTRIES_AT, ENTRY_PORT_FIRST, 2, ALONE, 0, NULL},
	{"no TXT record", HEADER_ENTRIES_AT, ENTRY_TXT, 4, ALONE, 0, NULL},
	{"TXT at an odd place", HEADER_ENTRIES_AT, ENTRY_TXT, 4, ALONE, 1, "entries"},
	{"the first kind", HEADER_TXT_AT, 0, 4, ALONE, SDREG_TXT_KIND_NONE, NULL},
	{"no kind", HEADER_TXT_AT, 0, 4, ALONE, SDREG_TXT_KIND_NONE - 1, "entries"},
	{"the last kind", HEADER_TXT_AT, 0, 4, ALONE, SDREG_TXT_KIND_PROSE, NULL},
	{"a kind more", HEADER_TXT_AT, 0, 4, ALONE, SDREG_TXT_KIND_PROSE + 1, "entries"},
	{"the first id", HEADER_PEOPLE_AT, PERSON_ID, 4, TO_HERE, -IMAGE_HEADER_SIZE, NULL},
	{"an id in the header", HEADER_PEOPLE_AT, PERSON_ID, 4, TO_HERE, 1 - IMAGE_HEADER_SIZE,
		"people"},
	{"markup in the header", HEADER_PEOPLE_AT, IMAGE_PERSON_SIZE + PERSON_MARKUP, 4, ALONE,
		1 << 20, "people"},
	{"the second person is no string", HEADER_PEOPLE_AT, IMAGE_PERSON_SIZE + PERSON_POSITION, 4,
		ALONE, 1 << 30, NULL},
	{"one key of two", HEADER_SUBJECTS_AT, SUBJECT_COUNT, 4, ALONE, 1, NULL},
	{"a key more", HEADER_SUBJECTS_AT, SUBJECT_COUNT, 4, ALONE, 3, "keys"},
	{"no keys", HEADER_SUBJECTS_AT, SUBJECT_COUNT, 4, ALONE, 0, "keys"},
	{"from the second key on two", HEADER_SUBJECTS_AT, SUBJECT_FIRST, 4, ALONE, 1, "keys"},
	{"keys that wrap", HEADER_SUBJECTS_AT, SUBJECT_FIRST, 4, ALONE, 0xffffffff, "keys"},
	{"no value", HEADER_KEYS_AT, KEY_COUNT, 2, ALONE, 0, NULL},
	{"both values", HEADER_KEYS_AT, KEY_COUNT, 2, ALONE, 2, NULL},
	{"three values of two", HEADER_KEYS_AT, KEY_COUNT, 2, ALONE, 3, "keys"},
	{"a value that is the last", HEADER_KEYS_AT, KEY_FIRST, 4, ALONE, 1, NULL},
	{"a value past the last", HEADER_KEYS_AT, KEY_FIRST, 4, ALONE, 2, "keys"},
	{"no value past the last", HEADER_KEYS_AT, IMAGE_KEY_SIZE + KEY_FIRST, 8, ALONE, 2, NULL},
	{"no value behind that", HEADER_KEYS_AT, IMAGE_KEY_SIZE + KEY_FIRST, 8, ALONE, 3, "keys"},
	{"the last need", HEADER_KEYS_AT, KEY_NEED, 1, ALONE, SDREG_KEY_NEED_FORMER, NULL},
	{"a need more", HEADER_KEYS_AT, KEY_NEED, 1, ALONE, SDREG_KEY_NEED_FORMER + 1, "keys"},
	{"the last form", HEADER_KEYS_AT, KEY_FORM, 1, ALONE, SDREG_KEY_FORM_PATH, NULL},
	{"a form more", HEADER_KEYS_AT, KEY_FORM, 1, ALONE, SDREG_KEY_FORM_PATH + 1, "keys"},
	{"the last that is told", HEADER_KEYS_AT, KEY_TELLS, 1, ALONE, SDREG_KEY_TELLS_PAGE, NULL},
	{"one more", HEADER_KEYS_AT, KEY_TELLS, 1, ALONE, SDREG_KEY_TELLS_PAGE + 1, "keys"},
	{"closed", HEADER_KEYS_AT, KEY_CLOSED, 1, ALONE, 1, NULL},
	{"more than closed", HEADER_KEYS_AT, KEY_CLOSED, 1, ALONE, 2, "keys"},
	{"as many bits as can be", HEADER_VALUES_AT, VALUE_BITS, 1, ALONE, 16, NULL},
	{"a bit too many", HEADER_VALUES_AT, VALUE_BITS, 1, ALONE, 17, "keys"},
	{"known as seen", HEADER_ENTRIES_AT, ENTRY_KNOWN, 1, ALONE, SDREG_KNOWN_SEEN, NULL},
	{"known in another way", HEADER_ENTRIES_AT, ENTRY_KNOWN, 1, ALONE, SDREG_KNOWN_SEEN + 1,
		"entries"},
	{"a key's name in the header", HEADER_KEYS_AT, KEY_NAME, 4, TO_HERE, 1 - IMAGE_HEADER_SIZE,
		"keys"},
	{"a value's text in the header", HEADER_VALUES_AT, VALUE_TEXT, 4, TO_HERE,
		1 - IMAGE_HEADER_SIZE, "keys"},
	{"the last bit", HEADER_VALUES_AT, VALUE_BIT, 1, ALONE, 63, NULL},
	{"a bit more", HEADER_VALUES_AT, VALUE_BIT, 1, ALONE, 64, "keys"},
	{"the last value's bit", HEADER_VALUES_AT, IMAGE_VALUE_SIZE + VALUE_BIT, 1, ALONE, 64,
		"keys"},
	{"the last page", HEADER_PORTS_AT, 4 * 255, 4, HEADER_PAGES, -1, NULL},
	{"a page more", HEADER_PORTS_AT, 4 * 255, 4, HEADER_PAGES, 0, "indices"},
	{"the first port's page", HEADER_PORTS_AT, 0, 4, HEADER_PAGES, 0, "indices"},
	{"a list more", HEADER_PORTS_AT, IMAGE_PORTS_SIZE, 4, HEADER_LISTS, 0, "indices"},
	{"the empty list is not", HEADER_LISTS_AT, 0, 4, ALONE, 1, "indices"},
	{"the last entry", HEADER_LISTS_AT, 12, 4, ALONE, 3, NULL},
	{"an entry more", HEADER_LISTS_AT, 12, 4, ALONE, 4, "indices"},
	{"the same entry", HEADER_LISTS_AT, 12, 4, ALONE, 0, "indices"},
};

static void test_changes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		const struct change *const c = &changes[i];
		size_t len;
		unsigned char *const image = make_image(&len);
		const size_t base = c->section == ALONE ? 0 : le32(image + c->section);
		const size_t at = base + (size_t)c->at;
		long from = 0;
		if (c->from == FROM_END)
			from = (long)len;
		else if (c->from == TO_HERE)
			from = (long)base;
		else if (c->from != ALONE)
			from = (long)le32(image + c->from);
		for (unsigned k = 0; k < c->bytes; k++)
			image[at + k] =
				(unsigned char)((unsigned long)(from + c->value) >> (8 * k));
		expect(c->what, image, len, c->part);
	}
}

/* Each section with a record less or more than its place has room for. */
static void test_sections(void **state)
{
	static const int counts[] = {HEADER_ENTRIES, HEADER_PEOPLE, HEADER_SLOTS, HEADER_PAGES,
		HEADER_LISTS, HEADER_SUBJECTS, HEADER_KEYS, HEADER_VALUES};
	static const int places[] = {HEADER_ENTRIES_AT, HEADER_PEOPLE_AT, HEADER_SLOTS_AT,
		HEADER_PORTS_AT, HEADER_LISTS_AT, HEADER_SUBJECTS_AT, HEADER_KEYS_AT,
		HEADER_VALUES_AT, HEADER_TXT_AT};
	size_t len;
	(void)state;
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		for (int more = -1; more < 2; more++) {
			unsigned char *const image = make_image(&len);
			put_le32(image + counts[i], le32(image + counts[i]) + (uint32_t)more);
			expect("a count", image, len, more == 0 ? NULL : "sections");
		}
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		for (int more = -4; more < 8; more += 4) {
			unsigned char *const image = make_image(&len);
			put_le32(image + places[i], le32(image + places[i]) + (uint32_t)more);
			expect("a place", image, len, more == 0 ? NULL : "sections");
		}
}

/* Sections that descend: between them there is room for more lists than there are bytes. */
static void test_descending(void **state)
{
	static const int places[] = {HEADER_SUBJECTS_AT, HEADER_KEYS_AT, HEADER_VALUES_AT,
		HEADER_TXT_AT};
	const struct row row = {"x", "7", "tcp", NULL, NULL};
	struct sdreg_builder *const b = sdreg_builder_new();
	const struct sdreg_record record = table_record(&row);
	size_t len;
	(void)state;
	assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	unsigned char *const image = finish(b, &len);
	const uint32_t at = le32(image + HEADER_LISTS_AT) - 4;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		put_le32(image + places[i], at);
	put_le32(image + HEADER_LISTS, UINT32_MAX / 4);
	expect("sections that descend", image, len, "sections");
}

/* An image of almost nothing, but an entry or a key there must be. */
static void test_least(void **state)
{
	static const struct sdreg_key_record key = {.size = sizeof(key),
		.name = {"k", 1},
		.meaning = {"m", 1}};
	size_t len;
	(void)state;
	struct sdreg_builder *b = sdreg_builder_new();
	assert_null(sdreg_builder_finish(b, NULL));
	b = sdreg_builder_new();
	assert_int_equal(sdreg_builder_add(b,
				 &(struct sdreg_record){.size = sizeof(struct sdreg_record),
					 .port = {"0", 1}},
				 NULL),
		0);
	unsigned char *image = finish(b, &len);
	assert_int_equal(le32(image + HEADER_ENTRIES), 1);
	assert_int_equal(le32(image + HEADER_SLOTS), 1);
	expect("an entry", image, len, NULL);
	b = sdreg_builder_new();
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_a._tcp"), NULL), 0);
	assert_int_equal(sdreg_builder_add_key(b, &key, NULL), 0);
	image = finish(b, &len);
	assert_int_equal(le32(image + HEADER_KEYS), 1);
	expect("a key", image, len, NULL);
}

/* One TXT record for several entries: together they may name as many words as there are. */
static void test_txt_budget(void **state)
{
	(void)state;
	for (size_t named = 1; named <= 4; named++) {
		const struct row row = {"a", NULL, NULL, NULL, "Defined TXT keys: u, p"};
		const struct sdreg_record record = table_record(&row);
		struct sdreg_builder *const b = sdreg_builder_new();
		size_t len;
		assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
		for (size_t i = 1; i < 4; i++)
			assert_int_equal(
				sdreg_builder_add(b,
					&(struct sdreg_record){.size = sizeof(struct sdreg_record),
						.name = {"a", 1}},
					NULL),
				0);
		unsigned char *const image = finish(b, &len);
		const size_t entries = le32(image + HEADER_ENTRIES_AT);
		assert_int_equal(len - le32(image + HEADER_TXT_AT), 16); /* four words */
		for (size_t i = 1; i < named; i++)
			put_le32(image + entries + IMAGE_ENTRY_SIZE * i + ENTRY_TXT,
				(uint32_t)(len - 16 - entries - IMAGE_ENTRY_SIZE * i));
		expect("a TXT record of several entries", image, len,
			named <= 2 ? NULL : "entries");
	}
}

/* The last TXT record has no words, and ends with the image. */
static void test_last_txt(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		size_t len;
		unsigned char *const image = make_image(&len);
		const size_t entry = le32(image + HEADER_ENTRIES_AT);
		const size_t last = len - IMAGE_TXT_SIZE;
		assert_int_equal(le32(image + last + 4), 0);
		if (i == 0) { /* the first entry's is the last one */
			put_le32(image + entry + ENTRY_TXT, (uint32_t)(last - entry));
			expect("the last TXT record", image, len, NULL);
		} else if (i == 1) { /* half of it would be behind the image */
			put_le16(image + last + 4, SDREG_TXT_KIND_NONE);
			put_le32(image + entry + ENTRY_TXT, (uint32_t)(last + 4 - entry));
			expect("half a TXT record", image, len, "entries");
		} else if (i == 2) {
			put_le32(image + entry + ENTRY_TXT, (uint32_t)(len - entry));
			expect("a TXT record behind the image", image, len, "entries");
		} else {
			put_le16(image + last + 6, 1);
			expect("a TXT record with a word behind the image", image, len, "entries");
		}
	}
}

/* A section of TXT records that ends with half of one. */
static void test_half_txt(void **state)
{
	size_t len;
	unsigned char *const image = make_image(&len);
	(void)state;
	put_le32(image + len, SDREG_TXT_KIND_NONE);
	put_le32(image + HEADER_SIZE, (uint32_t)len + 4);
	expect("half a TXT record", image, len + 4, "entries");
}

/* Lists that are named often, for as many words as four times all there are. */
static void test_list_budget(void **state)
{
	enum { ENTRIES = 100 };
	(void)state;
	for (size_t often = 1; often < 6; often++) {
		struct sdreg_builder *const b = sdreg_builder_new();
		size_t len;
		for (size_t i = 0; i < ENTRIES; i++)
			assert_int_equal(
				sdreg_builder_add(b,
					&(struct sdreg_record){.size = sizeof(struct sdreg_record),
						.name = {"a", 1}},
					NULL),
				0);
		unsigned char *const image = finish(b, &len);
		unsigned char *const page =
			image + le32(image + HEADER_PORTS_AT) + IMAGE_PORTS_SIZE;
		/* an empty list, then one of 100 entries */
		assert_int_equal(le32(image + HEADER_LISTS), ENTRIES + 2);
		for (size_t i = 1; i < often; i++)
			put_le32(page + 8 * i, 1);
		/* 4 * 102 words are 4 of these lists, and 8 words */
		expect("a list of several ports", image, len, often <= 4 ? NULL : "indices");
	}
}

/* What is too short for a header, or for ports, says so. */
static void test_short(void **state)
{
	static const struct {
		size_t len;
		const char *says;
	} lengths[] = {
		{IMAGE_HEADER_SIZE - 1, "this is no sdreg image"},
		{IMAGE_HEADER_SIZE, "the image is damaged (size)"},
		{IMAGE_HEADER_SIZE + IMAGE_PORTS_SIZE - 1, "the image is damaged (size)"},
		{IMAGE_HEADER_SIZE + IMAGE_PORTS_SIZE, "the image is damaged (sections)"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		size_t len;
		unsigned char *const image = make_image(&len);
		put_le32(image + HEADER_SIZE, (uint32_t)lengths[i].len);
		const char *const said = open_right(image, lengths[i].len);
		if (strncmp(said, lengths[i].says, strlen(lengths[i].says)) != 0)
			fail_msg("%zu bytes: %s", lengths[i].len, said);
	}
}

/* The largest image: in memory its checksum is looked at, and not that of a larger one. */
static void test_largest(void **state)
{
	(void)state;
	for (size_t more = 0; more < 2; more++) {
		const size_t len = (size_t)IMAGE_BYTES_MAX + more;
		unsigned char *const image = calloc(1, len);
		struct sdreg_error err = {.size = sizeof(err)};
		assert_non_null(image);
		memcpy(image, IMAGE_MAGIC, 8);
		put_le32(image + HEADER_VERSION, IMAGE_VERSION);
		put_le32(image + HEADER_SIZE, (uint32_t)len);
		assert_null(sdreg_registry_open_bytes(image, len, NULL, &err));
		free(image);
		assert_non_null(strstr(err.text, more ? "(size)" : "(checksum)"));
	}
}

/* Files as large, of which only the start is written. */
static void test_files(void **state)
{
	static const struct {
		long size;
		const char *says;
	} files[] = {
		{IMAGE_HEADER_SIZE - 1, "this is no sdreg image"},
		{IMAGE_HEADER_SIZE, "the image is damaged (size)"},
		{IMAGE_BYTES_MAX, "the image is damaged (size)"},
		{IMAGE_BYTES_MAX + 1L, "this is no sdreg image"},
	};
	unsigned char header[16] = IMAGE_MAGIC;
	(void)state;
	put_le32(header + HEADER_VERSION, IMAGE_VERSION);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char path[] = "/tmp/sdreg-limits-XXXXXX";
		struct sdreg_error err = {.size = sizeof(err)};
		const int fd = mkstemp(path);
		assert_int_equal(write(fd, header, sizeof(header)), sizeof(header));
		assert_int_equal(ftruncate(fd, files[i].size), 0);
		close(fd);
		struct sdreg_registry *const r = sdreg_registry_open(path, &err);
		unlink(path);
		assert_null(r);
		if (strncmp(err.text, files[i].says, strlen(files[i].says)) != 0)
			fail_msg("%ld bytes: %s", files[i].size, err.text);
	}
}

/* Where standard input is closed, a file is number 0, and is closed as any other. */
static void test_lowest_number(void **state)
{
	char path[] = "/tmp/sdreg-limits-XXXXXX";
	struct sdreg_error err = {.size = sizeof(err)};
	size_t len;
	(void)state;
	unsigned char *const image = make_image(&len);
	const int fd = mkstemp(path);
	assert_int_equal(write(fd, image, len), (ssize_t)len);
	close(fd);
	free(image);
	const int input = dup(0);
	close(0);
	struct sdreg_registry *const r = sdreg_registry_open(path, &err);
	const int is_open = fcntl(0, F_GETFD) >= 0;
	dup2(input, 0);
	close(input);
	unlink(path);
	assert_non_null(r);
	assert_false(is_open);
	assert_int_equal(err.code, 0);
	assert_string_equal(err.file, "");
	sdreg_registry_close(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_changes),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_descending),
		cmocka_unit_test(test_least),
		cmocka_unit_test(test_txt_budget),
		cmocka_unit_test(test_last_txt),
		cmocka_unit_test(test_half_txt),
		cmocka_unit_test(test_list_budget),
		cmocka_unit_test(test_short),
		cmocka_unit_test(test_largest),
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_lowest_number),
	};
	return cmocka_run_group_tests_name("image limits", tests, NULL, NULL);
}
