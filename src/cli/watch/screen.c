/* SPDX-License-Identifier: MIT */
#include "screen.h"

#include "curses.h"
#include "text.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	WIDE = 100 /* columns from which on the details stand beside the list */
};

/* ---- the terminal ---- */

/* Whether the locale has all characters. One of the user's that has not gives way to one that has;
 * ncurses reads no other part of it. */
static int set_locale(void)
{
	setlocale(LC_CTYPE, "");
	if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
		return 1;
	if (setlocale(LC_CTYPE, "C.UTF-8") != NULL)
		return 1;
	setlocale(LC_CTYPE, "C");
	return 0;
}

static void set_colours(struct watch_screen *screen)
{
	const char *const no_color = getenv("NO_COLOR");
	if ((no_color != NULL && no_color[0] != '\0') || !has_colors() || start_color() == ERR)
		return;
	const short background = use_default_colors() == OK ? -1 : COLOR_BLACK;
	screen->has_colours = init_pair(PAIR_GOOD, COLOR_GREEN, background) == OK &&
		init_pair(PAIR_DOUBT, COLOR_YELLOW, background) == OK &&
		init_pair(PAIR_BAD, COLOR_RED, background) == OK;
}

static int measure(struct watch_screen *screen)
{
	int rows;
	int columns;
	getmaxyx(stdscr, rows, columns);
	wchar_t *const line = realloc(screen->line,
		((1 + WATCH_COMBINING_MAX) * (size_t)columns + 2) * sizeof(wchar_t));
	if (line == NULL)
		return -1;
	screen->line = line;
	screen->rows = rows;
	screen->columns = columns;
	return 0;
}

static void say_terminal(const char *trouble)
{
	const char *const term = getenv("TERM");
	fprintf(stderr, "sdreg: --watch: this terminal (TERM=%s) %s\n",
		term != NULL &&
				strspn(term,
					"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
					"0123456789.+-") == strlen(term)
			? term
			: "",
		trouble);
}

struct watch_screen *watch_screen_open(void)
{
	struct watch_screen *const screen = calloc(1, sizeof(*screen));
	if (screen == NULL) {
		fputs("sdreg: out of memory for a screen\n", stderr);
		return NULL;
	}
	screen->is_utf8 = set_locale();
	screen->terminal = newterm(NULL, stdout, stdin);
	if (screen->terminal == NULL) {
		say_terminal("is not known");
		free(screen);
		return NULL;
	}
	if (tigetstr("cup") == NULL || measure(screen) < 0) {
		watch_screen_close(screen);
		say_terminal("cannot show a screen");
		return NULL;
	}
	set_colours(screen);
	cbreak();
	noecho();
	nonl();
	intrflush(stdscr, FALSE);
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	if (getenv("ESCDELAY") == NULL)
		set_escdelay(100);
	curs_set(0);
	return screen;
}

void watch_screen_leave(void)
{
	endwin();
}

void watch_screen_close(struct watch_screen *screen)
{
	if (screen == NULL)
		return;
	watch_screen_leave();
	delscreen(screen->terminal);
	free(screen->line);
	free(screen);
}

void watch_screen_resize(struct watch_screen *screen)
{
	struct winsize size;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
		return;
	resizeterm(size.ws_row, size.ws_col);
	measure(screen);
	watch_screen_touch(screen);
}

void watch_screen_touch(struct watch_screen *screen)
{
	(void)screen;
	clearok(curscr, TRUE);
}

unsigned long watch_screen_key(struct watch_screen *screen)
{
	static const struct {
		wint_t key;
		enum watch_key is;
	} keys[] = {
		{KEY_UP, WATCH_KEY_UP},
		{KEY_DOWN, WATCH_KEY_DOWN},
		{KEY_LEFT, WATCH_KEY_LEFT},
		{KEY_RIGHT, WATCH_KEY_RIGHT},
		{KEY_PPAGE, WATCH_KEY_PAGE_UP},
		{KEY_NPAGE, WATCH_KEY_PAGE_DOWN},
		{KEY_HOME, WATCH_KEY_HOME},
		{KEY_END, WATCH_KEY_END},
		{KEY_ENTER, WATCH_KEY_ENTER},
		{KEY_BACKSPACE, WATCH_KEY_BACKSPACE},
	};
	wint_t c;
	(void)screen;
	switch (get_wch(&c)) {
	case OK:
		if (c == '\r' || c == '\n')
			return WATCH_KEY_ENTER;
		return c == 0x7f || c == '\b' ? WATCH_KEY_BACKSPACE : c;
	case KEY_CODE_YES:
		for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
			if (keys[i].key == c)
				return keys[i].is;
		return WATCH_KEY_OTHER;
	default:
		return WATCH_KEY_NONE;
	}
}

/* ---- where things are ---- */

void watch_screen_divide(struct watch_screen *screen, enum watch_pane pane)
{
	const int height = screen->rows > 2 ? screen->rows - 2 : 0;
	const struct area all = {1, 0, height, screen->columns};
	const struct area none = {1, 0, 0, 0};
	screen->list = all;
	screen->details = none;
	if (pane == WATCH_PANE_LIST)
		return;
	if (pane != WATCH_PANE_BOTH) {
		screen->list = none;
		screen->details = all;
	} else if (screen->columns >= WIDE) {
		const int left = screen->columns / 2;
		screen->list.width = left - 1;
		screen->details = (struct area){1, left + 1, height, screen->columns - left - 1};
	} else if (height >= 6) {
		const int below = height >= 16 ? height * 2 / 5 : height / 3;
		screen->list.height = height - below - 1;
		screen->details = (struct area){height - below + 1, 0, below, screen->columns};
	}
}

static size_t positive(int n)
{
	return n > 0 ? (size_t)n : 0;
}

void watch_screen_measure(const struct watch_screen *screen, enum watch_pane pane,
	struct watch_size *size)
{
	struct watch_screen trial = *screen;
	watch_screen_divide(&trial, pane);
	size->list_height = positive(trial.list.height);
	size->details_width = positive(trial.details.width);
	size->details_height = positive(trial.details.height);
}
