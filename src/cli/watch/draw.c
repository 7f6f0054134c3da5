/* SPDX-License-Identifier: MIT */

/* What a watch draws. Only what is to be seen is looked at, however much there is. */

#include "cli/show/page.h"
#include "curses.h"
#include "help.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

enum {
	HOST_WIDTH = 50 /* columns of a list that has room for hosts */
};

/* ---- text ---- */

static void set_style(const struct watch_screen *screen, attr_t attributes, short pair)
{
	attr_set(attributes, screen->has_colours ? pair : 0, NULL);
}

/* Puts as much of a text as fits into some columns. Gives the columns that it took. */
static int put(struct watch_screen *screen, int y, int x, int columns, const char *text, size_t len)
{
	struct watch_cells cells = {.at = screen->line};
	if (columns <= 0)
		return 0;
	watch_text_cut(text, len, (size_t)columns, screen->is_utf8, &cells);
	mvaddnwstr(y, x, cells.at, (int)cells.count);
	return (int)cells.columns;
}

static int put_text(struct watch_screen *screen, int y, int x, int columns, const char *text)
{
	return put(screen, y, x, columns, text, strlen(text));
}

static void put_bar(struct watch_screen *screen, int y, attr_t attributes)
{
	set_style(screen, attributes, 0);
	mvhline(y, 0, ' ' | (chtype)attributes, screen->columns);
}

/* ---- the list ---- */

static void style_row(const struct watch_screen *screen, const struct watch_row *row, int selected)
{
	const struct watch_service *const s = row->service;
	attr_t attributes = selected ? A_REVERSE : 0;
	short pair = 0;
	if (s == NULL) {
		attributes |= A_BOLD;
	} else if (s->state == WATCH_GONE) {
		attributes |= A_DIM;
	} else if (s->news != WATCH_OLD) {
		attributes |= A_BOLD;
		pair = PAIR_GOOD;
	} else if (s->state == WATCH_SILENT) {
		pair = PAIR_DOUBT;
	}
	set_style(screen, attributes, pair);
}

static void put_type(struct watch_screen *screen, const struct watch_type *type, int y)
{
	const struct area *const area = &screen->list;
	const char *sign = type->is_folded ? ">" : "v";
	char count[48];
	if (screen->is_utf8)
		sign = type->is_folded ? "\342\226\270" : "\342\226\276";
	if (type->shown < type->count)
		snprintf(count, sizeof(count), " %zu of %zu", type->shown, type->count);
	else
		snprintf(count, sizeof(count), " %zu", type->there);
	const int room = area->width - (int)strlen(count) - 2;
	put_text(screen, y, area->x, 1, sign);
	if (type->is_folded && type->has_news)
		put_text(screen, y, area->x + 1, 1, "+");
	int x = put_text(screen, y, area->x + 2, room, type->text);
	if (type->title[0] != '\0' && room - x > 4)
		x += 2 + put_text(screen, y, area->x + 2 + x + 2, room - x - 2, type->title);
	put_text(screen, y, area->x + area->width - (int)strlen(count), (int)strlen(count), count);
}

static const char *mark(const struct watch_service *service)
{
	if (service->state == WATCH_GONE)
		return "-";
	if (service->news != WATCH_OLD)
		return service->news == WATCH_NEW ? "+" : "~";
	if (service->state == WATCH_SILENT)
		return "?";
	return service->state == WATCH_WAITING ? "." : " ";
}

static void put_service(struct watch_screen *screen, const struct watch_service *service, int y)
{
	const struct area *const area = &screen->list;
	const int has_host = area->width >= HOST_WIDTH && service->host[0] != '\0';
	const int room = has_host ? area->width * 2 / 3 - 4 : area->width - 4;
	put_text(screen, y, area->x + 2, 1, mark(service));
	put_text(screen, y, area->x + 4, room, service->name);
	if (has_host)
		put_text(screen, y, area->x + room + 6, area->width - room - 6, service->host);
}

static void draw_list(struct watch_screen *screen, const struct watch_model *model)
{
	const struct area *const area = &screen->list;
	for (int i = 0; i < area->height; i++) {
		const size_t n = model->top + (size_t)i;
		if (n >= model->row_count)
			break;
		style_row(screen, &model->rows[n], n == model->cursor);
		if (n == model->cursor)
			mvhline(area->y + i, area->x, ' ' | A_REVERSE, area->width);
		if (model->rows[n].service == NULL)
			put_type(screen, model->rows[n].type, area->y + i);
		else
			put_service(screen, model->rows[n].service, area->y + i);
	}
}

static void draw_emptiness(struct watch_screen *screen, const struct watch_view *view)
{
	const struct area *const area = &screen->list;
	const char *text = "Looking for services.";
	if (view->model->type_count > 0 && view->model->filter[0] != '\0')
		text = "Nothing fits the filter. Esc ends it.";
	else if (view->was_heard)
		text = "There is nothing now.";
	set_style(screen, 0, 0);
	if (area->height > 0)
		put_text(screen, area->y + area->height / 3, area->x + 2, area->width - 2, text);
}

/* ---- the details ---- */

static void set_page_style(const struct watch_screen *screen, char style)
{
	static const struct {
		attr_t attributes;
		short pair;
	} styles[] = {
		[1] = {0, 0},
		[2] = {A_BOLD, 0},
		[3] = {A_DIM, 0},
		[4] = {0, PAIR_GOOD},
		[5] = {0, PAIR_DOUBT},
		[6] = {0, PAIR_BAD},
	};
	set_style(screen, styles[(unsigned char)style].attributes,
		styles[(unsigned char)style].pair);
}

/* Styles go on from line to line, also of those above the first that is shown. */
static void put_styled(struct watch_screen *screen, const char *line, size_t len, int y)
{
	const struct area *const area = &screen->details;
	int x = 0;
	for (size_t i = 0; i < len;) {
		size_t n = 0;
		while (i + n < len && (unsigned char)line[i + n] > PAGE_STYLE_LAST)
			n++;
		if (y >= 0)
			x += put(screen, y, area->x + x, area->width - x, line + i, n);
		i += n;
		if (i < len && line[i] > 0 && line[i] <= PAGE_STYLE_LAST)
			set_page_style(screen, line[i]);
		i += i < len;
	}
}

static size_t count_lines(const char *text)
{
	size_t n = 0;
	for (; *text != '\0'; text++)
		n += *text == '\n';
	return n;
}

static void draw_details(struct watch_screen *screen, struct watch_view *view)
{
	const struct area *const area = &screen->details;
	const char *line = view->pane == WATCH_PANE_HELP ? watch_help : view->details;
	const size_t lines = count_lines(line);
	const size_t height = (size_t)area->height;
	if (height == 0)
		return;
	if (view->details_top + height > lines)
		view->details_top = lines > height ? lines - height : 0;
	set_style(screen, 0, 0);
	for (size_t n = 0; *line != '\0' && n < view->details_top + height; n++) {
		const size_t len = strcspn(line, "\n");
		put_styled(screen, line, len,
			n < view->details_top ? -1 : area->y + (int)(n - view->details_top));
		line += len + (line[len] == '\n');
	}
	set_style(screen, A_DIM, 0);
	if (*line != '\0' && area->width > 6)
		put_text(screen, area->y + area->height - 1, area->x + area->width - 6, 6,
			" more ");
}

/* ---- the first line and the last ---- */

static void draw_head(struct watch_screen *screen, const struct watch_view *view)
{
	static const char *const orders[] = {
		[WATCH_BY_TYPE] = "by type",
		[WATCH_BY_TITLE] = "by title",
		[WATCH_BY_HOST] = "by host",
		[WATCH_BY_AGE] = "newest first",
	};
	const struct watch_model *const model = view->model;
	char text[160];
	int n = snprintf(text, sizeof(text), " sdreg: %zu service%s", model->there,
		model->there == 1 ? "" : "s");
	if (model->waiting > 0)
		n += snprintf(text + n, sizeof(text) - (size_t)n, ", %zu waited for",
			model->waiting);
	if (model->silent > 0)
		snprintf(text + n, sizeof(text) - (size_t)n, ", %zu silent", model->silent);
	put_bar(screen, 0, A_REVERSE);
	int x = put_text(screen, 0, 0, screen->columns, text);
	const char *const order = orders[model->order];
	int end = screen->columns - (int)strlen(order) - 1;
	if (end > x + 1)
		put_text(screen, 0, end, (int)strlen(order), order);
	if (model->filter[0] != '\0' && end > x + 6) {
		x += put_text(screen, 0, x + 2, end - x - 3, "/") + 2;
		put_text(screen, 0, x, end - x - 1, model->filter);
	}
}

/* Gives where the cursor is to be, or -1. */
static int draw_foot(struct watch_screen *screen, const struct watch_view *view)
{
	const int y = screen->rows - 1;
	const char *keys = " q quit  ? help  / filter  s sort  Space fold  Enter details";
	if (view->typed != NULL) {
		set_style(screen, A_BOLD, 0);
		put_text(screen, y, 0, 1, "/");
		return 1 + put_text(screen, y, 1, screen->columns - 2, view->typed);
	}
	if (view->message != NULL) {
		put_bar(screen, y, A_BOLD | A_REVERSE);
		put_text(screen, y, 1, screen->columns - 1, view->message);
		return -1;
	}
	if (view->pane == WATCH_PANE_HELP || view->pane == WATCH_PANE_DETAILS)
		keys = " q quit  Esc back  Up and Down scroll";
	set_style(screen, A_DIM, 0);
	put_text(screen, y, 0, screen->columns, keys);
	return -1;
}

/* Between the list and the details. Not by the terminal's own line drawing, which is a mode that
 * not all get right. */
static void draw_border(const struct watch_screen *screen, enum watch_pane pane)
{
	const struct area *const area = &screen->details;
	const int is_beside = area->x > 0;
	const wchar_t line = is_beside ? L'\u2502' : L'\u2500';
	const wchar_t text[2] = {screen->is_utf8 ? line : is_beside ? L'|' : L'-', L'\0'};
	cchar_t cell;
	if (pane != WATCH_PANE_BOTH || area->height == 0)
		return;
	setcchar(&cell, text, A_DIM, 0, NULL);
	if (is_beside)
		mvvline_set(area->y, area->x - 2, &cell, area->height);
	else
		mvhline_set(area->y - 1, 0, &cell, screen->columns);
}

void watch_screen_draw(struct watch_screen *screen, struct watch_view *view)
{
	watch_screen_divide(screen, view->pane);
	set_style(screen, 0, 0);
	erase();
	if (screen->list.height > 0)
		draw_list(screen, view->model);
	if (view->model->row_count == 0)
		draw_emptiness(screen, view);
	draw_border(screen, view->pane);
	draw_details(screen, view);
	draw_head(screen, view);
	const int cursor = screen->rows > 1 ? draw_foot(screen, view) : -1;
	curs_set(cursor >= 0);
	if (cursor >= 0)
		move(screen->rows - 1, cursor);
	refresh();
}
