/* SPDX-License-Identifier: MIT */
#include "browser.h"
#include "common/error.h"

/* All addresses of the hosts that services are on: a resolver tells but one. */

enum {
	OPEN_MAX = 512, /* look-ups at one time; that of a host which is over gives its place */
};

int browser_yield_host(struct sdreg_browser *b)
{
	struct host *host = b->hosts.first;
	while (host != NULL && !host->is_over)
		host = host->next;
	if (host == NULL)
		return 0;
	b->backend->release(b->backend, host->handle);
	hosts_close(&b->hosts, host);
	return 1;
}

static const struct backend_fault no_memory = {SDREG_E_MEMORY, "out of memory"};

/* The one address that a resolver told is there all the same. Once: it is the same for all. */
static void tell_fewer(struct sdreg_browser *b, const char *host, const struct backend_fault *fault)
{
	struct sdreg_error err = {.size = sizeof(err)};
	if (b->was_without_addresses || fault->code == BACKEND_AWAY ||
		fault->code == SDREG_E_SYNTAX)
		return;
	b->was_without_addresses = 1;
	error_set(&err, fault->code < 0 ? fault->code : SDREG_E_DAEMON,
		"of hosts such as \"%s\" one address is shown, and there may be more: %s", host,
		fault->reason);
	browser_tell(b, SDREG_EVENT_WARNING, NULL, &err);
}

static void look_up(struct sdreg_browser *b, struct host *host)
{
	struct backend_fault fault;
	if (b->hosts.open >= OPEN_MAX)
		browser_yield_host(b);
	void *const handle =
		b->backend->look_up(b->backend, host->name, host->interface, host, &fault);
	if (handle != NULL) {
		hosts_open(&b->hosts, host, handle);
		return;
	}
	host->is_over = 1;
	tell_fewer(b, host->name, &fault);
}

void browser_leave_host(struct sdreg_browser *b, struct sighting *sighting)
{
	struct host *const host = hosts_leave(sighting);
	if (host == NULL)
		return;
	if (host->handle != NULL)
		b->backend->release(b->backend, host->handle);
	hosts_free(&b->hosts, host);
}

void browser_join_host(struct sdreg_browser *b, struct sighting *sighting)
{
	const struct answer *const answer = sighting->place.answer;
	struct host *host = NULL;
	if (b->options.one_address)
		return;
	if (answer != NULL && answer->host[0] != '\0' && sighting->place.interface > 0) {
		host = hosts_get(&b->hosts, answer->host, sighting->place.interface);
		if (host == NULL)
			tell_fewer(b, answer->host, &no_memory);
	}
	if (host == sighting->on_host.host)
		return;
	browser_leave_host(b, sighting);
	if (host == NULL)
		return;
	if (host->sightings == NULL)
		look_up(b, host);
	hosts_join(host, sighting);
}

void browser_forget_look_ups(struct sdreg_browser *b)
{
	while (b->hosts.first != NULL)
		hosts_close(&b->hosts, b->hosts.first);
}

void browser_lack_address(struct sdreg_browser *b, const struct host *host)
{
	tell_fewer(b, host->name, &no_memory);
}
