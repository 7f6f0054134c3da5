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
	RECORDS_MAX = 8, /* TXT records of one name that are remembered; one is the rule */
	SRV_HEAD = 6, /* priority, weight, port */
	ADDRESS_SIZE = 64,
};

struct cached_txt {
	struct cached_txt *next;
	size_t size;
	unsigned char bytes[];
};

struct avahi_follow {
	struct avahi_handle *txt; /* browsed records; NULL where that could not be */
	struct avahi_handle *srv;
	struct cached_txt *cached; /* TXT records that are there, the newest first */
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
	struct cached_txt **at = &f->cached;
	struct cached_txt *const txt = malloc(sizeof(*txt) + size);
	if (txt == NULL)
		return;
	memcpy(txt->bytes, rdata, size);
	txt->size = size;
	txt->next = f->cached;
	f->cached = txt;
	for (int i = 0; i < RECORDS_MAX && *at != NULL; i++)
		at = &(*at)->next;
	if (*at == NULL)
		return;
	free(*at); /* the last: there is never more than one over */
	*at = NULL;
}

static void forget(struct avahi_follow *f, const void *rdata, size_t size)
{
	for (struct cached_txt **at = &f->cached; *at != NULL; at = &(*at)->next) {
		struct cached_txt *const txt = *at;
		if (txt->size != size || memcmp(txt->bytes, rdata, size) != 0)
			continue;
		*at = txt->next;
		free(txt);
		return;
	}
}

/* Strings of a record, of which the last may be cut; an empty one stands for none. */
static size_t count_strings(const struct cached_txt *txt)
{
	size_t count = 0;
	for (size_t i = 0; i < txt->size; i += 1U + txt->bytes[i])
		count++;
	return count;
}

static size_t read_strings(const struct cached_txt *txt, struct sdreg_text *strings)
{
	size_t count = 0;
	for (size_t i = 0; i < txt->size; i += 1U + txt->bytes[i]) {
		const size_t left = txt->size - i - 1;
		const size_t len = txt->bytes[i] < left ? txt->bytes[i] : left;
		if (len > 0)
			strings[count++] =
				(struct sdreg_text){(const char *)txt->bytes + i + 1, len};
	}
	return count;
}

static void tell(const struct avahi_handle *handle)
{
	const struct avahi_follow *const f = handle->data;
	const struct avahi_backend *const a = handle->backend;
	struct sdreg_text few[AVAHI_TXT_FEW];
	const size_t count = count_strings(f->cached);
	struct sdreg_text *const strings = count <= AVAHI_TXT_FEW ? few
								  : calloc(count, sizeof(*few));
	if (strings == NULL)
		return; /* the resolver tells, in the end */
	const struct backend_answer answer = {.host = f->host,
		.address = f->address,
		.port = f->port,
		.txt = strings,
		.txt_count = read_strings(f->cached, strings)};
	a->listener->resolved(a->user, handle->owner, &answer);
	if (strings != few)
		free(strings);
}

/* What the resolver says is new of all but the TXT record. */
static int on_answer(struct avahi_handle *handle, const struct backend_answer *answer)
{
	struct avahi_follow *const f = handle->data;
	if (keep_answer(f, answer) < 0 || f->cached == NULL)
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
	struct avahi_follow *const f = handle->data;
	forget(f, rdata, size);
	if (event == AVAHI_BROWSER_NEW)
		remember(f, rdata, size);
	/* A record that comes again while it is in the cache is no news there: it shows when the
	 * one between runs out. */
	if (f->cached != NULL)
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
	const struct avahi_follow *const f = handle->data;
	if (is_known(f, rdata, size))
		return;
	const struct backend_service service = {f->name, f->type, f->domain};
	avahi_renew_resolver(handle, f->interface, f->protocol, &service);
}

/* ---- both ---- */

static void *open_records(struct avahi_handle *handle, AvahiClient *client,
	const struct avahi_request *request, uint16_t type, AvahiRecordBrowserCallback callback)
{
	char name[AVAHI_DOMAIN_NAME_MAX];
	const struct backend_service *const service = request->service;
	if (avahi_service_name_join(name, sizeof(name), service->name, service->type,
		    service->domain) < 0)
		return NULL;
	return avahi_record_browser_new(client, request->interface, request->protocol, name,
		AVAHI_DNS_CLASS_IN, type, 0, callback, handle);
}

static void *open_txt(struct avahi_handle *handle, AvahiClient *client,
	const struct avahi_request *request)
{
	return open_records(handle, client, request, AVAHI_DNS_TYPE_TXT, on_txt);
}

static void *open_srv(struct avahi_handle *handle, AvahiClient *client,
	const struct avahi_request *request)
{
	return open_records(handle, client, request, AVAHI_DNS_TYPE_SRV, on_srv);
}

static const struct avahi_kind txt_kind = {open_txt, avahi_close_records};
static const struct avahi_kind srv_kind = {open_srv, avahi_close_records};

static void on_close(struct avahi_handle *handle)
{
	struct avahi_follow *const f = handle->data;
	if (f->txt != NULL)
		avahi_close(f->txt);
	if (f->srv != NULL)
		avahi_close(f->srv);
	while (f->cached != NULL) {
		struct cached_txt *const txt = f->cached;
		f->cached = txt->next;
		free(txt);
	}
	free(f);
}

void avahi_follow(struct backend *backend, void *resolver, const struct backend_place *place,
	const struct backend_service *service, const struct backend_answer *answer)
{
	struct avahi_backend *const a = (struct avahi_backend *)backend;
	struct avahi_handle *const handle = resolver;
	struct backend_fault fault;
	struct avahi_request request = {&txt_kind, service, place->interface,
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
	handle->data = f;
	handle->on_answer = on_answer;
	handle->on_close = on_close;
	f->txt = avahi_open(a, &request, handle, &fault);
	request.kind = &srv_kind;
	f->srv = avahi_open(a, &request, handle, &fault);
}
