/* SPDX-License-Identifier: MIT */
#include "table.h"

#include "common/hash.h"
#include "core/image/image.h"

#include <stdlib.h>

static const struct row rows[] = {
	{"http", "80", "tcp", "World Wide Web", "Defined TXT keys: u, p"},
	{"http", "80", "udp", "World Wide Web", NULL},
	{"x11", "6000-6063", "tcp", NULL, NULL},
	{"presence", NULL, NULL, NULL, "Defined TXT keys: See http://example.org/"},
	{NULL, "6000", NULL, "Unassigned", NULL},
};

/* The image of the rows, in a block of its size that the caller frees. */
static unsigned char *make_image(size_t *len)
{
	struct sdreg_registry *const r = table_registry(rows, sizeof(rows) / sizeof(rows[0]), 0);
	const void *const image = sdreg_registry_image(r, len);
	unsigned char *const copy = malloc(*len);
	assert_non_null(copy);
	memcpy(copy, image, *len);
	sdreg_registry_close(r);
	return copy;
}

static struct sdreg_registry *open_bytes(const unsigned char *image, size_t len,
	struct sdreg_error *err)
{
	return sdreg_registry_open_bytes(image, len, "in.image", err);
}

/* Reads everything that there is to read. Gives a sum, so that nothing is left out. */
static size_t walk(const struct sdreg_registry *r)
{
	const struct sdreg_entry *e;
	size_t sum = strlen(sdreg_registry_title(r)) + strlen(sdreg_registry_updated(r));
	for (size_t n = 0; (e = sdreg_registry_entry(r, n)) != NULL; n++) {
		const char *text;
		struct sdreg_type type;
		sum += strlen(sdreg_entry_name(e)) + strlen(sdreg_entry_description(e)) +
			strlen(sdreg_entry_assignee(e)) + strlen(sdreg_entry_contact(e)) +
			strlen(sdreg_entry_registered(e)) + strlen(sdreg_entry_modified(e)) +
			strlen(sdreg_entry_reference(e)) + strlen(sdreg_entry_service_code(e)) +
			strlen(sdreg_entry_unauthorized_use(e)) + strlen(sdreg_entry_notes(e));
		for (size_t i = 0; (text = sdreg_entry_txt_key(e, i)) != NULL; i++)
			sum += strlen(text);
		for (size_t i = 0; (text = sdreg_entry_txt_reference(e, i)) != NULL; i++)
			sum += strlen(text);
		for (unsigned i = 0; sdreg_entry_type(e, i, &type); i++)
			sum += sdreg_find_type(r, &type, NULL) != NULL;
		sum += sdreg_find_name(r, sdreg_entry_name(e), strlen(sdreg_entry_name(e)), NULL) !=
			NULL;
	}
	for (unsigned port = 0; port < 65536; port += 16)
		for (e = NULL;
			(e = sdreg_find_port(r, (uint16_t)port, SDREG_TRANSPORT_ANY, e)) != NULL;)
			sum++;
	return sum;
}

static void fix_sum(unsigned char *image, size_t len)
{
	put_le32(image + HEADER_SIZE, (uint32_t)len);
	put_le64(image + HEADER_SUM, hash_image(image + HEADER_SUM + 8, len - HEADER_SUM - 8));
}

static void test_same(void **state)
{
	(void)state;
	size_t len;
	size_t again_len;
	unsigned char *const image = make_image(&len);
	unsigned char *const again = make_image(&again_len);
	assert_int_equal(len, again_len);
	assert_memory_equal(image, again, len); /* the same bytes from the same input */
	struct sdreg_registry *const direct =
		table_registry(rows, sizeof(rows) / sizeof(rows[0]), 0);
	struct sdreg_registry *const adopted = open_bytes(image, len, NULL);
	assert_non_null(adopted);
	assert_int_equal(walk(direct), walk(adopted));
	assert_int_equal(sdreg_registry_size(adopted), 5);
	sdreg_registry_close(direct);
	sdreg_registry_close(adopted);
	free(image);
	free(again);
}

/* A bit of every byte, one at a time. */
static void test_flips(void **state)
{
	(void)state;
	size_t len;
	unsigned char *const image = make_image(&len);
	for (size_t i = 0; i < len; i++) {
		image[i] ^= (unsigned char)(1 << i % 8);
		struct sdreg_error err = {.size = sizeof(err)};
		if (open_bytes(image, len, &err) != NULL || err.code != SDREG_E_FORMAT ||
			strcmp(err.file, "in.image") != 0)
			fail_msg("byte %zu flipped: %s", i, err.text);
		image[i] ^= (unsigned char)(1 << i % 8);
	}
	free(image);
}

/* The same with the checksum made right: refused, or at least read without harm. Sanitizers and
 * valgrind tell. */
static void test_forged(void **state)
{
	(void)state;
	static const unsigned char values[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
	size_t len;
	unsigned char *const image = make_image(&len);
	size_t refused = 0;
	for (size_t i = HEADER_FLAGS; i < len; i++) {
		const unsigned char before = image[i];
		/* ports and pages are mostly alike: a few of them will do */
		if (i > 1000 && i % 7 != 0)
			continue;
		for (size_t v = 0; v < sizeof(values); v++) {
			image[i] = values[v];
			fix_sum(image, len);
			struct sdreg_registry *const r = open_bytes(image, len, NULL);
			if (r != NULL)
				walk(r);
			refused += r == NULL;
			sdreg_registry_close(r);
		}
		image[i] = before;
	}
	assert_true(refused > 500);
	free(image);
}

static void test_cuts(void **state)
{
	(void)state;
	size_t len;
	unsigned char *const image = make_image(&len);
	unsigned char *const grown = calloc(1, len + 64);
	for (size_t cut = 0; cut < len; cut++) {
		struct sdreg_error err = {.size = sizeof(err)};
		if (open_bytes(image, cut, &err) != NULL || err.code != SDREG_E_FORMAT)
			fail_msg("cut to %zu", cut);
		if (cut < HEADER_TITLE + 8 + 1024 || cut % 5 != 0)
			continue;
		memcpy(grown, image, cut);
		fix_sum(grown, cut);
		if (open_bytes(grown, cut, NULL) != NULL)
			fail_msg("cut to %zu, with its sum right", cut);
	}
	for (size_t more = 1; more < 64; more++) {
		memcpy(grown, image, len);
		if (open_bytes(grown, len + more, NULL) != NULL)
			fail_msg("%zu bytes more", more);
	}
	free(grown);
	free(image);
}

static void test_version(void **state)
{
	(void)state;
	size_t len;
	struct sdreg_error err = {.size = sizeof(err)};
	unsigned char *const image = make_image(&len);
	put_le32(image + HEADER_VERSION, IMAGE_VERSION - 1);
	assert_null(open_bytes(image, len, &err));
	assert_string_equal(err.text,
		"the image is of version 3, this sdreg reads version 4; make it again");
	assert_null(sdreg_registry_open("/nonexistent", &err));
	assert_int_equal(err.code, SDREG_E_IO);
	assert_null(sdreg_registry_open("/", &err));
	assert_int_equal(err.code, SDREG_E_IO);
	free(image);
}

static void test_file(void **state)
{
	(void)state;
	char path[] = "/tmp/sdreg-image-XXXXXX";
	size_t len;
	struct sdreg_error err = {.size = sizeof(err)};
	unsigned char *const image = make_image(&len);
	const int fd = mkstemp(path);
	FILE *const file = fdopen(fd, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(image, 1, len, file), len);
	fclose(file);
	struct sdreg_registry *const r = sdreg_registry_open(path, &err);
	remove(path);
	assert_non_null(r);
	assert_int_equal(sdreg_registry_size(r), 5);
	walk(r);
	sdreg_registry_close(r);
	free(image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_flips),
		cmocka_unit_test(test_forged),
		cmocka_unit_test(test_cuts),
		cmocka_unit_test(test_version),
		cmocka_unit_test(test_file),
	};
	return cmocka_run_group_tests_name("image", tests, NULL, NULL);
}
