/* SPDX-License-Identifier: MIT */
#include "avahi.h"

#include "browse/browser.h"
#include "common/error.h"

#include <avahi-common/error.h>
#include <avahi-common/timeval.h>

#include <stdlib.h>
#include <string.h>

/* sdreg_browser_new(): a browser with Avahi behind it. */

static void on_tick(AvahiTimeout *timeout, void *user)
{
	const struct avahi_backend *const a = user;
	(void)timeout;
	if (a->state != AVAHI_STOPPED)
		a->listener->tick(a->user);
}

static void release(struct backend *backend, void *handle)
{
	(void)backend;
	avahi_close(handle);
}

static void wake(struct backend *backend, unsigned ms)
{
	const struct avahi_backend *const a = (struct avahi_backend *)backend;
	struct timeval when;
	a->poll->timeout_update(a->tick, avahi_elapse_time(&when, ms, 0));
}

static void stop(struct backend *backend)
{
	struct avahi_backend *const a = (struct avahi_backend *)backend;
	a->state = AVAHI_STOPPED;
	a->poll->timeout_update(a->tick, NULL);
	avahi_mend_soon(a);
}

static void free_backend(struct backend *backend)
{
	struct avahi_backend *const a = (struct avahi_backend *)backend;
	a->state = AVAHI_STOPPED;
	avahi_disconnect(a);
	if (a->tick != NULL)
		a->poll->timeout_free(a->tick);
	if (a->mend != NULL)
		a->poll->timeout_free(a->mend);
	free(a);
}

static const struct backend functions = {
	.daemon = "avahi-daemon",
	.browse_types = avahi_browse_types,
	.browse_domains = avahi_browse_domains,
	.browse = avahi_browse,
	.resolve = avahi_resolve,
	.follow = avahi_follow,
	.look_up = avahi_look_up,
	.release = release,
	.wake = wake,
	.stop = stop,
	.free = free_backend,
};

int avahi_no_daemon(int error, struct sdreg_error *err)
{
	switch (error) {
	case AVAHI_ERR_NO_MEMORY:
		return error_set(err, SDREG_E_MEMORY,
			"out of memory: the network cannot be browsed");
	case AVAHI_ERR_NO_DAEMON:
	case AVAHI_ERR_DBUS_ERROR:
	case AVAHI_ERR_DISCONNECTED:
		return error_set(err, SDREG_E_DAEMON,
			"no avahi-daemon is running, or it does not answer: systemctl start "
			"avahi-daemon (Debian's package: avahi-daemon; D-Bus must run, too)");
	default:
		return error_set(err, SDREG_E_DAEMON, "avahi-daemon cannot be asked: %s",
			avahi_event_fault(error).reason);
	}
}

static int set_place(struct avahi_backend *a, const struct sdreg_browse_options *options,
	struct sdreg_error *err)
{
	a->interface = AVAHI_IF_UNSPEC;
	a->protocol = avahi_protocol(options->protocol);
	if (options->interface.len == 0)
		return SDREG_OK;
	char name[IF_NAMESIZE];
	const AvahiIfIndex interface = avahi_find_interface(options->interface, name, err);
	if (interface <= 0)
		return SDREG_E_IO;
	if (options->snapshot)
		a->interface = interface;
	else
		memcpy(a->interface_name, name, sizeof(name));
	return SDREG_OK;
}

/* With wait_for_daemon, a daemon that is not there will be waited for, and so will D-Bus. */
static struct avahi_backend *backend_new(const AvahiPoll *poll, void *user,
	const struct sdreg_browse_options *options, struct sdreg_error *err)
{
	const int wait = options->wait_for_daemon;
	int error = AVAHI_ERR_NO_MEMORY;
	struct avahi_backend *const a = calloc(1, sizeof(*a));
	if (a == NULL)
		goto failed;
	a->backend = functions;
	a->listener = &browser_listener;
	a->user = user;
	a->poll = poll;
	a->tick = poll->timeout_new(poll, NULL, on_tick, a);
	a->mend = poll->timeout_new(poll, NULL, avahi_on_mend, a);
	a->is_cached = options->cached;
	if (a->tick == NULL || a->mend == NULL || set_place(a, options, err) < 0)
		goto failed;
	if (avahi_connect(a, wait ? AVAHI_CLIENT_NO_FAIL : 0, &error) == NULL && !wait)
		goto failed;
	avahi_mend_soon(a);
	return a;
failed:
	if (a != NULL)
		free_backend(&a->backend);
	avahi_no_daemon(error, err);
	return NULL;
}

struct sdreg_browser *sdreg_browser_new(const struct AvahiPoll *poll,
	const struct sdreg_browse_options *options, sdreg_event_fn *fn, void *user,
	struct sdreg_error *err)
{
	error_begin(err);
	if (poll == NULL) {
		error_set(err, SDREG_E_ARGUMENT, "a browser needs an event loop");
		return NULL;
	}
	struct sdreg_browser *const b = browser_new(options, fn, user, err);
	if (b == NULL)
		return NULL;
	if (b->domain != NULL && !avahi_is_domain(b->domain)) {
		error_set(err, SDREG_E_SYNTAX, "\"%s\" is not a domain: give one such as local",
			b->domain);
		sdreg_browser_free(b);
		return NULL;
	}
	struct avahi_backend *const a = backend_new(poll, b, &b->options, err);
	if (a == NULL) {
		sdreg_browser_free(b);
		return NULL;
	}
	browser_attach(b, &a->backend);
	return b;
}
