/* SPDX-License-Identifier: MIT */

/* The charts of a page: bars without a view box, so that they are as wide as there is room and
 * their text stays as large as the page's. */

#include "parts.h"

#include "cli/markup/html.h"
#include "cli/markup/svg.h"

#include <stdlib.h>

enum {
	BARS_MAX = 10,
	ROW = 38, /* pixels from bar to bar */
	TEXT_AT = 15, /* below the top of a row */
	BAR_AT = 22,
	BAR_HEIGHT = 8,
	LABEL_MAX = 60, /* characters: wider than there is room, and no longer */
};

/* A bar of a chart. */
struct bar {
	size_t count;
	size_t nth; /* type or host */
};

struct chart {
	const char *id;
	const char *title;
	const char *what; /* "type", "host" */
	struct bar *bars;
	size_t count;
	const char *(*name)(const struct snapshot *snapshot, size_t nth);
	const char *(*title_of)(const struct snapshot *snapshot, size_t nth); /* or NULL */
};

/* Most services first, then in order. */
static int compare_bars(const void *left, const void *right)
{
	const struct bar *const a = left;
	const struct bar *const b = right;
	if (a->count != b->count)
		return a->count < b->count ? 1 : -1;
	return a->nth > b->nth ? 1 : -1;
}

static const char *type_name(const struct snapshot *snapshot, size_t nth)
{
	return sdreg_service_type_text(snapshot->services[snapshot->types[nth].first].service);
}

static const char *type_title(const struct snapshot *snapshot, size_t nth)
{
	const struct snapshot_type *const type = snapshot->types + nth;
	return sdreg_annotation_title(
		sdreg_service_annotation(snapshot->services[type->first].service));
}

static const char *host_name(const struct snapshot *snapshot, size_t nth)
{
	return sdreg_service_host(snapshot_of_host(snapshot, snapshot->hosts + nth, 0));
}

static void draw_bar(FILE *out, const struct snapshot *snapshot, const struct chart *chart,
	size_t nth)
{
	const struct bar *const bar = chart->bars + nth;
	const int y = (int)nth * ROW;
	fprintf(out,
		"<svg y=\"%d\" width=\"86%%\" height=\"%d\"><text y=\"%d\">"
		"<tspan class=\"code\">",
		y, BAR_AT, TEXT_AT);
	html_short_text(out, chart->name(snapshot, bar->nth), LABEL_MAX);
	fputs("</tspan>", out);
	if (chart->title_of != NULL) {
		fputs(" <tspan class=\"dim\" dx=\"4\">", out);
		html_short_text(out, chart->title_of(snapshot, bar->nth), LABEL_MAX);
		fputs("</tspan>", out);
	}
	fprintf(out,
		"</text></svg>\n<text class=\"count\" text-anchor=\"end\" x=\"100%%\" "
		"y=\"%d\">",
		y + TEXT_AT);
	html_number(out, bar->count);
	fputs("</text>\n", out);
	svg_bar(out, "track", y + BAR_AT, BAR_HEIGHT, 1000);
	svg_bar(out, "bar", y + BAR_AT, BAR_HEIGHT,
		(unsigned)(1000 * bar->count / chart->bars[0].count));
}

/* What those who cannot see the bars are told. */
static void describe(FILE *out, const struct snapshot *snapshot, const struct chart *chart,
	size_t shown)
{
	fprintf(out, "<desc id=\"%s-desc\">", chart->id);
	for (size_t i = 0; i < shown; i++) {
		fputs(i > 0 ? "; " : "", out);
		html_text(out, chart->name(snapshot, chart->bars[i].nth));
		fputs(": ", out);
		html_number(out, chart->bars[i].count);
	}
	fputs(".</desc>\n", out);
}

static void say_rest(FILE *out, const struct chart *chart, size_t shown)
{
	size_t services = 0;
	if (shown == chart->count)
		return;
	for (size_t i = shown; i < chart->count; i++)
		services += chart->bars[i].count;
	fputs("<p class=\"rest\">and ", out);
	html_number(out, chart->count - shown);
	fprintf(out, " more %s%s with ", chart->what, chart->count - shown == 1 ? "" : "s");
	html_count(out, services, "service");
	fputs("</p>\n", out);
}

static void draw(FILE *out, const struct snapshot *snapshot, const struct chart *chart)
{
	const size_t shown = chart->count < BARS_MAX ? chart->count : BARS_MAX;
	qsort(chart->bars, chart->count, sizeof(*chart->bars), compare_bars);
	fprintf(out,
		"<figure class=\"card\">\n<figcaption id=\"%s\">%s</figcaption>\n"
		"<svg class=\"chart\" role=\"img\" aria-labelledby=\"%s %s-desc\" width=\"100%%\" "
		"height=\"%d\">\n",
		chart->id, chart->title, chart->id, chart->id,
		(int)shown * ROW - (ROW - BAR_AT - BAR_HEIGHT));
	describe(out, snapshot, chart, shown);
	for (size_t i = 0; i < shown; i++)
		draw_bar(out, snapshot, chart, i);
	fputs("</svg>\n", out);
	say_rest(out, chart, shown);
	fputs("</figure>\n", out);
}

int html_charts(FILE *out, const struct snapshot *snapshot)
{
	struct bar *const bars = calloc(snapshot->count + 1, sizeof(*bars));
	struct chart types = {"by-type", "Services by type", "type", bars, snapshot->type_count,
		type_name, type_title};
	struct chart hosts = {"by-host", "Services by host", "host", bars, snapshot->host_count,
		host_name, NULL};
	if (bars == NULL)
		return -1;
	fputs("<div class=\"charts\">\n", out);
	for (size_t i = 0; i < snapshot->type_count; i++)
		bars[i] = (struct bar){snapshot->types[i].count, i};
	if (snapshot->type_count > 0)
		draw(out, snapshot, &types);
	for (size_t i = 0; i < snapshot->host_count; i++)
		bars[i] = (struct bar){snapshot->hosts[i].count, i};
	if (snapshot->host_count > 0)
		draw(out, snapshot, &hosts);
	fputs("</div>\n", out);
	free(bars);
	return 0;
}
