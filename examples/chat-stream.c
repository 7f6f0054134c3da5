/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE 1 /* accept4() */
#include "chat-stream.h"

#include <libxml/parser.h>

#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	NAME_SIZE = 256,
	STANZA_MAX = 65536, /* bytes of a stanza: what is longer ends the stream */
	BODY_MAX = 16384,
	UNSENT_MAX = 262144,
	STREAMS_MAX = 64,
};

struct stream {
	struct stream *next;
	struct chat_streams *streams;
	int fd;
	AvahiWatch *watch;
	xmlParserCtxtPtr parser;
	char peer[NAME_SIZE]; /* an instance name; empty until the peer has said it */
	char address[NI_MAXHOST]; /* of a peer that opened the stream; else empty */
	char *unsent; /* waits for the socket, and stanzas for the peer's header */
	size_t unsent_len;
	size_t header_len; /* of that, what need not wait for the header */
	char body[BODY_MAX + 1];
	size_t body_len;
	size_t stanza_len; /* bytes since the last stanza */
	int depth; /* of elements */
	int in_message;
	int in_body;
	int is_open; /* the peer's header has come */
	int sent_header;
	int sent_end;
	int is_over; /* to be freed when nothing is on the stack that needs it */
};

struct chat_streams {
	const AvahiPoll *poll;
	AvahiWatch *listening;
	chat_message_fn *fn;
	chat_known_fn *known;
	void *user;
	char me[NAME_SIZE];
	struct stream *first;
	size_t count;
};

/* ---- sending ---- */

static int queue(struct stream *s, const char *text, size_t len)
{
	if (len > UNSENT_MAX - s->unsent_len)
		return -1;
	char *const grown = realloc(s->unsent, s->unsent_len + len);
	if (grown == NULL)
		return -1;
	memcpy(grown + s->unsent_len, text, len);
	s->unsent = grown;
	s->unsent_len += len;
	return 0;
}

/* A text as XML, between two pieces that are. */
static int queue_escaped(struct stream *s, const char *before, const char *text, const char *after)
{
	xmlChar *const escaped = xmlEncodeSpecialChars(NULL, (const xmlChar *)text);
	const int failed = escaped == NULL || queue(s, before, strlen(before)) < 0 ||
		queue(s, (const char *)escaped, strlen((const char *)escaped)) < 0 ||
		queue(s, after, strlen(after)) < 0;
	xmlFree(escaped);
	return failed ? -1 : 0;
}

/* What may be sent now: before the peer's header has come, one's own header only. */
static size_t sendable(const struct stream *s)
{
	return s->is_open ? s->unsent_len : s->header_len;
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
	if (queue_escaped(s, start, s->streams->me, "' to='") < 0 ||
		queue_escaped(s, "", s->peer, "' version='1.0'>") < 0)
		return -1;
	s->header_len = s->unsent_len;
	return 0;
}

static int send_end(struct stream *s)
{
	static const char end[] = "</stream:stream>";
	if (s->sent_end || !s->sent_header)
		return 0;
	s->sent_end = 1;
	return queue(s, end, sizeof(end) - 1);
}

static void flush_stream(struct stream *s)
{
	const size_t len = sendable(s);
	const ssize_t sent = len > 0 ? send(s->fd, s->unsent, len, MSG_NOSIGNAL) : 0;
	if (sent < 0 && errno != EAGAIN && errno != EINTR)
		s->is_over = 1;
	if (sent <= 0)
		return;
	s->unsent_len -= (size_t)sent;
	s->header_len -= s->header_len < (size_t)sent ? s->header_len : (size_t)sent;
	memmove(s->unsent, s->unsent + sent, s->unsent_len);
}

/* ---- reading ---- */

static void end_reading(struct stream *s)
{
	s->is_over = 1;
	xmlStopParser(s->parser);
}

/* An attribute without a prefix; empty if it is not there. */
static void get_attribute(const xmlChar **attributes, int count, const char *name,
	char value[NAME_SIZE])
{
	value[0] = '\0';
	for (int i = 0; i < count; i++, attributes += 5) {
		const size_t len = (size_t)(attributes[4] - attributes[3]);
		if (attributes[1] != NULL || strcmp((const char *)attributes[0], name) != 0 ||
			len >= NAME_SIZE)
			continue;
		memcpy(value, attributes[3], len);
		value[len] = '\0';
	}
}

static void on_header(struct stream *s, const xmlChar **attributes, int count)
{
	static const char features[] = "<stream:features/>";
	char version[NAME_SIZE];
	if (s->peer[0] == '\0')
		get_attribute(attributes, count, "from", s->peer);
	/* anybody can say any name, and would then get what is meant for its owner */
	if (s->address[0] != '\0' && !s->streams->known(s->streams->user, s->peer, s->address)) {
		end_reading(s);
		return;
	}
	get_attribute(attributes, count, "version", version);
	const int was_sent = s->sent_header;
	s->is_open = 1;
	if (send_header(s) < 0 ||
		(!was_sent && version[0] != '\0' && queue(s, features, sizeof(features) - 1) < 0))
		end_reading(s);
}

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
	int namespace_count, const xmlChar **namespaces, int count, int defaulted,
	const xmlChar **attributes)
{
	struct stream *const s = user;
	(void)prefix;
	(void)uri;
	(void)namespace_count;
	(void)namespaces;
	(void)defaulted;
	s->depth++;
	if (s->depth == 1) {
		on_header(s, attributes, count);
	} else if (s->depth == 2) {
		s->in_message = strcmp((const char *)name, "message") == 0;
		s->body_len = 0;
	} else if (s->depth == 3 && s->in_message) {
		s->in_body = strcmp((const char *)name, "body") == 0;
	}
}

static void on_text(void *user, const xmlChar *text, int len)
{
	struct stream *const s = user;
	if (!s->in_body || s->depth != 3)
		return;
	if ((size_t)len > BODY_MAX - s->body_len) {
		end_reading(s);
		return;
	}
	memcpy(s->body + s->body_len, text, (size_t)len);
	s->body_len += (size_t)len;
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct stream *const s = user;
	(void)name;
	(void)prefix;
	(void)uri;
	if (s->depth == 3)
		s->in_body = 0;
	if (s->depth == 2 && s->in_message && s->body_len > 0 && !s->is_over) {
		s->body[s->body_len] = '\0';
		/* who speaks is the stream's peer, whatever a stanza says */
		s->streams->fn(s->streams->user, s->peer, s->body);
	}
	if (s->depth == 2)
		s->stanza_len = 0;
	s->depth--;
	if (s->depth == 0 && send_end(s) == 0) { /* who was asked to close, closes */
		flush_stream(s);
		s->is_over = 1;
	}
}

/* No document type: XMPP forbids it, and entities are an attack (RFC 6120 section 11.1). */
static void on_doctype(void *user, const xmlChar *name, const xmlChar *external,
	const xmlChar *system)
{
	(void)name;
	(void)external;
	(void)system;
	end_reading(user);
}

/* What libxml2 hands to a handler of errors is const since 2.12. */
#if LIBXML_VERSION >= 21200
typedef const xmlError handed_error;
#else
typedef xmlError handed_error;
#endif

static void on_trouble(void *user, handed_error *error)
{
	struct stream *const s = user;
	if (error->level == XML_ERR_FATAL)
		s->is_over = 1;
}

static void read_stream(struct stream *s)
{
	char bytes[4096];
	const ssize_t len = recv(s->fd, bytes, sizeof(bytes), 0);
	if (len < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (len <= 0) {
		s->is_over = 1;
		return;
	}
	s->stanza_len += (size_t)len;
	if (s->stanza_len > STANZA_MAX || xmlParseChunk(s->parser, bytes, (int)len, 0) != 0)
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
	if (s->parser != NULL)
		xmlFreeParserCtxt(s->parser);
	close(s->fd);
	free(s->unsent);
	free(s);
}

static void on_socket(AvahiWatch *watch, int fd, AvahiWatchEvent events, void *user)
{
	struct stream *const s = user;
	(void)watch;
	(void)fd;
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

/* Takes the socket, also when it fails. */
static struct stream *stream_new(struct chat_streams *streams, int fd, const char *peer)
{
	xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.cdataBlock = on_text,
		.internalSubset = on_doctype,
		.serror = on_trouble};
	struct stream *const s = streams->count < STREAMS_MAX ? calloc(1, sizeof(*s)) : NULL;
	if (s == NULL) {
		close(fd);
		return NULL;
	}
	s->streams = streams;
	s->fd = fd;
	snprintf(s->peer, sizeof(s->peer), "%s", peer);
	s->parser = xmlCreatePushParserCtxt(&sax, s, NULL, 0, NULL);
	if (s->parser != NULL)
		s->watch =
			streams->poll->watch_new(streams->poll, fd, AVAHI_WATCH_IN, on_socket, s);
	if (s->watch == NULL) {
		stream_free(s);
		return NULL;
	}
	xmlCtxtUseOptions(s->parser, XML_PARSE_NONET);
	s->next = streams->first;
	streams->first = s;
	streams->count++;
	return s;
}

static struct stream *stream_open(struct chat_streams *streams, const char *to, const char *address,
	uint16_t port)
{
	const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
		.ai_socktype = SOCK_STREAM};
	struct addrinfo *info = NULL;
	char service[8];
	snprintf(service, sizeof(service), "%u", (unsigned)port);
	if (address == NULL || getaddrinfo(address, service, &hints, &info) != 0)
		return NULL;
	const int fd = socket(info->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	const int failed = fd < 0 ||
		(connect(fd, info->ai_addr, info->ai_addrlen) < 0 && errno != EINPROGRESS);
	freeaddrinfo(info);
	if (failed && fd >= 0)
		close(fd);
	struct stream *const s = failed ? NULL : stream_new(streams, fd, to);
	if (s != NULL && send_header(s) < 0) {
		stream_free(s);
		return NULL;
	}
	return s;
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
	struct stream *const s = stream_new(streams, peer, "");
	if (s != NULL) /* a socket of IPv6 shows addresses of IPv4 with ::ffff: before them */
		snprintf(s->address, sizeof(s->address), "%s",
			address + (strncmp(address, "::ffff:", 7) == 0 ? 7 : 0));
}

/* ---- for chat.c ---- */

struct chat_streams *chat_streams_new(const AvahiPoll *poll, chat_message_fn *fn,
	chat_known_fn *known, void *user)
{
	struct chat_streams *const streams = calloc(1, sizeof(*streams));
	if (streams == NULL)
		return NULL;
	streams->poll = poll;
	streams->fn = fn;
	streams->known = known;
	streams->user = user;
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

int chat_send(struct chat_streams *streams, const char *to, const char *address, uint16_t port,
	const char *body)
{
	struct stream *s = streams->first;
	if (!xmlCheckUTF8((const xmlChar *)body))
		return -1;
	while (s != NULL && (strcmp(s->peer, to) != 0 || s->sent_end))
		s = s->next;
	if (s == NULL)
		s = stream_open(streams, to, address, port);
	if (s == NULL ||
		queue_escaped(s, "<message type='chat' from='", streams->me, "' to='") < 0 ||
		queue_escaped(s, "", to, "'><body>") < 0 ||
		queue_escaped(s, "", body, "</body></message>") < 0)
		return -1;
	want(s);
	return 0;
}

void chat_streams_close(struct chat_streams *streams)
{
	for (struct stream *s = streams->first; s != NULL; s = s->next)
		if (send_end(s) == 0)
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
