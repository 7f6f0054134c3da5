/* SPDX-License-Identifier: MIT */
#include "avahi.h"

#include <avahi-common/error.h>
#include <avahi-common/timeval.h>

/* The daemon comes and goes. Avahi tells so from inside the client that would have to be freed, so
 * it is only noted there, and mended when the event loop is back. */

enum { RECONNECT_MS = 1000 };

int avahi_is_up(AvahiClientState state)
{
	return state == AVAHI_CLIENT_S_REGISTERING || state == AVAHI_CLIENT_S_RUNNING ||
		state == AVAHI_CLIENT_S_COLLISION;
}

void avahi_mend_in(struct avahi_backend *a, unsigned ms)
{
	struct timeval when;
	a->poll->timeout_update(a->mend, avahi_elapse_time(&when, ms, 0));
}

void avahi_on_client(AvahiClient *client, AvahiClientState state, void *user)
{
	const struct avahi_connection *const connection = user;
	struct avahi_backend *const a = connection->backend;
	if (a->state == AVAHI_STOPPED || a->state == AVAHI_LOST)
		return;
	if (state == AVAHI_CLIENT_FAILURE) {
		a->lost_error = avahi_client_errno(client);
		/* Where it was not there before, nothing is lost, and haste helps nobody. */
		const int was_up = a->state == AVAHI_UP;
		a->state = was_up ? AVAHI_LOST : AVAHI_AWAY;
		avahi_mend_in(a, was_up ? 0 : RECONNECT_MS);
	} else if (a->state == AVAHI_AWAY && avahi_is_up(state)) {
		avahi_mend_in(a, 0);
	}
}

static void tell_lost(struct avahi_backend *a)
{
	const struct backend_fault fault = a->is_stuck
		? (struct backend_fault){SDREG_E_DAEMON, avahi_call_fault(a->lost_error).reason}
		: avahi_event_fault(a->lost_error);
	a->state = AVAHI_AWAY;
	if (!a->listener->lost(a->user, &fault))
		a->state = AVAHI_STOPPED;
	avahi_disconnect(a);
}

/* A connection for a daemon that is away: a live one to wait with, or none and another try. */
static void reconnect(struct avahi_backend *a)
{
	int error;
	if (a->connections != NULL &&
		avahi_client_get_state(a->connections->client) == AVAHI_CLIENT_FAILURE)
		avahi_disconnect(a);
	if (a->connections == NULL && avahi_connect(a, AVAHI_CLIENT_NO_FAIL, &error) == NULL)
		avahi_mend_in(a, RECONNECT_MS);
}

void avahi_on_mend(AvahiTimeout *timeout, void *user)
{
	struct avahi_backend *const a = user;
	(void)timeout;
	if (a->state == AVAHI_LOST)
		tell_lost(a);
	if (a->state == AVAHI_STOPPED)
		avahi_disconnect(a);
	if (a->state != AVAHI_AWAY)
		return;
	reconnect(a);
	if (a->connections == NULL ||
		!avahi_is_up(avahi_client_get_state(a->connections->client))) {
		a->listener->absent(a->user);
		return;
	}
	a->state = AVAHI_UP;
	a->is_stuck = 0;
	a->listener->back(a->user);
}
