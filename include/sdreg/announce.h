/* SPDX-License-Identifier: MIT */
#ifndef SDREG_ANNOUNCE_H
#define SDREG_ANNOUNCE_H

/** @file
 * Announcing a service on the network through Avahi: checked before, renamed when its name is
 * taken, announced again when the daemon comes back. Part of libsdreg-browse. An announcer belongs
 * to the thread that runs its event loop.
 */

#include <sdreg/api.h>
#include <sdreg/error.h>
#include <sdreg/txt.h>

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct AvahiPoll; /* <avahi-common/watch.h>; sdreg_loop_poll() gives one */
struct sdreg_announcer; /**< a service that is announced */
struct sdreg_announce_event; /**< what happened; lives only during the callback */

/** A service to announce. Everything is copied. */
struct sdreg_announcement {
	size_t size; /**< sizeof(struct sdreg_announcement): what lies behind it is taken as zero */
	struct sdreg_text type; /**< such as "_presence._tcp" */
	struct sdreg_text name; /**< instance name: raw UTF-8, 1 to 63 bytes */
	struct sdreg_text domain; /**< empty: the daemon's default */
	struct sdreg_text host; /**< target of the SRV record; empty: this machine */
	struct sdreg_text interface; /**< name of the only network interface; empty: all */
	uint16_t port; /**< of the SRV record */
	const struct sdreg_txt *txt; /**< NULL: a record without strings */
	const struct sdreg_text *subtypes; /**< first labels, such as "_printer" */
	size_t subtype_count; /**< how many subtypes there are */
	int keep_name; /**< 1: a name that is taken is an error, not renamed */
	int wait_for_daemon; /**< 1: no daemon yet is not an error */
};

/** What an event tells. */
enum sdreg_announce_event_kind {
	SDREG_ANNOUNCE_EVENT_DONE = 1, /**< the service is on the network, under this name */
	/** The name was taken; this one is tried now. Of `_presence._tcp` it is the machine of
	 * `user@machine` that gets a number (XEP-0174 section 3), of others the name ("Printer
	 * #2"). */
	SDREG_ANNOUNCE_EVENT_RENAMED,
	SDREG_ANNOUNCE_EVENT_FAILED, /**< it cannot be announced; nothing follows */
	SDREG_ANNOUNCE_EVENT_DAEMON_LOST, /**< the daemon went; the service comes back with it */
};

/** Called for each event, from the event loop. Must not free the announcer. */
typedef void sdreg_announce_fn(void *user, const struct sdreg_announce_event *event);

/** What happened. */
SDREG_API enum sdreg_announce_event_kind sdreg_announce_event_kind(
	const struct sdreg_announce_event *event);
/** The instance name now. */
SDREG_API const char *sdreg_announce_event_name(const struct sdreg_announce_event *event);
/** Why; of FAILED and DAEMON_LOST, else NULL. */
SDREG_API const struct sdreg_error *sdreg_announce_event_error(
	const struct sdreg_announce_event *event);

/**
 * Starts to announce a service. Events come from the event loop behind poll, never from this call.
 * @param poll  must outlive the announcer
 * @param fn    called with user for each event; NULL for none
 * @return an announcer to free, or NULL: SDREG_E_FORMAT (sdreg_check() finds an error; err quotes
 *         the first), SDREG_E_SYNTAX (a name, type or domain that cannot be read), SDREG_E_DAEMON
 *         (no daemon, or it refused), SDREG_E_IO (no such interface), SDREG_E_ARGUMENT,
 *         SDREG_E_MEMORY
 */
SDREG_API struct sdreg_announcer *sdreg_announcer_new(const struct AvahiPoll *poll,
	const struct sdreg_announcement *announcement, sdreg_announce_fn *fn, void *user,
	struct sdreg_error *err);

/**
 * Announces another TXT record for the service, which those who follow it are told of. Before the
 * service is announced, and without a daemon, it is kept for then.
 * @param txt  copied; NULL for a record without strings
 * @return 0; SDREG_E_FORMAT (sdreg_check() finds an error), SDREG_E_DAEMON, SDREG_E_MEMORY: the
 *         record stays as it was
 */
SDREG_API int sdreg_announcer_set_txt(struct sdreg_announcer *announcer,
	const struct sdreg_txt *txt, struct sdreg_error *err);

/** The instance name now; changes with SDREG_ANNOUNCE_EVENT_RENAMED. */
SDREG_API const char *sdreg_announcer_name(const struct sdreg_announcer *announcer);

/** Takes the service back, with a goodbye to all who saw it. NULL is fine. */
SDREG_API void sdreg_announcer_free(struct sdreg_announcer *announcer);

#ifdef __cplusplus
}
#endif

#endif
