/* SPDX-License-Identifier: MIT */
#include "avahi.h"

#include "common/utf8.h"

#include <avahi-common/domain.h>
#include <avahi-common/error.h>

#include <string.h>

/* Avahi's errors, as what they mean to somebody who browses. avahi_strerror() would say them in the
 * language of the locale. */

static const char *rare_reason(int error)
{
	static const char *const reasons[] = {
		[-AVAHI_ERR_FAILURE] = "avahi-daemon could not do it, and does not say why",
		[-AVAHI_ERR_INVALID_HOST_NAME] = "avahi-daemon refuses this host name",
		[-AVAHI_ERR_COLLISION] = "the name is taken",
		[-AVAHI_ERR_INVALID_RECORD] = "avahi-daemon refuses this record",
		[-AVAHI_ERR_TOO_MANY_ENTRIES] =
			"too many records: raise entries-per-entry-group-max (avahi-daemon.conf)",
		[-AVAHI_ERR_OS] = "the system refused something to avahi-daemon: see its log",
		[-AVAHI_ERR_INVALID_INTERFACE] = "there is no such network interface",
		[-AVAHI_ERR_INVALID_PROTOCOL] = "avahi-daemon does not use this protocol",
		[-AVAHI_ERR_INVALID_SERVICE_SUBTYPE] = "avahi-daemon refuses this subtype",
		[-AVAHI_ERR_INVALID_PACKET] = "what the DNS server sent cannot be read",
		[-AVAHI_ERR_DNS_FORMERR] = "the DNS server did not understand the question",
		[-AVAHI_ERR_DNS_SERVFAIL] = "the DNS server has failed",
		[-AVAHI_ERR_DNS_NOTIMP] = "the DNS server does not answer such questions",
		[-AVAHI_ERR_DNS_REFUSED] = "the DNS server refused to answer",
		[-AVAHI_ERR_NOT_SUPPORTED] = "avahi-daemon was built without support for it",
		[-AVAHI_ERR_NOT_PERMITTED] = "avahi-daemon.conf does not permit it",
	};
	const size_t n = sizeof(reasons) / sizeof(reasons[0]);
	const char *const reason = error < 0 && error > -(int)n ? reasons[-error] : NULL;
	return reason != NULL ? reason : "avahi-daemon refused, for a reason of its own";
}

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
			"avahi-daemon refuses this type: it must end in _tcp or _udp, and "
			"each label begin with an underscore and have two characters more"};
	case AVAHI_ERR_INVALID_SERVICE_NAME:
		return (struct backend_fault){SDREG_E_DAEMON, "avahi-daemon refuses this name"};
	case AVAHI_ERR_INVALID_DOMAIN_NAME:
		return (struct backend_fault){SDREG_E_DAEMON, "avahi-daemon refuses this domain"};
	case AVAHI_ERR_NO_MEMORY:
		return (struct backend_fault){SDREG_E_MEMORY, "out of memory"};
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
		return (struct backend_fault){SDREG_E_DAEMON, rare_reason(error)};
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

/* libdbus aborts a program that hands it bytes that are no UTF-8. Avahi looks at the labels with
 * their escapes taken out, which is not the same. */
static int is_utf8(const char *text)
{
	const size_t len = strlen(text);
	return utf8_valid(text, len) == len;
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
