/* SPDX-License-Identifier: MIT */
#include "avahi.h"

/* The daemon comes and goes: what connection.c has noted is mended and told. */

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

/* A client hears of a daemon that comes. One that was there and did not answer is nothing that
 * comes: such a client would wait for ever. */
static int waits_in_vain(const struct avahi_connection *connection)
{
	const AvahiClientState state = avahi_client_get_state(connection->client);
	return state == AVAHI_CLIENT_FAILURE ||
		(state == AVAHI_CLIENT_CONNECTING && connection->is_unanswered);
}

/* A connection for a daemon that is away: a live one to wait with, or none and another try. */
static void reconnect(struct avahi_backend *a)
{
	int error;
	if (a->connections != NULL && waits_in_vain(a->connections))
		avahi_disconnect(a);
	if (a->connections == NULL)
		avahi_connect(a, AVAHI_CLIENT_NO_FAIL, &error);
	if (a->connections == NULL || waits_in_vain(a->connections))
		avahi_mend_later(a);
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
