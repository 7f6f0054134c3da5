/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_SERVICE_SERVICE_H
#define BROWSE_SERVICE_SERVICE_H

#include "backend.h"

#include <sdreg/browse.h>

/* A service, what is known of it, and where it is seen. */

enum {
	SERVICE_ADDRESS_SIZE = 64, /* 45 of an IPv6 address, %, 15 of an interface */
	SERVICE_INTERFACE_SIZE = 16,
	SERVICE_TXT_MAX = 65535, /* of all strings: an RDATA is no longer */
};

/* A service type, read and annotated once for many services. Shared by counting. */
struct service_type {
	size_t references;
	struct sdreg_type type;
	struct sdreg_annotation *annotation;
	char text[];
};

/* What one resolver said. Never changes; shared by counting. */
struct answer {
	unsigned references;
	uint16_t port;
	char address[SERVICE_ADDRESS_SIZE];
	const char *host;
	size_t txt_count;
	struct sdreg_text txt[]; /* their bytes follow, then the host */
};

/* What a user sees of a service that is resolved. */
struct view {
	struct answer *answer; /* host, port and TXT */
	size_t address_count;
	char addresses[][SERVICE_ADDRESS_SIZE]; /* of all answers with this host, each once */
};

/* Where a service is seen, and what one resolver said of it there. */
struct sdreg_place {
	int interface;
	int protocol;
	int is_local; /* this machine announces it there */
	char interface_name[SERVICE_INTERFACE_SIZE];
	struct answer *answer; /* NULL before there is one */
};

struct host;
struct sighting;
struct sighting_list;

/* A sighting in the list of those on the same host: hosts.c's. */
struct host_link {
	struct host *host; /* that the answer names, or NULL */
	struct sighting *previous;
	struct sighting *next;
};

/* How far a sighting is with its resolver. */
enum sighting_stage {
	SIGHTING_IDLE, /* nothing is asked, or it is over */
	SIGHTING_WAITING,
	SIGHTING_FRESH, /* asked not long ago */
	SIGHTING_SLOW,
	SIGHTING_KEPT, /* answered, or given up; the resolver lives on, to tell changes */
};

/* A sighting and its resolver, in a list of those that are as far: resolving.c's. */
struct resolving_link {
	enum sighting_stage stage;
	struct sighting_list *list;
	struct sighting *previous;
	struct sighting *next;
	void *handle;
	uint64_t since;
	unsigned tries;
	int was_asked;
	int awaits_follow;
	int is_followed;
};

/* A service seen at one place. */
struct sighting {
	struct sighting *next; /* of the same service */
	struct sdreg_service *service;
	struct sdreg_place place;
	uint64_t sources; /* a bit for each browsed type that sees it */
	unsigned long answer_number; /* the greater, the newer */
	int was_told; /* that it is resolved there */
	int is_address_gone; /* its answer's: a resolver does not say so, the host's look-up does */
	struct host_link on_host;
	struct resolving_link asked;
};

/* What the user was told of a service, after that it was added. */
enum service_told {
	SERVICE_TOLD_NOTHING,
	SERVICE_TOLD_RESOLVED,
	SERVICE_TOLD_FAILED,
};

struct sdreg_service {
	struct sdreg_service *chain; /* of the same hash */
	struct sdreg_service *previous; /* in the order they came */
	struct sdreg_service *next;
	struct service_type *type;
	const void *seen_by; /* the browsed type that saw it first */
	struct sighting *sightings;
	struct view *view; /* NULL before there is an answer; outlives the last answer */
	struct backend_fault fault; /* the last one */
	enum service_told told;
	int has_news; /* a change that is not in the view as yet */
	int is_contested; /* two hosts answer for its name, and that was told */
	int was_local; /* this machine announced it at the place where it was seen last */
	uint32_t hash;
	const char *domain;
	char name[]; /* the domain follows */
};

/* Reads and annotates a type. NULL with err: SDREG_E_SYNTAX, SDREG_E_LIMIT, SDREG_E_MEMORY. */
struct service_type *service_type_new(const char *text, const struct sdreg_registry *registry,
	const struct sdreg_registry *supplement, struct sdreg_error *err);
void service_type_free(struct service_type *type);

/* A service without sightings, in no table. NULL with err: SDREG_E_LIMIT, SDREG_E_MEMORY. */
struct sdreg_service *service_new(const struct backend_service *seen, struct service_type *type,
	struct sdreg_error *err);
void service_free(struct sdreg_service *service);

/* 1 if a service is the one seen: all names compare without ASCII case (RFC 6762 section 16). */
int service_is(const struct sdreg_service *service, const struct backend_service *seen);
uint32_t service_hash(const struct backend_service *seen);

/* Fills a place that is all zero. */
void place_set(struct sdreg_place *place, const struct backend_place *seen);

struct sighting *service_find(const struct sdreg_service *service,
	const struct backend_place *place);
/* Adds a sighting at a place where there is none. NULL when out of memory. */
struct sighting *service_add(struct sdreg_service *service, const struct backend_place *place);
/* Frees a sighting. The view stays as it is until service_refresh(). */
void service_drop(struct sdreg_service *service, struct sighting *sighting);
/* 1 when a resolver is still to answer. */
int service_is_pending(const struct sdreg_service *service);
/* 1 when one is, and soon. */
int service_is_awaited(const struct sdreg_service *service);

/* Takes a copy of an answer. 0; SDREG_E_LIMIT, SDREG_E_MEMORY with err. */
int service_answer(struct sighting *sighting, const struct backend_answer *answer,
	unsigned long number, struct sdreg_error *err);
/* Forgets the answer of a sighting. The view stays as it is until service_refresh(). */
void service_forget_answer(struct sighting *sighting);
/* 1 if some sighting has an answer. */
int service_has_answer(const struct sdreg_service *service);
/* Makes a service one that is not resolved. */
void service_unresolve(struct sdreg_service *service);
/* Renews the view. 1 if a user sees a change, 0 if not; SDREG_E_MEMORY with err. */
int service_refresh(struct sdreg_service *service, struct sdreg_error *err);

#endif
