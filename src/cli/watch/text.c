/* SPDX-License-Identifier: MIT */
#include "text.h"

#include "cli/common/print.h"
#include "common/escape.h"

#include <sdreg/text.h>

#include <string.h>

/* A character, or the escape for a byte. */
struct unit {
	wchar_t text[5];
	size_t count;
	size_t columns;
	size_t used; /* bytes */
};

/* Characters without a width that no other one carries: terminals do not agree on what they do. */
static int is_joiner(unsigned long point)
{
	return (point >= 0x200b && point <= 0x200d) || (point >= 0x2060 && point <= 0x2064) ||
		(point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xe0000 && point <= 0xe0fff) ||
		(point >= 0x1f3fb && point <= 0x1f3ff);
}

static void put_escape(unsigned char byte, struct unit *unit)
{
	char escape[ESCAPE_SIZE];
	escape_write(escape, byte);
	for (size_t i = 0; i < ESCAPE_SIZE; i++)
		unit->text[i] = (unsigned char)escape[i];
	unit->count = ESCAPE_SIZE;
	unit->columns = 4;
	unit->used = 1;
}

/* carried is how many marks the character before has; it is over the limit where there is none. */
static void read_unit(const char *text, size_t len, int is_utf8, size_t carried, struct unit *unit)
{
	const unsigned char first = (unsigned char)text[0];
	unsigned long point = first;
	size_t used = print_length((const unsigned char *)text, len);
	int width = 1;
	if (used > 1) {
		sdreg_text_character(text, len, &point);
		width = is_utf8 ? wcwidth((wchar_t)point) : -1;
	}
	if (used == 0 || width < 0 || (width == 0 && carried > WATCH_COMBINING_MAX)) {
		put_escape(first, unit);
		return;
	}
	unit->text[0] = (wchar_t)point;
	unit->count = !is_joiner(point) && (width > 0 || carried < WATCH_COMBINING_MAX);
	unit->columns = unit->count > 0 ? (size_t)width : 0;
	unit->used = used;
}

void watch_text_cut(const char *text, size_t len, size_t columns, int is_utf8,
	struct watch_cells *cells)
{
	size_t carried = WATCH_COMBINING_MAX + 1;
	size_t count = 0; /* what is left when a sign has to be put behind it */
	size_t short_columns = 0;
	cells->count = 0;
	cells->columns = 0;
	for (size_t i = 0; i < len;) {
		struct unit unit;
		read_unit(text + i, len - i, is_utf8, carried, &unit);
		if (cells->columns + unit.columns > columns) {
			cells->count = count;
			cells->columns = short_columns;
			if (columns > 0) {
				cells->at[cells->count++] = is_utf8 ? L'\u2026' : L'~';
				cells->columns++;
			}
			break;
		}
		wmemcpy(cells->at + cells->count, unit.text, unit.count);
		cells->count += unit.count;
		cells->columns += unit.columns;
		if (cells->columns < columns) {
			count = cells->count;
			short_columns = cells->columns;
		}
		if (unit.columns > 0)
			carried = unit.count == 1 ? 0 : WATCH_COMBINING_MAX + 1;
		else
			carried += unit.count;
		i += unit.used;
	}
	cells->at[cells->count] = L'\0';
}
