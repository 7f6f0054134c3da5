/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sdreg.h>
#include <stdlib.h>
#include <string.h>

/* Parses from a block of just the text's size, so that an overrun of one byte is seen. */
static int parse(const char *text, size_t len, struct sdreg_type *type, struct sdreg_error *err)
{
	char *const block = malloc(len > 0 ? len : 1);
	assert_non_null(block);
	memcpy(block, text, len);
	const int result = sdreg_type_parse(block, len, type, err);
	free(block);
	return result;
}

/* Texts, what they are taken for, and how they are written again (NULL: the same). */
static const struct good {
	const char *text;
	const char *instance;
	const char *subtype;
	const char *name;
	enum sdreg_proto proto;
	const char *domain;
	unsigned faults;
	const char *written;
} good[] = {
	{"_presence._tcp", "", "", "presence", SDREG_PROTO_TCP, "", 0, NULL},
	{"_presence._tcp.", "", "", "presence", SDREG_PROTO_TCP, "", 0, "_presence._tcp"},
	{"_clique._UDP", "", "", "clique", SDREG_PROTO_UDP, "", 0, "_clique._udp"},
	{"_HTTP._tcp.local.", "", "", "HTTP", SDREG_PROTO_TCP, "local", 0, "_HTTP._tcp.local"},
	{"_http._tcp.example.org", "", "", "http", SDREG_PROTO_TCP, "example.org", 0, NULL},
	{"juliet@pronto._presence._tcp.local", "juliet@pronto", "", "presence", SDREG_PROTO_TCP,
		"local", 0, NULL},
	{"Dr\\. Pepper._http._tcp", "Dr. Pepper", "", "http", SDREG_PROTO_TCP, "", 0, NULL},
	{"a\\\\b._http._tcp", "a\\b", "", "http", SDREG_PROTO_TCP, "", 0, NULL},
	{"Two\\032words._http._tcp", "Two words", "", "http", SDREG_PROTO_TCP, "", 0,
		"Two words._http._tcp"},
	{"R\303\266m\303\251o._http._tcp", "R\303\266m\303\251o", "", "http", SDREG_PROTO_TCP, "",
		0, NULL},
	{"_printer._sub._http._tcp.local", "", "_printer", "http", SDREG_PROTO_TCP, "local", 0,
		NULL},
	{"any\\.thing._SUB._http._tcp", "", "any.thing", "http", SDREG_PROTO_TCP, "", 0,
		"any\\.thing._sub._http._tcp"},
	{"_tcp._tcp", "", "", "tcp", SDREG_PROTO_TCP, "", 0, NULL},
	{"_udp._udp.local", "", "", "udp", SDREG_PROTO_UDP, "local", 0, NULL},
	{"\\095x._t\\099p", "", "", "x", SDREG_PROTO_TCP, "", 0, "_x._tcp"},
	{"_x._sctp", "", "", "x", SDREG_PROTO_OTHER, "", SDREG_RULE_PROTO, NULL},
	{"_printer._sub._http._sctp", "", "_printer", "http", SDREG_PROTO_OTHER, "",
		SDREG_RULE_PROTO, NULL},
	{"_._tcp", "", "", "", SDREG_PROTO_TCP, "", SDREG_RULE_NAME_EMPTY, NULL},
	{"_under_score._tcp", "", "", "under_score", SDREG_PROTO_TCP, "", SDREG_RULE_NAME_CHARACTER,
		NULL},
	{"_abcdefghijklmno._tcp", "", "", "abcdefghijklmno", SDREG_PROTO_TCP, "", 0, NULL},
	{"_abcdefghijklmnop._tcp", "", "", "abcdefghijklmnop", SDREG_PROTO_TCP, "",
		SDREG_RULE_NAME_LONG, NULL},
	{"_123._tcp", "", "", "123", SDREG_PROTO_TCP, "", SDREG_RULE_NAME_LETTER, NULL},
	{"_1-2-x._tcp", "", "", "1-2-x", SDREG_PROTO_TCP, "", 0, NULL},
	{"_-a._tcp", "", "", "-a", SDREG_PROTO_TCP, "", SDREG_RULE_NAME_HYPHEN_EDGE, NULL},
	{"_a-._tcp", "", "", "a-", SDREG_PROTO_TCP, "", SDREG_RULE_NAME_HYPHEN_EDGE, NULL},
	{"_a--b._tcp", "", "", "a--b", SDREG_PROTO_TCP, "", SDREG_RULE_NAME_HYPHEN_TWICE, NULL},
	{"_---._tcp", "", "", "---", SDREG_PROTO_TCP, "",
		SDREG_RULE_NAME_HYPHEN_EDGE | SDREG_RULE_NAME_HYPHEN_TWICE | SDREG_RULE_NAME_LETTER,
		NULL},
	{"a\\007b._http._tcp", "a\007b", "", "http", SDREG_PROTO_TCP, "",
		SDREG_RULE_INSTANCE_CONTROL, NULL},
	{"a\\255._http._tcp", "a\377", "", "http", SDREG_PROTO_TCP, "", SDREG_RULE_INSTANCE_UTF8,
		"a\377._http._tcp"},
};

static void check_good(const struct good *g)
{
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_type t;
	char text[SDREG_NAME_SIZE];
	if (parse(g->text, strlen(g->text), &t, &err) < 0)
		fail_msg("%s: refused: %s", g->text, err.text);
	if (strcmp(t.instance, g->instance) != 0 || strcmp(t.subtype, g->subtype) != 0 ||
		strcmp(t.name, g->name) != 0 || t.proto != g->proto ||
		strcmp(t.domain, g->domain) != 0)
		fail_msg("%s: taken for [%s] [%s] [%s] %d [%s]", g->text, t.instance, t.subtype,
			t.name, (int)t.proto, t.domain);
	if (sdreg_type_faults(&t) != g->faults)
		fail_msg("%s: faults %x", g->text, sdreg_type_faults(&t));
	const int n = sdreg_type_format(&t, SDREG_TYPE_PART_ALL, text, sizeof(text));
	const char *const written = g->written != NULL ? g->written : g->text;
	if (n != (int)strlen(written) || strcmp(text, written) != 0)
		fail_msg("%s: written as %s", g->text, text);
	assert_int_equal(sdreg_type_format(&t, SDREG_TYPE_PART_ALL, text, (size_t)n),
		SDREG_E_LIMIT);
	assert_string_equal(text, "");
}

static void test_good(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		check_good(&good[i]);
}

static const struct bad {
	const char *text;
	int result;
	const char *says; /* a part of the message */
} bad[] = {
	{"", SDREG_E_SYNTAX, "empty"},
	{".", SDREG_E_SYNTAX, "a label is empty"},
	{"presence", SDREG_E_SYNTAX, "underscore"},
	{"_presence", SDREG_E_SYNTAX, "two labels"},
	{"_presence.local", SDREG_E_SYNTAX, "two labels"},
	{"clique._udp", SDREG_E_SYNTAX, "two labels"},
	{"_http.._tcp", SDREG_E_SYNTAX, "a label is empty"},
	{"_http._tcp..", SDREG_E_SYNTAX, "a label is empty"},
	{"a.b._http._tcp", SDREG_E_SYNTAX, "one label"},
	{"_sub._http._tcp", SDREG_E_SYNTAX, "before _sub"},
	{"a._b._sub._http._tcp", SDREG_E_SYNTAX, "one label"},
	{"a\\", SDREG_E_SYNTAX, "backslash"},
	{"a\\25._http._tcp", SDREG_E_SYNTAX, "backslash"},
	{"a\\256._http._tcp", SDREG_E_SYNTAX, "backslash"},
	{"_a._b\\000c", SDREG_E_SYNTAX, "NUL"},
	{"0123456789012345678901234567890123456789012345678901234567890123._http._tcp",
		SDREG_E_LIMIT, "63 bytes"},
};

static void test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct sdreg_error err = {.size = sizeof(err)};
		struct sdreg_type t;
		memset(&t, 0x55, sizeof(t));
		const struct sdreg_type before = t;
		const int result = parse(bad[i].text, strlen(bad[i].text), &t, &err);
		if (result != bad[i].result || err.code != result ||
			strstr(err.text, bad[i].says) == NULL)
			fail_msg("\"%s\": %d, %s", bad[i].text, result, err.text);
		assert_memory_equal(&t, &before, sizeof(t)); /* written only on success */
	}
	assert_int_equal(parse("_a._tcp.\0x", 10, &(struct sdreg_type){0}, NULL), SDREG_E_SYNTAX);
}

/* The longest name there is, and one byte more. */
static void test_limits(void **state)
{
	(void)state;
	char text[400] = "_http._tcp"; /* 11 bytes on the wire, and the root's one */
	struct sdreg_type t;
	for (size_t wire = 12; wire + 62 <= 255; wire += 62)
		strcat(text, ".0123456789012345678901234567890123456789012345678901234567890");
	const size_t used = strlen(text) + 2;
	strcat(text, ".");
	for (size_t i = 0; i + used < 255 - 1; i++)
		strcat(text, "x");
	assert_int_equal(strlen(text) + 2, 255);
	assert_int_equal(sdreg_type_parse(text, strlen(text), &t, NULL), 0);
	strcat(text, "x");
	assert_int_equal(sdreg_type_parse(text, strlen(text), &t, NULL), SDREG_E_LIMIT);
}

static void test_rules(void **state)
{
	(void)state;
	for (unsigned bit = 1; bit <= SDREG_RULE_INSTANCE_UTF8; bit <<= 1) {
		assert_string_not_equal(sdreg_rule_text((enum sdreg_rule)bit), "unknown rule");
		assert_int_equal(strncmp(sdreg_rule_source((enum sdreg_rule)bit), "RFC ", 4), 0);
	}
	assert_string_equal(sdreg_rule_text((enum sdreg_rule)0), "unknown rule");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_rules),
	};
	return cmocka_run_group_tests_name("type", tests, NULL, NULL);
}
