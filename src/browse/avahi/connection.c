/* SPDX-License-Identifier: MIT */
#include "avahi.h"

#include "common/clock.h"

#include <avahi-common/error.h>
#include <avahi-common/timeval.h>

#include <stdlib.h>

/* Connections to the daemon, and what they say of it. Avahi tells that the daemon went from inside
 * the client that would have to be freed, so it is only noted here, and mended when the event loop
 * is back. */

enum {
	RECONNECT_MS = 1000,
	STUCK_MS = 5000,
};

int avahi_is_up(AvahiClientState state)
{
	return state == AVAHI_CLIENT_S_REGISTERING || state == AVAHI_CLIENT_S_RUNNING ||
		state == AVAHI_CLIENT_S_COLLISION;
}

static void mend_in(struct avahi_backend *a, unsigned ms)
{
	struct timeval when;
	a->poll->timeout_update(a->mend, avahi_elapse_time(&when, ms, 0));
}

void avahi_mend_soon(struct avahi_backend *a)
{
	mend_in(a, 0);
}

void avahi_mend_later(struct avahi_backend *a)
{
	mend_in(a, RECONNECT_MS);
}

static void on_client(AvahiClient *client, AvahiClientState state, void *user)
{
	const struct avahi_connection *const connection = user;
	struct avahi_backend *const a = connection->backend;
	if (a->state == AVAHI_STOPPED || a->state == AVAHI_LOST)
		return;
	if (state == AVAHI_CLIENT_FAILURE && a->state == AVAHI_UP) {
		a->lost_error = avahi_client_errno(client);
		a->state = AVAHI_LOST;
		avahi_mend_soon(a);
	} else if (state == AVAHI_CLIENT_FAILURE) {
		/* It was not there before: nothing is lost, and haste helps nobody. */
		avahi_mend_later(a);
	} else if (a->state == AVAHI_AWAY && avahi_is_up(state)) {
		avahi_mend_soon(a);
	}
}

struct avahi_connection *avahi_connect(struct avahi_backend *a, AvahiClientFlags flags, int *error)
{
	struct avahi_connection *const connection = calloc(1, sizeof(*connection));
	*error = AVAHI_ERR_NO_MEMORY;
	if (connection == NULL)
		return NULL;
	connection->backend = a;
	const uint64_t since = clock_ms();
	connection->client = avahi_client_new(a->poll, flags, on_client, connection, error);
	connection->is_unanswered = avahi_was_long(since);
	if (connection->client == NULL) {
		free(connection);
		return NULL;
	}
	struct avahi_connection **at = &a->connections;
	while (*at != NULL)
		at = &(*at)->next;
	*at = connection;
	return connection;
}

int avahi_was_long(uint64_t since)
{
	return clock_ms() >= since + STUCK_MS;
}

void avahi_called(struct avahi_backend *a, uint64_t since)
{
	if (a->state != AVAHI_UP || !avahi_was_long(since))
		return;
	a->is_stuck = 1;
	a->lost_error = AVAHI_ERR_TIMEOUT;
	a->state = AVAHI_LOST;
	avahi_mend_soon(a);
}
