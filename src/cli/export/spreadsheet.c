/* SPDX-License-Identifier: MIT */
#include "spreadsheet.h"

#include <string.h>

/* A quote that is doubled closes the cell and opens it again: which is as good. */
static int is_formula(struct spreadsheet *s, char byte)
{
	const int first = s->state == SPREADSHEET_CELL || s->state == SPREADSHEET_QUOTED_CELL;
	const int quoted = s->state == SPREADSHEET_QUOTED_CELL ||
		s->state == SPREADSHEET_QUOTED_TEXT;
	const int bare_end = byte == '\r' && !quoted; /* of a row whose last cell is empty */
	if (byte == '"' && quoted)
		s->state = SPREADSHEET_TEXT;
	else if (byte == '"')
		s->state = first ? SPREADSHEET_QUOTED_CELL : SPREADSHEET_QUOTED_TEXT;
	else if (!quoted && (byte == ',' || byte == '\n'))
		s->state = SPREADSHEET_CELL;
	else
		s->state = quoted ? SPREADSHEET_QUOTED_TEXT : SPREADSHEET_TEXT;
	return first && byte != '\0' && strchr("=+-@\t\r", byte) != NULL && !bare_end;
}

int spreadsheet_write(void *user, const char *bytes, size_t len)
{
	struct spreadsheet *const s = user;
	size_t from = 0;
	for (size_t i = 0; i < len; i++) {
		if (!is_formula(s, bytes[i]))
			continue;
		if (i > from && s->to->write(s->to->user, bytes + from, i - from) != 0)
			return -1;
		if (s->to->write(s->to->user, "'", 1) != 0)
			return -1;
		from = i;
	}
	return len > from ? s->to->write(s->to->user, bytes + from, len - from) : 0;
}
