/* SPDX-License-Identifier: MIT */

/*
 * I am here (XEP-0174): announces a presence that was checked before, changes its status, and takes
 * another name where its own is taken. Needs libsdreg-browse:
 *
 *   cc announce.c $(pkg-config --cflags --libs libsdreg-browse avahi-client) -o announce
 *   ./announce juliet 5298 nick=JuliC jid=juliet@capulet.lit
 *
 * Lines on standard input change the status: "away Gone to the balcony", "avail", "dnd"; "quit"
 * ends it.
 */

#define _POSIX_C_SOURCE 200809L /* gethostname() */
#include <sdreg.h>
#include <sdreg/announce.h>
#include <sdreg/browse.h>

#include <avahi-common/watch.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct app {
	struct sdreg_loop *loop;
	struct sdreg_txt *txt;
	struct sdreg_announcer *announcer;
	int status;
};

static void on_announce(void *user, const struct sdreg_announce_event *event)
{
	struct app *const app = user;
	const char *const own = sdreg_announce_event_name(event);
	char name[4 * SDREG_LABEL_SIZE];
	sdreg_text_show(own, strlen(own), name, sizeof(name));
	switch (sdreg_announce_event_kind(event)) {
	case SDREG_ANNOUNCE_EVENT_DONE:
		printf("announced as %s\n", name);
		break;
	case SDREG_ANNOUNCE_EVENT_RENAMED:
		printf("the name is taken; now %s\n", name);
		break;
	case SDREG_ANNOUNCE_EVENT_FAILED:
		app->status = 1;
		sdreg_loop_quit(app->loop); /* fallthrough */
	case SDREG_ANNOUNCE_EVENT_DAEMON_LOST:
		fprintf(stderr, "announce: %s\n", sdreg_announce_event_error(event)->text);
		break;
	}
	fflush(stdout);
}

/* "away Gone to the balcony": a status, and what there is to say of it */
static int set_status(struct sdreg_txt *txt, const char *line)
{
	const size_t len = strcspn(line, " ");
	const char *const message = line + len + strspn(line + len, " ");
	for (int i = SDREG_STATUS_AVAILABLE; i <= SDREG_STATUS_BUSY; i++) {
		const char *const status = sdreg_status_text((enum sdreg_status)i);
		if (strlen(status) != len || strncmp(status, line, len) != 0)
			continue;
		sdreg_txt_remove(txt, "msg", 3);
		if (*message != '\0' && sdreg_txt_set(txt, "msg", 3, message, strlen(message)) < 0)
			fputs("announce: the message is too long\n", stderr);
		return sdreg_txt_set(txt, "status", 6, status, len);
	}
	fputs("announce: say avail, away or dnd, and a message, or quit\n", stderr);
	return -1;
}

static void on_input(AvahiWatch *watch, int fd, AvahiWatchEvent events, void *user)
{
	struct app *const app = user;
	struct sdreg_error err = {.size = sizeof(err)};
	char line[512];
	(void)fd;
	(void)events;
	if (fgets(line, sizeof(line), stdin) == NULL) { /* it goes on without */
		sdreg_loop_poll(app->loop)->watch_update(watch, 0);
		return;
	}
	line[strcspn(line, "\r\n")] = '\0';
	if (strcmp(line, "quit") == 0)
		sdreg_loop_quit(app->loop);
	else if (set_status(app->txt, line) == SDREG_OK &&
		sdreg_announcer_set_txt(app->announcer, app->txt, &err) < 0)
		fprintf(stderr, "announce: %s\n", err.text);
}

/* juliet at this machine; the TXT record that the arguments make */
static int describe(struct app *app, int argc, char **argv, char name[SDREG_LABEL_SIZE])
{
	char machine[256] = "";
	const char *const login = getenv("LOGNAME");
	gethostname(machine, sizeof(machine) - 1);
	const char *const user = argc > 1 ? argv[1] : login != NULL ? login : "user";
	if (sdreg_presence_join(user, strlen(user), machine, strlen(machine), name) < 0) {
		fputs("announce: no instance name can be made of this user and machine\n", stderr);
		return -1;
	}
	const char *const port = argc > 2 ? argv[2] : "5298";
	if (sdreg_txt_set(app->txt, "txtvers", 7, "1", 1) < 0 ||
		sdreg_txt_set(app->txt, "status", 6, "avail", 5) < 0 ||
		sdreg_txt_set(app->txt, "port.p2pj", 9, port, strlen(port)) < 0)
		return -1;
	for (int i = 3; i < argc; i++) {
		struct sdreg_txt_item item;
		if (sdreg_txt_item(argv[i], strlen(argv[i]), &item) < 0 ||
			sdreg_txt_set(app->txt, item.key, item.key_len, item.value,
				item.value_len) < 0)
			return -1;
	}
	return 0;
}

static int run(struct app *app, int argc, char **argv)
{
	static const int signals[] = {SIGINT, SIGTERM};
	struct sdreg_error err = {.size = sizeof(err)};
	char name[SDREG_LABEL_SIZE];
	if (sdreg_loop_quit_on_signals(app->loop, signals, 2) < 0 ||
		describe(app, argc, argv, name) < 0)
		return 2;
	const struct sdreg_announcement presence = {.size = sizeof(presence),
		.type = sdreg_text_of("_presence._tcp"),
		.name = sdreg_text_of(name),
		.port = (uint16_t)(argc > 2 ? strtoul(argv[2], NULL, 10) : 5298),
		.txt = app->txt};
	const struct AvahiPoll *const poll = sdreg_loop_poll(app->loop);
	app->announcer = sdreg_announcer_new(poll, &presence, on_announce, app, &err);
	if (app->announcer == NULL) {
		fprintf(stderr, "announce: %s\n", err.text);
		return 2;
	}
	setvbuf(stdin, NULL, _IONBF, 0); /* no line may wait in a buffer, which no loop sees */
	AvahiWatch *const input = poll->watch_new(poll, 0, AVAHI_WATCH_IN, on_input, app);
	if (sdreg_loop_run(app->loop) < 0)
		app->status = 2;
	if (input != NULL)
		poll->watch_free(input);
	return app->status;
}

int main(int argc, char **argv)
{
	struct app app = {.loop = sdreg_loop_new(), .txt = sdreg_txt_new()};
	const int status = app.loop != NULL && app.txt != NULL ? run(&app, argc, argv) : 2;
	sdreg_announcer_free(app.announcer); /* says goodbye */
	sdreg_txt_free(app.txt);
	sdreg_loop_free(app.loop);
	return status;
}
