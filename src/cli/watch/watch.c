/* SPDX-License-Identifier: MIT */
#include "cli/browse/watch.h"

#include "cli/common/print.h"
#include "cli/live/leave.h"
#include "common/clock.h"
#include "details.h"
#include "keys.h"
#include "model.h"
#include "screen.h"

#include <avahi-common/watch.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <unistd.h>

enum {
	FRAME_MS = 50, /* shortest time between two pictures */
	CALM_MS = 2000, /* without anything that comes: what comes from then on is news */
	START_MS = 3000, /* .. but not before */
	RESTLESS_MS = 30000, /* .. and in any case then */
	MESSAGE_MS = 15000,
	MESSAGE_SIZE = 256,
	LAST_MAX = 256, /* of so many that left at one time it is still said what they were */
};

#define SIGNALS_THAT_END SIGINT, SIGTERM, SIGHUP, SIGQUIT

struct watch {
	const struct sources *sources;
	struct sdreg_loop *loop;
	struct sdreg_browser *browser;
	struct watch_screen *screen;
	struct watch_keys keys;
	AvahiWatch *input;
	AvahiWatch *resizing;
	AvahiTimeout *timeout;
	int signals; /* a descriptor, or -1 */
	int errors; /* standard error, while it is kept off the screen, or -1 */
	sigset_t before; /* the signals that were blocked */
	int no_local;
	int is_lost; /* the daemon is */
	int is_given_up;
	int is_calm; /* what comes is news */
	int status;
	long long due; /* when the next picture is to be drawn; -1 for never */
	long long drawn;
	long long started;
	long long came; /* when the last service did */
	long long message_until; /* -1: until it is taken back */
	char message[MESSAGE_SIZE];
};

/* ---- time ---- */

static long long now_ms(void)
{
	return (long long)clock_ms();
}

/* Draws at a time, if not before, and not sooner than a frame after the last picture. */
static void draw_at(struct watch *w, long long when, long long now)
{
	struct timeval time;
	if (when < w->drawn + FRAME_MS)
		when = w->drawn + FRAME_MS;
	if (w->due >= 0 && w->due <= when)
		return;
	w->due = when;
	const long long wait = when > now ? when - now : 0;
	gettimeofday(&time, NULL); /* the loop's clock */
	const long long microseconds = time.tv_usec + wait * 1000;
	time.tv_sec += (time_t)(microseconds / 1000000);
	time.tv_usec = (suseconds_t)(microseconds % 1000000);
	sdreg_loop_poll(w->loop)->timeout_update(w->timeout, &time);
}

/* Out of memory. */
static void give_up(struct watch *w)
{
	w->is_given_up = 1;
	sdreg_loop_quit(w->loop);
}

/* ---- pictures ---- */

static void draw(struct watch *w, long long now)
{
	struct watch_view *const view = &w->keys.view;
	struct watch_model *const model = view->model;
	const long long wait = watch_model_settle(model, now);
	if (wait == -2) {
		give_up(w);
		return;
	}
	watch_screen_measure(w->screen, view->pane, &w->keys.size);
	if (w->keys.size.list_height > 0)
		watch_model_fit(model, w->keys.size.list_height);
	const struct watch_row *const row = watch_model_selected(model);
	char *const details = row != NULL && w->keys.size.details_height > 0
		? watch_details_row(w->sources, row, w->keys.size.details_width)
		: NULL;
	if (w->message_until >= 0 && w->message_until <= now)
		w->message[0] = '\0';
	view->details = details != NULL ? details : "";
	view->message = w->message[0] != '\0' ? w->message : NULL;
	if (w->keys.redraws)
		watch_screen_touch(w->screen);
	w->keys.redraws = 0;
	watch_screen_draw(w->screen, view);
	free(details);
	w->drawn = now;
	w->due = -1;
	if (wait >= 0)
		draw_at(w, now + wait, now);
	if (view->message != NULL && w->message_until >= 0)
		draw_at(w, w->message_until, now);
}

static void on_time(AvahiTimeout *timeout, void *user)
{
	struct watch *const w = user;
	sdreg_loop_poll(w->loop)->timeout_update(timeout, NULL);
	draw(w, now_ms());
}

/* ---- the terminal ---- */

static void take_keys(struct watch *w)
{
	unsigned long key;
	while ((key = watch_screen_key(w->screen)) != WATCH_KEY_NONE)
		if (!watch_keys_take(&w->keys, key))
			sdreg_loop_quit(w->loop);
}

static void take_resize(struct watch *w)
{
	struct signalfd_siginfo info;
	int n = 0;
	while (read(w->signals, &info, sizeof(info)) == (ssize_t)sizeof(info))
		n++;
	if (n > 0)
		watch_screen_resize(w->screen);
}

/* ---- events ---- */

static void say(struct watch *w, const char *text, long long until)
{
	snprintf(w->message, sizeof(w->message), "%s", text);
	w->message_until = until;
}

/* Until the network is known as it is, nothing is news. */
static void start_counting(struct watch *w, long long now)
{
	w->started = now;
	w->came = now;
	w->is_calm = 0;
}

static int is_news(struct watch *w, long long now)
{
	w->is_calm |= (now >= w->started + START_MS && now >= w->came + CALM_MS) ||
		now >= w->started + RESTLESS_MS;
	w->came = now;
	return w->is_calm;
}

static void say_event(struct watch *w, const struct sdreg_event *event, long long now)
{
	const struct sdreg_error *const error = sdreg_event_error(event);
	switch (sdreg_event_kind(event)) {
	case SDREG_EVENT_DAEMON_LOST:
		w->is_lost = 1;
		watch_model_hold(w->keys.view.model);
		say(w, "The daemon is gone; waiting for it.", -1);
		break;
	case SDREG_EVENT_DAEMON_BACK:
		w->is_lost = 0;
		watch_model_let_go(w->keys.view.model, now);
		start_counting(w, now);
		say(w, "", -1);
		break;
	default:
		if (error != NULL && !w->is_lost)
			say(w, error->text, now + MESSAGE_MS);
	}
}

static void add(struct watch *w, const struct watch_name *name, const struct sdreg_service *service,
	long long now)
{
	struct watch_service *const s =
		watch_model_add(w->keys.view.model, name, service, is_news(w, now), now);
	if (s == NULL)
		give_up(w);
	else
		s->type->title = sdreg_annotation_title(sdreg_service_annotation(service));
}

/* What can be said of it is kept, as its struct is about to go. When a crowd leaves, that the
 * others left is enough. */
static void leave(struct watch *w, struct watch_service *s, const struct sdreg_service *service,
	long long now)
{
	struct watch_model *const model = w->keys.view.model;
	const int is_kept = model->gone < LAST_MAX || model->selected.service == s;
	char *const last = is_kept
		? watch_details_service(w->sources, service, "(left)", w->keys.size.details_width)
		: NULL;
	watch_model_leave(model, s, last, now);
}

static void tell_model(struct watch *w, const struct sdreg_event *event, long long now)
{
	const struct sdreg_service *const service = sdreg_event_service(event);
	const enum sdreg_event_kind kind = sdreg_event_kind(event);
	const struct watch_name name = {
		.type = sdreg_service_type_text(service),
		.name = sdreg_service_name(service),
		.domain = sdreg_service_domain(service),
	};
	struct watch_model *const model = w->keys.view.model;
	struct watch_service *const s = watch_model_find(model, &name);
	if (kind == SDREG_EVENT_ADDED) {
		if (!w->no_local || !sdreg_service_is_local(service))
			add(w, &name, service, now);
		return;
	}
	if (s == NULL || s->state == WATCH_GONE)
		return;
	if (kind == SDREG_EVENT_REMOVED) {
		leave(w, s, service, now);
		return;
	}
	if (watch_model_answer(model, s, sdreg_service_host(service),
		    kind == SDREG_EVENT_FAILED ? WATCH_SILENT : WATCH_KNOWN) < 0)
		give_up(w);
	if (kind == SDREG_EVENT_CHANGED)
		watch_model_mark_changed(s, now);
}

/* Avahi's loop does nothing else while the daemon has something to say, and when it has much to say
 * that takes long: then what is due is done from here. */
static void catch_up(struct watch *w, long long now)
{
	static const int signals[] = {SIGNALS_THAT_END};
	sigset_t pending;
	take_keys(w);
	take_resize(w);
	draw(w, now);
	if (sigpending(&pending) != 0)
		return;
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (sigismember(&pending, signals[i]))
			sdreg_loop_quit(w->loop);
}

static void on_event(void *user, const struct sdreg_event *event)
{
	struct watch *const w = user;
	const long long now = now_ms();
	w->keys.view.was_heard = 1;
	if (sdreg_event_service(event) != NULL && sdreg_event_kind(event) != SDREG_EVENT_WARNING)
		tell_model(w, event, now);
	else
		say_event(w, event, now);
	draw_at(w, now, now);
	if (now >= w->due + FRAME_MS)
		catch_up(w, now);
}

/* ---- the loop ---- */

static void on_input(AvahiWatch *watch, int fd, AvahiWatchEvent events, void *user)
{
	struct watch *const w = user;
	const long long now = now_ms();
	(void)watch;
	(void)fd;
	take_keys(w);
	if ((events & (AVAHI_WATCH_HUP | AVAHI_WATCH_ERR)) != 0)
		sdreg_loop_quit(w->loop);
	draw_at(w, now, now);
}

static void on_resize(AvahiWatch *watch, int fd, AvahiWatchEvent events, void *user)
{
	struct watch *const w = user;
	(void)watch;
	(void)fd;
	(void)events;
	take_resize(w);
	draw(w, now_ms());
}

/* SIGWINCH comes through a descriptor: ncurses' handler never runs. SIGCONT does too, as nobody
 * tells those who are stopped that the size changed. */
static int open_signals(struct watch *w)
{
	sigset_t resize;
	sigemptyset(&resize);
	sigaddset(&resize, SIGWINCH);
	sigaddset(&resize, SIGCONT);
	w->signals = -1;
	if (sigprocmask(SIG_BLOCK, &resize, &w->before) != 0)
		return -1;
	w->signals = signalfd(-1, &resize, SFD_CLOEXEC | SFD_NONBLOCK);
	return w->signals < 0 ? -1 : 0;
}

static int open_watches(struct watch *w)
{
	const AvahiPoll *const poll = sdreg_loop_poll(w->loop);
	w->timeout = poll->timeout_new(poll, NULL, on_time, w);
	w->input = poll->watch_new(poll, STDIN_FILENO, AVAHI_WATCH_IN, on_input, w);
	w->resizing = poll->watch_new(poll, w->signals, AVAHI_WATCH_IN, on_resize, w);
	return w->timeout != NULL && w->input != NULL && w->resizing != NULL ? 0 : -1;
}

/* What libraries say would be written across the picture. */
static void hush(struct watch *w)
{
	const int nowhere = isatty(STDERR_FILENO) ? open("/dev/null", O_WRONLY | O_CLOEXEC) : -1;
	if (nowhere < 0)
		return;
	w->errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	if (w->errors >= 0)
		dup2(nowhere, STDERR_FILENO);
	close(nowhere);
}

static void unhush(struct watch *w)
{
	if (w->errors < 0)
		return;
	dup2(w->errors, STDERR_FILENO);
	close(w->errors);
}

static void close_watches(struct watch *w)
{
	if (w->loop == NULL)
		return;
	const AvahiPoll *const poll = sdreg_loop_poll(w->loop);
	if (w->timeout != NULL)
		poll->timeout_free(w->timeout);
	if (w->input != NULL)
		poll->watch_free(w->input);
	if (w->resizing != NULL)
		poll->watch_free(w->resizing);
}

/* ---- the command ---- */

int watch_enter(struct cli *cli, const struct command *self, struct arguments *arguments)
{
	(void)cli;
	(void)arguments;
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
		return 0;
	return cli_usage(self, "--watch needs a terminal");
}

static int open_all(struct watch *w, const struct sdreg_browse_options *options)
{
	static const int signals[] = {SIGNALS_THAT_END};
	struct sdreg_error err = {.size = sizeof(err)};
	w->loop = sdreg_loop_new();
	w->keys.view.model = watch_model_new();
	if (w->loop == NULL || w->keys.view.model == NULL) {
		fputs("sdreg: out of memory for a watch\n", stderr);
		return STATUS_TROUBLE;
	}
	w->browser = sdreg_browser_new(sdreg_loop_poll(w->loop), options, on_event, w, &err);
	if (w->browser == NULL)
		return cli_error(&err);
	/* Not before: a daemon that hangs is waited for, and may be by a user who gives up. */
	if (open_signals(w) < 0 || open_watches(w) < 0 ||
		sdreg_loop_quit_on_signals(w->loop, signals, sizeof(signals) / sizeof(signals[0])) <
			0) {
		fputs("sdreg: no event loop can be made\n", stderr);
		return STATUS_TROUBLE;
	}
	w->screen = watch_screen_open();
	if (w->screen == NULL)
		return STATUS_TROUBLE;
	browse_leave_start(&(
		struct browse_leave){.signals = {SIGNALS_THAT_END}, .before = watch_screen_leave});
	return 0;
}

static void close_all(struct watch *w)
{
	watch_screen_close(w->screen);
	unhush(w);
	sdreg_browser_free(w->browser);
	close_watches(w);
	sdreg_loop_free(w->loop);
	watch_model_free(w->keys.view.model);
	if (w->signals >= 0)
		close(w->signals);
	sigprocmask(SIG_SETMASK, &w->before, NULL);
}

int watch_run(struct cli *cli, const struct sdreg_browse_options *options, int no_local)
{
	struct watch w = {.sources = &cli->sources,
		.no_local = no_local,
		.due = -1,
		.signals = -1,
		.errors = -1};
	struct sdreg_browse_options all = *options;
	sigprocmask(SIG_BLOCK, NULL, &w.before);
	all.registry = cli->sources.registry;
	all.supplement = cli->sources.supplement;
	w.status = open_all(&w, &all);
	if (w.status == STATUS_FOUND) {
		hush(&w);
		start_counting(&w, now_ms());
		draw(&w, now_ms());
		if (sdreg_loop_run(w.loop) < 0)
			w.status = STATUS_TROUBLE;
	}
	close_all(&w);
	if (!w.is_given_up)
		return w.status;
	fputs("sdreg: out of memory for more services\n", stderr);
	return STATUS_TROUBLE;
}
