/* SPDX-License-Identifier: MIT */

/* sdreg info --plot: how many service names were registered in which year. */

#include "plot.h"

#include "cli/common/cli.h"
#include "cli/common/put-file.h"
#include "cli/markup/html.h"
#include "cli/markup/svg.h"

#include <stdlib.h>
#include <string.h>

enum {
	FIRST_YEAR = 1970, /* a date outside these years is none */
	LAST_YEAR = 2099,
	YEARS = LAST_YEAR - FIRST_YEAR + 1,
	TRANSPORTS = SDREG_TRANSPORT_DCCP + 1,

	WIDTH = 960,
	HEIGHT = 540,
	LEFT = 72,
	RIGHT = WIDTH - 32,
	HEAD = 132, /* above the axis: title, facts, legend */
	PART = 40, /* the line below the facts that says that it is a part */
	BOTTOM = HEIGHT - 64,
	TICKS = 6, /* at most, above 0 */
	LABEL_WIDTH = 44, /* of a year below the axis */
	KEY_WIDTH = 120, /* of a transport in the legend */
	BAR_MAX = 48,
};

struct plot {
	FILE *out;
	size_t counts[YEARS][TRANSPORTS];
	size_t totals[TRANSPORTS];
	size_t dated;
	size_t undated;
	size_t highest; /* of a year */
	int first; /* years with entries, from FIRST_YEAR */
	int last;
	size_t tick;
	int top; /* of the highest bar there can be */
};

/* From bottom to top. The last is not stated: it is not a transport. */
static const struct {
	enum sdreg_transport transport;
	const char *class;
	const char *label;
} layers[] = {
	{SDREG_TRANSPORT_TCP, "tcp", "TCP"},
	{SDREG_TRANSPORT_UDP, "udp", "UDP"},
	{SDREG_TRANSPORT_SCTP, "sctp", "SCTP"},
	{SDREG_TRANSPORT_DCCP, "dccp", "DCCP"},
	{SDREG_TRANSPORT_NONE, "none", "not stated"},
};

enum { LAYERS = sizeof(layers) / sizeof(layers[0]) };

/* ---- counting ---- */

/* The year of "2025-02-25" or "2007-06", from FIRST_YEAR; -1 for none. */
static int year_of(const char *date)
{
	int year = 0;
	for (int i = 0; i < 4; i++) {
		if (date[i] < '0' || date[i] > '9')
			return -1;
		year = 10 * year + date[i] - '0';
	}
	if ((date[4] != '-' && date[4] != '\0') || year < FIRST_YEAR || year > LAST_YEAR)
		return -1;
	return year - FIRST_YEAR;
}

/* An entry without a name, such as a range of ports that are free, is no registration. */
static void count(struct plot *p, const struct sdreg_registry *registry)
{
	const struct sdreg_entry *e;
	for (size_t n = 0; (e = sdreg_registry_entry(registry, n)) != NULL; n++) {
		const int year = year_of(sdreg_entry_registered(e));
		if (sdreg_entry_name(e)[0] == '\0')
			continue;
		p->undated += year < 0;
		if (year < 0)
			continue;
		p->first = p->dated == 0 || year < p->first ? year : p->first;
		p->last = year > p->last ? year : p->last;
		p->dated++;
		p->counts[year][sdreg_entry_transport(e)]++;
		p->totals[sdreg_entry_transport(e)]++;
	}
}

static size_t total_of(const struct plot *p, int year)
{
	size_t total = 0;
	for (int i = 0; i < TRANSPORTS; i++)
		total += p->counts[year][i];
	return total;
}

static void measure(struct plot *p, const struct sdreg_registry *registry)
{
	p->top = HEAD + (sdreg_registry_is_complete(registry) ? 0 : PART);
	for (int year = p->first; year <= p->last; year++)
		p->highest = total_of(p, year) > p->highest ? total_of(p, year) : p->highest;
	p->tick = svg_tick(p->highest > 0 ? p->highest : 1, TICKS);
}

/* ---- drawing ---- */

static const char style[] =
	"<style>\n"
	"svg { max-width: 100%; height: auto; font-family: system-ui, 'Segoe UI', Roboto, "
	"'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif; }\n"
	".paper { fill: #ffffff; }\n"
	".title { font-size: 22px; font-weight: 650; fill: #16191d; }\n"
	".text { font-size: 13.5px; fill: #48515c; }\n"
	".label { font-size: 12.5px; fill: #48515c; }\n"
	".key { font-size: 13.5px; fill: #16191d; }\n"
	".part { fill: #fdf3dc; }\n"
	".part-text { font-size: 13.5px; fill: #6b4700; }\n"
	".grid { stroke: #e3e6ea; }\n"
	".axis { stroke: #7b8591; }\n"
	".tcp { fill: #2b63c4; }\n"
	".udp { fill: #d9730d; }\n"
	".sctp { fill: #12866f; }\n"
	".dccp { fill: #b3308a; }\n"
	".none { fill: #7b8591; }\n"
	"@media (prefers-color-scheme: dark) {\n"
	".paper { fill: #14171b; }\n"
	".title, .key { fill: #eceff3; }\n"
	".text, .label { fill: #b3bcc7; }\n"
	".part { fill: #382c10; }\n"
	".part-text { fill: #f3d28a; }\n"
	".grid { stroke: #2b3138; }\n"
	".axis { stroke: #7f8a97; }\n"
	".tcp { fill: #6d9ef2; }\n"
	".udp { fill: #f0963e; }\n"
	".sctp { fill: #3fc0a4; }\n"
	".dccp { fill: #e77cc2; }\n"
	".none { fill: #8f9aa7; }\n"
	"}\n"
	"</style>\n";

static int y_of(const struct plot *p, size_t value)
{
	const size_t top = (p->highest + p->tick - 1) / p->tick * p->tick;
	return BOTTOM - (int)(value * (size_t)(BOTTOM - p->top) / (top > 0 ? top : 1));
}

/* The left edge of a year's share of the axis. */
static int x_of(const struct plot *p, int year)
{
	return LEFT + (year - p->first) * (RIGHT - LEFT) / (p->last - p->first + 1);
}

/* Which registry, and how much of it is in the picture. */
static void draw_head(const struct plot *p, const struct sdreg_registry *registry)
{
	const char *const updated = sdreg_registry_updated(registry);
	svg_text(p->out, "title", SVG_START, LEFT, 46, "Service names registered, by year");
	fprintf(p->out, "<text class=\"text\" x=\"%d\" y=\"72\">IANA&#39;s registry", LEFT);
	if (updated[0] != '\0') {
		fputs(" of ", p->out);
		html_text(p->out, updated);
	}
	fputs(". Shown: ", p->out);
	html_number(p->out, p->dated);
	fputs(p->dated == 1 ? " entry with" : " entries with", p->out);
	fputs(" a date of registration. Not shown: ", p->out);
	html_number(p->out, p->undated);
	fputs(" without one.</text>\n", p->out);
	if (sdreg_registry_is_complete(registry))
		return;
	svg_rect(p->out, "part", (struct svg_box){LEFT, 86, RIGHT - LEFT, 28});
	svg_text(p->out, "part-text", SVG_START, LEFT + 12, 105,
		"A part of IANA's registry "
		"answered, and this is a picture of that part.");
}

static void draw_legend(const struct plot *p)
{
	const int y = p->top - 27;
	int x = LEFT;
	for (size_t i = 0; i < LAYERS; i++) {
		const size_t total = p->totals[layers[i].transport];
		if (total == 0)
			continue;
		svg_rect(p->out, layers[i].class, (struct svg_box){x, y - 11, 12, 12});
		fprintf(p->out, "<text class=\"key\" x=\"%d\" y=\"%d\">%s <tspan class=\"text\">",
			x + 19, y, layers[i].label);
		html_number(p->out, total);
		fputs("</tspan></text>\n", p->out);
		x += KEY_WIDTH;
	}
}

static void draw_axes(const struct plot *p)
{
	const int years = p->last - p->first + 1;
	const int every = 1 + years * LABEL_WIDTH / (RIGHT - LEFT);
	char label[24];
	for (size_t value = 0; value < p->highest + p->tick; value += p->tick) {
		const int y = y_of(p, value);
		snprintf(label, sizeof(label), "%zu", value);
		if (value > 0)
			svg_line(p->out, "grid", LEFT, y, RIGHT, y);
		svg_text(p->out, "label", SVG_END, LEFT - 8, y + 4, label);
	}
	for (int year = p->first; p->dated > 0 && year <= p->last; year++) {
		snprintf(label, sizeof(label), "%d", FIRST_YEAR + year);
		if ((FIRST_YEAR + year) % every == 0)
			svg_text(p->out, "label", SVG_MIDDLE,
				(x_of(p, year) + x_of(p, year + 1)) / 2, BOTTOM + 20, label);
	}
	svg_text(p->out, "text", SVG_MIDDLE, (LEFT + RIGHT) / 2, BOTTOM + 46,
		"year of registration");
	fprintf(p->out,
		"<text class=\"text\" text-anchor=\"middle\" transform=\"translate(24 %d) "
		"rotate(-90)\">entries registered</text>\n",
		(p->top + BOTTOM) / 2);
}

/* A year's bar, and in words for those who point at it or have it read to them. */
static void draw_year(const struct plot *p, int year)
{
	const int share = x_of(p, year + 1) - x_of(p, year);
	const int width = share * 3 / 4 < BAR_MAX ? share * 3 / 4 : BAR_MAX;
	size_t below = 0;
	if (total_of(p, year) == 0)
		return;
	fprintf(p->out, "<g><title>%d: ", FIRST_YEAR + year);
	html_number(p->out, total_of(p, year));
	for (size_t i = 0; i < LAYERS; i++)
		if (p->counts[year][layers[i].transport] > 0)
			fprintf(p->out, ", %s %zu", layers[i].label,
				p->counts[year][layers[i].transport]);
	fputs("</title>\n", p->out);
	for (size_t i = 0; i < LAYERS; i++) {
		const size_t n = p->counts[year][layers[i].transport];
		const int top = y_of(p, below + n);
		if (n > 0)
			svg_rect(p->out, layers[i].class,
				(struct svg_box){x_of(p, year) + (share - width) / 2, top, width,
					y_of(p, below) - top});
		below += n;
	}
	fputs("</g>\n", p->out);
}

static void draw(const struct plot *p, const struct sdreg_registry *registry)
{
	fprintf(p->out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" "
		"height=\"%d\" role=\"img\" aria-labelledby=\"title desc\">\n"
		"<title id=\"title\">Service names registered with IANA, by year and transport"
		"</title>\n<desc id=\"desc\">",
		WIDTH, HEIGHT, WIDTH, HEIGHT);
	html_number(p->out, p->dated);
	fputs(" entries with a date of registration", p->out);
	if (p->dated > 0)
		fprintf(p->out, ", from %d to %d, at most %zu in a year", FIRST_YEAR + p->first,
			FIRST_YEAR + p->last, p->highest);
	fprintf(p->out, "; %zu entries without a date are not shown.%s</desc>\n%s", p->undated,
		sdreg_registry_is_complete(registry) ? ""
						     : " The registry is a part of IANA&#39;s.",
		style);
	svg_rect(p->out, "paper", (struct svg_box){0, 0, WIDTH, HEIGHT});
	draw_head(p, registry);
	draw_legend(p);
	draw_axes(p);
	for (int year = p->first; p->dated > 0 && year <= p->last; year++)
		draw_year(p, year);
	svg_line(p->out, "axis", LEFT, BOTTOM, RIGHT, BOTTOM);
	if (p->dated == 0)
		svg_text(p->out, "text", SVG_MIDDLE, (LEFT + RIGHT) / 2, (p->top + BOTTOM) / 2,
			"This registry has no dates of registration.");
	fputs("</svg>\n", p->out);
}

int info_plot(const struct sources *from, const char *path)
{
	struct plot p = {.first = 0};
	struct put_file file;
	if (put_file_begin(&file, path) != 0)
		return STATUS_TROUBLE;
	p.out = file.out;
	count(&p, from->registry);
	measure(&p, from->registry);
	draw(&p, from->registry);
	return put_file_end(&file);
}
