/* SPDX-License-Identifier: MIT */
#ifndef CLI_EXPORT_SPREADSHEET_H
#define CLI_EXPORT_SPREADSHEET_H

#include <sdreg.h>

/* CSV on its way to a spreadsheet, which would run a cell that begins with = + - @, a tab or CR as
 * a formula: such a cell gets an apostrophe before it. */
struct spreadsheet {
	const struct sdreg_sink *to;
	enum {
		SPREADSHEET_CELL, /* a cell begins */
		SPREADSHEET_QUOTED_CELL, /* the same, after its quote */
		SPREADSHEET_TEXT,
		SPREADSHEET_QUOTED_TEXT,
	} state;
};

/* A sink's write function, of a struct spreadsheet that begins with its sink and zeros. */
int spreadsheet_write(void *user, const char *bytes, size_t len);

#endif
