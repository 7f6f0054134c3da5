/* SPDX-License-Identifier: MIT */
#include "table.h"

#include <stdlib.h>

/* Reads from a block of just the text's size. */
static struct sdreg_registry *read_csv(const char *text, size_t len, struct told *told,
	struct sdreg_error *err)
{
	const struct sdreg_reading reading = {.size = sizeof(reading),
		.warn = on_warning,
		.user = told,
		.name = "in.csv"};
	char *const block = malloc(len > 0 ? len : 1);
	assert_non_null(block);
	memcpy(block, text, len);
	struct sdreg_registry *const r = sdreg_registry_read_csv(block, len, &reading, err);
	free(block);
	return r;
}

#define HEAD "Service Name,Port Number,Transport Protocol,Description\n"

/* Inputs that are read: the names of their entries, and the last warning. */
static const struct good {
	const char *text;
	const char *names; /* parted by spaces; "-" for an empty one */
	size_t warnings;
	unsigned long line;
	const char *says;
} good[] = {
	{HEAD "a,1,tcp,x\nb,,,\n", "a b", 0, 0, NULL},
	{HEAD "a,1,tcp,x\r\nb,,,\r\n", "a b", 0, 0, NULL},
	{HEAD "a,1,tcp,x", "a", 0, 0, NULL},
	{"\xef\xbb\xbf" HEAD "a,1,tcp,x\n", "a", 0, 0, NULL},
	{HEAD ",1,tcp,x\n", "-", 0, 0, NULL},
	{HEAD "\"a\",\"1\",tcp,\"x,\"\"y\"\"\nz\"\nb,,,\n", "a b", 0, 0, NULL},
	{"Description,Extra,PORT NUMBER,service name,Transport Protocol\nx,y,1,a,tcp\n", "a", 0, 0,
		NULL},
	{HEAD "a,70000,tcp,x\nb,,,\n", "b", 1, 2, "port \"70000\""},
	{HEAD "a,,,\"1\n2\n3\"\nb,1,pigeon,\nc,,,\n", "a c", 1, 5, "transport \"pigeon\""},
	{HEAD "a,1\nb,,,\nc,,,,\n", "b", 2, 4, "5 cells, and the header has 4"},
	{HEAD "a,,,\n\nb,,,\n", "a b", 1, 3, "1 cells"},
};

static void test_good(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		const struct good *const g = &good[i];
		struct told told = {{0}, 0};
		struct sdreg_error err = {.size = sizeof(err)};
		struct sdreg_registry *const r = read_csv(g->text, strlen(g->text), &told, &err);
		if (r == NULL)
			fail_msg("row %zu refused: %s", i, err.text);
		char names[100] = "";
		const struct sdreg_entry *e;
		for (size_t n = 0; (e = sdreg_registry_entry(r, n)) != NULL; n++) {
			const char *const name = sdreg_entry_name(e);
			strcat(names, names[0] != '\0' ? " " : "");
			strcat(names, name[0] != '\0' ? name : "-");
		}
		if (strcmp(names, g->names) != 0)
			fail_msg("row %zu: names %s", i, names);
		if (told.count != g->warnings ||
			(g->says != NULL &&
				(told.last.line != g->line ||
					strstr(told.last.text, g->says) == NULL ||
					strcmp(told.last.file, "in.csv") != 0)))
			fail_msg("row %zu: %zu warnings, the last %s:%lu: %s", i, told.count,
				told.last.file, told.last.line, told.last.text);
		sdreg_registry_close(r);
	}
}

static void test_quotes(void **state)
{
	(void)state;
	static const char text[] =
		"Service Name,Port Number,Transport Protocol,Description,"
		"Known Unauthorized Uses,Assignment Notes\n"
		"a,1,tcp,\"x, \"\"y\"\"\",\"u\"\"\",\"Defined TXT keys:\nk=1\nl=2\"\n";
	struct sdreg_registry *const r = sdreg_registry_read_csv(text, strlen(text), NULL, NULL);
	const struct sdreg_entry *const e = sdreg_registry_entry(r, 0);
	assert_string_equal(sdreg_entry_description(e), "x, \"y\"");
	assert_string_equal(sdreg_entry_unauthorized_use(e), "u\"");
	assert_string_equal(sdreg_entry_notes(e), "Defined TXT keys:\nk=1\nl=2");
	assert_string_equal(sdreg_entry_txt_key(e, 1), "l");
	sdreg_registry_close(r);
}

/* Inputs that are refused whole. */
static const struct bad {
	const char *text;
	size_t len; /* 0: up to the NUL */
	unsigned long line;
	const char *says;
} bad[] = {
	{"", 0, 1, "no header"},
	{HEAD, 0, 0, "no record"},
	{HEAD "a,70000,tcp,x\n", 0, 0, "no record"},
	{"Service Name,Port Number,Description\na,1,x\n", 0, 1, "no column \"Transport Protocol\""},
	{"Service Name,Port Number,Transport Protocol,Description,Service Name\na,1,tcp,x,a\n", 0,
		1, "\"Service Name\" stands twice"},
	{HEAD "a,,,\"x\nb,,,\n", 0, 2, "never closed"},
	{HEAD "a,,,\"x\"y\n", 0, 2, "after a closing quote"},
	{HEAD "a,,,x\"y\n", 0, 2, "has a quote in it"},
	{HEAD "a,,,\rb,,,\r", 0, 2, "CR without LF"},
	{HEAD "a,,,\nb,\0,,\n", sizeof(HEAD) + 10, 3, "NUL"},
	{HEAD "a,,,\n\377,,,\n", 0, 3, "UTF-8"},
	{HEAD "a,,,\nb,1,tc", 0, 3, "cut short"},
};

static void test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const struct bad *const b = &bad[i];
		struct told told = {{0}, 0};
		struct sdreg_error err = {.size = sizeof(err)};
		struct sdreg_registry *const r =
			read_csv(b->text, b->len > 0 ? b->len : strlen(b->text), &told, &err);
		if (r != NULL || err.code != SDREG_E_FORMAT || err.line != b->line ||
			strstr(err.text, b->says) == NULL || strcmp(err.file, "in.csv") != 0)
			fail_msg("row %zu: %s:%lu: %s (%d)", i, err.file, err.line, err.text,
				err.code);
	}
}

static void test_detect(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		size_t len;
		enum sdreg_format format;
	} rows[] = {
		{"<registry", 9, SDREG_FORMAT_XML},
		{"\xef\xbb\xbf \n<a", 7, SDREG_FORMAT_XML},
		{"\xff\xfe<\0", 4, SDREG_FORMAT_XML},
		{"a,b\n", 4, SDREG_FORMAT_CSV},
		{"\x93sdreg\r\n", 8, SDREG_FORMAT_IMAGE},
		{"\x93sdreg\r", 7, SDREG_FORMAT_UNKNOWN},
		{"", 0, SDREG_FORMAT_UNKNOWN},
		{"hello\na,b\n", 10, SDREG_FORMAT_UNKNOWN},
		{"\x1f\x8b,", 3, SDREG_FORMAT_UNKNOWN},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (sdreg_format_detect(rows[i].text, rows[i].len) != rows[i].format)
			fail_msg("row %zu", i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_detect),
	};
	return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
