/* SPDX-License-Identifier: MIT */

/* The tables of a page that lead to its services: types, hosts, findings. */

#include "parts.h"

#include "cli/markup/html.h"
#include "cli/show/question.h"
#include "cli/show/verdict.h"

#include <string.h>

/* ---- what all have ---- */

void html_name(FILE *out, const char *text)
{
	fputs("<bdi>", out);
	html_text(out, text);
	fputs("</bdi>", out);
}

void html_code(FILE *out, const char *text)
{
	fputs("<code>", out);
	html_text(out, text);
	fputs("</code>", out);
}

void html_addresses(FILE *out, const struct sdreg_service *service)
{
	const char *address;
	for (size_t i = 0; (address = sdreg_service_address(service, i)) != NULL; i++) {
		fputs("<code class=\"address\">", out);
		html_text(out, address);
		fputs("</code>", out);
	}
}

void html_begin_table(FILE *out, const char *id, const char *title,
	const struct html_column *columns)
{
	fprintf(out,
		"<section id=\"%s\" aria-labelledby=\"%s-title\">\n"
		"<h2 id=\"%s-title\">%s</h2>\n"
		"<table class=\"card\" aria-labelledby=\"%s-title\">\n"
		"<thead><tr>",
		id, id, id, title, id);
	for (; columns->title != NULL; columns++)
		fprintf(out, "<th scope=\"col\"%s%s%s>%s</th>",
			columns->class != NULL ? " class=\"" : "",
			columns->class != NULL ? columns->class : "",
			columns->class != NULL ? "\"" : "", columns->title);
	fputs("</tr></thead>\n", out);
}

void html_end_table(FILE *out)
{
	fputs("</table>\n</section>\n", out);
}

/* ---- types ---- */

/* How a verdict looks: as good, as fair, as not known, as wrong. */
static const char *class_of(enum sdreg_verdict verdict)
{
	switch (verdict) {
	case SDREG_VERDICT_REGISTERED:
	case SDREG_VERDICT_TRANSPORT_NOT_STATED:
		return "good";
	case SDREG_VERDICT_IN_COMMON_USE:
		return "fair";
	case SDREG_VERDICT_OTHER_TRANSPORT:
		return "warning";
	case SDREG_VERDICT_SEEN:
	case SDREG_VERDICT_NOT_REGISTERED:
	case SDREG_VERDICT_NOT_IN_PART:
		return "unknown";
	case SDREG_VERDICT_NOT_WELL_FORMED:
		return "error";
	}
	return "unknown";
}

static void put_verdict(FILE *out, const struct sdreg_annotation *a)
{
	fprintf(out, "<span class=\"badge %s\">", class_of(sdreg_annotation_verdict(a)));
	verdict_print(out, a);
	fputs("</span>", out);
	for (unsigned bit = 1; bit <= sdreg_annotation_faults(a); bit <<= 1)
		if ((sdreg_annotation_faults(a) & bit) != 0)
			fprintf(out, "<div class=\"small\">%s</div>",
				sdreg_rule_text((enum sdreg_rule)bit));
	if (sdreg_annotation_instead(a) == NULL)
		return;
	fputs("<div class=\"small\">", out);
	html_text(out, sdreg_annotation_instead(a));
	fputs("</div>", out);
}

static void put_type(FILE *out, const struct snapshot *snapshot, const struct snapshot_type *type)
{
	const struct sdreg_service *const s = snapshot->services[type->first].service;
	const struct sdreg_annotation *const a = sdreg_service_annotation(s);
	uint16_t port;
	sdreg_annotate_port(snapshot->question.from->registry, snapshot->question.from->supplement,
		sdreg_service_type(s), 0, &port);
	fprintf(out, "<tr><th scope=\"row\"><a href=\"#s%zu\">", type->first + 1);
	html_code(out, sdreg_service_type_text(s));
	fputs("</a></th><td>", out);
	html_text(out, sdreg_annotation_title(a));
	fputs("</td><td>", out);
	put_verdict(out, a);
	fputs("</td><td class=\"number\" data-label=\"Registered port\">", out);
	if (port != 0)
		fprintf(out, "%u", port);
	else
		fputs("<span class=\"dim\">none</span>", out);
	fputs("</td><td class=\"number\" data-label=\"Services\">", out);
	html_number(out, type->count);
	fputs("</td></tr>\n", out);
}

void html_types(FILE *out, const struct snapshot *snapshot)
{
	static const struct html_column columns[] = {
		{"Type", NULL},
		{"What it is", NULL},
		{"In the registry", NULL},
		{"Registered port", "number"},
		{"Services", "number"},
		{NULL, NULL},
	};
	if (snapshot->type_count == 0)
		return;
	html_begin_table(out, "types", "Types", columns);
	fputs("<tbody>\n", out);
	for (size_t i = 0; i < snapshot->type_count; i++)
		put_type(out, snapshot, snapshot->types + i);
	fputs("</tbody>\n", out);
	html_end_table(out);
}

/* ---- hosts ---- */

/* The types of a host's services, each once. */
static void put_types(FILE *out, const struct snapshot *snapshot, const struct snapshot_host *host)
{
	const char *last = "";
	for (size_t i = 0; i < host->count; i++) {
		const struct sdreg_service *const s = snapshot_of_host(snapshot, host, i);
		const char *const type = sdreg_service_type_text(s);
		if (strcmp(type, last) == 0)
			continue;
		fputs(last[0] != '\0' ? ", " : "", out);
		html_code(out, type);
		last = type;
	}
}

void html_hosts(FILE *out, const struct snapshot *snapshot)
{
	static const struct html_column columns[] = {
		{"Host", NULL},
		{"Addresses", NULL},
		{"Types", NULL},
		{"Services", "number"},
		{NULL, NULL},
	};
	if (snapshot->host_count == 0)
		return;
	html_begin_table(out, "hosts", "Hosts", columns);
	fputs("<tbody>\n", out);
	for (size_t i = 0; i < snapshot->host_count; i++) {
		const struct snapshot_host *const host = snapshot->hosts + i;
		const struct sdreg_service *const s = snapshot_of_host(snapshot, host, 0);
		fputs("<tr><th scope=\"row\">", out);
		html_name(out, sdreg_service_host(s));
		fputs("</th><td>", out);
		html_addresses(out, s);
		fputs("</td><td>", out);
		put_types(out, snapshot, host);
		fputs("</td><td class=\"number\" data-label=\"Services\">", out);
		html_number(out, host->count);
		fputs("</td></tr>\n", out);
	}
	fputs("</tbody>\n", out);
	html_end_table(out);
}

/* ---- findings ---- */

static void put_finding(FILE *out, const struct snapshot *snapshot, size_t nth,
	const struct sdreg_finding *f)
{
	const char *const severity = sdreg_severity_text(sdreg_finding_severity(f));
	const size_t string = sdreg_finding_string(f);
	size_t key_len;
	const char *const key = sdreg_finding_key(f, &key_len);
	const struct sdreg_service *const s = snapshot->services[nth].service;
	fprintf(out,
		"<td data-key=\"%d\"><span class=\"badge %s\">%s</span></td>"
		"<th scope=\"row\"><a href=\"#s%zu\">",
		SDREG_SEVERITY_ERROR - (int)sdreg_finding_severity(f), severity, severity, nth + 1);
	html_name(out, sdreg_service_name(s));
	fputs("</a><div class=\"small\">", out);
	html_code(out, sdreg_service_type_text(s));
	fputs("</div></th><td>", out);
	if (key_len > 0) {
		fputs("<code>", out);
		html_bytes(out, key, key_len);
		fputs("</code>: ", out);
	} else if (string != SDREG_NO_STRING) {
		fprintf(out, "string %zu: ", string + 1);
	}
	html_text(out, sdreg_finding_text(f));
	fprintf(out, "</td><td>%s<div class=\"small\">%s</div></td></tr>\n",
		sdreg_finding_source(f), sdreg_finding_rule_word(sdreg_finding_rule(f)));
}

static int is_worst(const struct snapshot_service *service, enum sdreg_severity severity)
{
	for (int higher = (int)severity + 1; higher < SNAPSHOT_SEVERITIES; higher++)
		if (service->findings[higher] > 0)
			return 0;
	return 1;
}

/* Those of a service that are of a severity, as many as are shown. -1 when out of memory. */
static int put_findings(FILE *out, const struct snapshot *snapshot, size_t nth,
	enum sdreg_severity severity)
{
	const struct sdreg_finding *f;
	size_t shown = 0;
	const struct snapshot_service *const of = snapshot->services + nth;
	struct sdreg_report *const report = snapshot_check(snapshot, of->service);
	if (report == NULL)
		return -1;
	for (size_t i = 0; (f = sdreg_report_finding(report, i)) != NULL; i++) {
		if (sdreg_finding_severity(f) != severity || question_is_verdict(f))
			continue;
		if (shown++ >= SNAPSHOT_FINDINGS_MAX)
			continue;
		/* where the service's row leads to */
		if (shown == 1 && is_worst(of, severity))
			fprintf(out, "<tr id=\"f%zu\">", nth + 1);
		else
			fputs("<tr>", out);
		put_finding(out, snapshot, nth, f);
	}
	if (shown > SNAPSHOT_FINDINGS_MAX)
		fprintf(out,
			"<tr><td data-key=\"%d\"></td><th scope=\"row\"><a href=\"#s%zu\">"
			"the same service</a></th><td>and %zu more</td><td></td></tr>\n",
			SDREG_SEVERITY_ERROR - (int)severity, nth + 1,
			shown - SNAPSHOT_FINDINGS_MAX);
	sdreg_report_free(report);
	return 0;
}

/* The most severe first. */
int html_findings(FILE *out, const struct snapshot *snapshot)
{
	static const struct html_column columns[] = {
		{"Severity", NULL},
		{"Service", NULL},
		{"Finding", NULL},
		{"Rule", NULL},
		{NULL, NULL},
	};
	int result = 0;
	if (snapshot->findings[SDREG_SEVERITY_ERROR] + snapshot->findings[SDREG_SEVERITY_WARNING] +
			snapshot->findings[SDREG_SEVERITY_NOTE] ==
		0)
		return 0;
	html_begin_table(out, "findings", "Findings", columns);
	fputs("<tbody>\n", out);
	for (enum sdreg_severity severity = SDREG_SEVERITY_ERROR; severity >= SDREG_SEVERITY_NOTE;
		severity--)
		for (size_t i = 0; result == 0 && i < snapshot->count; i++)
			if (snapshot->services[i].findings[severity] > 0)
				result = put_findings(out, snapshot, i, severity);
	fputs("</tbody>\n", out);
	html_end_table(out);
	return result;
}
