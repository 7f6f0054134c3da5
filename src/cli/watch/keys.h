/* SPDX-License-Identifier: MIT */
#ifndef CLI_WATCH_KEYS_H
#define CLI_WATCH_KEYS_H

#include "screen.h"

/* What a key does to the view. */

enum {
	WATCH_TYPED_MAX = 256 /* bytes of a filter that is typed */
};

struct watch_keys {
	struct watch_view view;
	struct watch_size size; /* of the screen, for a step of a page */
	char typed[WATCH_TYPED_MAX];
	int redraws; /* the screen has to be drawn from nothing */
};

/* Takes a key or a character. 0 when it ends the watch. */
int watch_keys_take(struct watch_keys *keys, unsigned long key);

#endif
