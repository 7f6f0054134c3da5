/* SPDX-License-Identifier: MIT */
#include "snippet.h"

#include "cli/common/print.h"
#include "columns.h"
#include "common/utf8.h"

#include <string.h>

enum {
	DOTS = 3,
};

static size_t character_end(const char *text, size_t at)
{
	at += text[at] != '\0';
	while (utf8_is_inside(text[at]))
		at++;
	return at;
}

static size_t character_begin(const char *text, size_t at)
{
	while (at > 0 && utf8_is_inside(text[at]))
		at--;
	return at;
}

/* Columns that a character takes; a line break is shown as a blank. */
static size_t character_width(const char *text, size_t begin, size_t end)
{
	return text[begin] == '\n' ? 1 : columns_of(text + begin, end - begin);
}

void snippet_print_part(const char *text, size_t from, size_t to, int as_address)
{
	for (size_t i = from; i < to; i++) {
		if (text[i] != '\n' && (text[i] != '&' || !as_address))
			continue;
		print_bytes(stdout, text + from, i - from);
		putchar(text[i] == '\n' ? ' ' : '@'); /* as people write an address */
		from = i + 1;
	}
	print_bytes(stdout, text + from, to - from);
}

void snippet_print_strong(int bold, const char *text, struct snippet part, int as_address)
{
	fputs(bold ? "\033[1m" : "", stdout);
	snippet_print_part(text, part.from, part.to, as_address);
	fputs(bold ? "\033[0m" : "", stdout);
}

/* What is shown, and the columns that are left. */
struct window {
	struct snippet shown;
	size_t left;
};

/* Takes a character in; 0 when there is none or it does not fit. */
static int grow_before(struct window *w, const char *text)
{
	if (w->shown.from == 0)
		return 0;
	const size_t begin = character_begin(text, w->shown.from - 1);
	const size_t width = character_width(text, begin, w->shown.from);
	if (width > w->left)
		return 0;
	w->shown.from = begin;
	w->left -= width;
	return 1;
}

static int grow_behind(struct window *w, const char *text)
{
	if (text[w->shown.to] == '\0')
		return 0;
	const size_t end = character_end(text, w->shown.to);
	const size_t width = character_width(text, w->shown.to, end);
	if (width > w->left)
		return 0;
	w->shown.to = end;
	w->left -= width;
	return 1;
}

/* As much of a text around a part of it as fits: a third of the rest before it, or more where the
 * text ends soon behind it. */
static struct snippet around(const char *text, struct snippet part, size_t width)
{
	struct window w = {{part.from, part.from}, width};
	while (w.shown.to < part.to && grow_behind(&w, text))
		continue;
	for (size_t n = w.left / 3; n > 0 && grow_before(&w, text); n--)
		continue;
	while (grow_behind(&w, text) || (text[w.shown.to] == '\0' && grow_before(&w, text)))
		continue;
	return w.shown;
}

/* Dots that stand for no more than their own width are the text instead. */
static struct snippet without_dots(const char *text, struct snippet shown)
{
	struct window before = {shown, DOTS};
	struct window behind = {shown, DOTS};
	while (grow_before(&before, text) || grow_behind(&behind, text))
		continue;
	if (before.shown.from == 0)
		shown.from = 0;
	if (text[behind.shown.to] == '\0')
		shown.to = behind.shown.to;
	return shown;
}

struct snippet snippet_whole(const char *text, size_t from, size_t to)
{
	struct snippet part = {character_begin(text, from), to};
	while (utf8_is_inside(text[part.to]))
		part.to++;
	return part;
}

void snippet_print(int bold, const char *text, struct snippet part, size_t width, int as_address)
{
	const struct snippet shown = without_dots(text, around(text, part, width - 2 * DOTS));
	part.to = part.to < shown.to ? part.to : shown.to;
	fputs(shown.from > 0 ? "..." : "", stdout);
	snippet_print_part(text, shown.from, part.from, as_address);
	snippet_print_strong(bold, text, part, as_address);
	snippet_print_part(text, part.to, shown.to, as_address);
	fputs(text[shown.to] != '\0' ? "..." : "", stdout);
}
