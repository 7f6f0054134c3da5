/* SPDX-License-Identifier: MIT */

/* What cannot be announced is refused before the daemon is asked: libdbus ends a program that hands
 * it bytes which are no UTF-8. There is no daemon here: what is let through is SDREG_E_DAEMON. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sdreg/announce.h>
#include <sdreg/browse.h>

#include <stdlib.h>

static void announces(void **state)
{
	static const struct {
		const char *label, *type, *name, *domain, *host, *subtype;
		int result;
	} rows[] = {
		{"good", "_ipp._tcp", "Printer", "local", "h.local", "_universal", SDREG_E_DAEMON},
		{"good, short", "_ipp._tcp", "Pr\xc3\xb6", NULL, NULL, NULL, SDREG_E_DAEMON},
		{"no type", "ipp", "n", NULL, NULL, NULL, SDREG_E_SYNTAX},
		{"more than a type", "_a._sub._ipp._tcp", "n", NULL, NULL, NULL, SDREG_E_SYNTAX},
		{"no name", "_ipp._tcp", "", NULL, NULL, NULL, SDREG_E_SYNTAX},
		{"type with a byte", "_i\xffp._tcp", "n", NULL, NULL, NULL, SDREG_E_SYNTAX},
		{"name with a byte", "_ipp._tcp", "n\xff", NULL, NULL, NULL, SDREG_E_SYNTAX},
		{"domain with a byte", "_ipp._tcp", "n", "l\xff", NULL, NULL, SDREG_E_SYNTAX},
		{"host with a byte", "_ipp._tcp", "n", NULL, "h\xff.local", NULL, SDREG_E_SYNTAX},
		{"subtype with a byte", "_ipp._tcp", "n", NULL, NULL, "_\xff", SDREG_E_SYNTAX},
		{"empty subtype", "_ipp._tcp", "n", NULL, NULL, "", SDREG_E_SYNTAX},
	};
	struct sdreg_loop *const loop = sdreg_loop_new();
	(void)state;
	assert_non_null(loop);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sdreg_error err = {.size = sizeof(err)};
		const struct sdreg_text subtype = sdreg_text_of(rows[i].subtype);
		const struct sdreg_announcement wanted = {.size = sizeof(wanted),
			.type = sdreg_text_of(rows[i].type),
			.name = sdreg_text_of(rows[i].name),
			.domain = sdreg_text_of(rows[i].domain),
			.host = sdreg_text_of(rows[i].host),
			.subtypes = &subtype,
			.subtype_count = rows[i].subtype != NULL,
			.port = 631};
		struct sdreg_announcer *const announcer =
			sdreg_announcer_new(sdreg_loop_poll(loop), &wanted, NULL, NULL, &err);
		/* a finding of sdreg_check() is as good a reason as a syntax */
		const int code = err.code == SDREG_E_FORMAT ? SDREG_E_SYNTAX : err.code;
		if (announcer != NULL || code != rows[i].result)
			print_error("%s: %d %s\n", rows[i].label, err.code, err.text);
		assert_null(announcer);
		assert_int_equal(code, rows[i].result);
	}
	sdreg_loop_free(loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(announces),
	};
	setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
