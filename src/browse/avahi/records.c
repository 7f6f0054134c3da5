/* SPDX-License-Identifier: MIT */
#include "records.h"

#include <avahi-common/domain.h>

#include <stdlib.h>
#include <string.h>

enum { SRV_HEAD = 6 /* priority, weight, port */ };

/* ---- TXT ---- */

static struct record_txt *txt_new(const void *rdata, size_t size, uint64_t now)
{
	struct record_txt *const txt = malloc(sizeof(*txt) + size);
	if (txt == NULL)
		return NULL;
	if (size > 0)
		memcpy(txt->bytes, rdata, size);
	txt->size = size;
	txt->came = now;
	txt->next = NULL;
	return txt;
}

static int txt_is(const struct record_txt *txt, const void *rdata, size_t size)
{
	return txt->size == size && (size == 0 || memcmp(txt->bytes, rdata, size) == 0);
}

static void own_txt(struct record_srv *srv, const struct record_txt *txt)
{
	struct record_txt *const copy = txt_new(txt->bytes, txt->size, txt->came);
	if (copy == NULL)
		return;
	free(srv->own);
	srv->own = copy;
}

/* 1 if a TXT record came with the SRV record of another host than that one. */
static int is_anothers(const struct records *records, const struct record_txt *txt,
	const struct record_srv *srv)
{
	for (const struct record_srv *s = records->srvs; s != NULL; s = s->next)
		if (s->own != NULL && txt_is(s->own, txt->bytes, txt->size) &&
			(srv == NULL || !avahi_domain_equal(s->host, srv->host)))
			return 1;
	return 0;
}

void records_lose_txt(struct records *records, const void *rdata, size_t size)
{
	for (struct record_txt **at = &records->txts; *at != NULL; at = &(*at)->next) {
		struct record_txt *const txt = *at;
		if (!txt_is(txt, rdata, size))
			continue;
		*at = txt->next;
		free(txt);
		return;
	}
}

void records_add_txt(struct records *records, const void *rdata, size_t size, uint64_t now)
{
	struct record_srv *const srv = records->srvs;
	struct record_txt **at = &records->txts;
	records_lose_txt(records, rdata, size);
	struct record_txt *const txt = txt_new(rdata, size, now);
	if (txt == NULL)
		return;
	txt->next = records->txts;
	records->txts = txt;
	if (records->is_listed && srv != NULL && srv->is_there &&
		now <= srv->came + RECORDS_PAIR_MS)
		own_txt(srv, txt);
	for (int i = 0; i < RECORDS_MAX && *at != NULL; i++)
		at = &(*at)->next;
	free(*at); /* the last: there is never more than one over */
	*at = NULL;
}

size_t record_count_strings(const struct record_txt *txt)
{
	size_t count = 0;
	for (size_t i = 0; i < txt->size; i += 1U + txt->bytes[i])
		count++;
	return count;
}

size_t record_read_strings(const struct record_txt *txt, struct sdreg_text *strings)
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

/* 0 for one that cannot be read: Avahi's own comparison ends the program then. */
static int read_srv(const unsigned char *rdata, size_t size, uint16_t *port,
	char host[AVAHI_DOMAIN_NAME_MAX])
{
	if (size <= SRV_HEAD)
		return 0;
	*port = (uint16_t)(rdata[4] << 8 | rdata[5]);
	read_host(rdata + SRV_HEAD, size - SRV_HEAD, host);
	return avahi_is_valid_domain_name(host);
}

static void srv_free(struct records *records, struct record_srv *srv)
{
	if (records->contested == srv || records->contesting == srv)
		records->contested = records->contesting = NULL;
	free(srv->own);
	free(srv);
}

/* That of a host and port, if it is there; there is never more than one. */
static struct record_srv *find_srv(const struct records *records, uint16_t port, const char *host)
{
	struct record_srv *s = records->srvs;
	while (s != NULL && (!s->is_there || s->port != port || !avahi_domain_equal(s->host, host)))
		s = s->next;
	return s;
}

/* Takes it out of the list, or makes a new one. */
static struct record_srv *take_srv(struct records *records, uint16_t port, const char *host)
{
	for (struct record_srv **at = &records->srvs; *at != NULL; at = &(*at)->next) {
		struct record_srv *const srv = *at;
		if (srv->port != port || !avahi_domain_equal(srv->host, host))
			continue;
		*at = srv->next;
		return srv;
	}
	const size_t len = strlen(host);
	struct record_srv *const srv = calloc(1, sizeof(*srv) + len + 1);
	if (srv == NULL)
		return NULL;
	srv->port = port;
	memcpy(srv->host, host, len + 1);
	return srv;
}

/* One that is there, of another host. */
static struct record_srv *rival_of(const struct records *records, const struct record_srv *srv)
{
	struct record_srv *s = records->srvs;
	while (s != NULL && (s == srv || !s->is_there || avahi_domain_equal(s->host, srv->host)))
		s = s->next;
	return s;
}

static void contest(struct records *records, struct record_srv *srv, struct record_srv *rival)
{
	records->contested = srv;
	records->contesting = rival;
}

/* What one host alone has said was its own, but for what came just now. */
static void settle_own(struct records *records, const struct record_txt *fresh)
{
	struct record_srv *only = NULL;
	for (struct record_srv *s = records->srvs; s != NULL; s = s->next) {
		if (s->is_there && only != NULL)
			return;
		only = s->is_there ? s : only;
	}
	const struct record_txt *txt = records->txts;
	while (txt != NULL && only != NULL && (txt == fresh || is_anothers(records, txt, only)))
		txt = txt->next;
	if (txt != NULL && only != NULL)
		own_txt(only, txt);
}

void records_add_srv(struct records *records, const void *rdata, size_t size, uint64_t now)
{
	char host[AVAHI_DOMAIN_NAME_MAX];
	uint16_t port;
	const struct record_txt *fresh = records->txts;
	struct record_srv **at = &records->srvs;
	if (!read_srv(rdata, size, &port, host))
		return;
	if (fresh != NULL &&
		(!records->is_listed || now > fresh->came + RECORDS_PAIR_MS ||
			is_anothers(records, fresh, NULL)))
		fresh = NULL;
	struct record_srv *const srv = take_srv(records, port, host);
	if (srv == NULL)
		return;
	if (records->is_listed)
		settle_own(records, fresh);
	struct record_srv *const rival = rival_of(records, srv);
	/* It was there before, another took its place, and now it is back. */
	if (rival != NULL && srv->went != 0 && now <= srv->went + RECORDS_CONTEST_MS)
		contest(records, srv, rival);
	srv->is_there = 1;
	srv->came = now;
	srv->next = records->srvs;
	records->srvs = srv;
	if (fresh != NULL)
		own_txt(srv, fresh);
	for (int i = 0; i < RECORDS_MAX && *at != NULL; i++)
		at = &(*at)->next;
	if (*at != NULL)
		srv_free(records, *at);
	*at = NULL;
}

void records_lose_srv(struct records *records, const void *rdata, size_t size, uint64_t now)
{
	char host[AVAHI_DOMAIN_NAME_MAX];
	uint16_t port;
	if (!read_srv(rdata, size, &port, host))
		return;
	struct record_srv *const srv = find_srv(records, port, host);
	if (srv == NULL)
		return;
	struct record_srv *const rival = rival_of(records, srv);
	srv->is_there = 0;
	srv->went = now;
	/* The older one stays: it has answered, too. */
	if (rival != NULL && rival->came < srv->came)
		contest(records, srv, rival);
}

void records_clear(struct records *records)
{
	while (records->txts != NULL) {
		struct record_txt *const txt = records->txts;
		records->txts = txt->next;
		free(txt);
	}
	while (records->srvs != NULL) {
		struct record_srv *const srv = records->srvs;
		records->srvs = srv->next;
		srv_free(records, srv);
	}
}

/* ---- both ---- */

/* Where two hosts answer, only what came with it; else the newest that is not known as another
 * host's, and any rather than none. */
static const struct record_txt *txt_of(const struct records *records, const struct record_srv *srv)
{
	const struct record_txt *txt = records->txts;
	if (rival_of(records, srv) != NULL)
		return srv->own;
	while (txt != NULL && is_anothers(records, txt, srv))
		txt = txt->next;
	if (txt == NULL)
		txt = srv->own;
	return txt != NULL ? txt : records->txts;
}

void records_pair_list(struct records *records)
{
	size_t srvs = 0;
	size_t txts = 0;
	for (const struct record_srv *s = records->srvs; s != NULL; s = s->next)
		srvs++;
	for (const struct record_txt *t = records->txts; t != NULL; t = t->next)
		txts++;
	records->is_listed = 1;
	const struct record_txt *txt = records->txts;
	for (struct record_srv *s = records->srvs; s != NULL && srvs == txts; s = s->next) {
		own_txt(s, txt);
		txt = txt->next;
	}
}

int records_are_two(const struct records *records)
{
	const struct record_srv *const newest = records_newest(records);
	return newest != NULL && rival_of(records, newest) != NULL;
}

void records_doubt(struct records *records)
{
	for (struct record_srv *s = records->srvs; s != NULL; s = s->next)
		if (s->is_there && rival_of(records, s) != NULL)
			contest(records, s, rival_of(records, s));
}

const struct record_srv *records_answer(const struct records *records, const char *host,
	uint16_t port, const struct record_txt **txt)
{
	const struct record_srv *const asked = find_srv(records, port, host);
	int is_any = 0;
	if (asked != NULL && (*txt = txt_of(records, asked)) != NULL)
		return asked;
	for (const struct record_srv *s = records->srvs; s != NULL; s = s->next) {
		if (!s->is_there)
			continue;
		is_any = 1;
		*txt = txt_of(records, s);
		if (*txt != NULL)
			return s;
	}
	*txt = is_any ? NULL : records->txts;
	return NULL;
}

const struct record_srv *records_newest(const struct records *records)
{
	const struct record_srv *s = records->srvs;
	while (s != NULL && !s->is_there)
		s = s->next;
	return s;
}

int records_has(const struct records *records, const char *host, uint16_t port)
{
	return find_srv(records, port, host) != NULL;
}

const struct record_srv *records_contest(const struct records *records,
	const struct record_srv **other)
{
	*other = records->contesting;
	return records->contested;
}
