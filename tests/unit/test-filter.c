/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/live/filter.h"
#include "core/query/annotate.h"
#include <cmocka.h>
#include <sdreg.h>
#include <string.h>

static const struct row {
	const char *pattern;
	const char *type;
	int fits;
} rows[] = {
	{NULL, "_ipp._tcp", 1},
	{"_ipp._tcp", "_ipp._tcp", 1},
	{"_IPP._TCP", "_ipp._tcp", 1},
	{"_ipp", "_ipp._tcp", 0},
	{"_ipp*", "_ipp._tcp", 1},
	{"_ipp*", "_ipps._tcp", 1},
	{"_ipp*", "_http._tcp", 0},
	{"*_tcp", "_http._tcp", 1},
	{"*_tcp", "_http._udp", 0},
	{"*", "_http._tcp", 1},
	{"**", "_http._tcp", 1},
	{"_?ttp._tcp", "_http._tcp", 1},
	{"_http._tcp?", "_http._tcp", 0},
	{"", "_http._tcp", 0},
	{"*t*t*p._*cp", "_http._tcp", 1},
	{"*a*a*a*a*a*a*a*a*b", "_aaaaaaaaaaaaaa._tcp", 0},
	{"_h\\*", "_http._tcp", 0},
};

static int wants(const struct browse_filter *filter, const char *text, enum sdreg_verdict verdict)
{
	struct browse_filter copy = *filter;
	struct sdreg_type type;
	const struct sdreg_annotation annotation = {.verdict = verdict, .title = ""};
	assert_int_equal(sdreg_type_parse(text, strlen(text), &type, NULL), 0);
	return browse_filter_wants(&copy, &type, &annotation);
}

static void test_patterns(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct browse_filter filter = {.pattern = rows[i].pattern};
		if (wants(&filter, rows[i].type, SDREG_VERDICT_REGISTERED) != rows[i].fits)
			fail_msg("%s: %s", rows[i].pattern, rows[i].type);
	}
}

static void test_verdicts(void **state)
{
	(void)state;
	const struct browse_filter registered = {.registered = 1};
	const struct browse_filter unregistered = {.unregistered = 1};
	const struct browse_filter two = {.registered = 1, .malformed = 1};
	assert_true(wants(&registered, "_x._tcp", SDREG_VERDICT_REGISTERED));
	assert_true(wants(&registered, "_x._tcp", SDREG_VERDICT_TRANSPORT_NOT_STATED));
	assert_false(wants(&registered, "_x._tcp", SDREG_VERDICT_OTHER_TRANSPORT));
	assert_false(wants(&registered, "_x._tcp", SDREG_VERDICT_NOT_WELL_FORMED));
	assert_true(wants(&unregistered, "_x._tcp", SDREG_VERDICT_OTHER_TRANSPORT));
	assert_true(wants(&unregistered, "_x._tcp", SDREG_VERDICT_IN_COMMON_USE));
	assert_true(wants(&unregistered, "_x._tcp", SDREG_VERDICT_NOT_IN_PART));
	assert_false(wants(&unregistered, "_x._tcp", SDREG_VERDICT_NOT_WELL_FORMED));
	assert_true(wants(&two, "_x._tcp", SDREG_VERDICT_NOT_WELL_FORMED));
	assert_true(wants(&two, "_x._tcp", SDREG_VERDICT_REGISTERED));
	assert_false(wants(&two, "_x._tcp", SDREG_VERDICT_NOT_REGISTERED));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_verdicts),
	};
	return cmocka_run_group_tests_name("filter", tests, NULL, NULL);
}
