/* SPDX-License-Identifier: MIT */
#include "service.h"

#include "common/ascii.h"
#include "common/error.h"
#include "common/hash.h"
#include "hosts.h"
#include "view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- types ---- */

struct service_type *service_type_new(const char *text, const struct sdreg_registry *registry,
	const struct sdreg_registry *supplement, struct sdreg_error *err)
{
	struct sdreg_error why = {.size = sizeof(why)};
	const size_t len = strlen(text);
	struct service_type *const type = calloc(1, sizeof(*type) + len + 1);
	if (type == NULL) {
		error_set(err, SDREG_E_MEMORY, "out of memory for the service type \"%s\"", text);
		return NULL;
	}
	const int result = sdreg_type_parse(text, len, &type->type, &why);
	if (result < 0) {
		error_set(err, result, "services of type \"%s\" cannot be shown: %s", text,
			why.text);
		free(type);
		return NULL;
	}
	type->annotation = sdreg_annotate_type(registry, supplement, &type->type, NULL);
	if (type->annotation == NULL) {
		error_set(err, SDREG_E_MEMORY, "no memory for the service type \"%s\"", text);
		free(type);
		return NULL;
	}
	type->references = 1;
	memcpy(type->text, text, len + 1);
	return type;
}

void service_type_free(struct service_type *type)
{
	if (type == NULL || --type->references > 0)
		return;
	sdreg_annotation_free(type->annotation);
	free(type);
}

/* ---- services ---- */

struct sdreg_service *service_new(const struct backend_service *seen, struct service_type *type,
	struct sdreg_error *err)
{
	const size_t name_len = strlen(seen->name);
	const size_t domain_len = strlen(seen->domain);
	if (name_len >= SDREG_LABEL_SIZE || domain_len >= SDREG_DOMAIN_SIZE) {
		error_set(err, SDREG_E_LIMIT,
			"a service of type \"%s\" has a name over 63 bytes or a domain over 255 "
			"(RFC 1035 section 2.3.4) and is left out",
			type->text);
		return NULL;
	}
	struct sdreg_service *const service =
		calloc(1, sizeof(*service) + name_len + domain_len + 2);
	if (service == NULL) {
		error_set(err, SDREG_E_MEMORY,
			"out of memory for the service \"%s\" of type \"%s\"", seen->name,
			type->text);
		return NULL;
	}
	service->type = type;
	type->references++;
	service->hash = service_hash(seen);
	service->fault.code = SDREG_E_DAEMON;
	service->fault.reason = "no answer";
	memcpy(service->name, seen->name, name_len + 1);
	service->domain = memcpy(service->name + name_len + 1, seen->domain, domain_len + 1);
	return service;
}

void service_free(struct sdreg_service *service)
{
	if (service == NULL)
		return;
	while (service->sightings != NULL)
		service_drop(service, service->sightings);
	view_free(service->view);
	service_type_free(service->type);
	free(service);
}

uint32_t service_hash(const struct backend_service *seen)
{
	uint64_t hash = hash_add_lower(0, seen->name, strlen(seen->name));
	hash = hash_add_lower(hash, seen->type, strlen(seen->type));
	return (uint32_t)(hash_add_lower(hash, seen->domain, strlen(seen->domain)) >> 16);
}

int service_is(const struct sdreg_service *service, const struct backend_service *seen)
{
	return ascii_compare(service->name, seen->name) == 0 &&
		ascii_compare(service->type->text, seen->type) == 0 &&
		ascii_compare(service->domain, seen->domain) == 0;
}

/* ---- sightings ---- */

void place_set(struct sdreg_place *place, const struct backend_place *seen)
{
	place->interface = seen->interface;
	place->protocol = seen->protocol;
	place->is_local = seen->is_local;
	snprintf(place->interface_name, sizeof(place->interface_name), "%s", seen->name);
}

struct sighting *service_find(const struct sdreg_service *service,
	const struct backend_place *place)
{
	struct sighting *s = service->sightings;
	while (s != NULL &&
		(s->place.interface != place->interface || s->place.protocol != place->protocol))
		s = s->next;
	return s;
}

struct sighting *service_add(struct sdreg_service *service, const struct backend_place *place)
{
	struct sighting *const sighting = calloc(1, sizeof(*sighting));
	if (sighting == NULL)
		return NULL;
	sighting->service = service;
	place_set(&sighting->place, place);
	struct sighting **at = &service->sightings;
	while (*at != NULL)
		at = &(*at)->next;
	*at = sighting;
	return sighting;
}

void service_drop(struct sdreg_service *service, struct sighting *sighting)
{
	struct sighting **at = &service->sightings;
	while (*at != sighting)
		at = &(*at)->next;
	*at = sighting->next;
	service->was_local = sighting->place.is_local;
	answer_free(sighting->place.answer);
	free(sighting);
}

static int awaits_host(const struct sighting *sighting)
{
	return sighting->on_host.host != NULL && !sighting->on_host.host->is_over;
}

int service_is_pending(const struct sdreg_service *service)
{
	for (const struct sighting *s = service->sightings; s != NULL; s = s->next)
		if ((s->asked.stage != SIGHTING_IDLE && s->asked.stage != SIGHTING_KEPT) ||
			awaits_host(s))
			return 1;
	return 0;
}

int service_is_awaited(const struct sdreg_service *service)
{
	for (const struct sighting *s = service->sightings; s != NULL; s = s->next)
		if (s->asked.stage == SIGHTING_WAITING || s->asked.stage == SIGHTING_FRESH ||
			awaits_host(s))
			return 1;
	return 0;
}

int service_answer(struct sighting *sighting, const struct backend_answer *answer,
	unsigned long number, struct sdreg_error *err)
{
	struct answer *copy;
	const int result = answer_copy(answer, &copy);
	if (result < 0)
		return error_set(err, result, "the answer of \"%s\" of type \"%s\" is lost: %s",
			sighting->service->name, sighting->service->type->text,
			result == SDREG_E_LIMIT ? "it is longer than DNS allows" : "out of memory");
	if (sighting->place.answer == NULL ||
		strcmp(sighting->place.answer->address, copy->address) != 0)
		sighting->is_address_gone = 0;
	/* that the same is said again makes it no newer than what others say */
	if (sighting->place.answer == NULL || !answer_equal(sighting->place.answer, copy))
		sighting->answer_number = number;
	answer_free(sighting->place.answer);
	sighting->place.answer = copy;
	return SDREG_OK;
}

void service_forget_answer(struct sighting *sighting)
{
	answer_free(sighting->place.answer);
	sighting->place.answer = NULL;
}

int service_has_answer(const struct sdreg_service *service)
{
	const struct sighting *s = service->sightings;
	while (s != NULL && s->place.answer == NULL)
		s = s->next;
	return s != NULL;
}

void service_unresolve(struct sdreg_service *service)
{
	view_free(service->view);
	service->view = NULL;
}

int service_refresh(struct sdreg_service *service, struct sdreg_error *err)
{
	struct view *view;
	if (view_make(service->sightings, &view) < 0)
		return error_set(err, SDREG_E_MEMORY,
			"out of memory for what is new of \"%s\" of type \"%s\"", service->name,
			service->type->text);
	if (view == NULL)
		return 0; /* seen elsewhere, without an answer as yet: what is known still stands */
	if (service->view != NULL && view_equal(service->view, view)) {
		view_free(view);
		return 0;
	}
	view_free(service->view);
	service->view = view;
	return 1;
}
