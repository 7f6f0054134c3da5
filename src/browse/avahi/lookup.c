/* SPDX-License-Identifier: MIT */
#include "avahi.h"

#include "browse/service/text.h"
#include "common/error.h"

#include <avahi-common/address.h>
#include <avahi-common/domain.h>
#include <avahi-common/error.h>
#include <avahi-common/strlst.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Avahi's browsers and resolvers, and what they say. */

/* ---- in the browser's words ---- */

static int protocol_number(AvahiProtocol protocol)
{
	if (protocol == AVAHI_PROTO_INET)
		return 4;
	return protocol == AVAHI_PROTO_INET6 ? 6 : 0;
}

AvahiProtocol avahi_protocol(int number)
{
	if (number == 4)
		return AVAHI_PROTO_INET;
	return number == 6 ? AVAHI_PROTO_INET6 : AVAHI_PROTO_UNSPEC;
}

static const char *interface_name(AvahiIfIndex interface, char buf[IF_NAMESIZE])
{
	buf[0] = '\0';
	if (interface > 0 && if_indextoname((unsigned)interface, buf) == NULL)
		buf[0] = '\0';
	return buf;
}

AvahiIfIndex avahi_find_interface(struct sdreg_text text, char name[IF_NAMESIZE],
	struct sdreg_error *err)
{
	memset(name, 0, IF_NAMESIZE);
	if (text.len < IF_NAMESIZE)
		memcpy(name, text.at, text.len);
	const unsigned index = strlen(name) == text.len ? if_nametoindex(name) : 0;
	if (index > 0)
		return (AvahiIfIndex)index;
	error_set(err, SDREG_E_IO, "there is no network interface \"%.*s\"", text_quoted(text),
		text.at);
	return 0;
}

static int is_wanted(const struct avahi_backend *a, AvahiIfIndex interface)
{
	char name[IF_NAMESIZE];
	return a->interface_name[0] == '\0' ||
		strcmp(a->interface_name, interface_name(interface, name)) == 0;
}

static int is_link_local(const AvahiAddress *address)
{
	const uint8_t *const bytes = address->data.ipv6.address;
	return address->proto == AVAHI_PROTO_INET6 && bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80;
}

void avahi_address_text(const AvahiAddress *address, AvahiIfIndex interface,
	char text[AVAHI_ADDRESS_TEXT])
{
	char name[IF_NAMESIZE];
	text[0] = '\0';
	if (address == NULL || avahi_address_snprint(text, AVAHI_ADDRESS_TEXT, address) == NULL)
		return;
	const size_t len = strlen(text);
	if (is_link_local(address) && interface_name(interface, name)[0] != '\0')
		snprintf(text + len, AVAHI_ADDRESS_TEXT - len, "%%%s", name);
}

static const struct backend_fault *last_fault(AvahiClient *client, struct backend_fault *fault)
{
	*fault = avahi_event_fault(avahi_client_errno(client));
	return fault;
}

static void refuse(struct backend_fault *fault, int error)
{
	*fault = avahi_event_fault(error);
}

/* A search for types or domains has told all that there is, or has failed. */
static void end_search(const struct avahi_backend *a, AvahiBrowserEvent event, AvahiClient *client)
{
	struct backend_fault fault;
	if (event == AVAHI_BROWSER_FAILURE)
		a->listener->types_over(a->user, last_fault(client, &fault));
	else if (event == AVAHI_BROWSER_ALL_FOR_NOW || a->is_cached)
		a->listener->types_over(a->user, NULL);
}

int avahi_close_records(void *browser)
{
	return avahi_record_browser_free(browser);
}

/* ---- domains ---- */

static void on_domain(AvahiDomainBrowser *browser, AvahiIfIndex interface, AvahiProtocol protocol,
	AvahiBrowserEvent event, const char *domain, AvahiLookupResultFlags flags, void *user)
{
	const struct avahi_handle *const handle = user;
	const struct avahi_backend *const a = handle->backend;
	char buf[IF_NAMESIZE];
	const struct backend_place place = {interface, protocol_number(protocol),
		interface_name(interface, buf), (flags & AVAHI_LOOKUP_RESULT_LOCAL) != 0};
	if (!avahi_is_heard(handle))
		return;
	switch (event) {
	case AVAHI_BROWSER_NEW:
		a->listener->domain_found(a->user, &place, domain);
		break;
	case AVAHI_BROWSER_REMOVE:
		a->listener->domain_gone(a->user, &place, domain);
		break;
	case AVAHI_BROWSER_ALL_FOR_NOW:
	case AVAHI_BROWSER_FAILURE:
	case AVAHI_BROWSER_CACHE_EXHAUSTED:
		end_search(a, event, avahi_domain_browser_get_client(browser));
		break;
	}
}

static void *open_domains(struct avahi_handle *handle, AvahiClient *client,
	const struct avahi_request *request)
{
	return avahi_domain_browser_new(client, request->interface, request->protocol,
		request->service->domain, AVAHI_DOMAIN_BROWSER_BROWSE, 0, on_domain, handle);
}

static int close_domains(void *browser)
{
	return avahi_domain_browser_free(browser);
}

static const struct avahi_kind domains_kind = {open_domains, close_domains};

/* ---- types ---- */

static void on_type(AvahiServiceTypeBrowser *browser, AvahiIfIndex interface,
	AvahiProtocol protocol, AvahiBrowserEvent event, const char *type, const char *domain,
	AvahiLookupResultFlags flags, void *user)
{
	const struct avahi_handle *const handle = user;
	const struct avahi_backend *const a = handle->backend;
	(void)protocol;
	(void)flags;
	if (!avahi_is_heard(handle))
		return;
	switch (event) {
	case AVAHI_BROWSER_NEW:
		if (is_wanted(a, interface))
			a->listener->type_found(a->user, type, domain);
		break;
	case AVAHI_BROWSER_ALL_FOR_NOW:
	case AVAHI_BROWSER_FAILURE:
	case AVAHI_BROWSER_CACHE_EXHAUSTED:
		end_search(a, event, avahi_service_type_browser_get_client(browser));
		break;
	case AVAHI_BROWSER_REMOVE: /* its services tell when they go */
		break;
	}
}

static void *open_types(struct avahi_handle *handle, AvahiClient *client,
	const struct avahi_request *request)
{
	return avahi_service_type_browser_new(client, request->interface, request->protocol,
		request->service->domain, 0, on_type, handle);
}

static int close_types(void *browser)
{
	return avahi_service_type_browser_free(browser);
}

static const struct avahi_kind types_kind = {open_types, close_types};

/* What begins in a domain, without a type. 0, or -1 with fault. */
static int browse_domain(struct backend *backend, const char *domain, const struct avahi_kind *kind,
	struct backend_fault *fault)
{
	const struct backend_service service = {NULL, NULL, domain};
	struct avahi_backend *const a = (struct avahi_backend *)backend;
	const struct avahi_request request = {kind, &service, a->interface, a->protocol};
	if (domain != NULL && !avahi_is_domain(domain)) {
		refuse(fault, AVAHI_ERR_INVALID_DOMAIN_NAME);
		return -1;
	}
	return avahi_open(a, &request, NULL, fault) != NULL ? 0 : -1;
}

int avahi_browse_domains(struct backend *backend, const char *domain, struct backend_fault *fault)
{
	return browse_domain(backend, domain, &domains_kind, fault);
}

int avahi_browse_types(struct backend *backend, const char *domain, struct backend_fault *fault)
{
	return browse_domain(backend, domain, &types_kind, fault);
}

/* ---- services ---- */

static void on_service(AvahiServiceBrowser *browser, AvahiIfIndex interface, AvahiProtocol protocol,
	AvahiBrowserEvent event, const char *name, const char *type, const char *domain,
	AvahiLookupResultFlags flags, void *user)
{
	const struct avahi_handle *const handle = user;
	const struct avahi_backend *const a = handle->backend;
	const struct backend_service service = {name, type, domain};
	struct backend_place place = {interface, protocol_number(protocol), "",
		(flags & AVAHI_LOOKUP_RESULT_LOCAL) != 0};
	char buf[IF_NAMESIZE];
	struct backend_fault fault;
	if (!avahi_is_heard(handle))
		return;
	switch (event) {
	case AVAHI_BROWSER_NEW:
		if (!is_wanted(a, interface))
			break;
		place.name = interface_name(interface, buf);
		a->listener->found(a->user, handle->owner, &place, &service);
		break;
	case AVAHI_BROWSER_REMOVE:
		a->listener->gone(a->user, handle->owner, &place, &service);
		break;
	case AVAHI_BROWSER_ALL_FOR_NOW:
		a->listener->over(a->user, handle->owner, NULL);
		break;
	case AVAHI_BROWSER_FAILURE:
		a->listener->over(a->user, handle->owner,
			last_fault(avahi_service_browser_get_client(browser), &fault));
		break;
	case AVAHI_BROWSER_CACHE_EXHAUSTED:
		if (a->is_cached)
			a->listener->over(a->user, handle->owner, NULL);
		break;
	}
}

static void *open_services(struct avahi_handle *handle, AvahiClient *client,
	const struct avahi_request *request)
{
	return avahi_service_browser_new(client, request->interface, request->protocol,
		request->service->type, request->service->domain, 0, on_service, handle);
}

static int close_services(void *browser)
{
	return avahi_service_browser_free(browser);
}

static const struct avahi_kind services_kind = {open_services, close_services};

void *avahi_browse(struct backend *backend, const char *type, const char *domain, void *owner,
	struct backend_fault *fault)
{
	const struct backend_service service = {NULL, type, domain};
	struct avahi_backend *const a = (struct avahi_backend *)backend;
	const struct avahi_request request = {&services_kind, &service, a->interface, a->protocol};
	if (!avahi_is_type(type)) {
		refuse(fault, AVAHI_ERR_INVALID_SERVICE_TYPE);
		return NULL;
	}
	if (domain != NULL && !avahi_is_domain(domain)) {
		refuse(fault, AVAHI_ERR_INVALID_DOMAIN_NAME);
		return NULL;
	}
	return avahi_open(a, &request, owner, fault);
}

/* ---- one service ---- */

/* The strings of a list, in few if they are few, else in memory to free. NULL for want of it. */
static struct sdreg_text *txt_strings(AvahiStringList *list, struct sdreg_text few[AVAHI_TXT_FEW],
	size_t *count)
{
	*count = avahi_string_list_length(list);
	struct sdreg_text *const strings = *count <= AVAHI_TXT_FEW ? few
								   : calloc(*count, sizeof(*few));
	if (strings == NULL)
		return NULL;
	size_t i = 0;
	for (AvahiStringList *l = list; l != NULL; l = avahi_string_list_get_next(l))
		strings[i++] = (struct sdreg_text){(const char *)avahi_string_list_get_text(l),
			avahi_string_list_get_size(l)};
	return strings;
}

static void tell_answer(const struct avahi_handle *handle, struct backend_answer *answer,
	AvahiStringList *txt)
{
	const struct avahi_backend *const a = handle->backend;
	const struct backend_fault no_memory = {SDREG_E_MEMORY, "out of memory for its TXT record"};
	struct sdreg_text few[AVAHI_TXT_FEW];
	struct sdreg_text *const strings = txt_strings(txt, few, &answer->txt_count);
	if (strings == NULL) {
		a->listener->failed(a->user, handle->owner, &no_memory);
		return;
	}
	answer->txt = strings;
	a->listener->resolved(a->user, handle->owner, answer);
	if (strings != few)
		free(strings);
}

static void on_answer(AvahiServiceResolver *resolver, AvahiIfIndex interface,
	AvahiProtocol protocol, AvahiResolverEvent event, const char *name, const char *type,
	const char *domain, const char *host, const AvahiAddress *address, uint16_t port,
	AvahiStringList *txt, AvahiLookupResultFlags flags, void *user)
{
	struct avahi_handle *const handle = user;
	const struct avahi_backend *const a = handle->backend;
	struct backend_fault fault;
	(void)protocol;
	(void)name;
	(void)type;
	(void)domain;
	(void)flags;
	if (!avahi_is_heard(handle))
		return;
	if (event == AVAHI_RESOLVER_FAILURE) {
		if (handle->on_answer != NULL)
			handle->on_answer(handle, NULL);
		a->listener->failed(a->user, handle->owner,
			last_fault(avahi_service_resolver_get_client(resolver), &fault));
		return;
	}
	char text[AVAHI_ADDRESS_TEXT];
	avahi_address_text(address, interface, text);
	struct backend_answer answer = {.host = host != NULL ? host : "",
		.address = text,
		.port = port};
	if (handle->on_answer == NULL || !handle->on_answer(handle, &answer))
		tell_answer(handle, &answer, txt);
}

static void *open_resolver(struct avahi_handle *handle, AvahiClient *client,
	const struct avahi_request *request)
{
	const struct backend_service *const service = request->service;
	return avahi_service_resolver_new(client, request->interface, request->protocol,
		service->name, service->type, service->domain, AVAHI_PROTO_UNSPEC, 0, on_answer,
		handle);
}

static int close_resolver(void *resolver)
{
	return avahi_service_resolver_free(resolver);
}

static const struct avahi_kind resolver_kind = {open_resolver, close_resolver};

void avahi_renew_resolver(struct avahi_handle *handle, AvahiIfIndex interface,
	AvahiProtocol protocol, const struct backend_service *service)
{
	const struct avahi_request request = {&resolver_kind, service, interface, protocol};
	avahi_reopen(handle, &request);
}

void *avahi_resolve(struct backend *backend, const struct backend_place *place,
	const struct backend_service *service, void *owner, struct backend_fault *fault)
{
	const struct avahi_request request = {&resolver_kind, service,
		place->interface > 0 ? place->interface : AVAHI_IF_UNSPEC,
		avahi_protocol(place->protocol)};
	/* Some daemons do not survive the question: they are not asked. */
	if (!avahi_is_type(service->type) || !avahi_is_valid_service_type_strict(service->type)) {
		refuse(fault, AVAHI_ERR_INVALID_SERVICE_TYPE);
		return NULL;
	}
	if (!avahi_is_name(service->name)) {
		refuse(fault, AVAHI_ERR_INVALID_SERVICE_NAME);
		return NULL;
	}
	if (!avahi_is_domain(service->domain)) {
		refuse(fault, AVAHI_ERR_INVALID_DOMAIN_NAME);
		return NULL;
	}
	return avahi_open((struct avahi_backend *)backend, &request, owner, fault);
}
