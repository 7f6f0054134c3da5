/* SPDX-License-Identifier: MIT */
#include "avahi.h"

#include "common/clock.h"

#include <avahi-common/error.h>

#include <stdlib.h>

/* Handles: Avahi's browsers and resolvers, each on a connection that has room for it. */

enum { CONNECTIONS_MAX = 16 };

/* ---- opening ---- */

static int is_quota(int error)
{
	return error == AVAHI_ERR_TOO_MANY_OBJECTS || error == AVAHI_ERR_TOO_MANY_CLIENTS;
}

static int try_open(struct avahi_handle *handle, const struct avahi_request *request,
	struct avahi_connection *connection, int *error)
{
	const uint64_t since = clock_ms();
	handle->connection = connection;
	handle->object = request->kind->open(handle, connection->client, request);
	avahi_called(handle->backend, since);
	if (handle->object != NULL)
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
	const uint64_t since = clock_ms();
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
		handle->kind = request->kind;
		handle->owner = owner;
	}
	if (handle == NULL || !open_anywhere(handle, request, &error)) {
		free(handle);
		*fault = avahi_call_fault(error);
		return NULL;
	}
	handle->previous = a->last;
	*(a->last != NULL ? &a->last->next : &a->first) = handle;
	a->last = handle;
	return handle;
}

void avahi_reopen(struct avahi_handle *handle, const struct avahi_request *request)
{
	const uint64_t since = clock_ms();
	if (handle->backend->state != AVAHI_UP)
		return;
	if (handle->object != NULL)
		handle->kind->close(handle->object);
	handle->kind = request->kind;
	handle->object = request->kind->open(handle, handle->connection->client, request);
	avahi_called(handle->backend, since);
}

/* ---- closing ---- */

/* Takes a handle out of the list, and frees it with all that is tied to it. */
static void drop(struct avahi_handle *handle)
{
	struct avahi_backend *const a = handle->backend;
	*(handle->previous != NULL ? &handle->previous->next : &a->first) = handle->next;
	*(handle->next != NULL ? &handle->next->previous : &a->last) = handle->previous;
	if (handle->on_close != NULL)
		handle->on_close(handle);
	free(handle);
}

/* A daemon that hangs is told nothing: its connection will be closed with all that is on it, and
 * until then what had come before may still be told of this handle, which nobody hears. */
void avahi_close(struct avahi_handle *handle)
{
	const uint64_t since = clock_ms();
	if (handle->backend->state == AVAHI_LOST)
		return;
	if (handle->object != NULL) {
		handle->kind->close(handle->object);
		avahi_called(handle->backend, since);
	}
	handle->connection->is_full = 0;
	drop(handle);
}

void avahi_disconnect(struct avahi_backend *a)
{
	/* A client frees what belongs to it, without a call for each. */
	for (struct avahi_handle *h = a->first; h != NULL; h = h->next)
		h->object = NULL;
	while (a->first != NULL)
		drop(a->first);
	while (a->connections != NULL) {
		struct avahi_connection *const connection = a->connections;
		a->connections = connection->next;
		avahi_client_free(connection->client);
		free(connection);
	}
}

int avahi_is_heard(const struct avahi_handle *handle)
{
	return handle->backend->state == AVAHI_UP;
}
