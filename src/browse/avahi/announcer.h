/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_AVAHI_ANNOUNCER_H
#define BROWSE_AVAHI_ANNOUNCER_H

#include <sdreg/announce.h>
#include <sdreg/type.h>

#include <avahi-client/publish.h>

/* A service that is announced: what announcer.c reads and checks, and publish.c
 * does. */

struct sdreg_announcer {
	const AvahiPoll *poll;
	AvahiTimeout *mend; /* what is to be done when the event loop is back */
	AvahiClient *client; /* NULL while there is none to be had */
	int is_unanswered; /* the daemon let its first question wait until it ran out */
	AvahiEntryGroup *group;
	sdreg_announce_fn *fn;
	void *user;
	char *type;
	char *domain;
	char *host;
	char **subtypes; /* in full: _sub._sub.TYPE */
	size_t subtype_count;
	struct sdreg_txt *txt;
	char wanted[SDREG_LABEL_SIZE];
	char name[SDREG_LABEL_SIZE];
	unsigned tries; /* names that were taken */
	int is_doubted; /* that was said of the name after it had been ours, and it is probed for */
	AvahiIfIndex interface;
	uint16_t port;
	int is_presence;
	int keep_name;
	int was_up; /* the daemon was there */
	int is_announced; /* and the user knows */
	int has_ended;
};

/* What a user is told; each field has its getter. */
struct sdreg_announce_event {
	enum sdreg_announce_event_kind kind;
	const char *name;
	const struct sdreg_error *error;
};

/* Connects to the daemon. 0, or -1 with an Avahi error. */
int announcer_connect(struct sdreg_announcer *a, int wait, int *error);
/* Has everything begin when the event loop runs. -1 when out of memory. */
int announcer_start(struct sdreg_announcer *a);
void announcer_stop(struct sdreg_announcer *a);
/* Changes the TXT record on the network, if it is there. 0, or an error with err. */
int announcer_update(struct sdreg_announcer *a, struct sdreg_txt *txt, struct sdreg_error *err);

#endif
