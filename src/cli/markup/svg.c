/* SPDX-License-Identifier: MIT */
#include "svg.h"

#include "html.h"

void svg_rect(FILE *out, const char *class, struct svg_box box)
{
	fprintf(out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n", class,
		box.x, box.y, box.width, box.height);
}

void svg_line(FILE *out, const char *class, int x1, int y1, int x2, int y2)
{
	fprintf(out, "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", class, x1,
		y1, x2, y2);
}

void svg_text(FILE *out, const char *class, enum svg_anchor anchor, int x, int y, const char *text)
{
	static const char *const anchors[] = {
		[SVG_START] = "start",
		[SVG_MIDDLE] = "middle",
		[SVG_END] = "end",
	};
	fprintf(out, "<text class=\"%s\" text-anchor=\"%s\" x=\"%d\" y=\"%d\">", class,
		anchors[anchor], x, y);
	html_text(out, text);
	fputs("</text>\n", out);
}

void svg_bar(FILE *out, const char *class, int y, int height, unsigned thousandths)
{
	fprintf(out, "<rect class=\"%s\" y=\"%d\" width=\"%u.%u%%\" height=\"%d\" rx=\"%d\"/>\n",
		class, y, thousandths / 10, thousandths % 10, height, height / 2);
}

size_t svg_tick(size_t highest, size_t ticks)
{
	static const size_t steps[] = {1, 2, 5};
	for (size_t unit = 1;; unit *= 10)
		for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
			if (unit * steps[i] >= (highest + ticks - 1) / ticks)
				return unit * steps[i];
}
