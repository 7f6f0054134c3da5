/* SPDX-License-Identifier: MIT */
#ifndef NETWORK_H
#define NETWORK_H

#include "browse/service/backend.h"

/* A network that is made up, as a browser's backend: it takes so many handles and no more, and
 * refuses what it is told to. For one source, after cmocka.h and failing.h. */

struct handle {
	void *owner;
	int is_browse;
	struct handle *next;
};

struct network {
	struct backend backend; /* the first, so that a pointer to it is one to this */
	struct handle *handles;
	size_t open;
	size_t quota; /* handles that may be open */
	struct backend_fault refuse_types; /* with a code: what is said instead of doing it */
	struct backend_fault refuse_browse;
	struct backend_fault refuse_resolve;
};

static struct network *network_of(struct backend *backend)
{
	return (struct network *)backend;
}

static void *take(struct network *n, void *owner, int is_browse, struct backend_fault *fault)
{
	const struct backend_fault *const refuse = is_browse ? &n->refuse_browse
							     : &n->refuse_resolve;
	struct handle *const h = __real_malloc(sizeof(*h));
	*fault = *refuse;
	if (fault->code == 0 && n->open >= n->quota)
		*fault = (struct backend_fault){BACKEND_QUOTA, "there are too many"};
	if (fault->code != 0) {
		free(h);
		return NULL;
	}
	*h = (struct handle){owner, is_browse, n->handles};
	n->handles = h;
	n->open++;
	return h;
}

static int net_browse_types(struct backend *backend, const char *domain,
	struct backend_fault *fault)
{
	(void)domain;
	*fault = network_of(backend)->refuse_types;
	return fault->code == 0 ? 0 : -1;
}

static void *net_browse(struct backend *backend, const char *type, const char *domain, void *owner,
	struct backend_fault *fault)
{
	(void)domain;
	assert_non_null(type);
	return take(network_of(backend), owner, 1, fault);
}

static void *net_resolve(struct backend *backend, const struct backend_place *place,
	const struct backend_service *service, void *owner, struct backend_fault *fault)
{
	assert_non_null(place->name);
	assert_non_null(service->name);
	return take(network_of(backend), owner, 0, fault);
}

static int net_follow(struct backend *backend, void *resolver, const struct backend_place *place,
	const struct backend_service *service, const struct backend_answer *answer)
{
	(void)backend, (void)place, (void)service;
	assert_true(resolver != NULL && answer->host != NULL);
	return 1;
}

/* Knows no more addresses than the resolver, and says so at once: by giving no handle. */
static void *net_look_up(struct backend *backend, const char *host, int interface, void *owner,
	struct backend_fault *fault)
{
	(void)backend, (void)interface, (void)owner;
	assert_non_null(host);
	fault->code = BACKEND_AWAY;
	return NULL;
}

static void net_release(struct backend *backend, void *handle)
{
	struct network *const n = network_of(backend);
	struct handle **at = &n->handles;
	while (*at != NULL && *at != handle)
		at = &(*at)->next;
	assert_non_null(*at); /* each once, and none that was never given */
	*at = (*at)->next;
	n->open--;
	free(handle);
}

static void net_wake(struct backend *backend, unsigned ms)
{
	(void)backend, (void)ms;
}

static void net_stop(struct backend *backend)
{
	(void)backend;
}

static void drop_handles(struct network *n)
{
	while (n->handles != NULL)
		net_release(&n->backend, n->handles);
}

static void net_free(struct backend *backend)
{
	drop_handles(network_of(backend));
}

static struct network network(size_t quota)
{
	return (struct network){.backend =
					{
						.daemon = "test-daemon",
						.browse_types = net_browse_types,
						.browse_domains = net_browse_types,
						.browse = net_browse,
						.resolve = net_resolve,
						.follow = net_follow,
						.look_up = net_look_up,
						.release = net_release,
						.wake = net_wake,
						.stop = net_stop,
						.free = net_free,
					},
		.quota = quota};
}

#endif
