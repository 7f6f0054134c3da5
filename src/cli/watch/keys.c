/* SPDX-License-Identifier: MIT */
#include "keys.h"

#include "common/utf8.h"

#include <string.h>

enum {
	CTRL_L = 'l' & 0x1f,
	CTRL_U = 'u' & 0x1f,
	ESCAPE = 0x1b,
};

/* ---- the filter that is being typed ---- */

static void filter(struct watch_keys *keys, const char *text)
{
	/* out of memory it stays as it is, and that is to be seen */
	(void)watch_model_filter(keys->view.model, text);
}

static void append(struct watch_keys *keys, unsigned long c)
{
	const size_t len = strlen(keys->typed);
	unsigned char *const p = (unsigned char *)keys->typed + len;
	size_t n = 1;
	if (len + 5 > sizeof(keys->typed))
		return;
	if (c < 0x80) {
		p[0] = (unsigned char)c;
	} else if (c < 0x800) {
		p[0] = (unsigned char)(0xc0 | c >> 6);
		n = 2;
	} else if (c < 0x10000) {
		p[0] = (unsigned char)(0xe0 | c >> 12);
		n = 3;
	} else {
		p[0] = (unsigned char)(0xf0 | c >> 18);
		n = 4;
	}
	for (size_t i = 1; i < n; i++)
		p[i] = (unsigned char)(0x80 | (c >> 6 * (n - 1 - i) & 0x3f));
	p[n] = '\0';
}

static void erase_last(char *text)
{
	size_t len = strlen(text);
	while (len > 0 && utf8_is_inside(text[len - 1]))
		len--;
	text[len > 0 ? len - 1 : 0] = '\0';
}

/* Whether the key was for the filter. */
static int take_typed(struct watch_keys *keys, unsigned long key)
{
	if (key == WATCH_KEY_ENTER || key == ESCAPE) {
		keys->view.typed = NULL;
		if (key == ESCAPE)
			filter(keys, "");
		return 1;
	}
	if (key == WATCH_KEY_BACKSPACE && keys->typed[0] == '\0') {
		keys->view.typed = NULL;
		return 1;
	}
	if (key == WATCH_KEY_BACKSPACE)
		erase_last(keys->typed);
	else if (key == CTRL_U)
		keys->typed[0] = '\0';
	else if (key >= 0x20 && key < WATCH_KEY_NONE)
		append(keys, key);
	else
		return 0;
	filter(keys, keys->typed);
	return 1;
}

static void start_typing(struct watch_keys *keys)
{
	keys->typed[0] = '\0';
	filter(keys, "");
	keys->view.typed = keys->typed;
	if (keys->view.pane != WATCH_PANE_LIST)
		keys->view.pane = WATCH_PANE_BOTH;
}

/* ---- moves ---- */

static void scroll_details(struct watch_view *view, long lines)
{
	const size_t up = lines < 0 ? (size_t)-lines : 0;
	if (up > view->details_top)
		view->details_top = 0;
	else
		view->details_top += (size_t)lines;
}

/* Rows that a key moves by; 0 for no move. */
static long step(unsigned long key, size_t height)
{
	const long page = height > 1 ? (long)height - 1 : 1;
	switch (key) {
	case WATCH_KEY_UP:
	case 'k':
		return -1;
	case WATCH_KEY_DOWN:
	case 'j':
		return 1;
	case WATCH_KEY_PAGE_UP:
	case 'b' & 0x1f:
		return -page;
	case WATCH_KEY_PAGE_DOWN:
	case 'f' & 0x1f:
		return page;
	}
	return 0;
}

/* In the panes that have no list a move scrolls. Whether the key was for them. */
static int take_reading(struct watch_view *view, unsigned long key, const struct watch_size *size)
{
	const long lines = step(key, size->details_height);
	if (lines != 0) {
		scroll_details(view, lines);
		return 1;
	}
	switch (key) {
	case ESCAPE:
	case WATCH_KEY_ENTER:
	case WATCH_KEY_LEFT:
	case WATCH_KEY_BACKSPACE:
	case 'h':
	case '?':
		view->pane = WATCH_PANE_BOTH;
		view->details_top = 0;
		return 1;
	}
	return 0;
}

static int take_move(struct watch_keys *keys, unsigned long key)
{
	struct watch_model *const model = keys->view.model;
	const struct watch_service *const before = model->selected.service;
	const struct watch_type *const type = model->selected.type;
	const long rows = step(key, keys->size.list_height);
	if (rows != 0)
		watch_model_move(model, rows);
	else if (key == WATCH_KEY_HOME || key == 'g')
		watch_model_home(model);
	else if (key == WATCH_KEY_END || key == 'G')
		watch_model_end(model);
	else
		return 0;
	if (model->selected.service != before || model->selected.type != type)
		keys->view.details_top = 0;
	return 1;
}

/* ---- the rest ---- */

static void fold_or_go_up(struct watch_model *model)
{
	if (model->selected.service == NULL)
		watch_model_fold(model, 1);
	else
		watch_model_go_up(model);
}

static void take_command(struct watch_keys *keys, unsigned long key)
{
	struct watch_view *const view = &keys->view;
	struct watch_model *const model = view->model;
	switch (key) {
	case ' ':
		watch_model_fold(model, -1);
		break;
	case WATCH_KEY_LEFT:
	case 'h':
		fold_or_go_up(model);
		break;
	case WATCH_KEY_RIGHT:
	case 'l':
		watch_model_fold(model, 0);
		break;
	case '-':
	case '+':
	case '=':
		watch_model_fold_all(model, key == '-');
		break;
	case WATCH_KEY_ENTER:
		view->pane = WATCH_PANE_DETAILS;
		view->details_top = 0;
		break;
	case 'd':
		view->pane = view->pane == WATCH_PANE_LIST ? WATCH_PANE_BOTH : WATCH_PANE_LIST;
		break;
	case 's':
		watch_model_sort(model, (model->order + 1) % WATCH_ORDERS);
		break;
	case ESCAPE:
		filter(keys, "");
		break;
	}
}

int watch_keys_take(struct watch_keys *keys, unsigned long key)
{
	struct watch_view *const view = &keys->view;
	if (view->typed != NULL && take_typed(keys, key))
		return 1;
	if (key == 'q')
		return 0;
	if (key == CTRL_L)
		keys->redraws = 1;
	else if (key == '[' || key == ']')
		scroll_details(view, key == '[' ? -1 : 1);
	else if (key == '/')
		start_typing(keys);
	else if ((view->pane == WATCH_PANE_HELP || view->pane == WATCH_PANE_DETAILS) &&
		take_reading(view, key, &keys->size))
		;
	else if (key == '?') {
		view->pane = WATCH_PANE_HELP;
		view->details_top = 0;
	} else if (!take_move(keys, key))
		take_command(keys, key);
	return 1;
}
