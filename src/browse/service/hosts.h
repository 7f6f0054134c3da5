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
	struct host *previous; /* of those that are looked up, or of those that wait for it again */
	struct host *next;
	struct sighting *sightings;
	void *handle; /* of the look-up, or NULL */
	int is_unfollowed; /* its look-up has given its place to another's */
	int is_cut; /* it has more addresses than are kept */
	uint64_t sweep_at; /* what a new look-up has not told by then is gone; 0: there was one only
			    */
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
	struct host *first_unfollowed;
	struct host *last_unfollowed;
	size_t unfollowed;
	size_t unswept; /* hosts with a time to be swept */
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
/* Ends one for another's sake: the host waits for the next one. */
void hosts_yield(struct hosts *hosts, struct host *host);
/* What is known of a host waits to be told again, until a time. */
void hosts_begin_sweep(struct hosts *hosts, struct host *host, uint64_t at);
/* Drops what was not. 1 if there was something. */
int hosts_sweep(struct hosts *hosts, struct host *host);

/* An address is there over one protocol more, or less. 1 if that changes the addresses, -1 for want
 * of memory. */
int host_add_address(struct host *host, const char *address);
int host_remove_address(struct host *host, const char *address);
int host_has_address(const struct host *host, const char *address);
/* An address is not there any more, or is: for those on the host whose answer has it. */
void host_mark_address(const struct host *host, const char *address, int is_gone);

#endif
