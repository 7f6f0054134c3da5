/* SPDX-License-Identifier: MIT */
#include "view.h"

#include "common/ascii.h"
#include "hosts.h"

#include <stdlib.h>
#include <string.h>

/* ---- answers ---- */

/* Bytes of all TXT strings; over SERVICE_TXT_MAX for any that are too long. */
static size_t txt_size(const struct backend_answer *answer)
{
	size_t size = 0;
	if (answer->txt_count > SERVICE_TXT_MAX)
		return SERVICE_TXT_MAX + 1;
	for (size_t i = 0; i < answer->txt_count; i++) {
		if (answer->txt[i].len > SERVICE_TXT_MAX - size)
			return SERVICE_TXT_MAX + 1;
		size += answer->txt[i].len;
	}
	return size;
}

int answer_copy(const struct backend_answer *answer, struct answer **copy)
{
	const size_t host_len = strlen(answer->host);
	const size_t address_len = strlen(answer->address);
	const size_t txt_len = txt_size(answer);
	if (host_len >= SDREG_DOMAIN_SIZE || address_len >= SERVICE_ADDRESS_SIZE ||
		txt_len > SERVICE_TXT_MAX)
		return SDREG_E_LIMIT;
	const size_t head = sizeof(**copy) + answer->txt_count * sizeof(answer->txt[0]);
	struct answer *const to = malloc(head + txt_len + host_len + 1);
	if (to == NULL)
		return SDREG_E_MEMORY;
	char *bytes = (char *)to + head;
	to->references = 1;
	to->port = answer->port;
	to->txt_count = answer->txt_count;
	memset(to->address, 0, sizeof(to->address)); /* compared as a whole */
	memcpy(to->address, answer->address, address_len);
	for (size_t i = 0; i < answer->txt_count; i++) {
		const struct sdreg_text from = answer->txt[i];
		to->txt[i] = (struct sdreg_text){bytes, from.len};
		if (from.len > 0)
			memcpy(bytes, from.at, from.len);
		bytes += from.len;
	}
	to->host = memcpy(bytes, answer->host, host_len + 1);
	*copy = to;
	return SDREG_OK;
}

void answer_free(struct answer *answer)
{
	if (answer != NULL && --answer->references == 0)
		free(answer);
}

static int text_equal(struct sdreg_text a, struct sdreg_text b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

/* 1 if the strings are the same, also in the opposite order: some versions of Avahi turn what a
 * resolver finds and leave a record as it is. */
static int txt_equal(const struct answer *a, const struct answer *b)
{
	const size_t count = a->txt_count;
	size_t same = 0;
	size_t turned = 0;
	while (same < count && text_equal(a->txt[same], b->txt[same]))
		same++;
	while (turned < count && text_equal(a->txt[turned], b->txt[count - 1 - turned]))
		turned++;
	return same == count || turned == count;
}

int answer_equal(const struct answer *a, const struct answer *b)
{
	if (a == b)
		return 1;
	if (a->port != b->port || a->txt_count != b->txt_count || strcmp(a->host, b->host) != 0)
		return 0;
	return txt_equal(a, b);
}

/* ---- views ---- */

static int lives(const struct sighting *s)
{
	return s->asked.stage == SIGHTING_KEPT;
}

/* One that lives on counts before one that does not, then the newer one. */
static const struct sighting *newest_of(const struct sighting *sightings)
{
	const struct sighting *best = NULL;
	for (const struct sighting *s = sightings; s != NULL; s = s->next) {
		if (s->place.answer == NULL)
			continue;
		if (best == NULL || lives(s) > lives(best) ||
			(lives(s) == lives(best) && s->answer_number > best->answer_number))
			best = s;
	}
	return best;
}

static int is_same_host(const struct sighting *a, const struct sighting *b)
{
	return ascii_compare(a->place.answer->host, b->place.answer->host) == 0;
}

/* Where places contradict each other, the newest is right: Avahi may have kept at one what is gone.
 * Each protocol's resolver tells a change in its own time, step by step: of those of one host that
 * live on, always the same counts, or the service would seem to change to and fro. */
static const struct sighting *best_of(const struct sighting *sightings)
{
	const struct sighting *const newest = newest_of(sightings);
	const struct sighting *s = sightings;
	if (newest == NULL || !lives(newest))
		return newest;
	while (s->place.answer == NULL || !lives(s) || !is_same_host(s, newest))
		s = s->next;
	return s;
}

static void add_address(struct view *view, const char *address)
{
	if (address[0] == '\0')
		return;
	for (size_t i = 0; i < view->address_count; i++)
		if (strcmp(view->addresses[i], address) == 0)
			return;
	memcpy(view->addresses[view->address_count++], address, SERVICE_ADDRESS_SIZE);
}

/* IPv4 before IPv6, so that the order does not depend on which came first. */
static int compare_addresses(const void *left, const void *right)
{
	const char *const a = left;
	const char *const b = right;
	const int order = (strchr(a, ':') != NULL) - (strchr(b, ':') != NULL);
	return order != 0 ? order : strcmp(a, b);
}

static size_t count_addresses(const struct sighting *sightings)
{
	size_t count = 0;
	for (const struct sighting *s = sightings; s != NULL; s = s->next)
		count += 1 + (s->on_host.host != NULL ? s->on_host.host->address_count : 0);
	return count;
}

/* What the resolver told, and what is known of its host besides. */
static void add_addresses(struct view *view, const struct sighting *s)
{
	const struct host *const host = s->on_host.host;
	if (!s->is_address_gone)
		add_address(view, s->place.answer->address);
	for (size_t i = 0; host != NULL && i < host->address_count; i++)
		add_address(view, host->addresses[i].text);
}

/* On two networks one name may stand for two hosts: the addresses of one are not the other's. */
int view_make(const struct sighting *sightings, struct view **view)
{
	const struct sighting *const best = best_of(sightings);
	*view = NULL;
	if (best == NULL)
		return SDREG_OK;
	*view = calloc(1,
		sizeof(**view) + count_addresses(sightings) * sizeof((*view)->addresses[0]));
	if (*view == NULL)
		return SDREG_E_MEMORY;
	(*view)->answer = best->place.answer;
	best->place.answer->references++;
	for (const struct sighting *s = sightings; s != NULL; s = s->next)
		if (s->place.answer != NULL && is_same_host(s, best))
			add_addresses(*view, s);
	if ((*view)->address_count > 1)
		qsort((*view)->addresses, (*view)->address_count, sizeof((*view)->addresses[0]),
			compare_addresses);
	return SDREG_OK;
}

void view_free(struct view *view)
{
	if (view == NULL)
		return;
	answer_free(view->answer);
	free(view);
}

int view_equal(const struct view *a, const struct view *b)
{
	return a->address_count == b->address_count && answer_equal(a->answer, b->answer) &&
		memcmp(a->addresses, b->addresses, a->address_count * SERVICE_ADDRESS_SIZE) == 0;
}
