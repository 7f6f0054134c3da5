/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <avahi-line.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

/* Lines, and some of their fields; a type of NULL: it is no such line. */
static const struct row {
	const char *line;
	const char *name; /* unescaped */
	const char *type;
	const char *port;
	const char *txt; /* its strings, unescaped, each in brackets */
} rows[] = {
	{"+;v0;IPv4;juliet\\059rogue\\.\\\\x\\010\\027\\09131mRED;iChat Presence;local",
		"juliet;rogue.\\x\n\033[31mRED", "iChat Presence", "", ""},
	{"-;eth0;IPv6;a;_clique._udp;local", "a", "_clique._udp", "", ""},
	{"=;v0;IPv4;notxt;Internet Printer;local;h\\195\\169.local;10.99.0.2;5298;", "notxt",
		"Internet Printer", "5298", ""},
	{"=;v0;IPv4;x;_presence._tcp;local;h.local;10.0.0.1;0;\"empty=\" \"novalue\" "
	 "\"1st=Juliet; \\\"Q\\\"\\\\ back\" \"b=\\195\\169\"", "x", "_presence._tcp", "0",
		"[empty=][novalue][1st=Juliet; \"Q\"\\ back][b=\303\251]"},
	{"=;v0;IPv4;x;_a._tcp;local;h;a;1;\"say=\"hi\" there\" \"b\"", "x", "_a._tcp", "1",
		"[say=\"hi][ \"b]"}, /* 0.7 escapes nothing: garbled, but not overrun */
	{"=;v0;IPv4;x;_a._tcp;local;h;a;1;\"open", "x", "_a._tcp", "1", "[open]"},
	{"=;v0;IPv4;x;_a._tcp;local;h;a;1;\"end\\", "x", "_a._tcp", "1", "[end\\]"},
	{"+;v0;IPv4;a\\256b\\d\\12;_a._tcp;local", "a\\256b\\d\\12", "_a._tcp", "", ""},
	{"+;v0;IPv4;a;_a._tcp", NULL, NULL, NULL, NULL},
	{"+;v0;IPv4;local", NULL, NULL, NULL, NULL}, /* -D */
	{"+;v0;IPv4;a;_a._tcp;local;more", NULL, NULL, NULL, NULL},
	{"=;v0;IPv4;a;_a._tcp;local;h;a;1", NULL, NULL, NULL, NULL},
	{"+;v0;IPv4;a;;local", NULL, NULL, NULL, NULL},
	{"+;v0;IPv4;a;_a._tcp;", NULL, NULL, NULL, NULL},
	{"+v;IPv4;a;_a._tcp;local;x", NULL, NULL, NULL, NULL},
	{"*;v0;IPv4;a;_a._tcp;local", NULL, NULL, NULL, NULL},
	{"+", NULL, NULL, NULL, NULL},
	{"", NULL, NULL, NULL, NULL},
	{": All for now", NULL, NULL, NULL, NULL},
};

static int equals(struct sdreg_text text, const char *wanted)
{
	return text.len == strlen(wanted) && (text.len == 0 ||
		memcmp(text.at, wanted, text.len) == 0);
}

static void check_row(size_t i)
{
	const struct row *const row = &rows[i];
	const size_t len = strlen(row->line);
	struct avahi_line line;
	char *const block = malloc(len > 0 ? len : 1); /* no byte after the line */
	char out[200];
	char strings[200] = "";
	assert_non_null(block);
	memcpy(block, row->line, len);
	const int is_line = avahi_line_read(block, len, &line);
	if (is_line != (row->type != NULL))
		fail_msg("row %zu: %d", i, is_line);
	if (is_line) {
		const size_t n = avahi_unescape(line.name, out);
		size_t string_len;
		if (n != strlen(row->name) || memcmp(out, row->name, n) != 0 ||
			!equals(line.type, row->type) || !equals(line.port, row->port))
			fail_msg("row %zu: name %.*s", i, (int)n, out);
		while (avahi_txt_next(&line.txt, out, &string_len)) {
			strcat(strings, "[");
			strncat(strings, out, string_len);
			strcat(strings, "]");
		}
		if (strcmp(strings, row->txt) != 0)
			fail_msg("row %zu: TXT %s", i, strings);
	}
	free(block);
}

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_row(i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
	};
	return cmocka_run_group_tests_name("avahi-line", tests, NULL, NULL);
}
