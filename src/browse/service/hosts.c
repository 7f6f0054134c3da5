/* SPDX-License-Identifier: MIT */
#include "hosts.h"

#include "common/ascii.h"
#include "common/hash.h"

#include <stdlib.h>
#include <string.h>

static struct host **bucket_of(struct hosts *hosts, const char *name, int interface)
{
	const uint64_t hash = hash_add_lower((uint64_t)interface, name, strlen(name));
	return &hosts->buckets[(hash >> 16) % HOSTS_BUCKETS];
}

struct host *hosts_get(struct hosts *hosts, const char *name, int interface)
{
	struct host **const bucket = bucket_of(hosts, name, interface);
	const size_t size = strlen(name) + 1;
	for (struct host *h = *bucket; h != NULL; h = h->chain)
		if (h->interface == interface && ascii_compare(h->name, name) == 0)
			return h;
	struct host *const host = calloc(1, sizeof(*host) + size);
	if (host == NULL)
		return NULL;
	host->interface = interface;
	memcpy(host->name, name, size);
	host->chain = *bucket;
	*bucket = host;
	return host;
}

void hosts_free(struct hosts *hosts, struct host *host)
{
	struct host **at = bucket_of(hosts, host->name, host->interface);
	while (*at != host)
		at = &(*at)->chain;
	*at = host->chain;
	hosts_close(hosts, host);
	free(host->addresses);
	free(host);
}

void hosts_clear(struct hosts *hosts)
{
	for (size_t i = 0; i < HOSTS_BUCKETS; i++)
		while (hosts->buckets[i] != NULL)
			hosts_free(hosts, hosts->buckets[i]);
}

/* ---- who is on a host ---- */

void hosts_join(struct host *host, struct sighting *sighting)
{
	sighting->on_host.host = host;
	sighting->on_host.previous = NULL;
	sighting->on_host.next = host->sightings;
	if (host->sightings != NULL)
		host->sightings->on_host.previous = sighting;
	host->sightings = sighting;
}

struct host *hosts_leave(struct sighting *sighting)
{
	struct host *const host = sighting->on_host.host;
	if (host == NULL)
		return NULL;
	if (sighting->on_host.previous != NULL)
		sighting->on_host.previous->on_host.next = sighting->on_host.next;
	else
		host->sightings = sighting->on_host.next;
	if (sighting->on_host.next != NULL)
		sighting->on_host.next->on_host.previous = sighting->on_host.previous;
	sighting->on_host.host = NULL;
	return host->sightings == NULL ? host : NULL;
}

/* ---- look-ups ---- */

static void take_out(struct hosts *hosts, struct host *host)
{
	struct host **const first = host->is_unfollowed ? &hosts->first_unfollowed : &hosts->first;
	struct host **const last = host->is_unfollowed ? &hosts->last_unfollowed : &hosts->last;
	*(host->previous != NULL ? &host->previous->next : first) = host->next;
	*(host->next != NULL ? &host->next->previous : last) = host->previous;
	host->previous = host->next = NULL;
}

static void put_last(struct hosts *hosts, struct host *host)
{
	struct host **const first = host->is_unfollowed ? &hosts->first_unfollowed : &hosts->first;
	struct host **const last = host->is_unfollowed ? &hosts->last_unfollowed : &hosts->last;
	host->next = NULL;
	host->previous = *last;
	*(*last != NULL ? &(*last)->next : first) = host;
	*last = host;
}

static void follow_again(struct hosts *hosts, struct host *host)
{
	if (!host->is_unfollowed)
		return;
	take_out(hosts, host);
	host->is_unfollowed = 0;
	hosts->unfollowed--;
}

void hosts_open(struct hosts *hosts, struct host *host, void *handle)
{
	follow_again(hosts, host);
	host->handle = handle;
	host->is_over = 0;
	put_last(hosts, host);
	hosts->open++;
	hosts->pending++;
}

void hosts_over(struct hosts *hosts, struct host *host)
{
	if (host->handle != NULL && !host->is_over)
		hosts->pending--;
	host->is_over = 1;
}

static void end_sweep(struct hosts *hosts, struct host *host)
{
	hosts->unswept -= host->sweep_at != 0;
	host->sweep_at = 0;
}

void hosts_close(struct hosts *hosts, struct host *host)
{
	follow_again(hosts, host);
	end_sweep(hosts, host);
	if (host->handle == NULL)
		return;
	hosts_over(hosts, host);
	take_out(hosts, host);
	host->handle = NULL;
	hosts->open--;
}

void hosts_yield(struct hosts *hosts, struct host *host)
{
	hosts_close(hosts, host);
	host->is_unfollowed = 1;
	put_last(hosts, host);
	hosts->unfollowed++;
}

void hosts_begin_sweep(struct hosts *hosts, struct host *host, uint64_t at)
{
	end_sweep(hosts, host);
	for (size_t i = 0; i < host->address_count; i++)
		host->addresses[i].seen = 0;
	host->sweep_at = at;
	hosts->unswept++;
}

int hosts_sweep(struct hosts *hosts, struct host *host)
{
	const size_t before = host->address_count;
	end_sweep(hosts, host);
	for (size_t i = before; i-- > 0;) {
		if (host->addresses[i].seen > 0)
			continue;
		host_mark_address(host, host->addresses[i].text, 1);
		host->addresses[i] = host->addresses[--host->address_count];
	}
	return host->address_count != before;
}

/* ---- addresses ---- */

static struct host_address *find_address(const struct host *host, const char *address)
{
	for (size_t i = 0; i < host->address_count; i++)
		if (strcmp(host->addresses[i].text, address) == 0)
			return &host->addresses[i];
	return NULL;
}

int host_add_address(struct host *host, const char *address)
{
	struct host_address *const known = find_address(host, address);
	if (known != NULL) {
		known->seen++;
		return 0;
	}
	if (strlen(address) >= SERVICE_ADDRESS_SIZE)
		return 0;
	host->is_cut |= host->address_count == HOST_ADDRESSES_MAX;
	if (host->address_count == HOST_ADDRESSES_MAX)
		return 0;
	struct host_address *const grown =
		realloc(host->addresses, (host->address_count + 1) * sizeof(*grown));
	if (grown == NULL)
		return -1;
	host->addresses = grown;
	struct host_address *const added = &grown[host->address_count++];
	memset(added, 0, sizeof(*added));
	added->seen = 1;
	memcpy(added->text, address, strlen(address));
	return 1;
}

int host_remove_address(struct host *host, const char *address)
{
	struct host_address *const known = find_address(host, address);
	if (known != NULL && known->seen > 0)
		known->seen--;
	if (known == NULL || known->seen > 0)
		return 0;
	*known = host->addresses[--host->address_count];
	return 1;
}

int host_has_address(const struct host *host, const char *address)
{
	return find_address(host, address) != NULL;
}

void host_mark_address(const struct host *host, const char *address, int is_gone)
{
	for (struct sighting *s = host->sightings; s != NULL; s = s->on_host.next)
		if (s->place.answer != NULL && strcmp(s->place.answer->address, address) == 0)
			s->is_address_gone = is_gone;
}
