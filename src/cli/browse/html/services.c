/* SPDX-License-Identifier: MIT */

/* The services of a page: one block of rows each, with all that is known of it. */

#include "parts.h"

#include "cli/markup/html.h"
#include "cli/show/txt-key.h"

#include <string.h>

enum { WORDS_SIZE = 1024 };

static void put_interfaces(FILE *out, const struct sdreg_service *service)
{
	const char *interface;
	if (sdreg_service_interface(service, 0) == NULL)
		return;
	fputs("<div class=\"small\">seen on ", out);
	for (size_t i = 0; (interface = sdreg_service_interface(service, i)) != NULL; i++) {
		fputs(i > 0 ? ", " : "", out);
		html_code(out, interface);
	}
	fputs("</div>", out);
}

static void put_name(FILE *out, const struct sdreg_service *s)
{
	fputs("<th scope=\"row\">", out);
	html_name(out, sdreg_service_name(s));
	if (strcmp(sdreg_service_domain(s), "local") != 0) {
		fputs("<div class=\"small\">in ", out);
		html_code(out, sdreg_service_domain(s));
		fputs("</div>", out);
	}
	put_interfaces(out, s);
	fputs("</th>", out);
}

static void put_type(FILE *out, const struct sdreg_service *s)
{
	fputs("<td>", out);
	html_code(out, sdreg_service_type_text(s));
	fputs("<div class=\"small\">", out);
	html_text(out, sdreg_annotation_title(sdreg_service_annotation(s)));
	fputs("</div></td>", out);
}

/* Host and port of a service that told neither. */
static void put_silence(FILE *out, const struct snapshot *snapshot)
{
	fprintf(out, "<td><span class=\"badge unknown\">%s</span></td><td></td>",
		snapshot->question.options->no_resolve ? "not asked" : "did not answer");
}

static void put_host(FILE *out, const struct snapshot *snapshot, const struct sdreg_service *s)
{
	uint16_t registered;
	const struct sources *const from = snapshot->question.from;
	const uint16_t port = sdreg_service_port(s);
	fputs("<td>", out);
	html_name(out, sdreg_service_host(s));
	fputs("<div class=\"small\">", out);
	html_addresses(out, s);
	fputs("</div>", out);
	fprintf(out, "</td><td data-label=\"Port\">%u", port);
	switch (sdreg_annotate_port(from->registry, from->supplement, sdreg_service_type(s), port,
		&registered)) {
	case SDREG_PORT_VERDICT_AS_REGISTERED:
		fputs("<div class=\"small\">as registered</div>", out);
		break;
	case SDREG_PORT_VERDICT_OTHER:
		fprintf(out, "<div class=\"small\">registered: %u</div>", registered);
		break;
	case SDREG_PORT_VERDICT_AS_USUAL:
		fputs("<div class=\"small\">as is usual</div>", out);
		break;
	case SDREG_PORT_VERDICT_ZERO:
		fputs("<div class=\"small\">a placeholder</div>", out);
		break;
	case SDREG_PORT_VERDICT_NONE_REGISTERED:
		break;
	}
	fputs("</td>", out);
}

/* How many findings there are, the most severe first. */
static void put_findings(FILE *out, const struct snapshot_service *service, size_t number)
{
	fprintf(out, "<td data-label=\"Findings\" data-key=\"%zu\">",
		1000000 * service->findings[SDREG_SEVERITY_ERROR] +
			1000 * service->findings[SDREG_SEVERITY_WARNING] +
			service->findings[SDREG_SEVERITY_NOTE]);
	if (snapshot_findings(service) == 0) {
		fputs("<span class=\"dim\">none</span></td>", out);
		return;
	}
	fprintf(out, "<a href=\"#f%zu\">", number);
	for (enum sdreg_severity severity = SDREG_SEVERITY_ERROR; severity >= SDREG_SEVERITY_NOTE;
		severity--) {
		const char *const word = sdreg_severity_text(severity);
		if (service->findings[severity] == 0)
			continue;
		fprintf(out, "<span class=\"badge %s\">", word);
		html_count(out, service->findings[severity], word);
		fputs("</span> ", out);
	}
	fputs("</a></td>", out);
}

/* ---- TXT ---- */

static void put_value(FILE *out, const struct snapshot *snapshot, const struct sdreg_type *type,
	const struct sdreg_txt_item *item)
{
	if (item->value == NULL) {
		fputs("<span class=\"dim\">is there, without a value</span>", out);
		return;
	}
	if (item->value_len == 0) {
		fputs("<span class=\"dim\">empty</span>", out);
		return;
	}
	fputs("<code>", out);
	if (txt_key_is_bytes(snapshot->question.from, type, item)) {
		fputs("0x", out);
		for (size_t i = 0; i < item->value_len; i++)
			fprintf(out, "%02x", (unsigned char)item->value[i]);
	} else {
		html_bytes(out, item->value, item->value_len);
	}
	fputs("</code>", out);
}

static void put_meaning(FILE *out, const struct snapshot *snapshot, const struct sdreg_type *type,
	const struct sdreg_txt_item *item)
{
	char words[WORDS_SIZE] = "";
	const struct sources *const from = snapshot->question.from;
	const struct sdreg_key *const key =
		sdreg_find_key(from->supplement, type, item->key, item->key_len);
	if (key == NULL) {
		if (sdreg_annotate_key(from->registry, from->supplement, type, item->key,
			    item->key_len) == SDREG_KEY_VERDICT_UNKNOWN)
			fputs("<span class=\"dim\">key not known</span>", out);
		return;
	}
	html_text(out, sdreg_key_meaning(key));
	if (item->value != NULL)
		sdreg_key_explain(from->supplement, key, item->value, item->value_len, words,
			sizeof(words));
	if (words[0] == '\0')
		return;
	fputs(": <b>", out);
	html_text(out, words);
	fputs("</b>", out);
}

static void put_string(FILE *out, const struct snapshot *snapshot, const struct sdreg_service *s,
	const struct sdreg_text *text)
{
	struct sdreg_txt_item item;
	if (sdreg_txt_item(text->at, text->len, &item) < 0) {
		fputs("<div><dt class=\"dim\">no key</dt><dd><code>", out);
		html_bytes(out, text->at, text->len);
		fputs("</code></dd><dd>readers ignore it</dd></div>\n", out);
		return;
	}
	fputs("<div><dt><code>", out);
	html_bytes(out, item.key, item.key_len);
	fputs("</code></dt><dd>", out);
	put_value(out, snapshot, sdreg_service_type(s), &item);
	fputs("</dd><dd>", out);
	put_meaning(out, snapshot, sdreg_service_type(s), &item);
	fputs("</dd></div>\n", out);
}

static void put_txt(FILE *out, const struct snapshot *snapshot, const struct sdreg_service *s)
{
	struct sdreg_text text;
	if (!sdreg_service_txt(s, 0, &text))
		return;
	fputs("<tr class=\"txt\"><td colspan=\"5\"><dl aria-label=\"TXT record\">\n", out);
	for (size_t i = 0; sdreg_service_txt(s, i, &text); i++)
		put_string(out, snapshot, s, &text);
	fputs("</dl></td></tr>\n", out);
}

/* ---- all ---- */

void html_services(FILE *out, const struct snapshot *snapshot)
{
	static const struct html_column columns[] = {
		{"Service", NULL},
		{"Type", NULL},
		{"Host", NULL},
		{"Port", NULL},
		{"Findings", NULL},
		{NULL, NULL},
	};
	if (snapshot->count == 0)
		return;
	html_begin_table(out, "services", "Services", columns);
	for (size_t i = 0; i < snapshot->count; i++) {
		const struct sdreg_service *const s = snapshot->services[i].service;
		fprintf(out, "<tbody id=\"s%zu\"><tr>", i + 1);
		put_name(out, s);
		put_type(out, s);
		if (sdreg_service_is_resolved(s))
			put_host(out, snapshot, s);
		else
			put_silence(out, snapshot);
		put_findings(out, snapshot->services + i, i + 1);
		fputs("</tr>\n", out);
		put_txt(out, snapshot, s);
		fputs("</tbody>\n", out);
	}
	html_end_table(out);
}
