/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_AVAHI_AVAHI_H
#define BROWSE_AVAHI_AVAHI_H

#include "browse/service/backend.h"

#include <avahi-client/client.h>
#include <avahi-client/lookup.h>
#include <avahi-common/address.h>
#include <avahi-common/watch.h>

#include <net/if.h>

/* The backend that asks avahi-daemon. No Avahi type is known outside of the files avahi*. */

enum { AVAHI_ADDRESS_TEXT = AVAHI_ADDRESS_STR_MAX + 1 + IF_NAMESIZE };

struct avahi_backend;
struct avahi_follow;

/* A D-Bus connection. The daemon gives each so many objects only (objects-per-client-max), so there
 * may be several. */
struct avahi_connection {
	struct avahi_connection *next;
	struct avahi_backend *backend;
	AvahiClient *client;
	int is_full; /* the daemon said so, and nothing was freed since */
};

/* One of Avahi's browsers or resolvers. */
struct avahi_handle {
	struct avahi_handle *previous;
	struct avahi_handle *next;
	struct avahi_backend *backend;
	struct avahi_connection *connection;
	void *owner; /* the browser's: what events are told of */
	AvahiDomainBrowser *domain_browser; /* one of these five is set */
	AvahiServiceTypeBrowser *type_browser;
	AvahiServiceBrowser *service_browser;
	AvahiServiceResolver *resolver;
	AvahiRecordBrowser *record_browser;
	struct avahi_handle *main; /* of a look-up of addresses: the first of its two, or NULL */
	struct avahi_handle *other; /* and the second, of the first, or NULL */
	int is_over; /* of such a one: what was known at first was told */
	struct avahi_follow *follow; /* of a resolver whose answer is followed, or NULL */
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
	struct avahi_handle *handles;
};

/* What to open: the fields that the kind of handle needs, and how. */
struct avahi_request {
	int (*open)(struct avahi_handle *handle, AvahiClient *client,
		const struct avahi_request *request); /* 1 if it was opened */
	const struct backend_service *service; /* name, type and domain may be NULL */
	AvahiIfIndex interface;
	AvahiProtocol protocol;
};

/* ---- avahi.c ---- */

/* Says that the daemon cannot be had. The error's code. */
int avahi_no_daemon(int error, struct sdreg_error *err);

/* ---- avahi-handle.c ---- */

/* Adds a connection. NULL with an Avahi error. */
struct avahi_connection *avahi_connect(struct avahi_backend *a, AvahiClientFlags flags, int *error);
/* Notes that a call that began at a time is over. One that took seconds, and libdbus waits 25, was
 * to a daemon that hangs: it is taken for lost, or each call would wait as long. */
void avahi_called(struct avahi_backend *a, uint64_t since);
/* Frees all connections and handles. Not from inside a callback of Avahi's. */
void avahi_disconnect(struct avahi_backend *a);
/* Opens a browser or a resolver, on another connection if one is full. NULL with fault. */
struct avahi_handle *avahi_open(struct avahi_backend *a, const struct avahi_request *request,
	void *owner, struct backend_fault *fault);
void avahi_close(struct avahi_handle *handle);
/* 1 if what is told of a handle is for its owner, 0 if there may be none any more. For callbacks:
 * first of all. */
int avahi_is_heard(const struct avahi_handle *handle);

/* ---- avahi-lookup.c ---- */

int avahi_watch_types(struct backend *backend, const char *domain, struct backend_fault *fault);
int avahi_watch_domains(struct backend *backend, const char *domain, struct backend_fault *fault);
void *avahi_watch(struct backend *backend, const char *type, const char *domain, void *owner,
	struct backend_fault *fault);
void *avahi_resolve(struct backend *backend, const struct backend_place *place,
	const struct backend_service *service, void *owner, struct backend_fault *fault);

/* Makes the resolver of a handle anew. */
void avahi_renew_resolver(struct avahi_handle *handle, AvahiIfIndex interface,
	AvahiProtocol protocol, const struct backend_service *service);
AvahiProtocol avahi_protocol(int number);

/* The text of an address, with its scope where it has one; empty for none. */
void avahi_address_text(const AvahiAddress *address, AvahiIfIndex interface,
	char text[AVAHI_ADDRESS_TEXT]);

/* ---- avahi-addresses.c ---- */

void *avahi_look_up(struct backend *backend, const char *host, int interface, void *owner,
	struct backend_fault *fault);

/* ---- avahi-follow.c ---- */

void avahi_follow(struct backend *backend, void *resolver, const struct backend_place *place,
	const struct backend_service *service, const struct backend_answer *answer);
/* Tells what a resolver that is followed has found, with the TXT record that is the newest. 0 if it
 * is not for this to tell. */
int avahi_follow_tell(struct avahi_handle *handle, const struct backend_answer *answer);
/* Ends what follows a resolver; frees only the memory, where the connections are gone. */
void avahi_follow_end(struct avahi_handle *handle);
void avahi_follow_free(struct avahi_follow *follow);

/* ---- avahi-state.c ---- */

void avahi_on_client(AvahiClient *client, AvahiClientState state, void *user);
/* 1 if the state is one in which the daemon answers. */
int avahi_is_up(AvahiClientState state);
void avahi_on_mend(AvahiTimeout *timeout, void *user);
void avahi_mend_in(struct avahi_backend *a, unsigned ms);

/* ---- avahi-fault.c ---- */

/* Why a call to the daemon failed, and why it gave up something it did. */
struct backend_fault avahi_call_fault(int error);
struct backend_fault avahi_event_fault(int error);
/* 1 for text that D-Bus and the daemon bear as a domain, a service name, a type or subtype. */
int avahi_is_domain(const char *text);
int avahi_is_name(const char *text);
int avahi_is_type(const char *text);

#endif
