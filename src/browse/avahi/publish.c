/* SPDX-License-Identifier: MIT */
#include "announcer.h"

#include "avahi.h"
#include "common/clock.h"
#include "common/error.h"

#include <sdreg/avahi.h>
#include <sdreg/presence.h>

#include <avahi-client/publish.h>
#include <avahi-common/alternative.h>
#include <avahi-common/error.h>
#include <avahi-common/malloc.h>
#include <avahi-common/timeval.h>

#include <stdio.h>
#include <string.h>

/* A service on the network, from its first name to its last. Avahi tells what happens from inside
 * calls that it must not be answered in; so it is only noted there, and acted on when the event
 * loop is back, in on_mend(). */

enum { RECONNECT_MS = 1000 };

static void mend_in(struct sdreg_announcer *a, unsigned ms)
{
	struct timeval when;
	a->poll->timeout_update(a->mend, avahi_elapse_time(&when, ms, 0));
}

static void tell(struct sdreg_announcer *a, enum sdreg_announce_event_kind kind,
	const struct sdreg_error *error)
{
	const struct sdreg_announce_event event = {kind, a->name, error};
	if (a->fn != NULL)
		a->fn(a->user, &event);
}

static void fail(struct sdreg_announcer *a, int code, const char *reason)
{
	struct sdreg_error err = {.size = sizeof(err)};
	error_set(&err, code, "\"%s\" of type \"%s\" cannot be announced: %s", a->name, a->type,
		reason);
	a->has_ended = 1;
	if (a->group != NULL)
		avahi_entry_group_reset(a->group);
	tell(a, SDREG_ANNOUNCE_EVENT_FAILED, &err);
}

/* ---- names that are taken ---- */

static int next_name(struct sdreg_announcer *a)
{
	char *alternative;
	if (a->is_presence)
		return sdreg_presence_rename(a->wanted, strlen(a->wanted), ++a->tries, a->name) < 0
			? -1
			: 0;
	alternative = avahi_alternative_service_name(a->name);
	if (alternative == NULL || strlen(alternative) >= sizeof(a->name)) {
		avahi_free(alternative);
		return -1;
	}
	memcpy(a->name, alternative, strlen(alternative) + 1);
	avahi_free(alternative);
	return 0;
}

/* A name that was ours is probed for once more (RFC 6762 section 9): the daemon may have met no
 * more than an older state of the record, on its way since before a change. 1 to do so. */
static int doubt(struct sdreg_announcer *a)
{
	const int was_doubted = a->is_doubted;
	a->is_doubted = a->is_announced;
	return a->is_announced && !was_doubted;
}

/* 1 if there is another name to try. */
static int rename_service(struct sdreg_announcer *a)
{
	if (a->keep_name) {
		fail(a, SDREG_E_DAEMON, "the name is taken: choose another");
		return 0;
	}
	if (next_name(a) < 0) {
		fail(a, SDREG_E_LIMIT, "the name is taken, and so are all others like it");
		return 0;
	}
	a->is_announced = 0;
	a->is_doubted = 0;
	tell(a, SDREG_ANNOUNCE_EVENT_RENAMED, NULL);
	return 1;
}

/* ---- the daemon goes ---- */

static void disconnect(struct sdreg_announcer *a)
{
	if (a->client != NULL)
		avahi_client_free(a->client); /* and the group with it */
	a->client = NULL;
	a->group = NULL;
}

/* Connects again after a while. */
static void lose(struct sdreg_announcer *a, const struct backend_fault *fault)
{
	struct sdreg_error err = {.size = sizeof(err)};
	disconnect(a);
	mend_in(a, RECONNECT_MS);
	a->is_announced = 0;
	if (!a->was_up)
		return;
	a->was_up = 0;
	error_set(&err, SDREG_E_DAEMON, "%s", fault->reason);
	tell(a, SDREG_ANNOUNCE_EVENT_DAEMON_LOST, &err);
}

/* ---- publishing ---- */

static void on_group(AvahiEntryGroup *group, AvahiEntryGroupState state, void *user)
{
	struct sdreg_announcer *const a = user;
	(void)group;
	if (state != AVAHI_ENTRY_GROUP_UNCOMMITED)
		mend_in(a, 0);
}

static int add_service(struct sdreg_announcer *a)
{
	AvahiStringList *list = NULL;
	if (sdreg_txt_to_avahi(a->txt, &list) < 0)
		return AVAHI_ERR_NO_MEMORY;
	const int error = avahi_entry_group_add_service_strlst(a->group, a->interface,
		AVAHI_PROTO_UNSPEC, 0, a->name, a->type, a->domain, a->host, a->port, list);
	avahi_string_list_free(list);
	return error;
}

static int add_subtypes(struct sdreg_announcer *a)
{
	int error = 0;
	for (size_t i = 0; i < a->subtype_count && error == 0; i++)
		error = avahi_entry_group_add_service_subtype(a->group, a->interface,
			AVAHI_PROTO_UNSPEC, 0, a->name, a->type, a->domain, a->subtypes[i]);
	return error;
}

/* An Avahi error, or 0. */
static int add_all(struct sdreg_announcer *a)
{
	if (a->group == NULL)
		a->group = avahi_entry_group_new(a->client, on_group, a);
	if (a->group == NULL)
		return avahi_client_errno(a->client);
	int error = add_service(a);
	if (error == 0)
		error = add_subtypes(a);
	return error == 0 ? avahi_entry_group_commit(a->group) : error;
}

static void publish(struct sdreg_announcer *a)
{
	int error;
	while ((error = add_all(a)) == AVAHI_ERR_COLLISION) {
		avahi_entry_group_reset(a->group);
		if (!rename_service(a))
			return;
	}
	/* Without a daemon, the client says so, too. */
	if (error == 0 || !avahi_is_up(avahi_client_get_state(a->client)))
		return;
	const struct backend_fault fault = avahi_call_fault(error);
	if (fault.code == BACKEND_AWAY)
		lose(a, &fault); /* it hangs, and may answer later */
	else
		fail(a, SDREG_E_DAEMON, fault.reason);
}

/* The daemon looks for a name of its own: a service that points to it is taken back until then. */
static void withdraw(struct sdreg_announcer *a)
{
	if (a->group == NULL || a->host != NULL)
		return;
	avahi_entry_group_reset(a->group);
	a->is_announced = 0;
}

static void follow_group(struct sdreg_announcer *a)
{
	const int state = a->group != NULL ? avahi_entry_group_get_state(a->group)
					   : AVAHI_ENTRY_GROUP_UNCOMMITED;
	switch (state) {
	case AVAHI_ENTRY_GROUP_UNCOMMITED:
		publish(a);
		break;
	case AVAHI_ENTRY_GROUP_ESTABLISHED:
		a->is_doubted = 0;
		if (!a->is_announced) {
			a->is_announced = 1;
			tell(a, SDREG_ANNOUNCE_EVENT_DONE, NULL);
		}
		break;
	case AVAHI_ENTRY_GROUP_COLLISION:
		avahi_entry_group_reset(a->group);
		if (doubt(a) || rename_service(a))
			publish(a);
		break;
	case AVAHI_ENTRY_GROUP_FAILURE:
		fail(a, SDREG_E_DAEMON, avahi_call_fault(avahi_client_errno(a->client)).reason);
		break;
	case AVAHI_ENTRY_GROUP_REGISTERING:
	default:
		break;
	}
}

/* ---- the daemon ---- */

static void on_client(AvahiClient *client, AvahiClientState state, void *user)
{
	struct sdreg_announcer *const a = user;
	(void)client;
	(void)state;
	mend_in(a, 0);
}

int announcer_connect(struct sdreg_announcer *a, int wait, int *error)
{
	const uint64_t since = clock_ms();
	a->client = avahi_client_new(a->poll, wait ? AVAHI_CLIENT_NO_FAIL : 0, on_client, a, error);
	a->is_unanswered = avahi_was_long(since);
	return a->client != NULL ? 0 : -1;
}

static void follow_client(struct sdreg_announcer *a)
{
	struct backend_fault fault;
	switch (avahi_client_get_state(a->client)) {
	case AVAHI_CLIENT_S_RUNNING:
		a->was_up = 1;
		follow_group(a);
		break;
	case AVAHI_CLIENT_S_REGISTERING:
	case AVAHI_CLIENT_S_COLLISION:
		a->was_up = 1;
		withdraw(a);
		break;
	case AVAHI_CLIENT_FAILURE:
		fault = avahi_event_fault(avahi_client_errno(a->client));
		lose(a, &fault);
		break;
	case AVAHI_CLIENT_CONNECTING: /* a daemon that comes is told, one that hung is not */
		if (!a->is_unanswered)
			break;
		disconnect(a);
		mend_in(a, 0);
		break;
	}
}

static void on_mend(AvahiTimeout *timeout, void *user)
{
	struct sdreg_announcer *const a = user;
	int error;
	(void)timeout;
	if (a->has_ended)
		return;
	if (a->client != NULL)
		follow_client(a);
	else if (announcer_connect(a, 1, &error) < 0 || a->is_unanswered)
		mend_in(a, RECONNECT_MS);
}

int announcer_start(struct sdreg_announcer *a)
{
	a->mend = a->poll->timeout_new(a->poll, NULL, on_mend, a);
	if (a->mend == NULL)
		return -1;
	mend_in(a, 0);
	return 0;
}

void announcer_stop(struct sdreg_announcer *a)
{
	disconnect(a);
	if (a->mend != NULL)
		a->poll->timeout_free(a->mend);
}

/* ---- another TXT record ---- */

/* What is not on its way to the network takes the new record when it goes there. */
static int is_published(const struct sdreg_announcer *a)
{
	if (a->has_ended || a->group == NULL ||
		avahi_client_get_state(a->client) != AVAHI_CLIENT_S_RUNNING)
		return 0;
	const int state = avahi_entry_group_get_state(a->group);
	return state == AVAHI_ENTRY_GROUP_REGISTERING || state == AVAHI_ENTRY_GROUP_ESTABLISHED;
}

int announcer_update(struct sdreg_announcer *a, struct sdreg_txt *txt, struct sdreg_error *err)
{
	AvahiStringList *list = NULL;
	if (!is_published(a))
		return SDREG_OK;
	if (sdreg_txt_to_avahi(txt, &list) < 0)
		return error_set(err, SDREG_E_MEMORY, "out of memory for the TXT record");
	const int error = avahi_entry_group_update_service_txt_strlst(a->group, a->interface,
		AVAHI_PROTO_UNSPEC, 0, a->name, a->type, a->domain, list);
	avahi_string_list_free(list);
	if (error == 0 || error == AVAHI_ERR_DISCONNECTED)
		return SDREG_OK;
	return error_set(err, SDREG_E_DAEMON, "the TXT record of \"%s\" stays as it was: %s",
		a->name, avahi_call_fault(error).reason);
}
