/* SPDX-License-Identifier: MIT */
#include "columns.h"

#include "cli/common/print.h"

#include <sdreg/text.h>

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

enum {
	WIDTH_MIN = 40,
	WIDTH_USUAL = 80,
	WIDTH_MAX = 1000,
};

static size_t sane_width(unsigned long columns)
{
	if (columns < WIDTH_MIN)
		return WIDTH_MIN;
	return columns < WIDTH_MAX ? columns : WIDTH_MAX;
}

size_t columns_of_terminal(void)
{
	const char *const columns = getenv("COLUMNS");
	struct winsize size;
	if (columns != NULL && strspn(columns, "0123456789") > 0)
		return sane_width(strtoul(columns, NULL, 10));
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return sane_width(size.ws_col);
	return WIDTH_USUAL;
}

/* What the C library knows of a character, in a locale that has all: made for each, for there is no
 * other one, and few texts have any. One column where there is no such locale. */
static size_t columns_of_point(unsigned long point)
{
	const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	if (utf8 == (locale_t)0)
		return 1;
	const locale_t before = uselocale(utf8);
	const int width = wcwidth((wchar_t)point);
	uselocale(before);
	freelocale(utf8);
	return width >= 0 ? (size_t)width : 1;
}

size_t columns_of_character(const char *text, size_t len, size_t *used)
{
	unsigned long point;
	*used = 1;
	if (text[0] >= 0x20 && text[0] < 0x7f)
		return 1;
	const size_t n = print_length((const unsigned char *)text, len);
	if (n == 0)
		return 4;
	*used = n;
	sdreg_text_character(text, len, &point);
	return columns_of_point(point);
}

size_t columns_of(const char *text, size_t len)
{
	size_t columns = 0;
	size_t used;
	for (size_t i = 0; i < len; i += used)
		columns += columns_of_character(text + i, len - i, &used);
	return columns;
}
