/* SPDX-License-Identifier: MIT */
#ifndef SDREG_BROWSE_H
#define SDREG_BROWSE_H

/** @file
 * Browsing the network through Avahi: services as they come, change and go, each annotated. Part
 * of libsdreg-browse. A browser and its services belong to the thread that runs its event loop.
 */

#include <sdreg/annotate.h>
#include <sdreg/api.h>
#include <sdreg/error.h>
#include <sdreg/txt.h>

#ifdef __cplusplus
extern "C" {
#endif

struct AvahiPoll; /* <avahi-common/watch.h>; avahi-glib and avahi-qt make one too */

struct sdreg_browser; /**< a browse in progress */
struct sdreg_service; /**< one service: a name, a type and a domain, seen on any interfaces */
struct sdreg_place; /**< where a service is seen: on an interface, over a protocol */
struct sdreg_event; /**< what happened; lives only during the callback */
struct sdreg_loop; /**< an event loop for programs that have none */

/** What an event tells. */
enum sdreg_event_kind {
	SDREG_EVENT_ADDED = 1, /**< a service came; host, port and TXT are not known yet */
	SDREG_EVENT_RESOLVED, /**< host, port, addresses and TXT are known now */
	/** A resolved service changed its host, port, addresses or TXT. Not in a snapshot, and not
	 * of more services than are followed: sdreg_browse_options.follow. */
	SDREG_EVENT_CHANGED,
	SDREG_EVENT_REMOVED, /**< a service went; its struct is gone after the callback */
	/** A service did not answer in time. It stays, unresolved. One that is followed may fail
	 * after it was resolved: its host went without a goodbye, and what it had told has run out.
	 * If it answers again, SDREG_EVENT_RESOLVED comes again. */
	SDREG_EVENT_FAILED,
	/** The daemon went, and every service was told as removed before; or it is waited for and
	 * not there yet, which is told once. In a snapshot, the end follows, and a daemon that is
	 * waited for is told of only when it did not come. */
	SDREG_EVENT_DAEMON_LOST,
	SDREG_EVENT_DAEMON_BACK, /**< the daemon is there again and browsing goes on */
	/** Something could not be browsed; sdreg_event_error() says what; browsing goes on. */
	SDREG_EVENT_ERROR,
	SDREG_EVENT_END, /**< a snapshot is over; no event follows */
	/* With sdreg_browse_options.places only; sdreg_event_place() says where: */
	SDREG_EVENT_PLACE_ADDED, /**< a service was seen at another place */
	SDREG_EVENT_PLACE_RESOLVED, /**< what it has there is known, for the first time */
	SDREG_EVENT_PLACE_REMOVED, /**< it is not seen there any more */
	/** The daemon may not know all that there is, or a host may have more addresses than are
	 * shown; sdreg_event_error() says why. Nothing is known to be lost. With a service: two
	 * hosts answer for its name, and what is told of it is one's answer. */
	SDREG_EVENT_WARNING,
	/* With sdreg_browse_options.domains only; sdreg_event_domain() says which,
	 * sdreg_event_place() where: */
	SDREG_EVENT_DOMAIN_ADDED, /**< a domain to browse in was seen at a place */
	SDREG_EVENT_DOMAIN_REMOVED, /**< it is not seen there any more */
};

/** Called for each event, from the event loop. Must not free the browser; stop the loop instead. */
typedef void sdreg_event_fn(void *user, const struct sdreg_event *event);

/** Says whether services of a type are wanted, when it is found. Must not free the browser. */
typedef int sdreg_want_fn(void *user, const struct sdreg_type *type,
	const struct sdreg_annotation *annotation);

/** How to browse. Its size and a registry, and zeros for the rest, are a good default. */
struct sdreg_browse_options {
	/** sizeof(struct sdreg_browse_options): what lies behind it is taken as zero. */
	size_t size;
	const struct sdreg_registry *registry; /**< what annotates; must outlive the browser */
	const struct sdreg_registry *supplement; /**< as well, or NULL */
	/** Service types or subtypes to browse, each in its own domain if it names one; NULL: all
	 * there are. */
	const struct sdreg_text *types;
	size_t types_count; /**< how many types there are */
	struct sdreg_text domain; /**< empty: the daemon's default */
	struct sdreg_text interface; /**< name of the only network interface; empty: all */
	int protocol; /**< 4 or 6: over IPv4 or IPv6 only; 0: both */
	sdreg_want_fn *want; /**< which of all types are browsed; NULL: all */
	void *want_user; /**< for want */
	int snapshot; /**< 1: end with SDREG_EVENT_END when all that is there now was told */
	int cached; /**< 1: what the daemon's cache has is all there is; in a snapshot */
	int no_resolve; /**< 1: neither hosts nor TXT are asked for */
	/** 1: of each place, the one address that the daemon chooses is enough; else all are asked
	 * for. */
	int one_address;
	int wait_for_daemon; /**< 1: no daemon yet is not an error */
	/** 1: tell of each place, too, and ask at each; else one place of an interface is asked, as
	 * long as it answers. */
	int places;
	/** 1: look for domains to browse in (RFC 6763 section 11), and for no services; types are
	 * not looked at then. */
	int domains;
	unsigned timeout_ms; /**< bound of a snapshot in milliseconds; 0: 20,000 */
	/** Most resolvers at work at one time, not counting those that wait for hosts which are
	 * silent; 0: 16. */
	unsigned window;
	/** Most services that are followed after they were resolved, so that changes are told; 0:
	 * 1,024. Each keeps the daemon asking its host every minute or two. */
	unsigned follow;
	/** Most services that are known at one time, so that nobody on the network can have all
	 * memory: about 1 KiB each, 7 KiB of one that is followed, and their TXT records. Of more,
	 * SDREG_EVENT_ERROR tells once, and they stay unknown; 0: 20,000. */
	unsigned services_max;
	unsigned types_max; /**< the same of service types that are found; 0: 4,000 */
};

/**
 * Starts browsing. Events come from the event loop behind poll, never from this call. Options are
 * copied, but not the registries in them.
 * @param poll  must outlive the browser
 * @param fn    called with user for each event
 * @return a browser to free, or NULL: SDREG_E_DAEMON (no daemon, or it refused), SDREG_E_SYNTAX
 *         (a type or domain that cannot be read), SDREG_E_LIMIT (too long a type, or
 *         over 64 with subtypes among them), SDREG_E_IO
 *         (no such interface),
 *         SDREG_E_ARGUMENT, SDREG_E_MEMORY
 */
SDREG_API struct sdreg_browser *sdreg_browser_new(const struct AvahiPoll *poll,
	const struct sdreg_browse_options *options, sdreg_event_fn *fn, void *user,
	struct sdreg_error *err);

/** Ends browsing without further events. NULL is fine. */
SDREG_API void sdreg_browser_free(struct sdreg_browser *browser);

/** Services known now, and of these the ones that wait for an answer or failed to give one. */
SDREG_API void sdreg_browser_count(const struct sdreg_browser *browser, size_t *known,
	size_t *pending, size_t *failed);

/* ---- an event ---- */

/** What happened. */
SDREG_API enum sdreg_event_kind sdreg_event_kind(const struct sdreg_event *event);
/** The service that it happened to; NULL for events of no service. A warning may have one. */
SDREG_API const struct sdreg_service *sdreg_event_service(const struct sdreg_event *event);
/** Where; of a place's or a domain's events, else NULL. */
SDREG_API const struct sdreg_place *sdreg_event_place(const struct sdreg_event *event);
/** Why; of FAILED, DAEMON_LOST, ERROR and WARNING, else NULL. */
SDREG_API const struct sdreg_error *sdreg_event_error(const struct sdreg_event *event);
/** The domain of a domain's events, else NULL. */
SDREG_API const char *sdreg_event_domain(const struct sdreg_event *event);

/* ---- a service; strings belong to it and change only between events ---- */

SDREG_API const char *sdreg_service_name(
	const struct sdreg_service *service); /**< raw, unescaped UTF-8 */
SDREG_API const char *sdreg_service_domain(
	const struct sdreg_service *service); /**< such as "local" */
/** The type as the network spells it, such as "_http._tcp", well formed or not. */
SDREG_API const char *sdreg_service_type_text(const struct sdreg_service *service);
/** The type, parsed; also of one that breaks rules. */
SDREG_API const struct sdreg_type *sdreg_service_type(const struct sdreg_service *service);
/** What is known of the type. */
SDREG_API const struct sdreg_annotation *sdreg_service_annotation(
	const struct sdreg_service *service);
/** 1 once host, port and TXT are known. */
SDREG_API int sdreg_service_is_resolved(const struct sdreg_service *service);
/** Host name as the network says it, empty before it is known. */
SDREG_API const char *sdreg_service_host(const struct sdreg_service *service);
/** Port of the SRV record, 0 before it is known. */
SDREG_API uint16_t sdreg_service_port(const struct sdreg_service *service);
/** The nth address as text, a link-local IPv6 one with `%interface`; NULL past the last. */
SDREG_API const char *sdreg_service_address(const struct sdreg_service *service, size_t nth);
/** The nth interface the service is seen on, by name; each once; NULL past the last. */
SDREG_API const char *sdreg_service_interface(const struct sdreg_service *service, size_t nth);
/** The nth place where the service is seen, in no order; NULL past the last. */
SDREG_API const struct sdreg_place *sdreg_service_place(const struct sdreg_service *service,
	size_t nth);
/** The nth string of the TXT record, raw bytes; 0 past the last. @return 1 with text written */
SDREG_API int sdreg_service_txt(const struct sdreg_service *service, size_t nth,
	struct sdreg_text *text);
/** Copies the TXT record into one of the caller's, which is cleared before; its order is unknown.
 * @return 0 or SDREG_E_MEMORY */
SDREG_API int sdreg_service_read_txt(const struct sdreg_service *service, struct sdreg_txt *txt);
/** 1 if this machine announces the service, by this program or another; of one that went, if it
 * did. */
SDREG_API int sdreg_service_is_local(const struct sdreg_service *service);

/* ---- a place; it and its strings belong to the service, and change only between events ---- */

/** Name of the network interface; empty if it has none. */
SDREG_API const char *sdreg_place_interface(const struct sdreg_place *place);
/** 4 or 6, 0 if it is neither. */
SDREG_API int sdreg_place_protocol(const struct sdreg_place *place);
/** 1 if this machine announces the service there. */
SDREG_API int sdreg_place_is_local(const struct sdreg_place *place);
/** 1 once host, port and TXT are known there. */
SDREG_API int sdreg_place_is_resolved(const struct sdreg_place *place);
/** Host name as the network says it, empty before it is known. */
SDREG_API const char *sdreg_place_host(const struct sdreg_place *place);
/** As text, a link-local one with `%interface`; empty where it is not known. */
SDREG_API const char *sdreg_place_address(const struct sdreg_place *place);
/** Port of the SRV record, 0 before it is known. */
SDREG_API uint16_t sdreg_place_port(const struct sdreg_place *place);
/** The nth string of the TXT record, in an order that is not known. @return 1 with text written, 0
 * past the last */
SDREG_API int sdreg_place_txt(const struct sdreg_place *place, size_t nth, struct sdreg_text *text);

/* ---- a ready event loop ---- */

/** @return a loop to free, or NULL when out of memory */
SDREG_API struct sdreg_loop *sdreg_loop_new(void);
SDREG_API void sdreg_loop_free(struct sdreg_loop *loop); /**< after the browsers on it */
SDREG_API const struct AvahiPoll *sdreg_loop_poll(
	struct sdreg_loop *loop); /**< for sdreg_browser_new() */
/** Runs until sdreg_loop_quit(), or a signal it waits for. @return 0 or SDREG_E_IO */
SDREG_API int sdreg_loop_run(struct sdreg_loop *loop);
/** Ends sdreg_loop_run(); from a callback of the loop only. It can be run again. */
SDREG_API void sdreg_loop_quit(struct sdreg_loop *loop);
/** Ends sdreg_loop_run() when one of these signals comes; they are blocked until the loop is freed.
 * One that is ignored stays so, as nohup wants it. @return 0 or SDREG_E_IO */
SDREG_API int sdreg_loop_quit_on_signals(struct sdreg_loop *loop, const int *signals, size_t count);
/** Ends sdreg_loop_run() when what reads a descriptor has gone, such as the other end of a pipe, as
 * SIGPIPE would, but before something is written; sdreg_loop_signal() then is SIGPIPE. One
 * descriptor only. @return 0, or SDREG_E_IO for one that cannot be waited for */
SDREG_API int sdreg_loop_quit_on_hangup(struct sdreg_loop *loop, int fd);
/** The signal that ended the loop, or 0. */
SDREG_API int sdreg_loop_signal(const struct sdreg_loop *loop);

#ifdef __cplusplus
}
#endif

#endif
