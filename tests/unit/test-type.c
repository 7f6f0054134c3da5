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

#define THIRTY "0123456789abcdefghijklmnopqrst"
#define NINE_NULS "\\000\\000\\000\\000\\000\\000\\000\\000\\000"

/* What is wrong, with which label, and the type that was meant. */
static const struct wrong {
	const char *text;
	const char *says; /* before the source */
} wrong[] = {
	/* no underscore */
	{"http._tcp", "the first label has no underscore: is _http._tcp meant?"},
	{"HTTP._UDP.local.", "the first label has no underscore: is _HTTP._udp meant?"},
	{"larder_door._tcp.", "the first label has no underscore: is _larder-door._tcp meant?"},
	{"a_name_of_16char._tcp", "the first label has no underscore"},
	{"a_name_of_15cha._tcp",
		"the first label has no underscore: is _a-name-of-15cha._tcp meant?"},
	{"1234._tcp", "the first label has no underscore"},
	{"_http.tcp", "the second label has no underscore: is _http._tcp meant?"},
	{"_http.UDP.local", "the second label has no underscore: is _http._udp meant?"},
	{"http.tcp", "neither label begins with an underscore: is _http._tcp meant?"},
	{"Box.http._tcp.local", "the label \"http\" has no underscore: is _http._tcp meant?"},
	{"Box._http.tcp.local", "the label \"tcp\" has no underscore: is _http._tcp meant?"},
	{"tcp.http._tcp", "the label \"http\" has no underscore: is _http._tcp meant?"},
	{"a.tcp._http.tcp", "the label \"tcp\" has no underscore: is _http._tcp meant?"},
	{"printer._sub.http._tcp",
		"the label \"http\" has no underscore: is printer._sub._http._tcp meant?"},
	{"_printer.sub._http._tcp",
		"the label before the type, sub, has no underscore: is "
		"_printer._sub._http._tcp meant?"},
	/* a label is missing */
	{"presence",
		"no label begins with an underscore, as in _http._tcp: is _presence._tcp or "
		"_presence._udp meant?"},
	{"a b",
		"no label begins with an underscore, as in _http._tcp: is _a-b._tcp or _a-b._udp "
		"meant?"},
	{"1", "no label begins with an underscore, as in _http._tcp"},
	{"www.example.org", "no label begins with an underscore, as in _http._tcp"},
	{"_presence",
		"a service type is two labels, as in _http._tcp: the second is missing: is "
		"_presence._tcp or _presence._udp meant?"},
	{"a._presence.local",
		"a service type is two labels, as in _http._tcp: the second is "
		"missing: is _presence._tcp or _presence._udp meant?"},
	{"_", "a service type is two labels, as in _http._tcp: the second is missing"},
	{"_tcp", "a service type is two labels, as in _http._tcp: the first is missing"},
	{"_UDP.local", "a service type is two labels, as in _http._tcp: the first is missing"},
	{"_sub", "_sub stands before a service type, as in _printer._sub._http._tcp"},
	{"_http_tcp", "a dot is missing before the protocol: is _http._tcp meant?"},
	{"http_udp.local", "a dot is missing before the protocol: is _http._udp meant?"},
	{"_a_tcp", "a dot is missing before the protocol: is _a._tcp meant?"},
	/* dots */
	{".", "a label is empty"},
	{"..", "a label is empty"},
	{"_http.._tcp", "a label is empty: is _http._tcp meant?"},
	{"_http._tcp..", "a label is empty: is _http._tcp meant?"},
	{"._http._tcp", "a label is empty: is _http._tcp meant?"},
	{"..http..tcp..", "a label is empty: is _http._tcp meant?"},
	/* blanks */
	{" _http._tcp ", "there are blanks around the type: is _http._tcp meant?"},
	{" _http._tcp", "there are blanks around the type: is _http._tcp meant?"},
	{"_http._tcp\n", "there are blanks around the type: is _http._tcp meant?"},
	{"\t_printer._sub._http._tcp",
		"there are blanks around the type: is _printer._sub._http._tcp meant?"},
	{"_http._tcp .", "there are blanks around the type: is _http._tcp meant?"},
	{"a._x._ .", "there are blanks around the type"},
	{"http._tcp ", "there are blanks around the type: is _http._tcp meant?"},
	{"_http ._tcp", "there are blanks around the type: is _http._tcp meant?"},
	{"_http._tcp .local", "there are blanks around the type: is _http._tcp meant?"},
	{"_http. _tcp", "the second label has a blank around it: is _http._tcp meant?"},
	{" ", "there are blanks around the type"},
	{"_ ._tcp ", "there are blanks around the type"},
	/* commas */
	{"_http._tcp,_printer",
		"subtypes behind a comma are how dns-sd -R and DNSServiceRegister write them: is "
		"_printer._sub._http._tcp meant?"},
	{"_matterc._udp.,_V65521,_S15",
		"subtypes behind a comma are how dns-sd -R and DNSServiceRegister write them: is "
		"_V65521._sub._matterc._udp meant?"},
	{"http._tcp,_printer",
		"subtypes behind a comma are how dns-sd -R and DNSServiceRegister write them: is "
		"_printer._sub._http._tcp meant?"},
	{"_under_score._tcp,_printer",
		"subtypes behind a comma are how dns-sd -R and "
		"DNSServiceRegister write them: is _printer._sub."
		"_under-score._tcp meant?"},
	{"_http._tcp,", "there is a comma behind the type: is _http._tcp meant?"},
	/* before the type */
	{"_sub._http._tcp", "a subtype must stand before _sub, as in _printer._sub._http._tcp"},
	{"a._b._sub._http._tcp",
		"before a type stands an instance or a subtype, not both: is _b._sub._http._tcp "
		"meant?"},
	{"a.b._http._tcp",
		"an instance name is one label, with \\. for a dot in it: is a\\.b._http._tcp "
		"meant?"},
	{"_a.b._http._tcp", "an instance name is one label, with \\. for a dot in it"},
	{"a.b.c._http._sctp", "an instance name is one label, with \\. for a dot in it"},
	/* limits, each on both sides */
	{"a__b._tcp", "the first label has no underscore: is _a-b._tcp meant?"},
	{"http ._tcp", "the first label has a blank around it: is _http._tcp meant?"},
	{"http.tcp.ftp.tcp", "neither label begins with an underscore: is _http._tcp meant?"},
	{"a_tcp", "a dot is missing before the protocol: is _a._tcp meant?"},
	{"__tcp", "a dot is missing before the protocol"},
	{"_http-tcp",
		"a service type is two labels, as in _http._tcp: the second is missing: is "
		"_http-tcp._tcp or _http-tcp._udp meant?"},
	{"_tcp,_a", "a service type is two labels, as in _http._tcp: the second is missing"},
	{",_http._tcp", "the first label has no underscore"},
	{"_http.._tcp\\", "a label is empty"},
	{"a\\001.b._http._tcp", "an instance name is one label, with \\. for a dot in it"},
	{THIRTY "a." THIRTY "b._x._tcp",
		"an instance name is one label, with \\. for a dot in it: "
		"is " THIRTY "a\\." THIRTY "b._x._tcp meant?"},
	{THIRTY "ab." THIRTY "b._x._tcp",
		"an instance name is one label, with \\. for a dot in it"},
	{"Box." THIRTY "abc._tcp.local", "the label \"" THIRTY "ab\" has no underscore"},
	{"_http._tcp," NINE_NULS NINE_NULS NINE_NULS "abc",
		"subtypes behind a comma are how dns-sd -R and DNSServiceRegister write them: "
		"is " NINE_NULS NINE_NULS NINE_NULS "abc._sub._http._tcp meant?"},
	{"_http._tcp," NINE_NULS NINE_NULS NINE_NULS "abcd",
		"subtypes behind a comma are how dns-sd -R and DNSServiceRegister write them: is "
		"_http._tcp meant?"},
	/* the sources */
	{"_http._tcp ",
		"there are blanks around the type: is _http._tcp meant? (RFC 6763 section 7)"},
	{"..", "a label is empty (RFC 1035 section 2.3.1)"},
};

static void test_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		const struct wrong *const w = &wrong[i];
		const size_t len = strlen(w->says);
		struct sdreg_error err = {.size = sizeof(err)};
		struct sdreg_type t;
		if (parse(w->text, strlen(w->text), &t, &err) != SDREG_E_SYNTAX ||
			strncmp(err.text, w->says, len) != 0 ||
			(w->says[len - 1] != ')' && strncmp(err.text + len, " (RFC ", 6) != 0))
			fail_msg("\"%s\": %s", w->text, err.text);
	}
}

/* What is meant is itself well formed, whatever is asked. */
static void test_meant(void **state)
{
	static const char *const pieces[] = {"_", "http", "tcp", "_tcp", "udp", "_sub", ".", ".",
		".", ",", " ", "-", "\\", "\\000", "\\032", "\377", "a-very-long-name-of-many",
		"_x", "1", "\\.", "_udp", "sub"};
	unsigned long seed = 1;
	size_t meant = 0;
	(void)state;
	for (int n = 0; n < 200000; n++) {
		char text[200] = "";
		struct sdreg_error err = {.size = sizeof(err)};
		struct sdreg_type t;
		for (int i = 0; i < 7; i++) {
			seed = (seed * 1103515245UL + 12345UL) & 0x7fffffffUL;
			strcat(text, pieces[(seed >> 16) % (sizeof(pieces) / sizeof(pieces[0]))]);
		}
		if (parse(text, strlen(text), &t, &err) == SDREG_OK)
			continue;
		char *const is = strstr(err.text, ": is ");
		if (is == NULL)
			continue;
		char *const begin = is + strlen(": is ");
		char *const end = strstr(begin, " or ");
		(end != NULL ? end : strstr(begin, " meant?"))[0] = '\0';
		meant++;
		if (sdreg_type_parse(begin, strlen(begin), &t, NULL) < 0 ||
			sdreg_type_faults(&t) != 0)
			fail_msg("\"%s\": is %s meant?", text, begin);
	}
	assert_true(meant > 1000);
}

/* What looks odd, and is well formed all the same, also when it was written anew. */
static void test_odd(void **state)
{
	static const char *const texts[] = {" Box._http._tcp", "Box, or not._http._tcp",
		"Box\\._tcp, new._http._tcp", "_x ._http._tcp", " _x ._http._tcp", "_http._tcp.",
		"a\\\\._http._tcp", "_http._tcp\\ ", "_universal._ipp._tcp", "_chat._tcp._udp",
		"\\ _O._x._y", "\\  _printer._sub._http._tcp"};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct sdreg_error err = {.size = sizeof(err)};
		struct sdreg_type t;
		if (parse(texts[i], strlen(texts[i]), &t, &err) < 0)
			fail_msg("\"%s\": %s", texts[i], err.text);
		char again[SDREG_NAME_SIZE];
		struct sdreg_type same;
		const int n = sdreg_type_format(&t, SDREG_TYPE_PART_ALL, again, sizeof(again));
		if (parse(again, (size_t)n, &same, &err) < 0)
			fail_msg("\"%s\", written anew: %s", again, err.text);
		assert_string_equal(same.instance, t.instance);
		assert_string_equal(same.subtype, t.subtype);
	}
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
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_meant),
		cmocka_unit_test(test_odd),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_rules),
	};
	return cmocka_run_group_tests_name("type", tests, NULL, NULL);
}
