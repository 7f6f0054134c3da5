/* SPDX-License-Identifier: MIT */
#include "avahi.h"

#include "browse/browser.h"

#include <avahi-common/error.h>

#include <stdlib.h>

/* Connections to the daemon, and the browsers and resolvers on them. */

enum {
	CONNECTIONS_MAX = 16,
	STUCK_MS = 5000,
};

void avahi_called(struct avahi_backend *a, uint64_t since)
{
	if (a->state != AVAHI_UP || browser_now() < since + STUCK_MS)
		return;
	a->is_stuck = 1;
	a->lost_error = AVAHI_ERR_TIMEOUT;
	a->state = AVAHI_LOST;
	avahi_mend_in(a, 0);
}

/* ---- connections ---- */

struct avahi_connection *avahi_connect(struct avahi_backend *a, AvahiClientFlags flags, int *error)
{
	struct avahi_connection *const connection = calloc(1, sizeof(*connection));
	*error = AVAHI_ERR_NO_MEMORY;
	if (connection == NULL)
		return NULL;
	connection->backend = a;
	connection->client = avahi_client_new(a->poll, flags, avahi_on_client, connection, error);
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

void avahi_disconnect(struct avahi_backend *a)
{
	/* A client frees what belongs to it, without a call for each. */
	while (a->connections != NULL) {
		struct avahi_connection *const connection = a->connections;
		a->connections = connection->next;
		avahi_client_free(connection->client);
		free(connection);
	}
	while (a->handles != NULL) {
		struct avahi_handle *const handle = a->handles;
		a->handles = handle->next;
		avahi_follow_free(handle->follow);
		free(handle);
	}
}

/* ---- handles ---- */

static int is_quota(int error)
{
	return error == AVAHI_ERR_TOO_MANY_OBJECTS || error == AVAHI_ERR_TOO_MANY_CLIENTS;
}

static int try_open(struct avahi_handle *handle, const struct avahi_request *request,
	struct avahi_connection *connection, int *error)
{
	const uint64_t since = browser_now();
	handle->connection = connection;
	const int is_open = request->open(handle, connection->client, request);
	avahi_called(handle->backend, since);
	if (is_open)
		return 1;
	*error = avahi_client_errno(connection->client);
	connection->is_full |= is_quota(*error);
	return 0;
}

/* Any connection that is not full, or a new one. 0 with an Avahi error. */
static int open_anywhere(struct avahi_handle *handle, const struct avahi_request *request,
	int *error)
{
	struct avahi_backend *const a = handle->backend;
	unsigned count = 0;
	*error = AVAHI_ERR_DISCONNECTED;
	if (a->state == AVAHI_LOST)
		return 0;
	*error = AVAHI_ERR_TOO_MANY_OBJECTS;
	for (struct avahi_connection *c = a->connections; c != NULL; c = c->next, count++) {
		if (c->is_full)
			continue;
		if (try_open(handle, request, c, error))
			return 1;
		if (!is_quota(*error))
			return 0;
	}
	if (count >= CONNECTIONS_MAX || a->state != AVAHI_UP)
		return 0;
	/* A bus without room for another connection is a quota like the others. */
	int connect_error;
	const uint64_t since = browser_now();
	struct avahi_connection *const fresh = avahi_connect(a, 0, &connect_error);
	avahi_called(a, since);
	return fresh != NULL && try_open(handle, request, fresh, error);
}

struct avahi_handle *avahi_open(struct avahi_backend *a, const struct avahi_request *request,
	void *owner, struct backend_fault *fault)
{
	int error = AVAHI_ERR_NO_MEMORY;
	struct avahi_handle *const handle = calloc(1, sizeof(*handle));
	if (handle != NULL) {
		handle->backend = a;
		handle->owner = owner;
	}
	if (handle == NULL || !open_anywhere(handle, request, &error)) {
		free(handle);
		*fault = avahi_call_fault(error);
		return NULL;
	}
	handle->next = a->handles;
	if (a->handles != NULL)
		a->handles->previous = handle;
	a->handles = handle;
	return handle;
}

int avahi_is_heard(const struct avahi_handle *handle)
{
	return handle->backend->state == AVAHI_UP;
}

static void close_objects(struct avahi_handle *handle)
{
	const uint64_t since = browser_now();
	if (handle->domain_browser != NULL)
		avahi_domain_browser_free(handle->domain_browser);
	if (handle->type_browser != NULL)
		avahi_service_type_browser_free(handle->type_browser);
	if (handle->service_browser != NULL)
		avahi_service_browser_free(handle->service_browser);
	if (handle->resolver != NULL)
		avahi_service_resolver_free(handle->resolver);
	if (handle->record_browser != NULL)
		avahi_record_browser_free(handle->record_browser);
	avahi_called(handle->backend, since);
}

/* A daemon that hangs is told nothing: its connection will be closed with all that is on it, and
 * until then what had come before may still be told of this handle, which nobody hears. */
void avahi_close(struct avahi_handle *handle)
{
	if (handle->backend->state == AVAHI_LOST)
		return;
	close_objects(handle);
	if (handle->other != NULL)
		avahi_close(handle->other);
	avahi_follow_end(handle);
	handle->connection->is_full = 0;
	*(handle->previous != NULL ? &handle->previous->next : &handle->backend->handles) =
		handle->next;
	if (handle->next != NULL)
		handle->next->previous = handle->previous;
	free(handle);
}
