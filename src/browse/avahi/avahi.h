/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_AVAHI_AVAHI_H
#define BROWSE_AVAHI_AVAHI_H

#include "browse/service/backend.h"

#include <avahi-client/client.h>
#include <avahi-client/lookup.h>
#include <avahi-common/address.h>
#include <avahi-common/watch.h>

#include <net/if.h>

/* The backend that asks avahi-daemon. No Avahi type is known outside of this folder. */

enum {
	AVAHI_ADDRESS_TEXT = AVAHI_ADDRESS_STR_MAX + 1 + IF_NAMESIZE,
	AVAHI_TXT_FEW = 32, /* strings of most TXT records: no memory is asked for these */
};

struct avahi_backend;

/* A D-Bus connection. The daemon gives each so many objects only (objects-per-client-max), so there
 * may be several. */
struct avahi_connection {
	struct avahi_connection *next;
	struct avahi_backend *backend;
	AvahiClient *client;
	int is_unanswered; /* the daemon let the first question wait until it ran out */
	int is_full; /* the daemon said so, and nothing was freed since */
};

struct avahi_handle;
struct avahi_request;

/* A kind of browser or resolver: how Avahi makes one, and frees it. */
struct avahi_kind {
	void *(*open)(struct avahi_handle *handle, AvahiClient *client,
		const struct avahi_request *request); /* NULL with the client's error */
	int (*close)(void *object);
};

/* One of Avahi's browsers or resolvers. */
struct avahi_handle {
	struct avahi_handle *previous;
	struct avahi_handle *next;
	struct avahi_backend *backend;
	struct avahi_connection *connection;
	const struct avahi_kind *kind;
	void *object; /* Avahi's; NULL when it could not be made anew, or went with its client */
	void *owner; /* what events are told of: the browser's, or that of a part's whole */
	/* Of who opened it or follows it, or NULL: */
	void *data;
	/* Takes what a resolver has found; 0 to have it told as it is. NULL: nothing any more. */
	int (*on_answer)(struct avahi_handle *handle, const struct backend_answer *answer);
	/* Frees the data, and closes what goes with it. */
	void (*on_close)(struct avahi_handle *handle);
};

/* What to open: the fields that the kind of handle needs. */
struct avahi_request {
	const struct avahi_kind *kind;
	const struct backend_service *service; /* name, type and domain may be NULL */
	AvahiIfIndex interface;
	AvahiProtocol protocol;
};

enum avahi_state {
	AVAHI_AWAY, /* there is no daemon yet */
	AVAHI_UP,
	AVAHI_LOST, /* it went just now, and this has not been told */
	AVAHI_STOPPED, /* all is over */
};

struct avahi_backend {
	struct backend backend; /* first: what the browser knows */
	const struct backend_listener *listener;
	void *user;
	const AvahiPoll *poll;
	AvahiTimeout *tick; /* the browser's clock */
	AvahiTimeout *mend; /* changes of state, which cannot be made inside Avahi's callbacks */
	enum avahi_state state;
	int lost_error;
	int is_stuck; /* it went only in so far as it does not answer any more */
	int is_cached; /* what the cache has is all that is asked for */
	AvahiIfIndex interface; /* the only one to look at, or AVAHI_IF_UNSPEC */
	/* The name of the only one to look at, or empty: one that goes and comes back is another
	 * one with the same name. */
	char interface_name[IF_NAMESIZE];
	AvahiProtocol protocol; /* likewise */
	struct avahi_connection *connections; /* the first one tells how the daemon is */
	/* In the order they were opened: what another one closes comes after that one. */
	struct avahi_handle *first;
	struct avahi_handle *last;
};

/* ---- avahi.c ---- */

/* Says that the daemon cannot be had. The error's code. */
int avahi_no_daemon(int error, struct sdreg_error *err);

/* ---- connection.c ---- */

/* Adds a connection. NULL with an Avahi error. */
struct avahi_connection *avahi_connect(struct avahi_backend *a, AvahiClientFlags flags, int *error);
/* Notes that a call that began at a time is over. One that took seconds, and libdbus waits 25, was
 * to a daemon that hangs: it is taken for lost, or each call would wait as long. */
void avahi_called(struct avahi_backend *a, uint64_t since);
/* 1 if a call that began at a time took as long as one to a daemon that hangs. */
int avahi_was_long(uint64_t since);
/* 1 if the state is one in which the daemon answers. */
int avahi_is_up(AvahiClientState state);
/* Has avahi_on_mend() called when the event loop is back, or after a pause. */
void avahi_mend_soon(struct avahi_backend *a);
void avahi_mend_later(struct avahi_backend *a);

/* ---- handle.c ---- */

/* Opens a browser or a resolver, on another connection if one is full. NULL with fault. */
struct avahi_handle *avahi_open(struct avahi_backend *a, const struct avahi_request *request,
	void *owner, struct backend_fault *fault);
/* Makes anew what the handle stands for, on the same connection. */
void avahi_reopen(struct avahi_handle *handle, const struct avahi_request *request);
void avahi_close(struct avahi_handle *handle);
/* Frees all connections and handles. Not from inside a callback of Avahi's. */
void avahi_disconnect(struct avahi_backend *a);
/* 1 if what is told of a handle is for its owner, 0 if there may be none any more. For callbacks:
 * first of all. */
int avahi_is_heard(const struct avahi_handle *handle);

/* ---- lookup.c ---- */

int avahi_browse_types(struct backend *backend, const char *domain, struct backend_fault *fault);
int avahi_browse_domains(struct backend *backend, const char *domain, struct backend_fault *fault);
void *avahi_browse(struct backend *backend, const char *type, const char *domain, void *owner,
	struct backend_fault *fault);
void *avahi_resolve(struct backend *backend, const struct backend_place *place,
	const struct backend_service *service, void *owner, struct backend_fault *fault);

/* Makes the resolver of a handle anew. */
void avahi_renew_resolver(struct avahi_handle *handle, AvahiIfIndex interface,
	AvahiProtocol protocol, const struct backend_service *service);
AvahiProtocol avahi_protocol(int number);
/* The interface of a name, which is copied. 0 with err where there is none. */
AvahiIfIndex avahi_find_interface(struct sdreg_text text, char name[IF_NAMESIZE],
	struct sdreg_error *err);

/* The text of an address, with its scope where it has one; empty for none. */
void avahi_address_text(const AvahiAddress *address, AvahiIfIndex interface,
	char text[AVAHI_ADDRESS_TEXT]);

/* Frees a record browser, for kinds of these. */
int avahi_close_records(void *browser);

/* ---- addresses.c ---- */

void *avahi_look_up(struct backend *backend, const char *host, int interface, void *owner,
	struct backend_fault *fault);

/* ---- follow.c ---- */

int avahi_follow(struct backend *backend, void *resolver, const struct backend_place *place,
	const struct backend_service *service, const struct backend_answer *answer);

/* ---- state.c ---- */

void avahi_on_mend(AvahiTimeout *timeout, void *user);

/* ---- fault.c ---- */

/* Why a call to the daemon failed, and why it gave up something it did. */
struct backend_fault avahi_call_fault(int error);
struct backend_fault avahi_event_fault(int error);
/* 1 for text that D-Bus and the daemon bear as a domain, a service name, a type or subtype. */
int avahi_is_domain(const char *text);
int avahi_is_name(const char *text);
int avahi_is_type(const char *text);

#endif
