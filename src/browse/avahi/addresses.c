/* SPDX-License-Identifier: MIT */
#include "avahi.h"

#include <avahi-common/defs.h>

#include <stdlib.h>
#include <string.h>

/* All addresses of a host: one record browser for A, and one for AAAA. Avahi's resolver asks for
 * both kinds itself, so that these two ask nothing more of the network while it is there. */

static int read_address(const void *rdata, size_t size, AvahiAddress *address)
{
	memset(address, 0, sizeof(*address));
	if (size == sizeof(address->data.ipv4)) {
		address->proto = AVAHI_PROTO_INET;
		memcpy(&address->data.ipv4, rdata, size);
		return 1;
	}
	address->proto = AVAHI_PROTO_INET6;
	if (size != sizeof(address->data.ipv6))
		return 0;
	memcpy(&address->data.ipv6, rdata, size);
	return 1;
}

/* A look-up, which is the data of its first handle. */
struct look_up {
	void *host; /* the browser's */
	struct avahi_handle *asked[2]; /* for A and AAAA; NULL where that could not be */
	int is_over[2]; /* what was known at first was told */
};

/* One of the two has told what there is at first, or will tell nothing. */
static void end_one(const struct avahi_handle *handle)
{
	const struct avahi_backend *const a = handle->backend;
	struct look_up *const l = handle->owner;
	const size_t nth = handle == l->asked[1];
	if (l->is_over[nth])
		return;
	l->is_over[nth] = 1;
	if (l->is_over[!nth])
		a->listener->addresses_over(a->user, l->host);
}

static void on_address(AvahiRecordBrowser *browser, AvahiIfIndex interface, AvahiProtocol protocol,
	AvahiBrowserEvent event, const char *name, uint16_t class, uint16_t type, const void *rdata,
	size_t size, AvahiLookupResultFlags flags, void *user)
{
	const struct avahi_handle *const handle = user;
	const struct avahi_backend *const a = handle->backend;
	const struct look_up *const l = handle->owner;
	AvahiAddress address;
	char text[AVAHI_ADDRESS_TEXT];
	(void)browser;
	(void)protocol;
	(void)name;
	(void)class;
	(void)type;
	(void)flags;
	if (!avahi_is_heard(handle))
		return;
	if (event == AVAHI_BROWSER_CACHE_EXHAUSTED || event == AVAHI_BROWSER_FAILURE) {
		end_one(handle);
		return;
	}
	if (event == AVAHI_BROWSER_ALL_FOR_NOW || !read_address(rdata, size, &address))
		return;
	avahi_address_text(&address, interface, text);
	if (event == AVAHI_BROWSER_NEW)
		a->listener->address_found(a->user, l->host, text);
	else
		a->listener->address_gone(a->user, l->host, text);
}

static void *open_records(struct avahi_handle *handle, AvahiClient *client,
	const struct avahi_request *request, uint16_t type)
{
	return avahi_record_browser_new(client, request->interface, request->protocol,
		request->service->name, AVAHI_DNS_CLASS_IN, type, 0, on_address, handle);
}

static void *open_a(struct avahi_handle *handle, AvahiClient *client,
	const struct avahi_request *request)
{
	return open_records(handle, client, request, AVAHI_DNS_TYPE_A);
}

static void *open_aaaa(struct avahi_handle *handle, AvahiClient *client,
	const struct avahi_request *request)
{
	return open_records(handle, client, request, AVAHI_DNS_TYPE_AAAA);
}

static const struct avahi_kind a_kind = {open_a, avahi_close_records};
static const struct avahi_kind aaaa_kind = {open_aaaa, avahi_close_records};

static void on_close(struct avahi_handle *handle)
{
	struct look_up *const l = handle->data;
	if (l->asked[1] != NULL)
		avahi_close(l->asked[1]);
	free(l);
}

void *avahi_look_up(struct backend *backend, const char *host, int interface, void *owner,
	struct backend_fault *fault)
{
	struct avahi_backend *const a = (struct avahi_backend *)backend;
	const struct backend_service service = {host, NULL, NULL};
	struct avahi_request request = {&a_kind, &service, interface, AVAHI_PROTO_UNSPEC};
	struct backend_fault none;
	if (!avahi_is_domain(host)) {
		*fault = (struct backend_fault){SDREG_E_SYNTAX, "this is no name of a host"};
		return NULL;
	}
	struct look_up *const l = calloc(1, sizeof(*l));
	if (l == NULL) {
		*fault = (struct backend_fault){SDREG_E_MEMORY, "out of memory"};
		return NULL;
	}
	l->host = owner;
	l->asked[0] = avahi_open(a, &request, l, fault);
	if (l->asked[0] == NULL) {
		free(l);
		return NULL;
	}
	l->asked[0]->data = l;
	l->asked[0]->on_close = on_close;
	request.kind = &aaaa_kind;
	l->asked[1] = avahi_open(a, &request, l, &none);
	l->is_over[1] = l->asked[1] == NULL;
	return l->asked[0];
}
