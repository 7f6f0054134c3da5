/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_BROWSER_H
#define BROWSE_BROWSER_H

#include "browse/service/crowd.h"
#include "browse/service/hosts.h"
#include "browse/service/services.h"
#include "browsed.h"
#include "domains.h"
#include "resolving.h"

#include <sdreg/browse.h>

/* A browse in progress, whatever the backend. */

struct sdreg_browser {
	struct backend *backend;
	struct sdreg_browse_options options; /* the texts in them only until a backend is there */
	char *domain;
	sdreg_event_fn *fn;
	void *user;
	struct browsed_types browsed;
	struct services services;
	struct resolving resolving;
	struct crowd crowd;
	struct domains domains;
	struct hosts hosts;
	unsigned long answers;
	int all_types;
	enum browsed_state
		types; /* of the search for types or domains; OVER where types are named */
	unsigned types_tries;
	int is_up; /* the daemon is there */
	int was_lost;
	int was_full; /* the user knows that a limit holds up the browse */
	int was_unfollowed; /* the user knows that not all services are followed */
	int was_crowded; /* the user knows that the daemon may not know all */
	int was_without_addresses; /* the user knows that hosts may have more of them */
	int was_cut; /* the user knows that a host has more addresses than are kept */
	int was_in_turn; /* the user knows that hosts are asked for in turn */
	int was_over_services; /* the user knows that there are more than may be kept */
	int was_over_types; /* or domains */
	int has_ended;
	uint64_t held_ms; /* what the user has taken for its events: for nobody's deadline */
	uint64_t deadline;
	uint64_t found_at; /* when the last service was seen at a new place */
	uint64_t search_at; /* no search is started before; 0 for at once */
	uint64_t turn_at; /* when hosts that are not followed are asked for next */
	uint64_t follow_at; /* nothing is followed before */
	uint64_t news_at; /* when changes will be told that are known now; 0 for none */
	uint64_t wake_at; /* what the backend was told last; 0 for nothing */
};

/* A browser without a backend; its options are those given, as far as they are known here. NULL
 * with err, as sdreg_browser_new(). */
struct sdreg_browser *browser_new(const struct sdreg_browse_options *given, sdreg_event_fn *fn,
	void *user, struct sdreg_error *err);

/* Hands over a backend, which has not told anything as yet, and is freed with the browser. */
void browser_attach(struct sdreg_browser *b, struct backend *backend);

/* events.c: what a backend tells; its user is the browser. */
extern const struct backend_listener browser_listener;

/* ---- tell.c: what the user is told ---- */

/* The browser's clock, which stands still while the user takes an event. */
uint64_t browser_now(const struct sdreg_browser *b);
/* Hands an event to the user. */
void browser_hand(struct sdreg_browser *b, const struct sdreg_event *event);
/* error may be NULL. */
void browser_tell(struct sdreg_browser *b, enum sdreg_event_kind kind,
	const struct sdreg_service *service, const struct sdreg_error *error);
/* Tells of a place, if the user wants to know. */
void browser_tell_place(struct sdreg_browser *b, enum sdreg_event_kind kind,
	const struct sighting *sighting);
/* Tells SDREG_EVENT_ERROR, if err holds one. */
void browser_tell_error(struct sdreg_browser *b, const struct sdreg_error *err);
/* Tells, once, that there are more of something than are kept. */
void browser_tell_over(struct sdreg_browser *b, int *was_told, unsigned max, const char *what);
/* Tells that a limit is reached and nothing will be freed. What is full without end would be
 * silence. */
void browser_tell_full(struct sdreg_browser *b, const struct backend_fault *fault);
/* Tells that two hosts answer for the name of a service. */
void browser_tell_contest(struct sdreg_browser *b, const struct sdreg_service *service,
	const char *host, const char *other);
/* What is searched for before any service, in words. */
const char *browser_aim(const struct sdreg_browser *b);

/* ---- look-ups.c: all addresses of hosts ---- */

/* Puts a sighting on the host that its answer names now. */
void browser_join_host(struct sdreg_browser *b, struct sighting *sighting);
void browser_leave_host(struct sdreg_browser *b, struct sighting *sighting);
/* The daemon is gone, and all look-ups with it. */
void browser_forget_look_ups(struct sdreg_browser *b);
/* There is no room, or no memory, for an address of a host. */
void browser_lack_address(struct sdreg_browser *b, const struct host *host, int is_memory);
/* Takes up what is new of all services on a host. */
void browser_renew_host(struct sdreg_browser *b, const struct host *host);
/* Asks for a host anew; what is not told again soon is gone. */
void browser_look_up_again(struct sdreg_browser *b, struct host *host);
/* Asks again, in turn, for hosts whose look-up gave its place to others. */
void browser_turn_hosts(struct sdreg_browser *b, uint64_t now);
/* Ends the look-up of a host that has told what was known; what it told stays. 1 if there was one.
 */
int browser_yield_host(struct sdreg_browser *b);

/* ---- searches.c: for types and services ---- */

/* Makes room where a limit is reached: ends a look-up that is over or, in a snapshot, a search that
 * has told all. 1 if there was one. */
int browser_yield(struct sdreg_browser *b);
/* Starts those that wait. */
void browser_start_searches(struct sdreg_browser *b, uint64_t now);

/* ---- outcome.c: who is asked, and what comes of it ---- */

/* Asks for a service at a place, unless it is asked for over the other protocol of the same
 * interface: there the same host says the same. */
void browser_ask(struct sdreg_browser *b, struct sighting *sighting);
/* The place does not answer, or is gone: the others of its interface are asked. */
void browser_ask_others(struct sdreg_browser *b, const struct sighting *sighting);
/* What a resolver could not do. */
void browser_fail(struct sdreg_browser *b, struct sighting *sighting,
	const struct backend_fault *fault);
/* Takes up what is new of a service, and tells it now or soon. */
void browser_renew(struct sdreg_browser *b, struct sdreg_service *service);
/* Tells what is to be told of a service, after something about it has changed. */
void browser_settle(struct sdreg_browser *b, struct sdreg_service *service);
/* Tells that a service is resolved, or has failed. */
void browser_tell_outcome(struct sdreg_browser *b, struct sdreg_service *service);
/* Tells the changes that are known now. */
void browser_tell_news(struct sdreg_browser *b);

/* ---- domain-events.c ---- */

void browser_find_domain(void *user, const struct backend_place *place, const char *domain);
void browser_lose_domain(void *user, const struct backend_place *place, const char *domain);
void browser_forget_domains(struct sdreg_browser *b);

/* ---- browser.c ---- */

/* Starts what can be started, ends what is over, sets the clock. After all that happens. */
void browser_go_on(struct sdreg_browser *b);

#endif
