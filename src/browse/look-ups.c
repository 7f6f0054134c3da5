/* SPDX-License-Identifier: MIT */
#include "browser.h"
#include "common/error.h"

/* All addresses of the hosts that services are on: a resolver tells but one. */

enum {
	OPEN_MAX = 512, /* look-ups at one time; that of a host which is over gives its place */
	TURN_MS = 1000,
	TURN_HOSTS = 8, /* that are asked for again at one time */
	SWEEP_MS = 1000, /* in which a host answers again that is there */
};

/* One that goes on is told late of what is not followed all the time. Once. */
static void tell_in_turn(struct sdreg_browser *b)
{
	struct sdreg_error err = {.size = sizeof(err)};
	if (b->was_in_turn || b->options.snapshot)
		return;
	b->was_in_turn = 1;
	error_set(&err, SDREG_E_LIMIT,
		"there are more hosts than the addresses of which are followed, %zu: they "
		"are asked for in turn, and changes of addresses are told late",
		b->hosts.open + 1);
	browser_tell(b, SDREG_EVENT_WARNING, NULL, &err);
}

int browser_yield_host(struct sdreg_browser *b)
{
	struct host *host = b->hosts.first;
	while (host != NULL && !host->is_over)
		host = host->next;
	if (host == NULL)
		return 0;
	b->backend->release(b->backend, host->handle);
	tell_in_turn(b);
	if (b->hosts.unfollowed == 0)
		b->turn_at = browser_now(b) + TURN_MS;
	hosts_yield(&b->hosts, host);
	return 1;
}

static const struct backend_fault no_memory = {SDREG_E_MEMORY, "out of memory"};
static const struct backend_fault one_only = {SDREG_E_LIMIT,
	"it is not on a network interface here, and the daemon tells but one"};

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
	/* outside of mDNS there is no interface to ask on */
	if (answer != NULL && answer->host[0] != '\0' && sighting->place.interface <= 0)
		tell_fewer(b, answer->host, &one_only);
	if (host == sighting->on_host.host) {
		if (host != NULL && host->is_unfollowed && !b->options.snapshot &&
			!host_has_address(host, answer->address))
			browser_look_up_again(b, host);
		return;
	}
	browser_leave_host(b, sighting);
	if (host == NULL)
		return;
	if (host->sightings == NULL)
		look_up(b, host);
	hosts_join(host, sighting);
}

/* A service may be taken from the host when it is told of: the next one is looked up before. */
void browser_renew_host(struct sdreg_browser *b, const struct host *host)
{
	struct sighting *next;
	for (struct sighting *s = host->sightings; s != NULL; s = next) {
		next = s->on_host.next;
		browser_renew(b, s->service);
	}
}

void browser_look_up_again(struct sdreg_browser *b, struct host *host)
{
	if (b->options.snapshot)
		return;
	if (host->handle != NULL) {
		b->backend->release(b->backend, host->handle);
		hosts_close(&b->hosts, host);
	}
	host->is_cut = 0;
	look_up(b, host);
	if (host->handle == NULL)
		hosts_yield(&b->hosts, host);
	else
		hosts_begin_sweep(&b->hosts, host, browser_now(b) + SWEEP_MS);
}

static void sweep(struct sdreg_browser *b, uint64_t now)
{
	for (struct host *h = b->hosts.first; h != NULL && b->hosts.unswept > 0; h = h->next)
		if (h->sweep_at != 0 && now >= h->sweep_at && h->is_over &&
			hosts_sweep(&b->hosts, h))
			browser_renew_host(b, h);
}

void browser_turn_hosts(struct sdreg_browser *b, uint64_t now)
{
	if (b->options.snapshot || b->hosts.unfollowed + b->hosts.unswept == 0 || now < b->turn_at)
		return;
	b->turn_at = now + TURN_MS;
	sweep(b, now);
	for (size_t i = b->hosts.unfollowed < TURN_HOSTS ? b->hosts.unfollowed : TURN_HOSTS; i > 0;
		i--)
		browser_look_up_again(b, b->hosts.first_unfollowed);
}

void browser_forget_look_ups(struct sdreg_browser *b)
{
	while (b->hosts.first != NULL)
		hosts_close(&b->hosts, b->hosts.first);
	while (b->hosts.first_unfollowed != NULL)
		hosts_close(&b->hosts, b->hosts.first_unfollowed);
}

void browser_lack_address(struct sdreg_browser *b, const struct host *host, int is_memory)
{
	struct sdreg_error err = {.size = sizeof(err)};
	if (is_memory) {
		tell_fewer(b, host->name, &no_memory);
		return;
	}
	if (b->was_cut)
		return;
	b->was_cut = 1;
	error_set(&err, SDREG_E_LIMIT,
		"the host \"%s\" has more addresses than are shown of one, %d", host->name,
		HOST_ADDRESSES_MAX);
	browser_tell(b, SDREG_EVENT_WARNING, NULL, &err);
}
