/* SPDX-License-Identifier: MIT */
#ifndef CHAT_STREAM_H
#define CHAT_STREAM_H

#include <avahi-common/timeval.h>
#include <avahi-common/watch.h>

#include <stdint.h>

/* The XML streams of chat.c (XEP-0174 sections 6 to 8): one to each peer, opened by either side. */

struct chat_streams;

/* A message came. All texts are UTF-8, as the peer wrote them. */
typedef void chat_message_fn(void *user, const char *from, const char *body);

/* Whether a buddy of this name is at this address, which a stream comes from. */
typedef int chat_known_fn(void *user, const char *name, const char *address);

struct chat_streams *chat_streams_new(const AvahiPoll *poll, chat_message_fn *fn,
	chat_known_fn *known, void *user);
void chat_streams_free(struct chat_streams *streams);
/* The instance name that stands in `from`. */
void chat_streams_set_me(struct chat_streams *streams, const char *me);
/* Takes streams that peers open on a listening socket. -1 for want of memory. */
int chat_listen(struct chat_streams *streams, int listening);
/* Sends a message, over the stream that there is or a new one. -1 if there can be none. */
int chat_send(struct chat_streams *streams, const char *to, const char *address, uint16_t port,
	const char *body);
/* Closes all streams as the protocol has it; peers answer within moments. */
void chat_streams_close(struct chat_streams *streams);

#endif
