/* SPDX-License-Identifier: MIT */

/* What findings say of what stands around a type, and how they quote a value. */

#include "table.h"

#include "core/check/report.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define DOMAIN "the domain has a label that begins with an underscore "

static void test_names(void **state)
{
	static const struct {
		const char *type;
		const char *text; /* of the last finding; NULL: there is none */
	} rows[] = {
		{"_printer._http._tcp",
			"the instance name begins with an underscore: is the subtype "
			"_printer._sub._http._tcp meant?"},
		{"_p._http._tcp",
			"the instance name begins with an underscore: is the subtype "
			"_p._sub._http._tcp meant?"},
		{"_printer._ht_tp._tcp", "the instance name begins with an underscore"},
		{"_services._dns-sd._udp", NULL},
		{"p._http._tcp", NULL},
		{"_chat._tcp._udp",
			DOMAIN "(_udp): two types in one name: is _chat._tcp or _chat._udp meant?"},
		{"_chat._udp._tcp",
			DOMAIN "(_tcp): two types in one name: is _chat._udp or _chat._tcp meant?"},
		{"_chat._tcp._tcp", DOMAIN "(_tcp): two types in one name: is _chat._tcp meant?"},
		{"_chat._tcp._http._udp",
			DOMAIN "(_http._udp): two types in one name: is "
			       "_chat._tcp or _http._udp meant?"},
		{"_chat._tcp._ht_tp._udp",
			DOMAIN "(_ht_tp._udp): two types in one name: is _chat._tcp meant?"},
		{"_ch_at._tcp._http._udp", DOMAIN "(_http._udp): two types in one name"},
		{"_chat._tcp.local._http._tcp",
			DOMAIN "(_http._tcp): two types in one name: is "
			       "_chat._tcp or _http._tcp meant?"},
		{"_chat._tcp.local._tcp",
			DOMAIN "(_tcp): two types in one name: is _chat._tcp meant?"},
		{"_chat._tcp.a.b._udp.c",
			DOMAIN "(_udp): two types in one name: is _chat._tcp or _chat._udp meant?"},
		{"_ipp._tcp._printer",
			DOMAIN "(_printer): a subtype stands before the type: is "
			       "_printer._sub._ipp._tcp meant?"},
		{"_ipp._tcp._p",
			DOMAIN
			"(_p): a subtype stands before the type: is _p._sub._ipp._tcp meant?"},
		{"_ipp._tcp._sub._printer",
			DOMAIN "(_printer): a subtype stands before the type: "
			       "is _printer._sub._ipp._tcp meant?"},
		{"_i_pp._tcp._printer", DOMAIN "(_printer): a subtype stands before the type"},
		{"_ipp._tcp._sub", NULL},
		{"_ipp._tcp.local._printer", NULL},
		{"_ipp._tcp.local", NULL},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_type type;
		assert_int_equal(sdreg_type_parse(rows[i].type, strlen(rows[i].type), &type, NULL),
			0);
		const struct sdreg_subject subject = {.size = sizeof(subject), .type = &type};
		struct sdreg_report *const report = sdreg_check(&subject, NULL);
		assert_non_null(report);
		const size_t count = sdreg_report_count(report);
		if (rows[i].text == NULL)
			assert_int_equal(count, 0);
		else if (count == 0 ||
			strcmp(sdreg_finding_text(sdreg_report_finding(report, count - 1)),
				rows[i].text) != 0)
			fail_msg("%s: %s", rows[i].type,
				count == 0 ? "nothing"
					   : sdreg_finding_text(
						     sdreg_report_finding(report, count - 1)));
		sdreg_report_free(report);
	}
}

#define THIRTY "abcdefghijklmnopqrstuvwxyzabcd"

/* Forty bytes of a value are quoted, to a character's end. */
static void test_quotes(void **state)
{
	static const struct {
		const char *value;
		size_t len;
		const char *quoted;
	} rows[] = {
		{"", 0, ""},
		{"ab", 1, "a"},
		{"a\0b", 3, "a?b"},
		{THIRTY "abcdefghi", 39, THIRTY "abcdefghi"},
		{THIRTY "abcdefghij", 40, THIRTY "abcdefghij"},
		{THIRTY "abcdefghijk", 41, THIRTY "abcdefghij..."},
		{THIRTY "abcdefgh\303\251", 40, THIRTY "abcdefgh\303\251"},
		{THIRTY "abcdefgh\303\251k", 41, THIRTY "abcdefgh\303\251..."},
		{THIRTY "abcdefghi\303\251", 41, THIRTY "abcdefghi..."},
		{THIRTY "abcdefg\342\202\254k", 41, THIRTY "abcdefg\342\202\254..."},
		{THIRTY "abcdefgh\342\202\254", 41, THIRTY "abcdefgh..."},
		{THIRTY "abcdefghi\342\202\254", 42, THIRTY "abcdefghi..."},
		{THIRTY "abcdefg\360\237\230\200", 41, THIRTY "abcdefg..."},
		{THIRTY "abcdef\200\200\200\200\200\200", 42, THIRTY "abcdef\200..."},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char buf[REPORT_QUOTE_SIZE + 1];
		memset(buf, '#', sizeof(buf));
		report_quote(rows[i].value, rows[i].len, buf);
		if (strcmp(buf, rows[i].quoted) != 0)
			fail_msg("row %zu: %s", i, buf);
		assert_int_equal(buf[REPORT_QUOTE_SIZE], '#');
	}
}

/* A value that is no UTF-8 is shown as what it was in Latin-1. */
static void test_latin(void **state)
{
	static const struct {
		const char *value, *shown;
	} rows[] = {
		{"J\374rgen", "J\303\274rgen"},
		{"\177\200", "\177\302\200"},
		{"\277\300\377", "\302\277\303\200\303\277"},
		{"\303\274\374", "\303\203\302\274\303\274"},
	};
	struct sdreg_type type;
	(void)state;
	assert_int_equal(sdreg_type_parse("_presence._tcp", 14, &type, NULL), 0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_txt *const txt = sdreg_txt_new();
		char string[32];
		char shown[64];
		size_t found = 0;
		snprintf(string, sizeof(string), "1st=%s", rows[i].value);
		snprintf(shown, sizeof(shown), "as Latin-1 it is \"%s\"", rows[i].shown);
		assert_int_equal(sdreg_txt_add(txt, string, strlen(string)), 0);
		const struct sdreg_subject subject = {.size = sizeof(subject),
			.type = &type,
			.txt = txt};
		struct sdreg_report *const report = sdreg_check(&subject, NULL);
		for (size_t k = 0; k < sdreg_report_count(report); k++)
			found += strstr(sdreg_finding_text(sdreg_report_finding(report, k)),
					 shown) != NULL;
		if (found != 1)
			fail_msg("row %zu: %zu", i, found);
		sdreg_report_free(report);
		sdreg_txt_free(txt);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_quotes),
		cmocka_unit_test(test_latin),
	};
	return cmocka_run_group_tests_name("words of findings", tests, NULL, NULL);
}
