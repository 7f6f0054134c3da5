/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_SERVICE_HOSTS_H
#define BROWSE_SERVICE_HOSTS_H

#include "service.h"

/* The hosts that services are on, each as one interface knows it, with all their addresses. A host
 * is there as long as a sighting's answer names it. */

enum {
	HOSTS_BUCKETS = 1024,
	HOST_ADDRESSES_MAX = 32, /* more are not kept: nobody has so many */
};

struct host_address {
	unsigned seen; /* over how many protocols */
	char text[SERVICE_ADDRESS_SIZE];
};

struct host {
	struct host *chain; /* of the same hash */
	struct host *previous; /* of those that are looked up, in the order they began */
	struct host *next;
	struct sighting *sightings;
	void *handle; /* of the look-up, or NULL */
	int is_over; /* what the daemon knew was told, or nothing will be */
	int interface;
	size_t address_count;
	struct host_address *addresses;
	char name[];
};

struct hosts {
	struct host *buckets[HOSTS_BUCKETS];
	struct host *first; /* look-up that began first */
	struct host *last;
	size_t open; /* look-ups */
	size_t pending; /* of these, the ones that are not over */
};

/* The host on an interface, made if there is none. NULL when out of memory. */
struct host *hosts_get(struct hosts *hosts, const char *name, int interface);
void hosts_join(struct host *host, struct sighting *sighting);
/* Takes a sighting from its host. The host if it is on none now: to be freed. */
struct host *hosts_leave(struct sighting *sighting);
void hosts_free(struct hosts *hosts, struct host *host);
/* Frees what is left. */
void hosts_clear(struct hosts *hosts);

/* A look-up begins, ends. */
void hosts_open(struct hosts *hosts, struct host *host, void *handle);
void hosts_close(struct hosts *hosts, struct host *host);
void hosts_over(struct hosts *hosts, struct host *host);

/* An address is there over one protocol more, or less. 1 if that changes the addresses, -1 for want
 * of memory. */
int host_add_address(struct host *host, const char *address);
int host_remove_address(struct host *host, const char *address);

#endif
