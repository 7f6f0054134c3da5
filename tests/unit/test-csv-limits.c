/* SPDX-License-Identifier: MIT */

/* CSV that just can be read and that just cannot, and CSV that comes out of an export as it went
 * in: only rows that would not are kept as they were written. */

#include "table.h"

#include "core/image/image.h"

#include <stdlib.h>

#define HEAD \
	"Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration " \
	"Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes"
#define SHORT_HEAD "Service Name,Port Number,Transport Protocol,Description\n"

static struct sdreg_registry *read_csv(const char *text, size_t len, struct sdreg_error *err)
{
	return sdreg_registry_read_csv(text, len, NULL, err);
}

/* ---- round trips ---- */

struct written {
	char bytes[4096];
	size_t len;
};

static int write_bytes(void *user, const char *bytes, size_t len)
{
	struct written *const out = user;
	assert_true(out->len + len < sizeof(out->bytes));
	memcpy(out->bytes + out->len, bytes, len);
	out->len += len;
	out->bytes[out->len] = '\0';
	return 0;
}

static void assert_same(const char *csv)
{
	struct sdreg_error err = {.size = sizeof(err)};
	struct written out = {.len = 0};
	const struct sdreg_sink sink = {sizeof(sink), write_bytes, &out};
	struct sdreg_registry *const r = read_csv(csv, strlen(csv), &err);
	if (r == NULL)
		fail_msg("%s: %s", csv, err.text);
	assert_int_equal(sdreg_export_csv(r, &sink, NULL), 0);
	if (strcmp(out.bytes, csv) != 0)
		fail_msg("%s\ncomes out as\n%s", csv, out.bytes);
	sdreg_registry_close(r);
}

/* Rows, and whether they are kept as they were written. */
static const struct {
	const char *row;
	int is_kept;
} rows[] = {
	{"a,1,tcp,x y,,,,,,,,", 0},
	{"a,1,udp,,,,,,,,,", 0},
	{"a,,,,[A],[A],2001-01-01,2002-02-02,[RFC1],5,used,note", 0},
	{",0,tcp,!,,,,,,,,", 0},
	{",65535,tcp,~,,,,,,,,", 0},
	{"a,1,TCP,x,,,,,,,,", 1},
	{"a,1,tCp,x,,,,,,,,", 1},
	{"a,1-2,tcp,x,,,,,,,,", 1},
	{"a,1-1,tcp,x,,,,,,,,", 1},
	{"a,1,tcp, x,,,,,,,,", 1},
	{"a,1,tcp,x ,,,,,,,,", 1},
	{"a,1,tcp, ,,,,,,,,", 1},
	{"a,1,tcp,x  y,,,,,,,,", 1},
	{"a,1,tcp,x   y,,,,,,,,", 1},
	{"a,1,tcp,x\ty,,,,,,,,", 1},
	{"a,1,tcp,x\037y,,,,,,,,", 1},
	{" a,1,tcp,x,,,,,,,,", 1},
	{"a,1,tcp,x,,,,,,,,n ", 1},
	{"a,1,tcp,x,,,,,,,, n", 1},
	{"a,1 ,tcp,x,,,,,,,,", 1},
	{"a,1, tcp,x,,,,,,,,", 1},
	{"a,1,tcp,\"x\",,,,,,,,", 1},
	{"a,1,tcp,\"x,\"\"y\"\"\",,,,,,,,", 1},
	{"\"a\",1,tcp,x,,,,,,,,", 1},
	{"a,1,tcp,x,,,,,,,,\"n\nm\"", 1},
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

static void test_rows(void **state)
{
	static const char *const ends[] = {"\n", "\r\n"};
	(void)state;
	for (size_t i = 0; i < ROWS; i++)
		for (size_t k = 0; k < 2; k++) {
			char csv[1024];
			snprintf(csv, sizeof(csv), HEAD "%s%s%sb,,,,,,,,,,,%s", ends[k],
				rows[i].row, ends[k], ends[k]);
			assert_same(csv);
			struct sdreg_registry *const r = read_csv(csv, strlen(csv), NULL);
			const struct sdreg_entry *const e = sdreg_registry_entry(r, 0);
			const char *const kept = image_string(e->bytes, ENTRY_MARKUP);
			if (strcmp(kept, rows[i].is_kept ? rows[i].row : "") != 0)
				fail_msg("row %s is kept as %s", rows[i].row, kept);
			sdreg_registry_close(r);
		}
}

/* Line ends of either kind, in headers and rows of either kind, and none at the end. */
static void test_line_ends(void **state)
{
	static const char *const ends[] = {"\n", "\r\n"};
	static const char *const last_ends[] = {"\n", "\r\n", ""};
	(void)state;
	for (size_t i = 0; i < 2 * 2 * 3 * ROWS; i++) {
		char csv[1024];
		snprintf(csv, sizeof(csv), HEAD "%s%s%s%s%s", ends[i % 2], rows[i / 12].row,
			ends[i / 2 % 2], rows[i / 12].row, last_ends[i / 4 % 3]);
		assert_same(csv);
	}
	/* columns in another order, or others: each row is kept */
	assert_same("Port Number,Service Name,Transport Protocol,Description\n1,a,tcp,x\n");
	assert_same(SHORT_HEAD "a,1,tcp,x\n");
	assert_same(HEAD ",More\na,1,tcp,x,,,,,,,,,m\n");
	assert_same("Description,Service Name,Port Number,Transport Protocol,Assignee,Contact,"
		    "Registration Date,Modification Date,Reference,Service Code,Unauthorized Use "
		    "Reported,Assignment Notes\nx,a,1,tcp,,,,,,,,\n");
	assert_same("\"Service Name\",Port Number,Transport Protocol,Description\na,1,tcp,x\n");
}

/* ---- limits ---- */

/* Adds cells to a text until its last line has so many. */
static void add_cells(char *text, const char *begin, size_t have, size_t count)
{
	strcat(text, begin);
	for (size_t i = have; i < count; i++)
		strcat(text, ",x");
	strcat(text, "\n");
}

static void test_cells(void **state)
{
	static const char head[] = "Service Name,Port Number,Transport Protocol,Description";
	(void)state;
	for (size_t count = 63; count < 67; count++) {
		struct sdreg_error err = {.size = sizeof(err)};
		char csv[1024] = "";
		add_cells(csv, head, 4, count);
		add_cells(csv, "a,1,tcp,x", 4, count);
		struct sdreg_registry *r = read_csv(csv, strlen(csv), &err);
		if (count <= 64)
			assert_string_equal(sdreg_entry_description(sdreg_registry_entry(r, 0)),
				"x");
		else
			assert_string_equal(err.text,
				"the first row is no header of IANA's registry");
		assert_int_equal(r != NULL, count <= 64);
		sdreg_registry_close(r);
		/* in the last of many, too */
		csv[0] = '\0';
		add_cells(csv, "y", 1, count - 4);
		csv[strlen(csv) - 1] = ',';
		add_cells(csv, head, 0, 0);
		add_cells(csv, "y", 1, count - 4);
		csv[strlen(csv) - 1] = ',';
		add_cells(csv, "a,1,tcp,z", 0, 0);
		r = read_csv(csv, strlen(csv), &err);
		assert_int_equal(r != NULL, count <= 64);
		if (r != NULL)
			assert_string_equal(sdreg_entry_description(sdreg_registry_entry(r, 0)),
				"z");
		sdreg_registry_close(r);
		/* a row with as many cells, which are too many for its header */
		csv[0] = '\0';
		add_cells(csv, head, 0, 0);
		add_cells(csv, "a,1,tcp,x", 4, count);
		add_cells(csv, "b,1,tcp,x", 0, 0);
		r = read_csv(csv, strlen(csv), &err);
		assert_int_equal(sdreg_registry_size(r), 1);
		sdreg_registry_close(r);
	}
}

/* A text of which only the first bytes are the input. */
static const struct {
	const char *text;
	size_t len; /* behind the header */
	unsigned long line; /* 0: it is read */
	const char *says; /* or the description of the last entry */
} cuts[] = {
	{"a,1,tcp,xy\n", 9, 0, "x"},
	{"a,1,tcp,x\"\n", 9, 0, "x"},
	{"a,1,tcp,\"x\"y\n", 11, 0, "x"},
	{"a,1,tcp,\"x\"\"\n", 11, 0, "x"},
	{"a,1,tcp,\"x\"\"\n", 12, 2, "a quote that opens here is never closed"},
	{"a,1,tcp,\"x\"\"\"\n", 13, 0, "x\""},
	{"a,1,tcp,\"\n\n\"\"\n\"\n", 15, 0, "\""},
	{"a,1,tcp,x\r\n", 10, 2, "a row ends in CR without LF"},
	{"a,1,tcp,x\r\n", 11, 0, "x"},
	{"a,1,tcp,\"x\n\ny\n", 14, 2, "a quote that opens here is never closed"},
	{"a,1,tcp,\"x\n\n\"y\n", 14, 4, "there is text after a closing quote"},
	{"a,1,tcp,\"x\n\n\"\n\"\n", 16, 5, "a quote that opens here is never closed"},
	{"a,1,tcp,x\n\nb\"", 13, 4, "a cell without quotes has a quote in it"},
	{"a,1,tcp,x\n\"b\"\"c\",,,\"\"\"y\"\"\"\n", 27, 0, "\"y\""},
};

static void test_cuts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cuts) / sizeof(cuts[0]); i++) {
		struct sdreg_error err = {.size = sizeof(err)};
		char csv[256];
		snprintf(csv, sizeof(csv), SHORT_HEAD "%s", cuts[i].text);
		struct sdreg_registry *const r =
			read_csv(csv, strlen(SHORT_HEAD) + cuts[i].len, &err);
		if (err.line != cuts[i].line || (r != NULL) != (cuts[i].line == 0))
			fail_msg("row %zu: line %lu, %s", i, err.line, err.text);
		assert_string_equal(r == NULL ? err.text
					      : sdreg_entry_description(sdreg_registry_entry(r,
							sdreg_registry_size(r) - 1)),
			cuts[i].says);
		sdreg_registry_close(r);
	}
}

static void test_first_bytes(void **state)
{
	static const struct {
		const char *text;
		size_t len;
		unsigned long line;
		const char *says;
	} texts[] = {
		{"\xef\xbb\xbf", 3, 1, "the first row is no header of IANA's registry"},
		{"", 0, 1, "the first row is no header of IANA's registry"},
		{SHORT_HEAD, 1, 1, "there is no column \"Service Name\""},
		{"a\n\0\377", 4, 2, "there is a NUL byte"},
		{"a\n\377\0", 4, 2, "there is a byte that is not UTF-8"},
		{"a\nb\n\303", 5, 3, "there is a byte that is not UTF-8"},
		{"\0", 1, 1, "there is a NUL byte"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct sdreg_error err = {.size = sizeof(err)};
		assert_null(read_csv(texts[i].text, texts[i].len, &err));
		if (err.line != texts[i].line ||
			strncmp(err.text, texts[i].says, strlen(texts[i].says)) != 0)
			fail_msg("text %zu: line %lu, %s", i, err.line, err.text);
	}
}

static void test_largest(void **state)
{
	enum { LARGEST = 64 << 20 };
	char *const text = malloc(LARGEST + 1);
	(void)state;
	assert_non_null(text);
	memset(text, 'x', LARGEST + 1);
	for (size_t more = 0; more < 2; more++) {
		struct sdreg_error err = {.size = sizeof(err)};
		assert_null(read_csv(text, LARGEST + more, &err));
		assert_int_equal(err.code, more ? SDREG_E_LIMIT : SDREG_E_FORMAT);
	}
	free(text);
}

/* ---- what kind of input bytes are ---- */

static void test_detect(void **state)
{
	static const struct {
		const char *text;
		size_t len; /* the text goes on behind it */
		enum sdreg_format format;
	} inputs[] = {
		{IMAGE_MAGIC, 7, SDREG_FORMAT_UNKNOWN},
		{IMAGE_MAGIC, 8, SDREG_FORMAT_IMAGE},
		{"\xff\xfe<\0", 3, SDREG_FORMAT_UNKNOWN},
		{"\xff\xfe<\0", 4, SDREG_FORMAT_XML},
		{"\xfe\xff\0<", 4, SDREG_FORMAT_XML},
		{"\xfe\xff\0=", 4, SDREG_FORMAT_UNKNOWN},
		{"\xff\xfe=\0", 4, SDREG_FORMAT_UNKNOWN},
		{"\xef\xbb\xbf<", 3, SDREG_FORMAT_UNKNOWN},
		{"\xef\xbb\xbf<", 4, SDREG_FORMAT_XML},
		{"\xef\xbb\xbf,", 3, SDREG_FORMAT_UNKNOWN},
		{"\xef\xbb\xbf,", 4, SDREG_FORMAT_CSV},
		{"\xef\xbb\xbf<<<", 3, SDREG_FORMAT_UNKNOWN},
		{" <", 1, SDREG_FORMAT_UNKNOWN},
		{" <", 2, SDREG_FORMAT_XML},
		{"a,", 1, SDREG_FORMAT_UNKNOWN},
		{"a,", 2, SDREG_FORMAT_CSV},
		{"a\n,", 3, SDREG_FORMAT_UNKNOWN},
		{"\037,", 2, SDREG_FORMAT_UNKNOWN},
		{" ,", 2, SDREG_FORMAT_CSV},
		{"\t\r,", 3, SDREG_FORMAT_CSV},
		{"a<", 2, SDREG_FORMAT_UNKNOWN},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++)
		if (sdreg_format_detect(inputs[i].text, inputs[i].len) != inputs[i].format)
			fail_msg("input %zu", i);
}

/* ---- exports ---- */

struct counted {
	size_t writes;
	size_t bytes;
	size_t fails_at; /* the write that fails, from 1 */
};

static int count_bytes(void *user, const char *bytes, size_t len)
{
	struct counted *const c = user;
	(void)bytes;
	c->writes++;
	c->bytes += len;
	assert_true(len >= 1 && len <= 1 << 14);
	return c->writes == c->fails_at;
}

/* Output goes out in blocks of 16,384 bytes, and none after one that cannot be written. */
static void test_blocks(void **state)
{
	enum { BLOCK = 1 << 14 };
	static char text[3 * BLOCK];
	size_t base = 0;
	(void)state;
	memset(text, 'x', sizeof(text));
	for (size_t n = 0; n < 4; n++) {
		/* first one to see what the export has besides the text */
		static const size_t sizes[] = {BLOCK / 2, BLOCK - 1, BLOCK, 2 * BLOCK + 1};
		static const size_t writes[] = {1, 1, 1, 3};
		const size_t len = n == 0 ? BLOCK / 2 : sizes[n] - base;
		const struct sdreg_record record = {.size = sizeof(record),
			.description = {text, len}};
		struct sdreg_builder *const b = sdreg_builder_new();
		struct counted counted = {0, 0, 0};
		const struct sdreg_sink sink = {sizeof(sink), count_bytes, &counted};
		assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
		struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
		assert_int_equal(sdreg_export_csv(r, &sink, NULL), 0);
		base = n == 0 ? counted.bytes - len : base;
		assert_int_equal(counted.bytes, base + len);
		assert_int_equal(counted.writes, writes[n]);
		for (size_t at = 1; at <= writes[n]; at++) {
			struct sdreg_error err = {.size = sizeof(err)};
			counted = (struct counted){0, 0, at};
			assert_int_equal(sdreg_export_csv(r, &sink, &err), SDREG_E_IO);
			assert_int_equal(counted.writes, at);
			counted = (struct counted){0, 0, 1};
			assert_int_equal(sdreg_export_xml(r, &sink, &err), SDREG_E_IO);
			assert_int_equal(counted.writes, 1);
		}
		sdreg_registry_close(r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_line_ends),
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_cuts),
		cmocka_unit_test(test_first_bytes),
		cmocka_unit_test(test_largest),
		cmocka_unit_test(test_detect),
		cmocka_unit_test(test_blocks),
	};
	return cmocka_run_group_tests_name("csv limits", tests, NULL, NULL);
}
