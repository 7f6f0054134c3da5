/* SPDX-License-Identifier: MIT */

/* sdreg browse --html: the page as a whole. */

#include "html.h"

#include "assets.h"
#include "cli/common/put-file.h"
#include "cli/markup/html.h"
#include "config.h"
#include "parts.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	SILENT_MAX = 12, /* services without an answer that are named at once */
	WHEN_SIZE = 32,
};

/* ---- head ---- */

/* Nothing is loaded, and no script runs or style counts but the two that the page has: whatever a
 * name on the network were to be taken for. */
static void put_head(FILE *out, const char *time)
{
	fputs("<!DOCTYPE html>\n"
	      "<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n"
	      "<meta charset=\"utf-8\"/>\n"
	      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	      "style-src '" BROWSE_STYLE_HASH "'; script-src '" BROWSE_SCRIPT_HASH "'; "
	      "base-uri 'none'; form-action 'none'\"/>\n"
	      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
	      "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
	      "<meta name=\"referrer\" content=\"no-referrer\"/>\n"
	      "<meta name=\"generator\" content=\"sdreg " PACKAGE_VERSION "\"/>\n",
		out);
	fprintf(out, "<title>Services on the network, %s</title>\n<style>", time);
	fputs((const char *)browse_style, out);
	fputs("</style>\n</head>\n", out);
}

/* ---- what was browsed ---- */

static void put_types(FILE *out, const struct sdreg_browse_options *options)
{
	if (options->types_count == 0)
		fputs("All service types", out);
	else
		fprintf(out, "Service type%s ", options->types_count > 1 ? "s" : "");
	for (size_t i = 0; i < options->types_count; i++) {
		fputs(i > 0 ? ", " : "", out);
		html_code(out, options->types[i].at);
	}
}

static void put_filter(FILE *out, const struct browse_filter *filter)
{
	const char *between = ", only if ";
	if (filter->pattern != NULL) {
		fputs(" like ", out);
		html_code(out, filter->pattern);
	}
	if (filter->registered) {
		fprintf(out, "%sregistered", between);
		between = " or ";
	}
	if (filter->unregistered) {
		fprintf(out, "%snot registered", between);
		between = " or ";
	}
	if (filter->malformed)
		fprintf(out, "%snot well formed", between);
}

static void put_question(FILE *out, const struct snapshot_question *question)
{
	const struct sdreg_browse_options *const o = question->options;
	put_types(out, o);
	put_filter(out, question->filter);
	if (o->domain.len > 0) {
		fputs(" in the domain ", out);
		html_code(out, o->domain.at);
	}
	if (o->interface.len > 0) {
		fputs(" on the interface ", out);
		html_code(out, o->interface.at);
	}
	if (o->protocol != 0)
		fprintf(out, " over IPv%d", o->protocol);
	fputs(o->cached ? ", as the daemon had them in its cache" : "", out);
	fputs(question->no_local ? ", without those of the machine that browsed" : "", out);
	fputs(o->no_resolve ? "; hosts and TXT records were not asked for" : "", out);
	fputs(".", out);
}

/* ---- what is to be known first ---- */

static void put_fact(FILE *out, const char *href, size_t number, const char *what)
{
	fprintf(out, "<li class=\"%s\"><a href=\"#%s\"><b>", what, href);
	html_number(out, number);
	fprintf(out, "</b> %s%s</a></li>\n", what, number == 1 ? "" : "s");
}

static void put_facts(FILE *out, const struct snapshot *snapshot)
{
	fputs("<ul class=\"facts\">\n", out);
	put_fact(out, "services", snapshot->count, "service");
	put_fact(out, "types", snapshot->type_count, "type");
	put_fact(out, "hosts", snapshot->host_count, "host");
	for (enum sdreg_severity severity = SDREG_SEVERITY_ERROR; severity >= SDREG_SEVERITY_NOTE;
		severity--)
		if (snapshot->findings[severity] > 0)
			put_fact(out, "findings", snapshot->findings[severity],
				sdreg_severity_text(severity));
	fputs("</ul>\n", out);
}

static void put_silence(FILE *out, const struct snapshot *snapshot)
{
	size_t named = 0;
	if (snapshot->silent == 0 || snapshot->question.options->no_resolve)
		return;
	fputs("<p class=\"notice\"><b>", out);
	html_count(out, snapshot->silent, "service");
	fputs("</b> did not answer in time, and neither host nor TXT record is known: ", out);
	for (size_t i = 0; i < snapshot->count && named < SILENT_MAX; i++) {
		const struct sdreg_service *const s = snapshot->services[i].service;
		if (sdreg_service_is_resolved(s))
			continue;
		fprintf(out, "%s<a href=\"#s%zu\">", named++ > 0 ? ", " : "", i + 1);
		html_name(out, sdreg_service_name(s));
		fputs("</a>", out);
	}
	if (named < snapshot->silent)
		fprintf(out, " and %zu more", snapshot->silent - named);
	fputs("</p>\n", out);
}

static void put_doubts(FILE *out, const struct browse_html *html)
{
	if (html->doubt_count == 0)
		return;
	fputs("<div class=\"notice\"><p><b>The picture may be incomplete:</b></p>\n<ul>\n", out);
	for (size_t i = 0; i < html->doubt_count && i < DOUBTS_MAX; i++) {
		fputs("<li>", out);
		html_text(out, html->doubts[i] != NULL ? html->doubts[i] : "something failed");
		fputs("</li>\n", out);
	}
	if (html->doubt_count > DOUBTS_MAX)
		fprintf(out, "<li>and %zu more such messages</li>\n",
			html->doubt_count - DOUBTS_MAX);
	fputs("</ul></div>\n", out);
}

/* Search is of use with a script only, which shows it. */
static void put_bar(FILE *out, const struct snapshot *snapshot)
{
	if (snapshot->count == 0)
		return;
	fputs("<nav id=\"bar\" aria-label=\"On this page\">\n"
	      "<form id=\"search\" role=\"search\" hidden=\"hidden\">"
	      "<label for=\"q\">Search</label> "
	      "<input id=\"q\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" "
	      "placeholder=\"name, type, host, address, TXT\"/> "
	      "<output for=\"q\" id=\"hits\"></output></form>\n"
	      "<ul><li><a href=\"#types\">Types</a></li>",
		out);
	if (snapshot->host_count > 0)
		fputs("<li><a href=\"#hosts\">Hosts</a></li>", out);
	if (snapshot->findings[SDREG_SEVERITY_ERROR] + snapshot->findings[SDREG_SEVERITY_WARNING] +
			snapshot->findings[SDREG_SEVERITY_NOTE] >
		0)
		fputs("<li><a href=\"#findings\">Findings</a></li>", out);
	fputs("<li><a href=\"#services\">Services</a></li></ul>\n</nav>\n", out);
}

/* ---- the page ---- */

/* Which registry spoke, without the name of a file: that says nothing to others. */
static void put_foot(FILE *out, const struct snapshot *snapshot, const char *time)
{
	const struct sdreg_registry *const r = snapshot->question.from->registry;
	const char *const updated = sdreg_registry_updated(r);
	fprintf(out,
		"<footer>\n<p>Made by sdreg " PACKAGE_VERSION ", %s.</p>\n<p>%s IANA&#39;s "
		"Service Name and Transport Protocol Port Number Registry",
		time, sdreg_registry_is_complete(r) ? "By" : "By a part of");
	if (updated[0] != '\0') {
		fputs(" of ", out);
		html_text(out, updated);
	}
	fputs(", and sdreg&#39;s supplement of service types in common use and of TXT keys.", out);
	if (!sdreg_registry_is_complete(r))
		fputs(" What is not in the part may be registered all the same.", out);
	fputs("</p>\n</footer>\n", out);
}

static int put_page(FILE *out, const struct browse_html *html, const struct snapshot *snapshot)
{
	char when[WHEN_SIZE] = "";
	char precise[WHEN_SIZE] = "";
	struct tm parts;
	const time_t now = time(NULL);
	if (gmtime_r(&now, &parts) != NULL) {
		strftime(when, sizeof(when), "%Y-%m-%d %H:%M UTC", &parts);
		strftime(precise, sizeof(precise), "%Y-%m-%dT%H:%M:%SZ", &parts);
	}
	put_head(out, when);
	fputs("<body>\n<header>\n<h1>Services on the network</h1>\n<p class=\"scope\">", out);
	fprintf(out, "As it was on <time datetime=\"%s\">%s</time>. ", precise, when);
	put_question(out, &snapshot->question);
	fputs("</p>\n", out);
	put_facts(out, snapshot);
	put_doubts(out, html);
	put_silence(out, snapshot);
	fputs("</header>\n", out);
	put_bar(out, snapshot);
	fputs("<main>\n", out);
	if (snapshot->count == 0)
		fputs("<p class=\"notice\">There was no such service.</p>\n", out);
	int result = html_charts(out, snapshot);
	html_types(out, snapshot);
	html_hosts(out, snapshot);
	result |= html_findings(out, snapshot);
	html_services(out, snapshot);
	fputs("</main>\n", out);
	put_foot(out, snapshot, when);
	fputs("<script>", out);
	fputs((const char *)browse_script, out);
	fputs("</script>\n</body>\n</html>\n", out);
	return result;
}

static int write_page(const struct browse_html *html, const struct snapshot *snapshot)
{
	struct put_file file;
	if (put_file_begin(&file, html->path) != 0)
		return STATUS_TROUBLE;
	if (put_page(file.out, html, snapshot) >= 0)
		return put_file_end(&file);
	put_file_drop(&file);
	return cli_system_error(html->path, ENOMEM);
}

void browse_html_hear(struct browse_html *html, const struct sdreg_event *event)
{
	const enum sdreg_event_kind kind = sdreg_event_kind(event);
	const struct sdreg_error *const error = sdreg_event_error(event);
	if (kind == SDREG_EVENT_DAEMON_LOST)
		html->is_lost = 1;
	if (kind != SDREG_EVENT_ERROR && kind != SDREG_EVENT_WARNING)
		return;
	if (html->doubt_count < DOUBTS_MAX && error != NULL)
		html->doubts[html->doubt_count] = strdup(error->text);
	html->doubt_count++;
}

int browse_html_write(struct browse_html *html, const struct snapshot_question *question,
	const struct sdreg_service *const *services, size_t count)
{
	struct snapshot snapshot;
	int status;
	if (html->is_lost)
		return STATUS_TROUBLE;
	if (snapshot_make(&snapshot, question, services, count) == 0)
		status = write_page(html, &snapshot);
	else
		status = cli_system_error(html->path, ENOMEM);
	html->is_done = 1;
	snapshot_clear(&snapshot);
	return status;
}

int browse_html_end(struct browse_html *html)
{
	for (size_t i = 0; i < DOUBTS_MAX; i++)
		free(html->doubts[i]);
	if (html->path == NULL || html->is_done)
		return STATUS_FOUND;
	struct sdreg_error err = {.size = sizeof(err), .code = SDREG_E_IO};
	snprintf(err.file, sizeof(err.file), "%s", html->path);
	snprintf(err.text, sizeof(err.text), "not written: the network was not seen to its end");
	return cli_error(&err);
}
