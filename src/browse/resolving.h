/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_RESOLVING_H
#define BROWSE_RESOLVING_H

#include "browse/service/service.h"

/*
 * The resolvers at work. A sighting waits until there is room in the window; in the window it is
 * asked for. One that is silent for long gives its place to the next, so that many dead services do
 * not hold up the living, and is waited for aside. All sightings of a service are asked for at
 * about the same time, so that what it has can be shown at once. What was answered is kept when
 * changes are of interest, up to a limit; else a few are, for a snapshot's end ends them all at
 * once, without two messages for each, and many would be searched through for every message.
 */

enum {
	RESOLVING_SLOW_MS = 300, /* mDNS answers within 120 ms (RFC 6762 section 6) */
	RESOLVING_ANSWER_MS = 7000, /* over the five seconds that Avahi gives a resolver */
	RESOLVING_RETRY_MS = 500,
	RESOLVING_TRIES = 20, /* of a daemon that is neither there nor lost */
	RESOLVING_SLOW_MAX = 512,
};

struct sighting_list {
	struct sighting *first;
	struct sighting *last;
	size_t count;
};

struct resolving {
	struct backend *backend;
	size_t window;
	size_t kept_max; /* resolvers that live on */
	int follows; /* they do so to tell changes; else because to end them costs more */
	uint64_t retry_at; /* nothing is started before; 0 for at once */
	struct sighting_list waiting;
	struct sighting_list fresh;
	struct sighting_list slow;
	struct sighting_list kept;
	size_t unfollowed; /* of these, the ones that await it */
	int has_lost; /* one that should be followed is not */
	int no_memory; /* since there was none */
};

void resolving_add(struct resolving *r, struct sighting *sighting);

/* Starts what there is room for. A sighting that cannot be resolved at all is given back, with
 * fault; call again until NULL comes, with the fault that made it pause, if any. */
struct sighting *resolving_start(struct resolving *r, uint64_t now, struct backend_fault *fault);

/* Moves aside what is slow, and gives it back; call again until NULL comes. */
struct sighting *resolving_slow(struct resolving *r, uint64_t now);

/* Gives up what is too slow, and gives it back; call again until NULL comes. A daemon that was
 * stopped for a while may still say what it finds, so that its resolver is kept as others are. */
struct sighting *resolving_overdue(struct resolving *r, uint64_t now);

/* A resolver has said what it had to say; it may live on if more is to be expected. 0 if there was
 * no room for one that should, so that changes of its service stay unknown. */
int resolving_done(struct resolving *r, struct sighting *sighting, int may_say_more);

/* Has the changes of a kept one told, of one that awaits it; not while others wait for their first
 * answer, which these calls would hold up. 1 if there was one: call again, but not at once. */
int resolving_follow(struct resolving *r);

/* Ends whatever is done for a sighting. */
void resolving_drop(struct resolving *r, struct sighting *sighting);

/* Frees a resolver that is only kept. 1 if there was one. */
int resolving_yield(struct resolving *r);

/* Nothing is to be started for a while. */
void resolving_pause(struct resolving *r, uint64_t now);

/* 1 when nothing waits for a start or for an answer. */
int resolving_is_idle(const struct resolving *r);

/* When one of these will have something to do; UINT64_MAX for never. */
uint64_t resolving_next(const struct resolving *r);

#endif
