/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_SERVICE_BACKEND_H
#define BROWSE_SERVICE_BACKEND_H

#include <sdreg/builder.h>
#include <sdreg/error.h>

#include <stdint.h>

/*
 * What a browser needs of the thing that knows the network, and what it is told by it. The browser
 * decides when something is browsed and resolved; a backend only does it. Everything happens in
 * one thread, and a backend tells nothing from inside a call that the browser makes.
 */

/* Faults that pass. All others are negative, an enum sdreg_result. */
enum {
	BACKEND_QUOTA = 1, /* the daemon takes no more: try again when something is freed */
	BACKEND_AWAY = 2, /* the daemon does not answer: try again, or lost() comes */
};

/* Why something was not done. The reason is half a sentence, and static. */
struct backend_fault {
	int code;
	const char *reason;
};

/* Where a service is seen: an interface and a protocol (4, 6; 0 for neither). */
struct backend_place {
	int interface;
	int protocol;
	const char *name; /* the interface's; empty when it has none */
	int is_local; /* what is seen there is announced by this machine */
};

/* A service as the network spells it: a raw name, its type (never a subtype), its domain. */
struct backend_service {
	const char *name;
	const char *type;
	const char *domain;
};

/* What a resolver found. */
struct backend_answer {
	const char *host;
	const char *address; /* as text, a link-local one with its scope; empty if there is none */
	uint16_t port;
	const struct sdreg_text *txt; /* strings in the order of the record */
	size_t txt_count;
};

/* What a backend tells, always from the event loop. user is the browser; type and sighting are
 * the owners that it gave to browse() and resolve(). */
struct backend_listener {
	/* The daemon is there, for the first time or again: nothing is browsed as yet. */
	void (*back)(void *user);
	/* The daemon is not there, and is waited for; may be told again and again. */
	void (*absent)(void *user);
	/* The daemon went; all handles are void. 0: do not wait for it to come back. */
	int (*lost)(void *user, const struct backend_fault *fault);
	void (*type_found)(void *user, const char *type, const char *domain);
	void (*domain_found)(void *user, const struct backend_place *place, const char *domain);
	void (*domain_gone)(void *user, const struct backend_place *place, const char *domain);
	/* All types, or domains, that are there now were told, or (fault) no more will come. */
	void (*types_over)(void *user, const struct backend_fault *fault);
	void (*found)(void *user, void *type, const struct backend_place *place,
		const struct backend_service *service);
	void (*gone)(void *user, void *type, const struct backend_place *place,
		const struct backend_service *service);
	/* All services that are there now were told, or (fault) no more will come. */
	void (*over)(void *user, void *type, const struct backend_fault *fault);
	/* Comes again whenever the answer changes, as long as the resolver is not released. */
	void (*resolved)(void *user, void *sighting, const struct backend_answer *answer);
	void (*failed)(void *user, void *sighting, const struct backend_fault *fault);
	/* Two hosts answer for the name of one that is followed; told once. */
	void (*contested)(void *user, void *sighting, const char *host, const char *other);
	/* Of a host that is looked up; host is the owner given to look_up(). Each is told as often
	 * as it is seen, over one protocol or the other. */
	void (*address_found)(void *user, void *host, const char *address);
	void (*address_gone)(void *user, void *host, const char *address);
	/* What the daemon knew at once was told; what others answer follows. */
	void (*addresses_over)(void *user, void *host);
	/* The time given to wake() is up. */
	void (*tick)(void *user);
};

struct backend {
	const char *daemon; /* the name of what must run, for messages */
	/* Looks for service types in a domain, NULL for the default one. 0, or -1 with fault. */
	int (*browse_types)(struct backend *backend, const char *domain,
		struct backend_fault *fault);
	/* Looks for domains to browse in, starting from one, instead of types. */
	int (*browse_domains)(struct backend *backend, const char *domain,
		struct backend_fault *fault);
	/* Looks for services of a type or subtype. A handle, or NULL with fault. */
	void *(*browse)(struct backend *backend, const char *type, const char *domain, void *owner,
		struct backend_fault *fault);
	/* Asks for host, port and TXT of a service at a place. A handle, or NULL with fault. */
	void *(*resolve)(struct backend *backend, const struct backend_place *place,
		const struct backend_service *service, void *owner, struct backend_fault *fault);
	/* Has changes of what a resolver said told soon, by resolved(). 1; 0 if that cannot be, or
	 * SDREG_E_MEMORY. */
	int (*follow)(struct backend *backend, void *resolver, const struct backend_place *place,
		const struct backend_service *service, const struct backend_answer *answer);
	/* Asks for all addresses of a host on an interface. A handle, or NULL with fault. */
	void *(*look_up)(struct backend *backend, const char *host, int interface, void *owner,
		struct backend_fault *fault);
	/* Ends a browse, a resolver or a look-up, also from inside what is told of it. */
	void (*release)(struct backend *backend, void *handle);
	/* Has tick() come once, in so many milliseconds, instead of any earlier such wish. */
	void (*wake)(struct backend *backend, unsigned ms);
	/* Ends all activity as soon as the event loop is back; nothing is told any more. */
	void (*stop)(struct backend *backend);
	void (*free)(struct backend *backend);
};

#endif
