/* SPDX-License-Identifier: MIT */

/* What cannot be announced is refused before the daemon is asked: libdbus ends a program that hands
 * it bytes which are no UTF-8. There is no daemon here: what is let through is SDREG_E_DAEMON. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "browse/avahi/avahi.h"

#include <avahi-common/error.h>
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
		{"name of 63 bytes", "_ipp._tcp",
			"012345678901234567890123456789012345678901234567890123456789012", NULL,
			NULL, NULL, SDREG_E_DAEMON},
		{"name of 64 bytes", "_ipp._tcp",
			"0123456789012345678901234567890123456789012345678901234567890123", NULL,
			NULL, NULL, SDREG_E_SYNTAX},
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

/* An announcement of a program that knew less of it, or none at all. */
static void reads_size(void **state)
{
	struct sdreg_loop *const loop = sdreg_loop_new();
	struct sdreg_announcement wanted = {.type = {"_ipp._tcp", 9},
		.name = {"n", 1},
		.host = {"h\xff", 2}, /* which is refused, where it is read */
		.port = 631};
	struct sdreg_error err = {.size = sizeof(err)};
	(void)state;
	assert_null(sdreg_announcer_new(sdreg_loop_poll(loop), NULL, NULL, NULL, &err));
	assert_int_equal(err.code, SDREG_E_ARGUMENT);
	wanted.size = offsetof(struct sdreg_announcement, type);
	assert_null(sdreg_announcer_new(sdreg_loop_poll(loop), &wanted, NULL, NULL, &err));
	assert_int_equal(err.code, SDREG_E_ARGUMENT);
	wanted.size = sizeof(wanted);
	assert_null(sdreg_announcer_new(sdreg_loop_poll(loop), &wanted, NULL, NULL, &err));
	assert_int_equal(err.code, SDREG_E_SYNTAX);
	wanted.host = (struct sdreg_text){"h\0h", 3};
	assert_null(sdreg_announcer_new(sdreg_loop_poll(loop), &wanted, NULL, NULL, &err));
	assert_int_equal(err.code, SDREG_E_SYNTAX);
	wanted.host = (struct sdreg_text){NULL, 0};
	assert_null(sdreg_announcer_new(sdreg_loop_poll(loop), &wanted, NULL, NULL, &err));
	assert_int_equal(err.code, SDREG_E_DAEMON);
	sdreg_loop_free(loop);
}

/* Each error has a reason, in English whatever the locale is. */
static void gives_reasons(void **state)
{
	static const struct {
		int error, code;
		const char *reason;
	} rows[] = {
		{AVAHI_ERR_TIMEOUT, SDREG_E_LIMIT,
			"nobody answered within 5 seconds: the host is gone, or something on the "
			"way drops UDP port 5353"},
		{AVAHI_ERR_FAILURE, SDREG_E_DAEMON,
			"avahi-daemon could not do it, and does not say why"},
		{AVAHI_ERR_NOT_PERMITTED, SDREG_E_DAEMON, "avahi-daemon.conf does not permit it"},
		{AVAHI_ERR_NOT_PERMITTED - 1, SDREG_E_DAEMON,
			"avahi-daemon refused, for a reason of its own"},
		{AVAHI_ERR_INVALID_TTL, SDREG_E_DAEMON,
			"avahi-daemon refused, for a reason of its own"},
		{0, SDREG_E_DAEMON, "avahi-daemon refused, for a reason of its own"},
		{-1000, SDREG_E_DAEMON, "avahi-daemon refused, for a reason of its own"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct backend_fault fault = avahi_event_fault(rows[i].error);
		assert_int_equal(fault.code, rows[i].code);
		assert_string_equal(fault.reason, rows[i].reason);
	}
	assert_int_equal(avahi_call_fault(AVAHI_ERR_TIMEOUT).code, BACKEND_AWAY);
	assert_int_equal(avahi_call_fault(AVAHI_ERR_TOO_MANY_OBJECTS).code, BACKEND_QUOTA);
	assert_int_equal(avahi_call_fault(AVAHI_ERR_ACCESS_DENIED).code, SDREG_E_DAEMON);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(announces),
		cmocka_unit_test(reads_size),
		cmocka_unit_test(gives_reasons),
	};
	setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
