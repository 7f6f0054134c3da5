/* SPDX-License-Identifier: MIT */
#include "avahi.h"

#include "common/clock.h"
#include "records.h"

#include <avahi-common/defs.h>
#include <avahi-common/domain.h>
#include <avahi-common/timeval.h>

#include <stdlib.h>
#include <string.h>

/*
 * Following what a resolver has found. Avahi's resolver tells of another TXT or SRV record only
 * when the one before has run out, a second later, and sometimes never. So the records themselves
 * are watched: another TXT record is told at once, and for another SRV record the resolver is made
 * anew, which finds the newest first. What is told is one host's answer: records.c knows which TXT
 * record came with which SRV record.
 */

enum {
	ADDRESS_SIZE = 64,
	DOUBT_MS = 3000,
};

struct avahi_follow {
	struct avahi_handle *txt; /* browsed records; NULL where that could not be */
	struct avahi_handle *srv;
	struct records records;
	AvahiIfIndex interface;
	AvahiProtocol protocol;
	int is_txt_listed; /* what was in the daemon's cache at first was told */
	int is_srv_listed;
	int is_answered; /* what the resolver found still stands */
	int is_contested; /* two hosts answer, and that was told */
	AvahiTimeout *doubt; /* two are there: when that is no change from one to the other */
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
	f->is_answered = copy(f->host, sizeof(f->host), answer->host) == 0 &&
		copy(f->address, sizeof(f->address), answer->address) == 0;
	return f->is_answered ? 0 : -1;
}

static void tell_strings(const struct avahi_handle *handle, struct backend_answer *answer,
	const struct record_txt *txt)
{
	const struct avahi_backend *const a = handle->backend;
	struct sdreg_text few[AVAHI_TXT_FEW];
	const size_t count = record_count_strings(txt);
	struct sdreg_text *const strings = count <= AVAHI_TXT_FEW ? few
								  : calloc(count, sizeof(*few));
	if (strings == NULL)
		return; /* the resolver tells, in the end */
	answer->txt = strings;
	answer->txt_count = record_read_strings(txt, strings);
	a->listener->resolved(a->user, handle->owner, answer);
	if (strings != few)
		free(strings);
}

/* 0 if there is nothing to tell that one host has said. */
static int tell(const struct avahi_handle *handle)
{
	const struct avahi_follow *const f = handle->data;
	struct backend_answer answer = {.host = f->host, .address = f->address, .port = f->port};
	const struct record_txt *txt;
	const struct record_srv *const srv = records_answer(&f->records, f->host, f->port, &txt);
	if (!f->is_answered || txt == NULL || (srv == NULL && f->srv != NULL))
		return 0;
	if (srv != NULL) {
		answer.host = srv->host;
		answer.port = srv->port;
		if (!avahi_domain_equal(srv->host, f->host))
			answer.address = ""; /* the look-up of the host will tell */
	}
	tell_strings(handle, &answer, txt);
	return 1;
}

/* ---- two hosts ---- */

/* Once, with both. */
static void tell_contest(const struct avahi_handle *handle)
{
	struct avahi_follow *const f = handle->data;
	const struct avahi_backend *const a = handle->backend;
	const struct record_srv *other;
	const struct record_srv *const srv = records_contest(&f->records, &other);
	if (srv == NULL || f->is_contested)
		return;
	f->is_contested = 1;
	a->listener->contested(a->user, handle->owner, srv->host, other->host);
}

static void on_doubt(AvahiTimeout *timeout, void *user)
{
	const struct avahi_handle *const handle = user;
	struct avahi_follow *const f = handle->data;
	handle->backend->poll->timeout_free(timeout);
	f->doubt = NULL;
	if (!avahi_is_heard(handle))
		return;
	records_doubt(&f->records);
	tell_contest(handle);
}

/* One that takes the place of another leaves both there for a second (RFC 6762 section 10.2). */
static void doubt(struct avahi_handle *handle)
{
	struct avahi_follow *const f = handle->data;
	const AvahiPoll *const poll = handle->backend->poll;
	struct timeval when;
	if (f->is_contested || f->doubt != NULL || !records_are_two(&f->records))
		return;
	f->doubt = poll->timeout_new(poll, avahi_elapse_time(&when, DOUBT_MS, 0), on_doubt, handle);
}

/* After the records have changed. */
static void go_on(struct avahi_handle *handle)
{
	const struct avahi_follow *const f = handle->data;
	if (!f->is_txt_listed || !f->is_srv_listed)
		return;
	tell(handle);
	doubt(handle);
	tell_contest(handle);
}

/* ---- TXT, and the resolver ---- */

/* What the resolver says is new of all but the TXT record; NULL that nobody answers any more. */
static int on_answer(struct avahi_handle *handle, const struct backend_answer *answer)
{
	struct avahi_follow *const f = handle->data;
	f->is_answered = 0;
	if (answer == NULL || keep_answer(f, answer) < 0)
		return 0;
	return tell(handle);
}

/* What the daemon had in its cache was told, or nothing will be. 1 when both kinds were. */
static int end_listing(struct avahi_follow *f, int *is_listed)
{
	*is_listed = 1;
	if (!f->is_txt_listed || !f->is_srv_listed)
		return 0;
	records_pair_list(&f->records);
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
	if (!avahi_is_heard(watching))
		return;
	struct avahi_follow *const f = handle->data;
	if (event == AVAHI_BROWSER_NEW)
		records_add_txt(&f->records, rdata, size, clock_ms());
	else if (event == AVAHI_BROWSER_REMOVE)
		records_lose_txt(&f->records, rdata, size);
	else if (f->is_txt_listed || !end_listing(f, &f->is_txt_listed))
		return;
	/* A record that comes again while it is in the cache is no news there: it shows when the
	 * one between runs out. */
	go_on(handle);
}

/* ---- SRV ---- */

/* 1 if the resolver has found what there is: of two that answer, one. That none is left it sees
 * itself. */
static int is_known(const struct avahi_follow *f)
{
	const struct record_srv *const newest = records_newest(&f->records);
	if (newest == NULL || (f->is_contested && records_has(&f->records, f->host, f->port)))
		return 1;
	return newest->port == f->port && avahi_domain_equal(newest->host, f->host);
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
	if (!avahi_is_heard(watching))
		return;
	struct avahi_follow *const f = handle->data;
	if (event == AVAHI_BROWSER_NEW)
		records_add_srv(&f->records, rdata, size, clock_ms());
	else if (event == AVAHI_BROWSER_REMOVE)
		records_lose_srv(&f->records, rdata, size, clock_ms());
	else if (f->is_srv_listed || !end_listing(f, &f->is_srv_listed))
		return;
	go_on(handle);
	if (is_known(f))
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
	if (f->doubt != NULL)
		handle->backend->poll->timeout_free(f->doubt);
	records_clear(&f->records);
	free(f);
}

int avahi_follow(struct backend *backend, void *resolver, const struct backend_place *place,
	const struct backend_service *service, const struct backend_answer *answer)
{
	struct avahi_backend *const a = (struct avahi_backend *)backend;
	struct avahi_handle *const handle = resolver;
	struct backend_fault fault;
	struct backend_fault other;
	struct avahi_request request = {&txt_kind, service, place->interface,
		avahi_protocol(place->protocol)};
	struct avahi_follow *const f = calloc(1, sizeof(*f));
	if (f == NULL)
		return SDREG_E_MEMORY;
	f->interface = request.interface;
	f->protocol = request.protocol;
	if (copy(f->name, sizeof(f->name), service->name) < 0 ||
		copy(f->type, sizeof(f->type), service->type) < 0 ||
		copy(f->domain, sizeof(f->domain), service->domain) < 0 ||
		keep_answer(f, answer) < 0) {
		free(f);
		return 0;
	}
	if (handle->data != NULL) /* it was tried before, and did not come about */
		on_close(handle);
	handle->data = f;
	handle->on_answer = on_answer;
	handle->on_close = on_close;
	f->txt = avahi_open(a, &request, handle, &fault);
	f->is_txt_listed = f->txt == NULL;
	request.kind = &srv_kind;
	f->srv = avahi_open(a, &request, handle, f->txt != NULL ? &fault : &other);
	f->is_srv_listed = f->srv == NULL;
	if (f->txt != NULL && f->srv != NULL)
		return 1;
	return fault.code == SDREG_E_MEMORY ? SDREG_E_MEMORY : 0;
}
