/* SPDX-License-Identifier: MIT */
#include "avahi.h"

#include <avahi-common/defs.h>
#include <avahi-common/domain.h>

#include <stdlib.h>
#include <string.h>

/*
 * Following what a resolver has found. Avahi's resolver tells of another TXT or SRV record only
 * when the one before has run out, a second later, and sometimes never. So the records themselves
 * are watched: another TXT record is told at once, and for another SRV record the resolver is made
 * anew, which finds the newest first.
 */

enum {
	LIVE_MAX = 8, /* TXT records of one name that are remembered; one is the rule */
	SRV_HEAD = 6, /* priority, weight, port */
	TXT_FEW = 32,
	ADDRESS_SIZE = 64,
};

struct live {
	struct live *next;
	size_t size;
	unsigned char bytes[];
};

struct avahi_follow {
	struct avahi_handle *txt; /* watches records; NULL where that could not be */
	struct avahi_handle *srv;
	struct live *live; /* TXT records that are there, the newest first */
	AvahiIfIndex interface;
	AvahiProtocol protocol;
	uint16_t port; /* what the resolver found */
	char address[ADDRESS_SIZE];
	char host[AVAHI_DOMAIN_NAME_MAX];
	char name[AVAHI_LABEL_MAX];
	char type[AVAHI_DOMAIN_NAME_MAX];
	char domain[AVAHI_DOMAIN_NAME_MAX];
};

static int copy(char *to, size_t size, const char *from)
{
	const size_t len = strlen(from);
	if (len >= size)
		return -1;
	memcpy(to, from, len + 1);
	return 0;
}

static int keep_answer(struct avahi_follow *f, const struct backend_answer *answer)
{
	f->port = answer->port;
	return copy(f->host, sizeof(f->host), answer->host) < 0 ||
			copy(f->address, sizeof(f->address), answer->address) < 0
		? -1
		: 0;
}

/* ---- TXT ---- */

static void remember(struct avahi_follow *f, const void *rdata, size_t size)
{
	struct live **at = &f->live;
	struct live *const live = malloc(sizeof(*live) + size);
	if (live == NULL)
		return;
	memcpy(live->bytes, rdata, size);
	live->size = size;
	live->next = f->live;
	f->live = live;
	for (int i = 0; i < LIVE_MAX && *at != NULL; i++)
		at = &(*at)->next;
	if (*at == NULL)
		return;
	free(*at); /* the last: there is never more than one over */
	*at = NULL;
}

static void forget(struct avahi_follow *f, const void *rdata, size_t size)
{
	for (struct live **at = &f->live; *at != NULL; at = &(*at)->next) {
		struct live *const live = *at;
		if (live->size != size || memcmp(live->bytes, rdata, size) != 0)
			continue;
		*at = live->next;
		free(live);
		return;
	}
}

/* Strings of a record, of which the last may be cut; an empty one stands for none. */
static size_t count_strings(const struct live *live)
{
	size_t count = 0;
	for (size_t i = 0; i < live->size; i += 1U + live->bytes[i])
		count++;
	return count;
}

static size_t read_strings(const struct live *live, struct sdreg_text *strings)
{
	size_t count = 0;
	for (size_t i = 0; i < live->size; i += 1U + live->bytes[i]) {
		const size_t left = live->size - i - 1;
		const size_t len = live->bytes[i] < left ? live->bytes[i] : left;
		if (len > 0)
			strings[count++] =
				(struct sdreg_text){(const char *)live->bytes + i + 1, len};
	}
	return count;
}

static void tell(const struct avahi_handle *handle)
{
	const struct avahi_follow *const f = handle->follow;
	const struct avahi_backend *const a = handle->backend;
	struct sdreg_text few[TXT_FEW];
	const size_t count = count_strings(f->live);
	struct sdreg_text *const strings = count <= TXT_FEW ? few : calloc(count, sizeof(*few));
	if (strings == NULL)
		return; /* the resolver tells, in the end */
	const struct backend_answer answer = {.host = f->host,
		.address = f->address,
		.port = f->port,
		.txt = strings,
		.txt_count = read_strings(f->live, strings)};
	a->listener->resolved(a->user, handle->owner, &answer);
	if (strings != few)
		free(strings);
}

/* What the resolver says is new of all but the TXT record. */
int avahi_follow_tell(struct avahi_handle *handle, const struct backend_answer *answer)
{
	if (handle->follow == NULL || keep_answer(handle->follow, answer) < 0 ||
		handle->follow->live == NULL)
		return 0;
	tell(handle);
	return 1;
}

static void on_txt(AvahiRecordBrowser *browser, AvahiIfIndex interface, AvahiProtocol protocol,
	AvahiBrowserEvent event, const char *name, uint16_t class, uint16_t type, const void *rdata,
	size_t size, AvahiLookupResultFlags flags, void *user)
{
	const struct avahi_handle *const watching = user;
	struct avahi_handle *const handle = watching->owner;
	(void)browser;
	(void)interface;
	(void)protocol;
	(void)name;
	(void)class;
	(void)type;
	(void)flags;
	if (!avahi_is_heard(watching) ||
		(event != AVAHI_BROWSER_NEW && event != AVAHI_BROWSER_REMOVE))
		return;
	forget(handle->follow, rdata, size);
	if (event == AVAHI_BROWSER_NEW)
		remember(handle->follow, rdata, size);
	/* A record that comes again while it is in the cache is no news there: it shows when the
	 * one between runs out. */
	if (handle->follow->live != NULL)
		tell(handle);
}

/* ---- SRV ---- */

/* The host of an SRV record as Avahi writes it, or "" for one that cannot be read. */
static void read_host(const unsigned char *labels, size_t size, char host[AVAHI_DOMAIN_NAME_MAX])
{
	size_t at = 0;
	size_t room = AVAHI_DOMAIN_NAME_MAX;
	char *to = host;
	host[0] = '\0';
	while (at < size && labels[at] != 0) {
		const size_t len = labels[at];
		if (len >= AVAHI_LABEL_MAX || len > size - at - 1 || room < 4 * len + 2)
			break;
		if (to != host) {
			*to++ = '.';
			room--;
		}
		avahi_escape_label((const char *)labels + at + 1, len, &to, &room);
		at += 1 + len;
	}
}

static int is_known(const struct avahi_follow *f, const unsigned char *rdata, size_t size)
{
	char host[AVAHI_DOMAIN_NAME_MAX];
	if (size <= SRV_HEAD)
		return 1;
	read_host(rdata + SRV_HEAD, size - SRV_HEAD, host);
	return (rdata[4] << 8 | rdata[5]) == f->port && avahi_domain_equal(host, f->host);
}

static void on_srv(AvahiRecordBrowser *browser, AvahiIfIndex interface, AvahiProtocol protocol,
	AvahiBrowserEvent event, const char *name, uint16_t class, uint16_t type, const void *rdata,
	size_t size, AvahiLookupResultFlags flags, void *user)
{
	const struct avahi_handle *const watching = user;
	struct avahi_handle *const handle = watching->owner;
	(void)browser;
	(void)interface;
	(void)protocol;
	(void)name;
	(void)class;
	(void)type;
	(void)flags;
	if (!avahi_is_heard(watching) || event != AVAHI_BROWSER_NEW)
		return;
	const struct avahi_follow *const f = handle->follow;
	if (is_known(f, rdata, size))
		return;
	const struct backend_service service = {f->name, f->type, f->domain};
	avahi_renew_resolver(handle, f->interface, f->protocol, &service);
}

/* ---- both ---- */

static int open_record(struct avahi_handle *handle, AvahiClient *client,
	const struct avahi_request *request, uint16_t type, AvahiRecordBrowserCallback callback)
{
	char name[AVAHI_DOMAIN_NAME_MAX];
	const struct backend_service *const service = request->service;
	if (avahi_service_name_join(name, sizeof(name), service->name, service->type,
		    service->domain) < 0)
		return 0;
	handle->record_browser = avahi_record_browser_new(client, request->interface,
		request->protocol, name, AVAHI_DNS_CLASS_IN, type, 0, callback, handle);
	return handle->record_browser != NULL;
}

static int open_txt(struct avahi_handle *handle, AvahiClient *client,
	const struct avahi_request *request)
{
	return open_record(handle, client, request, AVAHI_DNS_TYPE_TXT, on_txt);
}

static int open_srv(struct avahi_handle *handle, AvahiClient *client,
	const struct avahi_request *request)
{
	return open_record(handle, client, request, AVAHI_DNS_TYPE_SRV, on_srv);
}

void avahi_follow(struct backend *backend, void *resolver, const struct backend_place *place,
	const struct backend_service *service, const struct backend_answer *answer)
{
	struct avahi_backend *const a = (struct avahi_backend *)backend;
	struct avahi_handle *const handle = resolver;
	struct backend_fault fault;
	struct avahi_request request = {open_txt, service, place->interface,
		avahi_protocol(place->protocol)};
	struct avahi_follow *const f = calloc(1, sizeof(*f));
	if (f == NULL)
		return;
	f->interface = request.interface;
	f->protocol = request.protocol;
	if (copy(f->name, sizeof(f->name), service->name) < 0 ||
		copy(f->type, sizeof(f->type), service->type) < 0 ||
		copy(f->domain, sizeof(f->domain), service->domain) < 0 ||
		keep_answer(f, answer) < 0) {
		free(f);
		return;
	}
	handle->follow = f;
	f->txt = avahi_open(a, &request, handle, &fault);
	request.open = open_srv;
	f->srv = avahi_open(a, &request, handle, &fault);
}

void avahi_follow_free(struct avahi_follow *f)
{
	while (f != NULL && f->live != NULL) {
		struct live *const live = f->live;
		f->live = live->next;
		free(live);
	}
	free(f);
}

void avahi_follow_end(struct avahi_handle *handle)
{
	struct avahi_follow *const f = handle->follow;
	if (f == NULL)
		return;
	if (f->txt != NULL)
		avahi_close(f->txt);
	if (f->srv != NULL)
		avahi_close(f->srv);
	avahi_follow_free(f);
	handle->follow = NULL;
}
