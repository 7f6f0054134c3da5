/* SPDX-License-Identifier: MIT */

/*
 * A small client of link-local messaging (XEP-0174): it announces its user, shows who comes and
 * goes, takes messages and sends them. Needs libsdreg-browse and libxml2:
 *
 *   cc chat*.c $(pkg-config --cflags --libs libsdreg-browse avahi-client libxml-2.0) -o chat
 *   ./chat juliet
 *
 * "romeo@verona: wherefore art thou?" on standard input sends a message, "quit" ends it. What comes
 * is shown as "romeo@verona> a message". One sees in plain text what is said: TLS is left out here.
 */

#define _POSIX_C_SOURCE 200809L /* gethostname() */
#include "chat-stream.h"

#include <sdreg.h>
#include <sdreg/announce.h>
#include <sdreg/browse.h>

#include <arpa/inet.h>
#include <locale.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BUDDIES_MAX = 256, ADDRESSES_MAX = 16, QUIT_MS = 1000 };

struct chat {
	struct sdreg_loop *loop;
	const AvahiPoll *poll;
	struct sdreg_txt *txt;
	struct sdreg_announcer *announcer;
	struct sdreg_browser *browser;
	struct chat_streams *streams;
	const struct sdreg_service *buddies[BUDDIES_MAX]; /* those that can be talked to */
	size_t count;
	int listening;
	uint16_t port;
};

/* What the network said goes to no terminal as it is. */
static void print(FILE *out, const char *text, const char *after)
{
	char shown[4096];
	sdreg_text_show(text, strlen(text), shown, sizeof(shown));
	fprintf(out, "%s%s", shown, after);
	fflush(out);
}

/* ---- the roster ---- */

static void show_buddy(struct chat *chat, char mark, const struct sdreg_service *service)
{
	struct sdreg_presence presence = {.size = sizeof(presence)};
	const char *const instance = sdreg_service_name(service);
	char name[256];
	if (sdreg_service_read_txt(service, chat->txt) < 0)
		return;
	sdreg_presence_read(chat->txt, &presence);
	sdreg_presence_name(&presence, instance, strlen(instance), name, sizeof(name));
	printf("%c ", mark);
	print(stdout, instance, "  ");
	print(stdout, name, "  ");
	printf("%s\n", sdreg_status_text(presence.status));
	fflush(stdout);
}

static void forget(struct chat *chat, const struct sdreg_service *service)
{
	for (size_t i = 0; i < chat->count; i++)
		if (chat->buddies[i] == service)
			chat->buddies[i--] = chat->buddies[--chat->count];
}

static void on_event(void *user, const struct sdreg_event *event)
{
	struct chat *const chat = user;
	const struct sdreg_service *const service = sdreg_event_service(event);
	const struct sdreg_error *const error = sdreg_event_error(event);
	if (error != NULL && service == NULL)
		fprintf(stderr, "chat: %s\n", error->text);
	/* one's own record is no buddy (XEP-0174 section 4) */
	if (service == NULL ||
		(sdreg_service_is_local(service) &&
			strcmp(sdreg_service_name(service),
				sdreg_announcer_name(chat->announcer)) == 0))
		return;
	switch (sdreg_event_kind(event)) {
	case SDREG_EVENT_RESOLVED:
		if (chat->count < BUDDIES_MAX)
			chat->buddies[chat->count++] = service;
		show_buddy(chat, '+', service);
		break;
	case SDREG_EVENT_CHANGED:
		show_buddy(chat, '~', service);
		break;
	case SDREG_EVENT_FAILED:
	case SDREG_EVENT_REMOVED:
		forget(chat, service);
		show_buddy(chat, '-', service);
		break;
	default:
		break;
	}
}

static void on_announce(void *user, const struct sdreg_announce_event *event)
{
	struct chat *const chat = user;
	const enum sdreg_announce_event_kind kind = sdreg_announce_event_kind(event);
	const struct sdreg_error *const error = sdreg_announce_event_error(event);
	const char *const name = sdreg_announce_event_name(event);
	if (error != NULL)
		fprintf(stderr, "chat: %s\n", error->text);
	else
		print(stdout, name,
			kind == SDREG_ANNOUNCE_EVENT_DONE ? ": that is me\n"
							  : "? the name was taken\n");
	if (kind == SDREG_ANNOUNCE_EVENT_FAILED)
		sdreg_loop_quit(chat->loop);
	else
		chat_streams_set_me(chat->streams, name);
}

/* ---- messages ---- */

static void on_message(void *user, const char *from, const char *body)
{
	(void)user;
	print(stdout, from, "> ");
	print(stdout, body, "\n");
}

static void on_lost(void *user, const char *to, const char *body)
{
	(void)user;
	fputs("chat: ", stderr);
	print(stderr, to, " did not get: ");
	print(stderr, body, "\n");
}

static void on_refused(void *user, const char *name, const char *address)
{
	(void)user;
	fputs("chat: a stream from ", stderr);
	print(stderr, address, ", of ");
	print(stderr, name[0] != '\0' ? name : "nobody",
		", is refused: not one buddy is there by that name\n");
}

/* Addresses are compared without their scope, which not all say. */
static int is_at(const struct sdreg_service *buddy, const char *address)
{
	const size_t len = strcspn(address, "%");
	const char *known;
	for (size_t i = 0; (known = sdreg_service_address(buddy, i)) != NULL; i++)
		if (strcspn(known, "%") == len && strncmp(known, address, len) == 0)
			return 1;
	return 0;
}

/* DNS holds names equal that differ in case only (RFC 6762 section 16). Without a name it must be
 * the one buddy at this address. */
static const char *find_buddy(void *user, const char *name, const char *address)
{
	const struct chat *const chat = user;
	const char *found = NULL;
	for (size_t i = 0; i < chat->count; i++) {
		const char *const known = sdreg_service_name(chat->buddies[i]);
		if ((name[0] != '\0' && strcasecmp(known, name) != 0) ||
			!is_at(chat->buddies[i], address))
			continue;
		if (found != NULL && name[0] == '\0')
			return NULL;
		found = known;
	}
	return found;
}

static void send_message(struct chat *chat, const char *to, const char *body)
{
	const char *addresses[ADDRESSES_MAX + 1];
	for (size_t i = 0; i < chat->count; i++) {
		const struct sdreg_service *const buddy = chat->buddies[i];
		size_t count = 0;
		if (strcmp(sdreg_service_name(buddy), to) != 0)
			continue;
		while (count < ADDRESSES_MAX &&
			(addresses[count] = sdreg_service_address(buddy, count)) != NULL)
			count++;
		addresses[count] = NULL;
		if (chat_send(chat->streams, to, addresses, sdreg_service_port(buddy), body) < 0)
			on_lost(chat, to, body);
		return;
	}
	fprintf(stderr, "chat: nobody is there by the name of %s\n", to);
}

static void on_quit(AvahiTimeout *timeout, void *user)
{
	const struct chat *const chat = user;
	(void)timeout;
	sdreg_loop_quit(chat->loop);
}

/* Some clients fail when a stream ends right behind a message, so that there is a pause. */
static void quit(struct chat *chat)
{
	struct timeval when;
	chat_streams_close(chat->streams);
	chat->poll->timeout_new(chat->poll, avahi_elapse_time(&when, QUIT_MS, 0), on_quit, chat);
}

static void on_input(AvahiWatch *watch, int fd, AvahiWatchEvent events, void *user)
{
	struct chat *const chat = user;
	char line[4096];
	(void)fd;
	(void)events;
	if (fgets(line, sizeof(line), stdin) == NULL) { /* it goes on without */
		chat->poll->watch_update(watch, 0);
		return;
	}
	line[strcspn(line, "\r\n")] = '\0';
	char *const colon = strstr(line, ": ");
	if (strcmp(line, "quit") == 0) {
		quit(chat);
	} else if (colon != NULL) {
		*colon = '\0';
		send_message(chat, line, colon + 2);
	} else {
		fputs("chat: say NAME: MESSAGE, or quit\n", stderr);
	}
}

/* ---- beginning ---- */

/* Any port: the SRV record tells which. */
static int listen_somewhere(struct chat *chat)
{
	struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_ANY_INIT};
	socklen_t len = sizeof(address);
	const int off = 0;
	chat->listening = socket(AF_INET6, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (chat->listening < 0 ||
		setsockopt(chat->listening, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off)) < 0 ||
		bind(chat->listening, (struct sockaddr *)&address, len) < 0 ||
		listen(chat->listening, 16) < 0 ||
		getsockname(chat->listening, (struct sockaddr *)&address, &len) < 0) {
		perror("chat: no port to listen on");
		return -1;
	}
	chat->port = ntohs(address.sin6_port);
	return 0;
}

static int announce(struct chat *chat, const char *user, struct sdreg_error *err)
{
	char machine[256] = "";
	char name[SDREG_LABEL_SIZE];
	const struct sdreg_presence presence = {.size = sizeof(presence),
		.nick = {user, strlen(user)},
		.port = chat->port};
	gethostname(machine, sizeof(machine) - 1);
	if (sdreg_presence_join(user, strlen(user), machine, strlen(machine), name) < 0 ||
		sdreg_presence_write(&presence, chat->txt) < 0) {
		fputs("chat: no instance name can be made of this user and machine\n", stderr);
		return -1;
	}
	const struct sdreg_announcement wanted = {.size = sizeof(wanted),
		.type = sdreg_text_of("_presence._tcp"),
		.name = sdreg_text_of(name),
		.port = chat->port,
		.txt = chat->txt};
	chat->announcer = sdreg_announcer_new(chat->poll, &wanted, on_announce, chat, err);
	chat_streams_set_me(chat->streams, name);
	return chat->announcer != NULL ? 0 : -1;
}

static int run(struct chat *chat, const char *user, struct sdreg_registry *registry)
{
	static const int signals[] = {SIGINT, SIGTERM};
	struct sdreg_error err = {.size = sizeof(err)};
	static const struct chat_calls calls = {on_message, on_lost, find_buddy, on_refused};
	const struct sdreg_text type = sdreg_text_of("_presence._tcp");
	const struct sdreg_browse_options options = {.size = sizeof(options),
		.registry = registry,
		.types = &type,
		.types_count = 1};
	chat->poll = sdreg_loop_poll(chat->loop);
	chat->streams = chat_streams_new(chat->poll, &calls, chat);
	if (chat->streams == NULL || sdreg_loop_quit_on_signals(chat->loop, signals, 2) < 0 ||
		listen_somewhere(chat) < 0 || announce(chat, user, &err) < 0)
		goto failed;
	chat->browser = sdreg_browser_new(chat->poll, &options, on_event, chat, &err);
	if (chat->browser == NULL || chat_listen(chat->streams, chat->listening) < 0)
		goto failed;
	setvbuf(stdin, NULL, _IONBF, 0); /* no line may wait in a buffer, which no loop sees */
	chat->poll->watch_new(chat->poll, 0, AVAHI_WATCH_IN, on_input, chat);
	return sdreg_loop_run(chat->loop) < 0 ? 2 : 0;
failed:
	if (err.code != 0)
		fprintf(stderr, "chat: %s\n", err.text);
	return 2;
}

int main(int argc, char **argv)
{
	struct chat chat = {.loop = sdreg_loop_new(), .txt = sdreg_txt_new(), .listening = -1};
	struct sdreg_registry *const registry = sdreg_registry_embedded(NULL);
	const char *const login = getenv("LOGNAME");
	const char *const user = argc > 1 ? argv[1] : login != NULL ? login : "user";
	int status = 2;
	setlocale(LC_MESSAGES, ""); /* of several texts, the one in the user's language */
	if (chat.loop != NULL && chat.txt != NULL && registry != NULL)
		status = run(&chat, user, registry);
	sdreg_browser_free(chat.browser);
	sdreg_announcer_free(chat.announcer); /* says goodbye */
	chat_streams_free(chat.streams);
	if (chat.listening >= 0)
		close(chat.listening);
	sdreg_txt_free(chat.txt);
	sdreg_loop_free(chat.loop); /* and what is watched on it */
	sdreg_registry_close(registry);
	return status;
}
