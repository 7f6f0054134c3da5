/* SPDX-License-Identifier: MIT */

/* The leaves that all share: what they do at their limits. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "common/ascii.h"
#include "common/bytes.h"
#include "common/error.h"
#include "common/escape.h"
#include "common/grow.h"
#include "common/hash.h"
#include "common/utf8.h"
#include "common/write.h"
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>

/* With the address sanitizer too an allocation of nearly all memory gives NULL. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

/* ---- what the system says ---- */

static void test_system_text(void **state)
{
	(void)state;
	assert_string_equal(error_system_text(ENOENT), "No such file or directory");
	assert_string_equal(error_system_text(EACCES), "Permission denied");
	assert_non_null(error_system_text(-1));
	assert_non_null(error_system_text(1 << 20));
}

/* ---- ASCII ---- */

static void test_ascii_bytes(void **state)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	static const char hex[] = "0123456789abcdef0123456789ABCDEF";
	(void)state;
	for (int i = 0; i < 256; i++) {
		const unsigned char c = (unsigned char)i;
		const char *const letter = i > 0 ? strchr(letters, i) : NULL;
		const char *const digit = i > 0 ? strrchr(hex, i) : NULL;
		const int is_upper = letter != NULL && letter < letters + 26;
		assert_int_equal(ascii_is_upper(c), is_upper);
		assert_int_equal(ascii_is_letter(c), letter != NULL);
		assert_int_equal(ascii_lower(c), is_upper ? letter[26] : i);
		assert_int_equal(ascii_hex(c), digit != NULL ? (digit - hex) % 16 : -1);
		assert_int_equal(ascii_is_digit(c), digit != NULL && (digit - hex) % 16 < 10);
		assert_int_equal(ascii_is_alnum(c), ascii_is_letter(c) || ascii_is_digit(c));
		assert_int_equal(ascii_is_blank(c), i > 0 && strchr(" \t\n\r", i) != NULL);
	}
}

static void test_ascii_texts(void **state)
{
	static const struct {
		const char *a, *b;
		int order;
	} rows[] = {
		{"", "", 0},
		{"Az", "aZ", 0},
		{"a", "", 1},
		{"", "a", -1},
		{"ab", "aB1", -1},
		{"_", "A", -1}, /* as in lower case */
		{"[", "{", -1}, /* these differ by the bit that tells letters apart */
		{"@", "`", -1},
		{"\303\204", "\303\244", -1}, /* of ASCII alone */
		{"\200", "a", 1},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const int order = ascii_compare(rows[i].a, rows[i].b);
		assert_int_equal((order > 0) - (order < 0), rows[i].order);
		if (strlen(rows[i].a) == strlen(rows[i].b))
			assert_int_equal(ascii_equal(rows[i].a, rows[i].b, strlen(rows[i].a)),
				rows[i].order == 0);
	}
	assert_true(ascii_equal("abX", "ABy", 2)); /* no further than that */
	assert_int_equal(ascii_skip_blanks("a  b", 1, 4), 3);
	assert_int_equal(ascii_skip_blanks("a  b", 1, 2), 2);
	assert_int_equal(ascii_skip_blanks("a  b", 3, 4), 3);
	assert_int_equal(ascii_skip_blanks("a  ", 4, 3), 4); /* behind the end already */
	assert_true(ascii_are_blank("", 0));
	assert_true(ascii_are_blank(" \t\r\nx", 4));
	assert_false(ascii_are_blank(" \t\r\nx", 5));
	assert_false(ascii_are_blank("x ", 2));
}

/* ---- escapes ---- */

static void test_escape(void **state)
{
	static const struct {
		const char *digits;
		int byte;
	} rows[] = {
		{"000", 0},
		{"009", 9},
		{"099", 99},
		{"255", 255},
		{"2555", 255},
		{"256", -1},
		{"300", -1},
		{"999", -1},
		{"", -1},
		{"12", -1},
		{"1 2", -1},
		{"/00", -1},
		{":00", -1},
		{"00/", -1},
		{"00:", -1},
		{"-01", -1},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const int byte = escape_read(rows[i].digits, strlen(rows[i].digits));
		if (byte != rows[i].byte)
			fail_msg("\"%s\" is %d, not %d", rows[i].digits, byte, rows[i].byte);
	}
	assert_int_equal(escape_read("123", 2), -1); /* no further than that */
	for (int i = 0; i < 256; i++) {
		char text[] = "xxxx!";
		escape_write(text, (unsigned char)i);
		assert_int_equal(text[0], '\\');
		assert_int_equal(text[ESCAPE_SIZE], '!');
		assert_int_equal(escape_read(text + 1, ESCAPE_DIGITS), i);
	}
}

/* ---- UTF-8 ---- */

static void test_utf8(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
	} rows[] = {
		{"\177", 1},
		{"\200", 0},
		{"\277\200", 0},
		{"\301\277", 0}, /* overlong */
		{"\302\200", 2},
		{"\302\177", 0},
		{"\302\300", 0},
		{"\337\277", 2},
		{"\340\237\277", 0},
		{"\340\240\200", 3},
		{"\354\277\277", 3},
		{"\355\237\277", 3},
		{"\355\240\200", 0}, /* a surrogate */
		{"\356\200\200", 3},
		{"\357\277\277", 3},
		{"\357\277\177", 0},
		{"\360\217\277\277", 0},
		{"\360\220\200\200", 4},
		{"\364\217\277\277", 4},
		{"\364\217\277\177", 0},
		{"\364\220\200\200", 0}, /* past the end of Unicode */
		{"\365\200\200\200", 0},
		{"\377", 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const unsigned char *const p = (const unsigned char *)rows[i].bytes;
		const size_t len = utf8_sequence(p, strlen(rows[i].bytes));
		if (len != rows[i].len)
			fail_msg("row %zu is %zu bytes long, not %zu", i, len, rows[i].len);
		for (size_t n = 0; n < len; n++)
			assert_int_equal(utf8_sequence(p, n), 0); /* cut short */
	}
	assert_int_equal(utf8_sequence((const unsigned char *)"", 1), 1); /* NUL is a character */
}

static void test_utf8_valid(void **state)
{
	char text[41];
	(void)state;
	for (size_t len = 0; len < sizeof(text); len++) {
		memset(text, 'x', sizeof(text));
		assert_int_equal(utf8_valid(text, len), len);
		for (size_t bad = 0; bad < len; bad++) {
			text[bad] = '\200';
			assert_int_equal(utf8_valid(text, len), bad);
			text[bad] = 'x';
		}
		if (len < 2)
			continue;
		memcpy(text + len - 2, "\303\204", 2);
		assert_int_equal(utf8_valid(text, len), len);
		assert_int_equal(utf8_valid(text, len - 1), len - 2);
	}
}

static void test_utf8_fit(void **state)
{
	static const char text[] = "a\303\204\342\202\254\360\237\230\200";
	static const size_t fits[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
	(void)state;
	for (size_t max = 0; max < sizeof(fits) / sizeof(fits[0]); max++)
		assert_int_equal(utf8_fit(text, strlen(text), max), fits[max]);
	assert_int_equal(utf8_fit("\200\200", 2, 1), 0);
	assert_false(utf8_is_inside('\177'));
	assert_true(utf8_is_inside('\200'));
	assert_true(utf8_is_inside('\277'));
	assert_false(utf8_is_inside('\300'));
}

/* ---- growth ---- */

static void test_grow(void **state)
{
	size_t room = 0;
	volatile size_t most = SIZE_MAX; /* else compilers see what is wrong with it */
	(void)state;
	char *a = grow(NULL, &room, 1, 1);
	assert_non_null(a);
	assert_int_equal(room, 64);
	assert_ptr_equal(grow(a, &room, 64, 1), a);
	assert_int_equal(room, 64);
	a = grow(a, &room, 65, 1);
	assert_int_equal(room, 128);
	a = grow(a, &room, 513, 1);
	assert_int_equal(room, 1024);
	free(a);
	for (size_t item = 1; item < 5;
		item += 3) { /* more bytes than there are, or can be counted */
		room = 3;
		a = malloc(room * item);
		assert_non_null(a);
		char *const grown = grow(a, &room, most / item + (item > 1), item);
		assert_null(grown);
		assert_int_equal(room, 3);
		if (grown == NULL)
			free(a);
	}
}

/* ---- hashes ---- */

static void test_hash(void **state)
{
	static const char text[] = "@AZ[`az{0123456789-_\200\301\332\377";
	char lower[sizeof(text)];
	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		lower[i] = (char)ascii_lower((unsigned char)text[i]);
	for (size_t len = 0; len < sizeof(text); len++) {
		assert_true(hash_add_lower(0, text, len) == hash_add(0, lower, len));
		assert_true(hash_add(1, text, len) != hash_add(0, text, len));
		for (size_t i = 0; i < len; i++) { /* each byte counts */
			char other[sizeof(text)];
			memcpy(other, text, sizeof(text));
			other[i] ^= 1;
			assert_true(hash_add(0, other, len) != hash_add(0, text, len));
		}
		if (len > 0)
			assert_true(hash_add(0, text, len) != hash_add(0, text, len - 1));
	}
	/* where one text ends and the next begins */
	assert_true(
		hash_add(hash_add(0, "ab", 2), "c", 1) != hash_add(hash_add(0, "a", 1), "bc", 2));
	/* the image's format: these never change */
	assert_int_equal(hash_name("presence", 8), hash_name("PreSence", 8));
	assert_int_equal(hash_name("presence", 8), 0x5da4cb0bU);
	assert_true(hash_image((const unsigned char *)text, 20) == UINT64_C(0x43387bab6cdd1bc1));
}

static void test_numbers(void **state)
{
	unsigned char p[8];
	(void)state;
	put_le64(p, UINT64_C(0x8877665544332211));
	for (size_t i = 0; i < 8; i++)
		assert_int_equal(p[i], 0x11 * (i + 1));
	assert_int_equal(le16(p), 0x2211);
	assert_int_equal(le32(p), 0x44332211);
	assert_true(le64(p) == UINT64_C(0x8877665544332211));
	for (size_t len = 0; len < 8; len++)
		assert_true(le_tail(p, len) == (le64(p) & ((UINT64_C(1) << 8 * len) - 1)));
}

/* ---- errors ---- */

/* ---- clean text ---- */

/* What a text with one or two bytes that are no letters is said to be. */
static int is_clean(size_t len, size_t one, char byte, size_t two, char other)
{
	char text[32];
	char *const exact = malloc(len);
	uint64_t all = 0;
	assert_true(exact != NULL && len <= sizeof(text));
	memset(text, 'a', len);
	text[two] = other;
	text[one] = byte;
	memcpy(exact, text, len); /* a sanitizer sees who reads on */
	const int result = word_text_is_clean(exact, len, &all);
	const int is_ascii = ((unsigned char)byte & 0x80) == 0;
	if (result)
		assert_int_equal((all & UINT64_C(0x8080808080808080)) == 0, is_ascii);
	free(exact);
	return result;
}

static void test_clean(void **state)
{
	uint64_t all;
	(void)state;
	assert_false(word_text_is_clean("", 0, &all));
	for (size_t len = 1; len <= 32; len++) {
		for (size_t at = 0; at < len; at++) {
			const size_t next = at + 1 < len ? at + 1 : at;
			const size_t after = at + 2 < len ? at + 2 : at;
			const int is_inside = at > 0 && at + 1 < len;
			assert_false(is_clean(len, at, 0x1f, at, 0));
			assert_false(is_clean(len, at, '\0', at, 0));
			assert_true(is_clean(len, at, '!', at, 0));
			assert_true(is_clean(len, at, (char)0xa0, at, 0));
			assert_int_equal(is_clean(len, at, ' ', at, 0), is_inside);
			assert_false(is_clean(len, at, ' ', next, ' '));
			assert_int_equal(is_clean(len, at, ' ', after, ' '),
				is_inside && after + 1 < len);
		}
	}
}

static void test_error(void **state)
{
	struct sdreg_error err = {.size = sizeof(err)};
	(void)state;
	assert_int_equal(error_set(NULL, SDREG_E_IO, "nobody asks"), SDREG_E_IO);
	error_at(NULL, "nobody asks", 1);
	assert_int_equal(error_set(&err, SDREG_E_LIMIT, "over %d", 7), SDREG_E_LIMIT);
	assert_int_equal(error_set(&err, SDREG_E_IO, "later"), SDREG_E_IO);
	error_at(&err, "file", 3);
	error_at(&err, "later", 4);
	assert_int_equal(err.code, SDREG_E_LIMIT);
	assert_string_equal(err.text, "over 7");
	assert_string_equal(err.file, "file");
	assert_int_equal(err.line, 3);
}

/* ---- writing ---- */

enum { WRITTEN = 1 << 18 }; /* more than a pipe holds */
static int ends[2];
static char bytes[WRITTEN];
static char seen[WRITTEN];
static size_t seen_len;

static void drain(void)
{
	ssize_t n;
	while ((n = read(ends[0], seen + seen_len, WRITTEN - seen_len)) > 0)
		seen_len += (size_t)n;
}

/* Makes room in the pipe. */
static void on_alarm(int number)
{
	(void)number;
	drain();
}

/* A signal is no reason to end, neither before the first byte nor amid others. */
static void test_write_interrupted(void **state)
{
	const struct sigaction act = {.sa_handler = on_alarm};
	const struct itimerval soon = {{0, 5000}, {0, 5000}};
	const struct itimerval never = {{0, 0}, {0, 0}};
	struct sigaction before;
	(void)state;
	for (size_t i = 0; i < WRITTEN; i++)
		bytes[i] = (char)(i % 251);
	assert_int_equal(pipe(ends), 0);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	const ssize_t full = write(ends[1], bytes, WRITTEN);
	assert_true(full >= 1 && full <= WRITTEN - 1);
	fcntl(ends[1], F_SETFL, 0);
	sigaction(SIGALRM, &act, &before);
	setitimer(ITIMER_REAL, &soon, NULL);
	const int result = write_all(ends[1], bytes + full, WRITTEN - (size_t)full);
	setitimer(ITIMER_REAL, &never, NULL);
	sigaction(SIGALRM, &before, NULL);
	drain();
	assert_int_equal(result, 0);
	assert_int_equal(seen_len, WRITTEN);
	assert_memory_equal(seen, bytes, WRITTEN);
	close(ends[0]);
	close(ends[1]);
}

/* What was written before a file may not grow any more is no success. */
static void test_write_failed(void **state)
{
	FILE *const file = tmpfile();
	struct rlimit before;
	struct stat st;
	(void)state;
	assert_non_null(file);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	const struct rlimit small = {5, before.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	errno = 0;
	const int result = write_all(fileno(file), "0123456789", 10);
	const int number = errno;
	setrlimit(RLIMIT_FSIZE, &before);
	assert_int_equal(result, -1);
	assert_int_equal(number, EFBIG);
	assert_int_equal(fstat(fileno(file), &st), 0);
	assert_int_equal(st.st_size, 5);
	assert_int_equal(write_all(-1, "", 0), 0);
	assert_int_equal(write_all(-1, "x", 1), -1);
	fclose(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_system_text),
		cmocka_unit_test(test_ascii_bytes),
		cmocka_unit_test(test_ascii_texts),
		cmocka_unit_test(test_escape),
		cmocka_unit_test(test_utf8),
		cmocka_unit_test(test_utf8_valid),
		cmocka_unit_test(test_utf8_fit),
		cmocka_unit_test(test_grow),
		cmocka_unit_test(test_hash),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_error),
		cmocka_unit_test(test_write_interrupted),
		cmocka_unit_test(test_write_failed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
