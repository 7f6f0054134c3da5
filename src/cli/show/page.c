/* SPDX-License-Identifier: MIT */
#include "page.h"

#include "cli/common/cli.h"
#include "columns.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	ROOM_MIN = 16, /* columns behind an indent, even if that makes it a smaller one */
};

int page_open(struct page *page, int styled)
{
	memset(page, 0, sizeof(*page));
	page->out = stdout;
	page->styled = styled;
	page->width = isatty(STDOUT_FILENO) ? columns_of_terminal() : 0;
	page->line = open_memstream(&page->text, &page->len);
	if (page->line != NULL)
		return 0;
	fputs("sdreg: no memory to show services\n", stderr);
	return STATUS_TROUBLE;
}

void page_close(struct page *page)
{
	if (page->line != NULL)
		fclose(page->line);
	free(page->text);
}

static void put_style(const struct page *page, char style)
{
	static const char *const sequences[] = {
		[1] = "\033[0m",
		[2] = "\033[1m",
		[3] = "\033[2m",
		[4] = "\033[32m",
		[5] = "\033[33m",
		[6] = "\033[31m",
	};
	if (page->keeps_styles)
		putc(style, page->out);
	else if (page->styled)
		fputs(sequences[(unsigned char)style], page->out);
}

static int is_style(char c)
{
	return c > 0 && c <= PAGE_STYLE_LAST;
}

/* Columns of what stands up to the next blank, of which *len is the bytes. */
static size_t measure_word(const char *at, const char *end, size_t *len)
{
	size_t columns = 0;
	size_t used = 1;
	const char *p = at;
	for (; p < end && *p != ' '; p += used) {
		used = 1;
		if (!is_style(*p))
			columns += columns_of_character(p, (size_t)(end - p), &used);
	}
	*len = (size_t)(p - at);
	return columns;
}

static size_t count_blanks(const char *at, const char *end)
{
	size_t n = 0;
	while (at + n < end && at[n] == ' ')
		n++;
	return n;
}

static void break_line(const struct page *page, size_t indent, size_t *column)
{
	fprintf(page->out, "\n%*s", (int)indent, "");
	*column = indent;
}

/* A word, in pieces where it alone is wider than a line. */
static void put_word(const struct page *page, const char *at, size_t len, size_t indent,
	size_t *column)
{
	size_t used = 1;
	for (const char *const end = at + len; at < end; at += used) {
		used = 1;
		if (is_style(*at)) {
			put_style(page, *at);
			continue;
		}
		const size_t columns = columns_of_character(at, (size_t)(end - at), &used);
		if (page->width > 0 && *column + columns > page->width)
			break_line(page, indent, column);
		fwrite(at, 1, used, page->out);
		*column += columns;
	}
}

static void put_line(const struct page *page, size_t line_len, size_t indent)
{
	const char *at = page->text;
	const char *const end = at + line_len;
	size_t column = 0;
	while (at < end) {
		size_t len;
		size_t blanks = count_blanks(at, end);
		at += blanks;
		const size_t columns = measure_word(at, end, &len);
		if (column == 0 && page->width > 0 && columns <= page->width &&
			blanks + columns > page->width)
			blanks = page->width - columns;
		const size_t needed = column + blanks + columns;
		/* What is wider than a line begins here; what just fits into one stays whole. */
		if (page->width > 0 && needed > page->width && columns <= page->width) {
			break_line(page,
				indent + columns <= page->width ? indent : page->width - columns,
				&column);
		} else {
			fprintf(page->out, "%*s", (int)blanks, "");
			column += blanks;
		}
		put_word(page, at, len, indent, &column);
		at += len;
	}
	putc('\n', page->out);
}

void page_end_line(struct page *page, size_t indent)
{
	if (page->width > 0 && indent + ROOM_MIN > page->width)
		indent = page->width - ROOM_MIN;
	const long len = ftell(page->line);
	if (fflush(page->line) == 0 && len > 0)
		put_line(page, (size_t)len, indent);
	else
		putc('\n', page->out);
	rewind(page->line);
}
