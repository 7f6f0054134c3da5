/* SPDX-License-Identifier: MIT */
#include "resolving.h"

static void list_add(struct sighting_list *list, struct sighting *s)
{
	s->asked.list = list;
	s->asked.next = NULL;
	s->asked.previous = list->last;
	*(list->last != NULL ? &list->last->asked.next : &list->first) = s;
	list->last = s;
	list->count++;
}

static void list_add_first(struct sighting_list *list, struct sighting *s)
{
	s->asked.list = list;
	s->asked.previous = NULL;
	s->asked.next = list->first;
	*(list->first != NULL ? &list->first->asked.previous : &list->last) = s;
	list->first = s;
	list->count++;
}

static void list_remove(struct sighting *s)
{
	struct sighting_list *const list = s->asked.list;
	if (list == NULL)
		return;
	*(s->asked.previous != NULL ? &s->asked.previous->asked.next : &list->first) =
		s->asked.next;
	*(s->asked.next != NULL ? &s->asked.next->asked.previous : &list->last) = s->asked.previous;
	list->count--;
	s->asked.list = NULL;
}

static void move(struct sighting *s, struct sighting_list *list, enum sighting_stage stage)
{
	list_remove(s);
	list_add(list, s);
	s->asked.stage = stage;
}

void resolving_add(struct resolving *r, struct sighting *sighting)
{
	sighting->asked.tries = 0;
	sighting->asked.was_asked = 1;
	move(sighting, &r->waiting, SIGHTING_WAITING);
}

void resolving_drop(struct resolving *r, struct sighting *sighting)
{
	list_remove(sighting);
	sighting->asked.stage = SIGHTING_IDLE;
	r->unfollowed -= sighting->asked.awaits_follow != 0;
	sighting->asked.awaits_follow = 0;
	sighting->asked.is_followed = 0;
	if (sighting->asked.handle == NULL)
		return;
	r->backend->release(r->backend, sighting->asked.handle);
	sighting->asked.handle = NULL;
	r->retry_at = 0; /* there is room again */
}

static struct sighting *first_without_answer(const struct sighting_list *list)
{
	struct sighting *s = list->first;
	while (s != NULL && s->place.answer != NULL)
		s = s->asked.next;
	return s;
}

static int has_kept(const struct sdreg_service *service, const struct sighting *except)
{
	const struct sighting *s = service->sightings;
	while (s != NULL && (s == except || s->asked.stage != SIGHTING_KEPT))
		s = s->next;
	return s != NULL;
}

int resolving_yield(struct resolving *r)
{
	struct sighting *s = first_without_answer(&r->kept);
	if (s == NULL)
		s = r->kept.first;
	if (s == NULL)
		return 0;
	r->has_lost |= r->follows && s->place.answer != NULL && !has_kept(s->service, s);
	resolving_drop(r, s);
	return 1;
}

static struct backend_place place_of(const struct sighting *s)
{
	return (struct backend_place){s->place.interface, s->place.protocol,
		s->place.interface_name, 0};
}

static struct backend_service service_of(const struct sighting *s)
{
	return (struct backend_service){s->service->name, s->service->type->text,
		s->service->domain};
}

static void *ask(struct resolving *r, struct sighting *s, struct backend_fault *fault)
{
	const struct backend_place place = place_of(s);
	const struct backend_service service = service_of(s);
	void *handle = r->backend->resolve(r->backend, &place, &service, s, fault);
	if (handle == NULL && fault->code == BACKEND_QUOTA && resolving_yield(r))
		handle = r->backend->resolve(r->backend, &place, &service, s, fault);
	/* cppcheck-suppress returnDanglingLifetime ; a backend copies what it needs */
	return handle;
}

static void begin(struct resolving *r, struct sighting *sighting, uint64_t now)
{
	sighting->asked.since = now;
	move(sighting, &r->fresh, SIGHTING_FRESH);
	for (struct sighting *s = sighting->service->sightings; s != NULL; s = s->next) {
		if (s->asked.stage != SIGHTING_WAITING)
			continue;
		list_remove(s);
		list_add_first(&r->waiting, s);
	}
}

struct sighting *resolving_start(struct resolving *r, uint64_t now, struct backend_fault *fault)
{
	fault->code = 0;
	while (r->waiting.first != NULL && r->fresh.count < r->window && now >= r->retry_at) {
		struct sighting *const s = r->waiting.first;
		s->asked.handle = ask(r, s, fault);
		if (s->asked.handle != NULL) {
			begin(r, s, now);
			continue;
		}
		if (fault->code < 0 ||
			(fault->code == BACKEND_AWAY && ++s->asked.tries >= RESOLVING_TRIES)) {
			fault->code = fault->code < 0 ? fault->code : SDREG_E_DAEMON;
			resolving_drop(r, s);
			return s;
		}
		resolving_pause(r, now);
	}
	return NULL;
}

struct sighting *resolving_slow(struct resolving *r, uint64_t now)
{
	struct sighting *const s = r->fresh.first;
	if (s == NULL || now < s->asked.since + RESOLVING_SLOW_MS ||
		r->slow.count >= RESOLVING_SLOW_MAX)
		return NULL;
	move(s, &r->slow, SIGHTING_SLOW);
	return s;
}

struct sighting *resolving_overdue(struct resolving *r, uint64_t now)
{
	struct sighting_list *const lists[] = {&r->slow, &r->fresh};
	for (size_t i = 0; i < 2; i++) {
		struct sighting *const s = lists[i]->first;
		if (s == NULL || now < s->asked.since + RESOLVING_ANSWER_MS)
			continue;
		resolving_done(r, s, r->follows);
		return s;
	}
	return NULL;
}

/* Room among the kept ones, if need be instead of one that never answered, or of a second one of
 * another service: one tells all changes but those of addresses. */
static int make_room(struct resolving *r, const struct sighting *sighting)
{
	if (r->kept.count < r->kept_max)
		return 1;
	if (!r->follows || sighting->place.answer == NULL || has_kept(sighting->service, sighting))
		return 0;
	struct sighting *spare = first_without_answer(&r->kept);
	if (spare == NULL)
		spare = r->kept.first;
	while (spare != NULL && spare->place.answer != NULL && !has_kept(spare->service, spare))
		spare = spare->asked.next;
	if (spare == NULL)
		return 0;
	resolving_drop(r, spare);
	return 1;
}

/* One that has nothing to say as yet is followed when it has. */
static void await_follow(struct resolving *r, struct sighting *s)
{
	if (!r->follows || s->place.answer == NULL || s->asked.is_followed ||
		s->asked.awaits_follow)
		return;
	s->asked.awaits_follow = 1;
	r->unfollowed++;
}

int resolving_follow(struct resolving *r)
{
	struct sighting *s = r->kept.first;
	if (r->unfollowed == 0 || r->waiting.count + r->fresh.count > 0)
		return 0;
	while (s != NULL && !s->asked.awaits_follow)
		s = s->asked.next;
	if (s == NULL)
		return 0;
	s->asked.awaits_follow = 0;
	r->unfollowed--;
	if (s->place.answer == NULL)
		return 1;
	const struct backend_place place = place_of(s);
	const struct backend_service service = service_of(s);
	const struct backend_answer answer = {.host = s->place.answer->host,
		.address = s->place.answer->address,
		.port = s->place.answer->port};
	const int result =
		r->backend->follow(r->backend, s->asked.handle, &place, &service, &answer);
	s->asked.is_followed = result > 0;
	r->has_lost |= result <= 0;
	r->no_memory |= result < 0;
	return 1;
}

int resolving_done(struct resolving *r, struct sighting *sighting, int may_say_more)
{
	if (sighting->asked.stage == SIGHTING_KEPT) {
		await_follow(r, sighting);
		return 1;
	}
	if (!may_say_more || !make_room(r, sighting)) {
		resolving_drop(r, sighting);
		return !r->follows || !may_say_more || sighting->place.answer == NULL ||
			has_kept(sighting->service, sighting);
	}
	move(sighting, &r->kept, SIGHTING_KEPT);
	await_follow(r, sighting);
	return 1;
}

void resolving_pause(struct resolving *r, uint64_t now)
{
	r->retry_at = now + RESOLVING_RETRY_MS;
}

int resolving_is_idle(const struct resolving *r)
{
	return r->waiting.count + r->fresh.count + r->slow.count == 0;
}

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

uint64_t resolving_next(const struct resolving *r)
{
	uint64_t next = UINT64_MAX;
	if (r->waiting.count > 0 && r->fresh.count < r->window)
		next = r->retry_at;
	if (r->slow.count > 0)
		next = least(next, r->slow.first->asked.since + RESOLVING_ANSWER_MS);
	if (r->fresh.count == 0)
		return next;
	const int may_be_slow = r->slow.count < RESOLVING_SLOW_MAX;
	return least(next,
		r->fresh.first->asked.since +
			(may_be_slow ? RESOLVING_SLOW_MS : RESOLVING_ANSWER_MS));
}
