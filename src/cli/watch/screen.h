/* SPDX-License-Identifier: MIT */
#ifndef CLI_WATCH_SCREEN_H
#define CLI_WATCH_SCREEN_H

#include "model.h"

/* A watch on a terminal, by ncurses. */

struct watch_screen;

enum watch_pane {
	WATCH_PANE_BOTH, /* the list, and the details of what is selected */
	WATCH_PANE_LIST,
	WATCH_PANE_DETAILS,
	WATCH_PANE_HELP,
};

/* Keys that are no characters. */
enum watch_key {
	WATCH_KEY_NONE = 0x110000, /* past the last character */
	WATCH_KEY_UP,
	WATCH_KEY_DOWN,
	WATCH_KEY_LEFT,
	WATCH_KEY_RIGHT,
	WATCH_KEY_PAGE_UP,
	WATCH_KEY_PAGE_DOWN,
	WATCH_KEY_HOME,
	WATCH_KEY_END,
	WATCH_KEY_ENTER,
	WATCH_KEY_BACKSPACE,
	WATCH_KEY_OTHER,
};

struct watch_size {
	size_t list_height; /* rows */
	size_t details_width; /* columns */
	size_t details_height; /* rows */
};

/* What is to be seen. */
struct watch_view {
	struct watch_model *model;
	enum watch_pane pane;
	const char *details; /* lines, with the bytes of page.h's styles in them */
	size_t details_top; /* the first line; set to the last that makes sense if it is greater */
	const char *message; /* or NULL */
	const char *typed; /* the filter that is being typed, or NULL */
	int was_heard; /* something came from the network */
};

/* Takes the terminal, and the locale of its characters. NULL after saying why not. */
struct watch_screen *watch_screen_open(void);
/* Gives the terminal back as it was. NULL is fine. */
void watch_screen_close(struct watch_screen *screen);
/* The same of one that is open, for a program that ends in the middle of something. */
void watch_screen_leave(void);
/* The terminal has another size now. */
void watch_screen_resize(struct watch_screen *screen);
/* The next key or character, or WATCH_KEY_NONE. */
unsigned long watch_screen_key(struct watch_screen *screen);
/* How much room there is when this pane is shown. */
void watch_screen_measure(const struct watch_screen *screen, enum watch_pane pane,
	struct watch_size *size);
void watch_screen_draw(struct watch_screen *screen, struct watch_view *view);
/* Draws all of it again the next time, whatever else has written to the terminal. */
void watch_screen_touch(struct watch_screen *screen);

#endif
