/* SPDX-License-Identifier: MIT */

/* What the Avahi backend makes of errors, addresses, interfaces and protocols. Takes no daemon. */

#include "table.h"

#include "browse/avahi/avahi.h"

#include <avahi-common/error.h>

/* Each error is a reason and a code: of calls some pass, of what is told none does. */
static void test_faults(void **state)
{
	static const struct {
		int error, event, call;
		const char *reason; /* the beginning of what is told */
	} rows[] = {
		{AVAHI_ERR_TIMEOUT, SDREG_E_LIMIT, BACKEND_AWAY, "nobody answered within 5"},
		{AVAHI_ERR_NO_MEMORY, SDREG_E_MEMORY, SDREG_E_MEMORY, "out of memory"},
		{AVAHI_ERR_NOT_FOUND, SDREG_E_DAEMON, SDREG_E_DAEMON, "the DNS server knows"},
		{AVAHI_ERR_TOO_MANY_OBJECTS, SDREG_E_DAEMON, BACKEND_QUOTA, "avahi-daemon refused"},
		{AVAHI_ERR_TOO_MANY_CLIENTS, SDREG_E_DAEMON, BACKEND_QUOTA, "avahi-daemon refused"},
		{AVAHI_ERR_DISCONNECTED, SDREG_E_DAEMON, BACKEND_AWAY, "avahi-daemon is gone"},
		{AVAHI_ERR_NO_DAEMON, SDREG_E_DAEMON, BACKEND_AWAY, "avahi-daemon is gone"},
		{AVAHI_ERR_BAD_STATE, SDREG_E_DAEMON, BACKEND_AWAY, "avahi-daemon refused"},
		{AVAHI_ERR_DBUS_ERROR, SDREG_E_DAEMON, BACKEND_AWAY, "avahi-daemon refused"},
		{AVAHI_ERR_FAILURE, SDREG_E_DAEMON, SDREG_E_DAEMON, "avahi-daemon could not"},
		{AVAHI_ERR_COLLISION, SDREG_E_DAEMON, SDREG_E_DAEMON, "the name is taken"},
		{AVAHI_ERR_NOT_PERMITTED, SDREG_E_DAEMON, SDREG_E_DAEMON, "avahi-daemon.conf does"},
		/* behind the last that has words, and none at all */
		{AVAHI_ERR_NOT_PERMITTED - 1, SDREG_E_DAEMON, SDREG_E_DAEMON,
			"avahi-daemon refused"},
		{AVAHI_ERR_MAX - 100, SDREG_E_DAEMON, SDREG_E_DAEMON, "avahi-daemon refused"},
		{0, SDREG_E_DAEMON, SDREG_E_DAEMON, "avahi-daemon refused"},
		{1, SDREG_E_DAEMON, SDREG_E_DAEMON, "avahi-daemon refused"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct backend_fault event = avahi_event_fault(rows[i].error);
		if (event.code != rows[i].event ||
			avahi_call_fault(rows[i].error).code != rows[i].call)
			fail_msg("error %d: %d, %d", rows[i].error, event.code,
				avahi_call_fault(rows[i].error).code);
		if (strncmp(event.reason, rows[i].reason, strlen(rows[i].reason)) != 0)
			fail_msg("error %d: %s", rows[i].error, event.reason);
	}
}

static void test_text(void **state)
{
	(void)state;
	assert_true(avahi_is_domain("example.org"));
	assert_false(avahi_is_domain("example\xff.org"));
	assert_true(avahi_is_name("J\xc3\xbcliet"));
	assert_false(avahi_is_name("J\xfcliet"));
	assert_false(avahi_is_name(""));
	assert_true(avahi_is_type("_ipp._tcp"));
	assert_false(avahi_is_type("_i\xffp._tcp"));
	assert_false(avahi_is_type("ipp"));
	assert_int_equal(avahi_protocol(4), AVAHI_PROTO_INET);
	assert_int_equal(avahi_protocol(6), AVAHI_PROTO_INET6);
	assert_int_equal(avahi_protocol(0), AVAHI_PROTO_UNSPEC);
	assert_int_equal(avahi_protocol(5), AVAHI_PROTO_UNSPEC);
	assert_int_equal(avahi_protocol(7), AVAHI_PROTO_UNSPEC);
}

/* A scope stands behind what is link-local, fe80::/10, and nothing else. */
static void test_addresses(void **state)
{
	static const struct {
		const char *address, *scoped;
	} rows[] = {
		{"10.0.0.1", "10.0.0.1"},
		{"254.128.0.1", "254.128.0.1"}, /* begins as fe80 does */
		{"fe80::1", "fe80::1%lo"},
		{"febf::1", "febf::1%lo"},
		{"fec0::1", "fec0::1"},
		{"fe7f::1", "fe7f::1"},
		{"ff80::1", "ff80::1"},
		{"2001:db8::1", "2001:db8::1"},
	};
	const AvahiIfIndex lo = (AvahiIfIndex)if_nametoindex("lo");
	char text[AVAHI_ADDRESS_TEXT] = "x";
	AvahiAddress address;
	(void)state;
	avahi_address_text(NULL, lo, text);
	assert_string_equal(text, "");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_non_null(avahi_address_parse(rows[i].address, AVAHI_PROTO_UNSPEC, &address));
		avahi_address_text(&address, AVAHI_IF_UNSPEC, text);
		assert_string_equal(text, rows[i].address);
		avahi_address_text(&address, 0, text);
		assert_string_equal(text, rows[i].address);
		avahi_address_text(&address, 1 << 30, text); /* which went */
		assert_string_equal(text, rows[i].address);
		if (lo <= 0)
			continue;
		avahi_address_text(&address, lo, text);
		assert_string_equal(text, rows[i].scoped);
	}
}

static void test_interfaces(void **state)
{
	static const struct sdreg_text none[] = {{"no-such-one", 11}, {"lo\0", 3},
		{"an-interface-123", 16}, {"an-interface-1234", 17}, {"l", 1}, {"", 0}};
	const unsigned lo = if_nametoindex("lo");
	struct sdreg_error err = {.size = sizeof(err)};
	char name[IF_NAMESIZE];
	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		err = (struct sdreg_error){.size = sizeof(err)};
		assert_int_equal(avahi_find_interface(none[i], name, &err), 0);
		assert_int_equal(err.code, SDREG_E_IO);
		assert_int_equal(strncmp(err.text, "there is no network interface \"", 31), 0);
	}
	if (lo == 0)
		return;
	assert_int_equal(avahi_find_interface((struct sdreg_text){"long", 2}, name, &err), lo);
	assert_string_equal(name, "lo");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_interfaces),
	};
	return cmocka_run_group_tests_name("avahi-leaves", tests, NULL, NULL);
}
