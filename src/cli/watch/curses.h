/* SPDX-License-Identifier: MIT */
#ifndef CLI_WATCH_CURSES_H
#define CLI_WATCH_CURSES_H

#include "screen.h"

#include <curses.h>

/* What the two halves of the screen share: the terminal, and what is drawn on it. */

enum watch_pair {
	PAIR_GOOD = 1,
	PAIR_DOUBT,
	PAIR_BAD,
};

/* A part of the screen. */
struct area {
	int y;
	int x;
	int height;
	int width;
};

struct watch_screen {
	SCREEN *terminal;
	int is_utf8;
	int has_colours;
	int rows;
	int columns;
	wchar_t *line; /* room for one */
	struct area list;
	struct area details;
};

/* Divides the screen into areas; those that a pane does not show are empty. */
void watch_screen_divide(struct watch_screen *screen, enum watch_pane pane);

#endif
