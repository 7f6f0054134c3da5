/* SPDX-License-Identifier: MIT */

/* A result of a search for people: the match is shown where it stands. */

#include "search.h"

#include "entry.h"
#include "print.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
	WIDTH_MIN = 40,
	WIDTH_USUAL = 80,
	WIDTH_MAX = 1000,
	CHARACTER_MAX = 4, /* bytes */
	DOTS = 3,
};

static size_t sane_width(unsigned long columns)
{
	if (columns < WIDTH_MIN)
		return WIDTH_MIN;
	return columns < WIDTH_MAX ? columns : WIDTH_MAX;
}

size_t search_width(void)
{
	const char *const columns = getenv("COLUMNS");
	struct winsize size;
	if (columns != NULL && strspn(columns, "0123456789") > 0)
		return sane_width(strtoul(columns, NULL, 10));
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return sane_width(size.ws_col);
	return WIDTH_USUAL;
}

/* ---- characters ---- */

static int is_inside(const char *text, size_t at)
{
	return ((unsigned char)text[at] & 0xc0) == 0x80;
}

static size_t character_end(const char *text, size_t at)
{
	at += text[at] != '\0';
	while (is_inside(text, at))
		at++;
	return at;
}

static size_t character_begin(const char *text, size_t at)
{
	while (at > 0 && is_inside(text, at))
		at--;
	return at;
}

/* Columns that a character takes: one, or what stands for its bytes. */
static size_t character_width(const char *text, size_t begin, size_t end)
{
	const unsigned char *const p = (const unsigned char *)text + begin;
	return text[begin] == '\n' || print_length(p, end - begin) > 0 ? 1 : 4 * (end - begin);
}

/* Part of a text, by its bytes. */
struct span {
	size_t from;
	size_t to;
};

static void print_part(const char *text, size_t from, size_t to, int as_address)
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

static void print_strong(const struct cli *cli, const char *text, struct span part,
	int as_address)
{
	fputs(cli->bold ? "\033[1m" : "", stdout);
	print_part(text, part.from, part.to, as_address);
	fputs(cli->bold ? "\033[0m" : "", stdout);
}

/* ---- the line of an entry ---- */

static void print_assignment(const struct sdreg_entry *e)
{
	char port[16];
	const char *const transport = sdreg_transport_text(sdreg_entry_transport(e));
	entry_port_text(e, port);
	if (transport[0] == '\0' && port[0] == '\0')
		fputs("no port or transport", stdout);
	else if (transport[0] == '\0')
		printf("port %s", port);
	else
		printf("%s %s", transport, port[0] != '\0' ? port : "no port");
}

/* The next span at or after an offset of those that a column has. */
static int next_span(const struct sdreg_found *found, enum sdreg_column column, size_t after,
	struct span *span)
{
	int any = 0;
	for (size_t i = 0; i < found->matches_count; i++) {
		const struct sdreg_match *const m = &found->matches[i];
		const size_t from = m->offset > after ? m->offset : after;
		const size_t to = m->offset + m->len;
		if (m->column != column || to <= after || (any && from >= span->from))
			continue;
		*span = (struct span){from, to};
		any = 1;
	}
	return any;
}

static void print_column(const struct cli *cli, const struct sdreg_found *found,
	enum sdreg_column column, const char *text)
{
	struct span span;
	size_t at = 0;
	while (next_span(found, column, at, &span)) {
		span.from = character_begin(text, span.from);
		span.from = span.from > at ? span.from : at;
		while (is_inside(text, span.to))
			span.to++;
		print_part(text, at, span.from, 0);
		print_strong(cli, text, span, 0);
		at = span.to;
	}
	print_text(stdout, text + at);
}

static void print_title(const struct cli *cli, const struct search_row *rows, size_t first)
{
	const struct sdreg_found *const found = rows[first].found;
	const struct sdreg_entry *const e = found->entry;
	if (sdreg_entry_name(e)[0] != '\0')
		print_column(cli, found, SDREG_COLUMN_NAME, sdreg_entry_name(e));
	else
		fputs("(no name)", stdout);
	fputs("  ", stdout);
	for (size_t i = first;; i = rows[i].next) {
		print_assignment(rows[i].found->entry);
		if (rows[i].next == 0)
			break;
		fputs(", ", stdout);
	}
	if (sdreg_entry_description(e)[0] != '\0') {
		fputs("  ", stdout);
		print_column(cli, found, SDREG_COLUMN_DESCRIPTION, sdreg_entry_description(e));
	}
	fputs(rows[first].registry == cli->supplement ? "  (supplement)\n" : "\n", stdout);
}

/* ---- matches elsewhere ---- */

/* As much of a text around a part of it as fits. */
static struct span around(const char *text, struct span part, size_t width)
{
	struct span shown = {part.from, part.from};
	size_t used = 0;
	while (shown.to < part.to && used < width) { /* the part itself, if it fits */
		const size_t end = character_end(text, shown.to);
		used += character_width(text, shown.to, end);
		shown.to = end;
	}
	const size_t before = used < width ? (width - used) / 3 : 0;
	int grown = 1;
	for (size_t left = before; grown && used < width; left = width) {
		grown = 0;
		for (size_t n = 0; shown.from > 0 && n < left && used < width; n++, grown = 1) {
			const size_t begin = character_begin(text, shown.from - 1);
			used += character_width(text, begin, shown.from);
			shown.from = begin;
		}
		for (; text[shown.to] != '\0' && used < width; grown = 1) {
			const size_t end = character_end(text, shown.to);
			used += character_width(text, shown.to, end);
			shown.to = end;
		}
	}
	return shown;
}

static void print_elsewhere(const struct cli *cli, const struct sdreg_match *m)
{
	static const char *const labels[] = {
		[SDREG_COLUMN_TXT_KEY] = "TXT key",
		[SDREG_COLUMN_ASSIGNEE] = "assignee",
		[SDREG_COLUMN_CONTACT] = "contact",
		[SDREG_COLUMN_REFERENCE] = "reference",
		[SDREG_COLUMN_SERVICE_CODE] = "DCCP code",
		[SDREG_COLUMN_UNAUTHORIZED_USE] = "misuse",
		[SDREG_COLUMN_NOTES] = "note",
	};
	const char *const label = labels[m->column];
	const int as_address = m->person != NULL && m->text == sdreg_person_uris(m->person);
	struct span part = {character_begin(m->text, m->offset), m->offset + m->len};
	while (is_inside(m->text, part.to))
		part.to++;
	/* label, colon, blanks; dots at both ends; the last character may be wide by three */
	const size_t rest = search_width() - strlen(label) - 4 - 2 * DOTS - 3;
	const struct span shown = around(m->text, part, rest);
	part.to = part.to < shown.to ? part.to : shown.to;
	printf("  %s: %s", label, shown.from > 0 ? "..." : "");
	print_part(m->text, shown.from, part.from, as_address);
	print_strong(cli, m->text, part, as_address);
	print_part(m->text, part.to, shown.to, as_address);
	fputs(m->text[shown.to] != '\0' ? "...\n" : "\n", stdout);
}

static int is_elsewhere(const struct sdreg_match *m)
{
	return m->column > SDREG_COLUMN_DESCRIPTION;
}

void search_print(const struct cli *cli, const struct search_row *rows, size_t first)
{
	const struct sdreg_found *const found = rows[first].found;
	print_title(cli, rows, first);
	for (size_t i = 0; i < found->matches_count; i++) {
		int shown = 0;
		for (size_t j = 0; j < i; j++)
			shown |= found->matches[j].text == found->matches[i].text;
		if (!shown && is_elsewhere(&found->matches[i]))
			print_elsewhere(cli, &found->matches[i]);
	}
}
