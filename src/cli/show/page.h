/* SPDX-License-Identifier: MIT */
#ifndef CLI_SHOW_PAGE_H
#define CLI_SHOW_PAGE_H

#include "cli/common/sources.h"

#include <stdio.h>

/* Lines for people: on a terminal wrapped at its width, with colours; elsewhere as they are. */

/* Styles are written into a line as single bytes, which no printable text can have. */
#define PAGE_PLAIN "\001"
#define PAGE_STRONG "\002"
#define PAGE_FAINT "\003"
#define PAGE_GOOD "\004"
#define PAGE_DOUBT "\005"
#define PAGE_BAD "\006"
enum {
	PAGE_STYLE_LAST = 6, /* the last byte that is a style */
};

struct page {
	FILE *line; /* the line that is being written */
	size_t width; /* of the terminal; 0 if it is none */
	FILE *out; /* where it goes */
	int styled; /* by escape sequences */
	int keeps_styles; /* as the bytes that they are */
	char *text; /* of the line */
	size_t len;
};

/* 0, or STATUS_TROUBLE for want of memory. */
int page_open(struct page *page, int styled);
void page_close(struct page *page);

/* Ends a line, and puts it out. Where it is too wide, it goes on in lines that begin with so many
 * blanks. */
void page_end_line(struct page *page, size_t indent);

#endif
