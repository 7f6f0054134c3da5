/* SPDX-License-Identifier: MIT */
#include "event.h"
#include "service.h"

#include <string.h>

/* What users ask of services, of places and of events. */

/* ---- services ---- */

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
	return service->type->annotation;
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
	while (strcmp(s->place.interface_name, sighting->place.interface_name) != 0)
		s = s->next;
	return s == sighting;
}

const char *sdreg_service_interface(const struct sdreg_service *service, size_t nth)
{
	for (const struct sighting *s = service->sightings; s != NULL; s = s->next) {
		if (s->place.interface_name[0] == '\0' || !is_first_of_interface(service, s))
			continue;
		if (nth-- == 0)
			return s->place.interface_name;
	}
	return NULL;
}

const struct sdreg_place *sdreg_service_place(const struct sdreg_service *service, size_t nth)
{
	const struct sighting *s = service->sightings;
	while (s != NULL && nth-- > 0)
		s = s->next;
	return s != NULL ? &s->place : NULL;
}

int sdreg_service_is_local(const struct sdreg_service *service)
{
	for (const struct sighting *s = service->sightings; s != NULL; s = s->next)
		if (s->place.is_local)
			return 1;
	return service->sightings == NULL && service->was_local;
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

/* ---- places ---- */

const char *sdreg_place_interface(const struct sdreg_place *place)
{
	return place->interface_name;
}

int sdreg_place_protocol(const struct sdreg_place *place)
{
	return place->protocol;
}

int sdreg_place_is_local(const struct sdreg_place *place)
{
	return place->is_local;
}

int sdreg_place_is_resolved(const struct sdreg_place *place)
{
	return place->answer != NULL;
}

const char *sdreg_place_host(const struct sdreg_place *place)
{
	return place->answer != NULL ? place->answer->host : "";
}

const char *sdreg_place_address(const struct sdreg_place *place)
{
	return place->answer != NULL ? place->answer->address : "";
}

uint16_t sdreg_place_port(const struct sdreg_place *place)
{
	return place->answer != NULL ? place->answer->port : 0;
}

int sdreg_place_txt(const struct sdreg_place *place, size_t nth, struct sdreg_text *text)
{
	if (place->answer == NULL || nth >= place->answer->txt_count)
		return 0;
	*text = place->answer->txt[nth];
	return 1;
}

/* ---- events ---- */

enum sdreg_event_kind sdreg_event_kind(const struct sdreg_event *event)
{
	return event->kind;
}

const struct sdreg_service *sdreg_event_service(const struct sdreg_event *event)
{
	return event->service;
}

const struct sdreg_place *sdreg_event_place(const struct sdreg_event *event)
{
	return event->place;
}

const struct sdreg_error *sdreg_event_error(const struct sdreg_event *event)
{
	return event->error;
}

const char *sdreg_event_domain(const struct sdreg_event *event)
{
	return event->domain;
}
