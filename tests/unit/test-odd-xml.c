/* SPDX-License-Identifier: MIT */

/* Odd XML, each file with what is said of it and what comes out of it again as CSV and as XML:
 * fixtures/odd/NAME.xml and NAME.out. Nobody writes such XML, but each tells two ways to read or to
 * write it apart. Where a change is meant: SDREG_WRITE_ODD=1 writes the .out files anew. */

#include "table.h"

#include "core/image/image.h"

#include <fcntl.h>
#include <sdreg/xml.h>
#include <stdlib.h>

static const struct {
	const char *name;
	enum sdreg_xml_kind kind;
} files[] = {
	{"markup", SDREG_XML_KIND_REGISTRY},
	{"records-2018-12-31", SDREG_XML_KIND_REGISTRY},
	{"records-2019-01-01", SDREG_XML_KIND_REGISTRY},
	{"records-2020-07-19", SDREG_XML_KIND_REGISTRY},
	{"records-2020-07-20", SDREG_XML_KIND_REGISTRY},
	{"records-2025-02-28", SDREG_XML_KIND_REGISTRY},
	{"records-2025-03-01", SDREG_XML_KIND_REGISTRY},
	{"records-2026-01-02", SDREG_XML_KIND_REGISTRY},
	{"records-no-day", SDREG_XML_KIND_REGISTRY},
	{"records-undated", SDREG_XML_KIND_REGISTRY},
	{"supplement", SDREG_XML_KIND_SUPPLEMENT},
	{"supplement-4", SDREG_XML_KIND_SUPPLEMENT},
	{"supplement-6", SDREG_XML_KIND_SUPPLEMENT},
	{"whole-5", SDREG_XML_KIND_REGISTRY},
	{"whole-7", SDREG_XML_KIND_REGISTRY},
	{"whole-8", SDREG_XML_KIND_REGISTRY},
};

static FILE *open_fixture(const char *name, const char *suffix, const char *mode)
{
	char path[1024];
	const char *const directory = getenv("FIXTURES");
	assert_non_null(directory);
	snprintf(path, sizeof(path), "%s/odd/%s%s", directory, name, suffix);
	FILE *const file = fopen(path, mode);
	if (file == NULL)
		fail_msg("%s cannot be opened", path);
	return file;
}

static void say(void *user, const struct sdreg_error *warning)
{
	fprintf(user, "%lu: %s\n", warning->line, warning->text);
}

static int write_out(void *user, const char *bytes, size_t len)
{
	return fwrite(bytes, 1, len, user) != len;
}

/* One line of the markup that is kept: as little as there can be. */
static void print_markup(FILE *out, const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20)
			fprintf(out, "\\%02x", (unsigned)*text);
		else
			putc(*text, out);
	putc('\n', out);
}

static void print_all_markup(FILE *out, const struct sdreg_registry *r)
{
	for (uint32_t i = 0; i < r->entries_count; i++)
		print_markup(out,
			image_string(r->entries + (size_t)i * IMAGE_ENTRY_SIZE, ENTRY_MARKUP));
	for (uint32_t i = 0; i < r->people_count; i++)
		print_markup(out,
			image_string(r->people + (size_t)i * IMAGE_PERSON_SIZE, PERSON_MARKUP));
}

static void read_and_write(int fd, enum sdreg_xml_kind kind, FILE *out)
{
	struct sdreg_error err = {.size = sizeof(err)};
	const struct sdreg_reading reading = {.size = sizeof(reading), .warn = say, .user = out};
	const struct sdreg_sink sink = {.size = sizeof(sink), .write = write_out, .user = out};
	struct sdreg_registry *const r = sdreg_xml_read(fd, kind, &reading, &err);
	if (r == NULL) {
		fprintf(out, "refused, line %lu: %s\n", err.line, err.text);
		return;
	}
	fputs("---- as CSV\n", out);
	assert_int_equal(sdreg_export_csv(r, &sink, NULL), 0);
	fputs("---- as XML\n", out);
	assert_int_equal(sdreg_export_xml(r, &sink, NULL), 0);
	fputs("---- markup\n", out);
	print_all_markup(out, r);
	sdreg_registry_close(r);
}

/* The first line that differs. */
static void compare(const char *name, const char *got, size_t got_len, const char *wanted,
	size_t wanted_len)
{
	size_t line = 1;
	size_t start = 0;
	size_t i = 0;
	for (; i < got_len && i < wanted_len && got[i] == wanted[i]; i++)
		if (got[i] == '\n') {
			line++;
			start = i + 1;
		}
	if (i < got_len || i < wanted_len)
		fail_msg("%s.out:%zu:\nwanted %.*s\ngot    %.*s", name, line,
			(int)strcspn(wanted + start, "\n"), wanted + start,
			(int)strcspn(got + start, "\n"), got + start);
}

static void check_file(const char *name, enum sdreg_xml_kind kind)
{
	char *got = NULL;
	char *wanted = NULL;
	size_t got_len = 0;
	size_t wanted_len = 0;
	FILE *const in = open_fixture(name, ".xml", "r");
	FILE *const out = open_memstream(&got, &got_len);
	FILE *const copy = open_memstream(&wanted, &wanted_len);
	assert_true(out != NULL && copy != NULL);
	read_and_write(fileno(in), kind, out);
	fclose(in);
	fclose(out);
	if (getenv("SDREG_WRITE_ODD") != NULL) {
		FILE *const anew = open_fixture(name, ".out", "w");
		fwrite(got, 1, got_len, anew);
		fclose(anew);
	}
	FILE *const expected = open_fixture(name, ".out", "r");
	for (int c; (c = getc(expected)) != EOF;)
		putc(c, copy);
	fclose(expected);
	fclose(copy);
	compare(name, got, got_len, wanted, wanted_len);
	free(got);
	free(wanted);
}

static void test_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		check_file(files[i].name, files[i].kind);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
	};
	return cmocka_run_group_tests_name("odd XML", tests, NULL, NULL);
}
