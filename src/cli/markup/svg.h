/* SPDX-License-Identifier: MIT */
#ifndef CLI_MARKUP_SVG_H
#define CLI_MARKUP_SVG_H

#include <stdio.h>

/* What charts are drawn of. Lengths are whole pixels: no decimal point, which is the locale's. A
 * class is constant and a style sheet says how it looks; text is made safe by html.h. */

/* Where a text ends or begins. */
enum svg_anchor {
	SVG_START,
	SVG_MIDDLE,
	SVG_END,
};

struct svg_box {
	int x;
	int y;
	int width;
	int height;
};

void svg_rect(FILE *out, const char *class, struct svg_box box);
void svg_line(FILE *out, const char *class, int x1, int y1, int x2, int y2);
void svg_text(FILE *out, const char *class, enum svg_anchor anchor, int x, int y, const char *text);

/* A bar from the left edge, as wide as so many thousandths of the whole. */
void svg_bar(FILE *out, const char *class, int y, int height, unsigned thousandths);

/* The distance of ticks on an axis that begins at 0: 1, 2 or 5 with zeros, so that no more than so
 * many are needed to reach the highest value. */
size_t svg_tick(size_t highest, size_t ticks);

#endif
