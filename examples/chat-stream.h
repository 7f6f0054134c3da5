/* SPDX-License-Identifier: MIT */
#ifndef CHAT_STREAM_H
#define CHAT_STREAM_H

#include <avahi-common/timeval.h>
#include <avahi-common/watch.h>

#include <stdint.h>

/* The XML streams of chat.c (XEP-0174 sections 6 to 8): one to each peer, opened by either side. */

struct chat_streams;

/* What streams tell. All texts are UTF-8, as the peer wrote them. */
struct chat_calls {
	/* A message came. */
	void (*message)(void *user, const char *from, const char *body);
	/* A message did not get to whom it was for, at any of the addresses. */
	void (*lost)(void *user, const char *to, const char *body);
	/* Which buddy opens a stream from this address, under this name, which may be empty? Gives
	 * the buddy's name, which is copied, or NULL for nobody who is known. */
	const char *(*who)(void *user, const char *name, const char *address);
	/* A stream was refused, since nobody knows who opened it. */
	void (*refused)(void *user, const char *name, const char *address);
};

struct chat_streams *chat_streams_new(const AvahiPoll *poll, const struct chat_calls *calls,
	void *user);
void chat_streams_free(struct chat_streams *streams);
/* The instance name that stands in `from`. */
void chat_streams_set_me(struct chat_streams *streams, const char *me);
/* Takes streams that peers open on a listening socket. -1 for want of memory. */
int chat_listen(struct chat_streams *streams, int listening);
/* Sends a message, over the stream that there is or a new one, to the first of the addresses that
 * takes it; the last is NULL. -1 if there can be no stream. */
int chat_send(struct chat_streams *streams, const char *to, const char *const *addresses,
	uint16_t port, const char *body);
/* Closes all streams as the protocol has it; peers answer within moments. */
void chat_streams_close(struct chat_streams *streams);

#endif
