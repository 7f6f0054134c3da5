/* SPDX-License-Identifier: MIT */
#include "service.h"

#include "ascii-equal.h"
#include "error.h"
#include "hosts.h"
#include "view.h"

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
		browse_error(err, SDREG_E_MEMORY, "no memory for the service type \"%s\"", text);
		return NULL;
	}
	const int result = sdreg_type_parse(text, len, &type->type, &why);
	if (result < 0) {
		browse_error(err, result, "services of type \"%s\" cannot be shown: %s", text,
			why.text);
		free(type);
		return NULL;
	}
	type->references = 1;
	memcpy(type->text, text, len + 1);
	sdreg_annotate_type(registry, supplement, &type->type, &type->annotation);
	return type;
}

void service_type_free(struct service_type *type)
{
	if (type != NULL && --type->references == 0)
		free(type);
}

/* ---- services ---- */

struct sdreg_service *service_new(const struct backend_service *seen, struct service_type *type,
	struct sdreg_error *err)
{
	const size_t name_len = strlen(seen->name);
	const size_t domain_len = strlen(seen->domain);
	if (name_len >= SDREG_LABEL_SIZE || domain_len >= SDREG_DOMAIN_SIZE) {
		browse_error(err, SDREG_E_LIMIT,
			"a service of type \"%s\" has a name over 63 bytes or a domain over 255 "
			"(RFC 1035 section 2.3.4) and is left out",
			type->text);
		return NULL;
	}
	struct sdreg_service *const service =
		calloc(1, sizeof(*service) + name_len + domain_len + 2);
	if (service == NULL) {
		browse_error(err, SDREG_E_MEMORY, "no memory for the service \"%s\" of type \"%s\"",
			seen->name, type->text);
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

static uint32_t hash_text(uint32_t hash, const char *text)
{
	do {
		hash = (hash ^ ascii_equal_lower((unsigned char)*text)) * UINT32_C(16777619);
	} while (*text++ != '\0');
	return hash;
}

/* FNV-1a, ends of texts included. */
uint32_t service_hash(const struct backend_service *seen)
{
	uint32_t hash = UINT32_C(2166136261);
	hash = hash_text(hash, seen->name);
	hash = hash_text(hash, seen->type);
	return hash_text(hash, seen->domain);
}

int service_is(const struct sdreg_service *service, const struct backend_service *seen)
{
	return ascii_equal(service->name, seen->name) &&
		ascii_equal(service->type->text, seen->type) &&
		ascii_equal(service->domain, seen->domain);
}

/* ---- sightings ---- */

struct sighting *service_find(const struct sdreg_service *service,
	const struct backend_place *place)
{
	struct sighting *s = service->sightings;
	while (s != NULL && (s->interface != place->interface || s->protocol != place->protocol))
		s = s->next;
	return s;
}

struct sighting *service_add(struct sdreg_service *service, const struct backend_place *place)
{
	struct sighting *const sighting = calloc(1, sizeof(*sighting));
	if (sighting == NULL)
		return NULL;
	sighting->service = service;
	sighting->interface = place->interface;
	sighting->protocol = place->protocol;
	sighting->is_local = place->is_local;
	strncpy(sighting->interface_name, place->name, sizeof(sighting->interface_name) - 1);
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
	answer_free(sighting->answer);
	free(sighting);
}

static int awaits_host(const struct sighting *sighting)
{
	return sighting->host != NULL && !sighting->host->is_over;
}

int service_is_pending(const struct sdreg_service *service)
{
	for (const struct sighting *s = service->sightings; s != NULL; s = s->next)
		if ((s->stage != SIGHTING_IDLE && s->stage != SIGHTING_KEPT) || awaits_host(s))
			return 1;
	return 0;
}

int service_is_awaited(const struct sdreg_service *service)
{
	for (const struct sighting *s = service->sightings; s != NULL; s = s->next)
		if (s->stage == SIGHTING_WAITING || s->stage == SIGHTING_FRESH || awaits_host(s))
			return 1;
	return 0;
}

int service_answer(struct sighting *sighting, const struct backend_answer *answer,
	unsigned long number, struct sdreg_error *err)
{
	struct answer *copy;
	const int result = answer_copy(answer, &copy);
	if (result < 0)
		return browse_error(err, result, "the answer of \"%s\" of type \"%s\" is lost: %s",
			sighting->service->name, sighting->service->type->text,
			result == SDREG_E_LIMIT ? "it is longer than DNS allows" : "no memory");
	answer_free(sighting->answer);
	sighting->answer = copy;
	sighting->answer_number = number;
	return SDREG_OK;
}

void service_forget_answer(struct sighting *sighting)
{
	answer_free(sighting->answer);
	sighting->answer = NULL;
}

int service_has_answer(const struct sdreg_service *service)
{
	const struct sighting *s = service->sightings;
	while (s != NULL && s->answer == NULL)
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
		return browse_error(err, SDREG_E_MEMORY,
			"no memory for what is new of \"%s\" of type \"%s\"", service->name,
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

/* ---- what users ask ---- */

const char *sdreg_service_name(const struct sdreg_service *service)
{
	return service->name;
}

const char *sdreg_service_domain(const struct sdreg_service *service)
{
	return service->domain;
}

const char *sdreg_service_type_text(const struct sdreg_service *service)
{
	return service->type->text;
}

const struct sdreg_type *sdreg_service_type(const struct sdreg_service *service)
{
	return &service->type->type;
}

const struct sdreg_annotation *sdreg_service_annotation(const struct sdreg_service *service)
{
	return &service->type->annotation;
}

int sdreg_service_is_resolved(const struct sdreg_service *service)
{
	return service->view != NULL;
}

const char *sdreg_service_host(const struct sdreg_service *service)
{
	return service->view != NULL ? service->view->answer->host : "";
}

uint16_t sdreg_service_port(const struct sdreg_service *service)
{
	return service->view != NULL ? service->view->answer->port : 0;
}

const char *sdreg_service_address(const struct sdreg_service *service, size_t nth)
{
	if (service->view == NULL || nth >= service->view->address_count)
		return NULL;
	return service->view->addresses[nth];
}

static int is_first_of_interface(const struct sdreg_service *service,
	const struct sighting *sighting)
{
	const struct sighting *s = service->sightings;
	while (strcmp(s->interface_name, sighting->interface_name) != 0)
		s = s->next;
	return s == sighting;
}

const char *sdreg_service_interface(const struct sdreg_service *service, size_t nth)
{
	for (const struct sighting *s = service->sightings; s != NULL; s = s->next) {
		if (s->interface_name[0] == '\0' || !is_first_of_interface(service, s))
			continue;
		if (nth-- == 0)
			return s->interface_name;
	}
	return NULL;
}

struct sdreg_place service_place(const struct sighting *s)
{
	struct sdreg_place place = {.interface = s->interface_name,
		.protocol = s->protocol,
		.is_local = s->is_local,
		.is_resolved = s->answer != NULL,
		.host = "",
		.address = ""};
	if (s->answer == NULL)
		return place;
	place.host = s->answer->host;
	place.address = s->answer->address;
	place.port = s->answer->port;
	place.txt = s->answer->txt;
	place.txt_count = s->answer->txt_count;
	return place;
}

int sdreg_service_place(const struct sdreg_service *service, size_t nth, struct sdreg_place *place)
{
	const struct sighting *s = service->sightings;
	while (s != NULL && nth-- > 0)
		s = s->next;
	if (s == NULL)
		return 0;
	*place = service_place(s);
	return 1;
}

int sdreg_service_is_local(const struct sdreg_service *service)
{
	for (const struct sighting *s = service->sightings; s != NULL; s = s->next)
		if (s->is_local)
			return 1;
	return 0;
}

int sdreg_service_read_txt(const struct sdreg_service *service, struct sdreg_txt *txt)
{
	struct sdreg_text string;
	sdreg_txt_clear(txt);
	for (size_t i = 0; sdreg_service_txt(service, i, &string); i++)
		if (sdreg_txt_add(txt, string.at, string.len) < 0) {
			sdreg_txt_clear(txt);
			return SDREG_E_MEMORY;
		}
	sdreg_txt_lose_order(txt);
	return SDREG_OK;
}

int sdreg_service_txt(const struct sdreg_service *service, size_t nth, struct sdreg_text *text)
{
	if (service->view == NULL || nth >= service->view->answer->txt_count)
		return 0;
	*text = service->view->answer->txt[nth];
	return 1;
}
