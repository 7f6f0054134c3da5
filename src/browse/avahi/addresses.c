/* SPDX-License-Identifier: MIT */
#include "avahi.h"

#include <avahi-common/defs.h>

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

/* One of the two has told what there is at first, or will tell nothing. */
static void end_one(struct avahi_handle *handle)
{
	const struct avahi_backend *const a = handle->backend;
	struct avahi_handle *const main = handle->main;
	if (handle->is_over)
		return;
	handle->is_over = 1;
	if (main->is_over && (main->other == NULL || main->other->is_over))
		a->listener->addresses_over(a->user, main->owner);
}

static void on_address(AvahiRecordBrowser *browser, AvahiIfIndex interface, AvahiProtocol protocol,
	AvahiBrowserEvent event, const char *name, uint16_t class, uint16_t type, const void *rdata,
	size_t size, AvahiLookupResultFlags flags, void *user)
{
	struct avahi_handle *const handle = user;
	const struct avahi_backend *const a = handle->backend;
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
	void *const owner = handle->main->owner;
	if (event == AVAHI_BROWSER_NEW)
		a->listener->address_found(a->user, owner, text);
	else
		a->listener->address_gone(a->user, owner, text);
}

static int open_kind(struct avahi_handle *handle, AvahiClient *client,
	const struct avahi_request *request, uint16_t type)
{
	handle->record_browser =
		avahi_record_browser_new(client, request->interface, request->protocol,
			request->service->name, AVAHI_DNS_CLASS_IN, type, 0, on_address, handle);
	return handle->record_browser != NULL;
}

static int open_a(struct avahi_handle *handle, AvahiClient *client,
	const struct avahi_request *request)
{
	return open_kind(handle, client, request, AVAHI_DNS_TYPE_A);
}

static int open_aaaa(struct avahi_handle *handle, AvahiClient *client,
	const struct avahi_request *request)
{
	return open_kind(handle, client, request, AVAHI_DNS_TYPE_AAAA);
}

void *avahi_look_up(struct backend *backend, const char *host, int interface, void *owner,
	struct backend_fault *fault)
{
	struct avahi_backend *const a = (struct avahi_backend *)backend;
	const struct backend_service service = {host, NULL, NULL};
	struct avahi_request request = {open_a, &service, interface, AVAHI_PROTO_UNSPEC};
	struct backend_fault none;
	if (!avahi_is_domain(host)) {
		*fault = (struct backend_fault){SDREG_E_SYNTAX, "this is no name of a host"};
		return NULL;
	}
	struct avahi_handle *const main = avahi_open(a, &request, owner, fault);
	if (main == NULL)
		return NULL;
	main->main = main;
	request.open = open_aaaa;
	main->other = avahi_open(a, &request, NULL, &none);
	if (main->other != NULL)
		main->other->main = main;
	return main;
}
