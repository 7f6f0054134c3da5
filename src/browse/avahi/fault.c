/* SPDX-License-Identifier: MIT */
#include "avahi.h"

#include <avahi-common/domain.h>
#include <avahi-common/error.h>

#include <stdint.h>

/* Avahi's errors, as what they mean to somebody who browses. avahi_strerror() translates, so it
 * only has the rest. */

struct backend_fault avahi_event_fault(int error)
{
	switch (error) {
	case AVAHI_ERR_TIMEOUT:
		return (struct backend_fault){SDREG_E_LIMIT,
			"nobody answered within 5 seconds: the host is gone, or something on the "
			"way drops UDP port 5353"};
	case AVAHI_ERR_NOT_FOUND:
	case AVAHI_ERR_DNS_NXDOMAIN:
		return (struct backend_fault){SDREG_E_DAEMON, "the DNS server knows no such name"};
	case AVAHI_ERR_INVALID_SERVICE_TYPE:
		return (struct backend_fault){SDREG_E_DAEMON,
			"avahi-daemon takes no such type: each label must begin with an "
			"underscore and have two characters more"};
	case AVAHI_ERR_INVALID_SERVICE_NAME:
		return (struct backend_fault){SDREG_E_DAEMON, "avahi-daemon takes no such name"};
	case AVAHI_ERR_INVALID_DOMAIN_NAME:
		return (struct backend_fault){SDREG_E_DAEMON, "avahi-daemon takes no such domain"};
	case AVAHI_ERR_NO_MEMORY:
		return (struct backend_fault){SDREG_E_MEMORY, "no memory"};
	case AVAHI_ERR_NO_NETWORK:
		return (struct backend_fault){SDREG_E_DAEMON,
			"avahi-daemon has no network: connect one"};
	case AVAHI_ERR_ACCESS_DENIED:
		return (struct backend_fault){SDREG_E_DAEMON,
			"D-Bus lets nobody ask avahi-daemon: see /etc/dbus-1/system.d"};
	case AVAHI_ERR_VERSION_MISMATCH:
		return (struct backend_fault){SDREG_E_DAEMON,
			"avahi-daemon and libavahi-client do not fit together: update both"};
	case AVAHI_ERR_DISCONNECTED:
	case AVAHI_ERR_NO_DAEMON:
		return (struct backend_fault){SDREG_E_DAEMON,
			"avahi-daemon is gone: start it, e.g. systemctl start avahi-daemon"};
	default:
		return (struct backend_fault){SDREG_E_DAEMON, avahi_strerror(error)};
	}
}

struct backend_fault avahi_call_fault(int error)
{
	switch (error) {
	case AVAHI_ERR_TOO_MANY_OBJECTS:
	case AVAHI_ERR_TOO_MANY_CLIENTS:
		return (struct backend_fault){BACKEND_QUOTA,
			"avahi-daemon does no more for one user: raise clients-max or "
			"objects-per-client-max in avahi-daemon.conf"};
	case AVAHI_ERR_TIMEOUT: /* of D-Bus */
	case AVAHI_ERR_DBUS_ERROR:
	case AVAHI_ERR_BAD_STATE:
	case AVAHI_ERR_DISCONNECTED:
	case AVAHI_ERR_NO_DAEMON:
		return (struct backend_fault){BACKEND_AWAY,
			"avahi-daemon does not answer: restart it, e.g. systemctl restart "
			"avahi-daemon"};
	default:
		return avahi_event_fault(error);
	}
}

/* Bytes of the UTF-8 character at text, 0 if there is none (Unicode, table 3-7). */
static int utf8_length(const unsigned char *text)
{
	static const struct {
		unsigned char from, to, second_from, second_to;
		int length;
	} rows[] = {
		{0x01, 0x7f, 0x00, 0xff, 1},
		{0xc2, 0xdf, 0x80, 0xbf, 2},
		{0xe0, 0xe0, 0xa0, 0xbf, 3},
		{0xe1, 0xec, 0x80, 0xbf, 3},
		{0xed, 0xed, 0x80, 0x9f, 3},
		{0xee, 0xef, 0x80, 0xbf, 3},
		{0xf0, 0xf0, 0x90, 0xbf, 4},
		{0xf1, 0xf3, 0x80, 0xbf, 4},
		{0xf4, 0xf4, 0x80, 0x8f, 4},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (text[0] < rows[i].from || text[0] > rows[i].to)
			continue;
		if (text[1] < rows[i].second_from || text[1] > rows[i].second_to)
			return 0;
		for (int k = 2; k < rows[i].length; k++)
			if ((text[k] & 0xc0) != 0x80)
				return 0;
		return rows[i].length;
	}
	return 0;
}

/* libdbus aborts a program that hands it bytes that are no UTF-8. Avahi looks at the labels with
 * their escapes taken out, which is not the same. */
static int is_utf8(const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	int length = 1;
	for (; *at != '\0' && length > 0; at += length)
		length = utf8_length(at);
	return length > 0;
}

int avahi_is_domain(const char *text)
{
	return is_utf8(text) && avahi_is_valid_domain_name(text);
}

int avahi_is_name(const char *text)
{
	return is_utf8(text) && avahi_is_valid_service_name(text);
}

int avahi_is_type(const char *text)
{
	return is_utf8(text) && avahi_is_valid_service_type_generic(text);
}
