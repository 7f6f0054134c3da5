/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE 1 /* accept4() */
#include "chat-stream.h"
#include "chat-outbox.h"
#include "chat-stanza.h"

#include <libxml/parser.h>

#include <errno.h>
#include <locale.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	NAME_SIZE = 256,
	STREAMS_MAX = 64,
	ADDRESSES_MAX = 16,
	CONNECT_MS = 3000, /* for one address, before the next is tried */
};

struct place {
	struct sockaddr_storage at;
	socklen_t len;
};

struct stream {
	struct stream *next;
	struct chat_streams *streams;
	int fd;
	AvahiWatch *watch;
	AvahiTimeout *patience; /* while it connects */
	struct stanza_reader *reader;
	char peer[NAME_SIZE]; /* an instance name; empty until the peer has said it */
	char address[NI_MAXHOST]; /* of a peer that opened the stream; else empty */
	struct place
		places[ADDRESSES_MAX]; /* where the peer may be reached, if it is we who open */
	size_t places_count;
	size_t next_place;
	struct outbox outbox; /* waits for the socket, and stanzas for the peer's header */
	size_t header_len; /* of that, what need not wait for the header */
	int is_connected;
	int is_open; /* the peer's header has come */
	int sent_header;
	int sent_end;
	int is_over; /* to be freed when nothing is on the stack that needs it */
};

struct chat_streams {
	const AvahiPoll *poll;
	AvahiWatch *listening;
	struct chat_calls calls;
	void *user;
	char language[3]; /* that the user reads: "en", or empty */
	char me[NAME_SIZE];
	struct stream *first;
	size_t count;
};

/* ---- sending ---- */

/* What may be sent now: before the peer's header has come, one's own header only. */
static size_t sendable(const struct stream *s)
{
	return s->is_open ? s->outbox.len : s->header_len;
}

static void want(struct stream *s)
{
	const AvahiWatchEvent out = sendable(s) > 0 ? AVAHI_WATCH_OUT : 0;
	s->streams->poll->watch_update(s->watch, AVAHI_WATCH_IN | out);
}

static int send_header(struct stream *s)
{
	static const char start[] = "<?xml version='1.0' encoding='UTF-8'?>"
				    "<stream:stream xmlns='jabber:client' "
				    "xmlns:stream='http://etherx.jabber.org/streams' from='";
	if (s->sent_header)
		return 0;
	s->sent_header = 1;
	if (outbox_add_escaped(&s->outbox, start, s->streams->me, "' to='") < 0 ||
		outbox_add_escaped(&s->outbox, "", s->peer, "' version='1.0'>") < 0)
		return -1;
	s->header_len = s->outbox.len;
	return 0;
}

static int send_end(struct stream *s)
{
	static const char end[] = "</stream:stream>";
	if (s->sent_end || !s->sent_header)
		return 0;
	s->sent_end = 1;
	return outbox_add(&s->outbox, end, sizeof(end) - 1);
}

static void flush_stream(struct stream *s)
{
	const size_t len = sendable(s);
	const ssize_t sent = len > 0 ? send(s->fd, s->outbox.bytes, len, MSG_NOSIGNAL) : 0;
	if (sent < 0 && errno != EAGAIN && errno != EINTR)
		s->is_over = 1;
	if (sent <= 0)
		return;
	outbox_sent(&s->outbox, (size_t)sent);
	s->header_len -= s->header_len < (size_t)sent ? s->header_len : (size_t)sent;
}

/* ---- reading ---- */

/* Who opened this stream? Anybody can say any name, and would then get what is meant for its owner;
 * so it is a buddy's who is at the address that it comes from. Some clients say no name. */
static int find_peer(struct stream *s, const char *from)
{
	const struct chat_streams *const streams = s->streams;
	const char *const name = streams->calls.who(streams->user, from, s->address);
	if (name == NULL) {
		streams->calls.refused(streams->user, from, s->address);
		return -1;
	}
	snprintf(s->peer, sizeof(s->peer), "%s", name);
	return 0;
}

static int on_header(void *user, const char *from, const char *version)
{
	static const char features[] = "<stream:features/>";
	struct stream *const s = user;
	if (s->places_count == 0 && find_peer(s, from) < 0)
		return -1;
	const int was_sent = s->sent_header;
	s->is_open = 1;
	if (send_header(s) < 0)
		return -1;
	return was_sent || version[0] == '\0'
		? 0
		: outbox_add(&s->outbox, features, sizeof(features) - 1);
}

/* Who speaks is the stream's peer, whatever a stanza says. */
static void on_message(void *user, const char *body)
{
	const struct stream *const s = user;
	s->streams->calls.message(s->streams->user, s->peer, body);
}

/* Who was asked to close, closes. */
static void on_stream_end(void *user)
{
	struct stream *const s = user;
	if (send_end(s) == 0)
		flush_stream(s);
}

static void read_stream(struct stream *s)
{
	char bytes[4096];
	const ssize_t len = recv(s->fd, bytes, sizeof(bytes), 0);
	if (len < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (len <= 0 || stanza_read(s->reader, bytes, (size_t)len) < 0)
		s->is_over = 1;
}

/* ---- streams ---- */

static void stream_free(struct stream *s)
{
	struct stream **at = &s->streams->first;
	while (*at != NULL && *at != s)
		at = &(*at)->next;
	if (*at == s) {
		*at = s->next;
		s->streams->count--;
	}
	if (s->watch != NULL)
		s->streams->poll->watch_free(s->watch);
	if (s->patience != NULL)
		s->streams->poll->timeout_free(s->patience);
	stanza_reader_free(s->reader);
	if (s->fd >= 0)
		close(s->fd);
	outbox_clear(&s->outbox, s->peer, s->streams->calls.lost, s->streams->user);
	free(s);
}

static void on_socket(AvahiWatch *watch, int fd, AvahiWatchEvent events, void *user);
static void on_patience(AvahiTimeout *timeout, void *user);

/* Begins to connect to the next address of the peer. -1 when there is none left. */
static int connect_next(struct stream *s)
{
	const AvahiPoll *const poll = s->streams->poll;
	struct timeval when;
	if (s->watch != NULL)
		poll->watch_free(s->watch);
	s->watch = NULL;
	while (s->next_place < s->places_count) {
		const struct place *const place = &s->places[s->next_place++];
		if (s->fd >= 0)
			close(s->fd);
		s->fd = socket(place->at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		if (s->fd < 0 ||
			(connect(s->fd, (const struct sockaddr *)&place->at, place->len) < 0 &&
				errno != EINPROGRESS))
			continue;
		s->watch = poll->watch_new(poll, s->fd, AVAHI_WATCH_OUT, on_socket, s);
		avahi_elapse_time(&when, CONNECT_MS, 0);
		if (s->patience == NULL)
			s->patience = poll->timeout_new(poll, &when, on_patience, s);
		else
			poll->timeout_update(s->patience, &when);
		return s->watch != NULL && s->patience != NULL ? 0 : -1;
	}
	return -1;
}

static void on_patience(AvahiTimeout *timeout, void *user)
{
	struct stream *const s = user;
	s->streams->poll->timeout_update(timeout, NULL);
	if (connect_next(s) < 0)
		stream_free(s);
}

/* A socket that was connecting has something to say. 0 if it is connected, or another address is
 * tried; -1 if there is none left. */
static int end_connecting(struct stream *s)
{
	int error = 0;
	socklen_t len = sizeof(error);
	if (getsockopt(s->fd, SOL_SOCKET, SO_ERROR, &error, &len) < 0 || error != 0)
		return connect_next(s);
	s->is_connected = 1;
	s->streams->poll->timeout_update(s->patience, NULL);
	want(s);
	return 0;
}

static void on_socket(AvahiWatch *watch, int fd, AvahiWatchEvent events, void *user)
{
	struct stream *const s = user;
	(void)watch;
	(void)fd;
	if (!s->is_connected) {
		if (end_connecting(s) < 0)
			stream_free(s);
		return;
	}
	if ((events & (AVAHI_WATCH_ERR | AVAHI_WATCH_HUP)) != 0 && (events & AVAHI_WATCH_IN) == 0)
		s->is_over = 1;
	if ((events & AVAHI_WATCH_IN) != 0)
		read_stream(s);
	if (!s->is_over)
		flush_stream(s);
	if (s->is_over)
		stream_free(s);
	else
		want(s);
}

static struct stream *stream_new(struct chat_streams *streams)
{
	static const struct stanza_calls calls = {on_header, on_message, on_stream_end};
	struct stream *const s = streams->count < STREAMS_MAX ? calloc(1, sizeof(*s)) : NULL;
	if (s == NULL)
		return NULL;
	s->streams = streams;
	s->fd = -1;
	s->reader = stanza_reader_new(&calls, streams->language, s);
	if (s->reader == NULL) {
		stream_free(s);
		return NULL;
	}
	s->next = streams->first;
	streams->first = s;
	streams->count++;
	return s;
}

/* Takes the socket, also when it fails. */
static void stream_take(struct chat_streams *streams, int fd, const char *address)
{
	struct stream *const s = stream_new(streams);
	if (s == NULL) {
		close(fd);
		return;
	}
	s->fd = fd;
	s->is_connected = 1;
	snprintf(s->address, sizeof(s->address), "%s", address);
	s->watch = streams->poll->watch_new(streams->poll, fd, AVAHI_WATCH_IN, on_socket, s);
	if (s->watch == NULL)
		stream_free(s);
}

static void add_place(struct stream *s, const char *address, uint16_t port)
{
	const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
		.ai_socktype = SOCK_STREAM};
	struct addrinfo *info = NULL;
	char service[8];
	snprintf(service, sizeof(service), "%u", (unsigned)port);
	if (s->places_count == ADDRESSES_MAX || getaddrinfo(address, service, &hints, &info) != 0)
		return;
	struct place *const place = &s->places[s->places_count++];
	place->len = info->ai_addrlen;
	memcpy(&place->at, info->ai_addr, info->ai_addrlen);
	freeaddrinfo(info);
}

/* Those of IPv4 first, as more clients listen there. */
static struct stream *stream_open(struct chat_streams *streams, const char *to,
	const char *const *addresses, uint16_t port)
{
	struct stream *const s = stream_new(streams);
	if (s == NULL)
		return NULL;
	snprintf(s->peer, sizeof(s->peer), "%s", to);
	for (int is_six = 0; is_six < 2; is_six++)
		for (size_t i = 0; addresses[i] != NULL; i++)
			if ((strchr(addresses[i], ':') != NULL) == is_six)
				add_place(s, addresses[i], port);
	if (send_header(s) == 0 && connect_next(s) == 0)
		return s;
	stream_free(s);
	return NULL;
}

static void on_connection(AvahiWatch *watch, int fd, AvahiWatchEvent events, void *user)
{
	struct chat_streams *const streams = user;
	struct sockaddr_storage from;
	socklen_t len = sizeof(from);
	char address[NI_MAXHOST];
	const int peer = accept4(fd, (struct sockaddr *)&from, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);
	(void)watch;
	(void)events;
	if (peer < 0)
		return;
	if (getnameinfo((struct sockaddr *)&from, len, address, sizeof(address), NULL, 0,
		    NI_NUMERICHOST) != 0) {
		close(peer);
		return;
	}
	/* a socket of IPv6 shows addresses of IPv4 with ::ffff: before them */
	stream_take(streams, peer, address + (strncmp(address, "::ffff:", 7) == 0 ? 7 : 0));
}

/* ---- for chat.c ---- */

struct chat_streams *chat_streams_new(const AvahiPoll *poll, const struct chat_calls *calls,
	void *user)
{
	struct chat_streams *const streams = calloc(1, sizeof(*streams));
	const char *const locale = setlocale(LC_MESSAGES, NULL);
	if (streams == NULL)
		return NULL;
	streams->poll = poll;
	streams->calls = *calls;
	streams->user = user;
	if (locale != NULL && strcmp(locale, "C") != 0 && strcmp(locale, "POSIX") != 0)
		snprintf(streams->language, sizeof(streams->language), "%.2s", locale);
	return streams;
}

void chat_streams_set_me(struct chat_streams *streams, const char *me)
{
	snprintf(streams->me, sizeof(streams->me), "%s", me);
}

int chat_listen(struct chat_streams *streams, int listening)
{
	streams->listening = streams->poll->watch_new(streams->poll, listening, AVAHI_WATCH_IN,
		on_connection, streams);
	return streams->listening != NULL ? 0 : -1;
}

int chat_send(struct chat_streams *streams, const char *to, const char *const *addresses,
	uint16_t port, const char *body)
{
	struct stream *s = streams->first;
	if (!xmlCheckUTF8((const xmlChar *)body))
		return -1;
	while (s != NULL && (strcmp(s->peer, to) != 0 || s->sent_end))
		s = s->next;
	if (s == NULL)
		s = stream_open(streams, to, addresses, port);
	if (s == NULL ||
		outbox_add_escaped(&s->outbox, "<message type='chat' from='", streams->me,
			"' to='") < 0 ||
		outbox_add_escaped(&s->outbox, "", to, "'><body>") < 0 ||
		outbox_add_escaped(&s->outbox, "", body, "</body></message>") < 0 ||
		outbox_end_message(&s->outbox, body) < 0)
		return -1;
	if (s->is_connected)
		want(s);
	return 0;
}

void chat_streams_close(struct chat_streams *streams)
{
	for (struct stream *s = streams->first; s != NULL; s = s->next)
		if (s->is_connected && send_end(s) == 0)
			want(s);
}

void chat_streams_free(struct chat_streams *streams)
{
	if (streams == NULL)
		return;
	while (streams->first != NULL)
		stream_free(streams->first);
	if (streams->listening != NULL)
		streams->poll->watch_free(streams->listening);
	free(streams);
}
