/* SPDX-License-Identifier: MIT */
#include "service.h"

#include "cli/common/print.h"
#include "txt-key.h"
#include "verdict.h"

#include <string.h>

enum {
	NARROW = 60, /* columns of a terminal that has no room for wide margins */
};

static size_t margin(const struct page *page)
{
	return page->width > 0 && page->width < NARROW ? 3 : 4;
}

/* Where what stands behind a label begins. */
static size_t indent(const struct page *page)
{
	return margin(page) + (page->width > 0 && page->width < NARROW ? 8 : 10);
}

static void put_label(struct page *page, const char *label)
{
	const int is_empty = label[0] == '\0';
	fprintf(page->line, "%*s%s%-*s%s", (int)margin(page), "", is_empty ? "" : PAGE_FAINT,
		(int)(indent(page) - margin(page)), label, is_empty ? "" : PAGE_PLAIN);
}

static void end_line(struct page *page)
{
	page_end_line(page, indent(page));
}

/* ---- a type ---- */

static const char *verdict_style(enum sdreg_verdict verdict)
{
	switch (verdict) {
	case SDREG_VERDICT_REGISTERED:
	case SDREG_VERDICT_TRANSPORT_NOT_STATED:
		return PAGE_GOOD;
	case SDREG_VERDICT_NOT_WELL_FORMED:
		return PAGE_BAD;
	case SDREG_VERDICT_OTHER_TRANSPORT:
	case SDREG_VERDICT_NOT_REGISTERED:
		return PAGE_DOUBT;
	case SDREG_VERDICT_IN_COMMON_USE:
	case SDREG_VERDICT_SEEN:
	case SDREG_VERDICT_NOT_IN_PART:
		break;
	}
	return PAGE_PLAIN;
}

static void put_verdict(struct page *page, const struct sdreg_annotation *a)
{
	fprintf(page->line, "  %s[", verdict_style(sdreg_annotation_verdict(a)));
	verdict_print_rules(page->line, a);
	fputs("]" PAGE_PLAIN, page->line);
}

void service_print_type(struct page *page, const struct sdreg_service *service)
{
	const struct sdreg_annotation *const a = sdreg_service_annotation(service);
	fputs(PAGE_STRONG, page->line);
	print_text(page->line, sdreg_service_type_text(service));
	fputs(PAGE_PLAIN, page->line);
	if (sdreg_annotation_title(a)[0] != '\0') {
		fputs("  ", page->line);
		print_text(page->line, sdreg_annotation_title(a));
	}
	put_verdict(page, a);
	page_end_line(page, margin(page));
	if (sdreg_annotation_instead(a) == NULL)
		return;
	fputs("  (", page->line);
	print_text(page->line, sdreg_annotation_instead(a));
	putc(')', page->line);
	page_end_line(page, margin(page));
}

/* ---- a service ---- */

static void print_port(struct page *page, const struct sources *from,
	const struct sdreg_service *service)
{
	uint16_t registered;
	const uint16_t port = sdreg_service_port(service);
	put_label(page, "port");
	fprintf(page->line, "%u", port);
	switch (sdreg_annotate_port(from->registry, from->supplement, sdreg_service_type(service),
		port, &registered)) {
	case SDREG_PORT_VERDICT_AS_REGISTERED:
		fputs(", as registered", page->line);
		break;
	case SDREG_PORT_VERDICT_OTHER:
		fprintf(page->line,
			", " PAGE_DOUBT "not the registered one, %u: same name, other "
			"port" PAGE_PLAIN,
			registered);
		break;
	case SDREG_PORT_VERDICT_AS_USUAL:
		fputs(", as is usual for it", page->line);
		break;
	case SDREG_PORT_VERDICT_ZERO:
		fputs(", a placeholder: there is nothing to connect to", page->line);
		break;
	case SDREG_PORT_VERDICT_NONE_REGISTERED:
		break;
	}
	end_line(page);
}

static void print_texts(struct page *page, const char *label, const struct sdreg_service *service,
	const char *nth_text(const struct sdreg_service *, size_t))
{
	const char *text = nth_text(service, 0);
	if (text == NULL)
		return;
	put_label(page, label);
	for (size_t i = 0; (text = nth_text(service, i)) != NULL; i++) {
		fputs(i > 0 ? ", " : "", page->line);
		print_text(page->line, text);
	}
	end_line(page);
}

/* A key that nobody knows has an empty meaning. */
static void put_meaning(struct page *page, const struct sources *from,
	const struct sdreg_service *service, const struct sdreg_text *text)
{
	const struct sdreg_type *const type = sdreg_service_type(service);
	struct sdreg_txt_item item;
	if (sdreg_txt_item(text->at, text->len, &item) < 0)
		fputs(PAGE_DOUBT "  (no key: readers ignore it)" PAGE_PLAIN, page->line);
	else if (sdreg_annotate_key(from->registry, from->supplement, type, item.key,
			 item.key_len) == SDREG_KEY_VERDICT_UNKNOWN)
		fputs(PAGE_FAINT "  (key not known)" PAGE_PLAIN, page->line);
	else
		txt_key_print(page->line, from, type, &item);
}

static void print_txt(struct page *page, const struct sources *from,
	const struct sdreg_service *service)
{
	struct sdreg_text text;
	for (size_t i = 0; sdreg_service_txt(service, i, &text); i++) {
		put_label(page, i == 0 ? "TXT" : "");
		txt_key_print_string(page->line, from, sdreg_service_type(service), &text);
		put_meaning(page, from, service, &text);
		end_line(page);
	}
}

void service_print_name(struct page *page, char mark, const struct sdreg_service *service,
	const char *remark)
{
	fprintf(page->line, "%c " PAGE_STRONG, mark);
	print_text(page->line, sdreg_service_name(service));
	fputs(PAGE_PLAIN, page->line);
	fputs(remark[0] != '\0' ? "  " : "", page->line);
	print_text(page->line, remark);
	page_end_line(page, margin(page));
}

void service_print(struct page *page, const struct sources *from, char mark,
	const struct sdreg_service *service, const char *remark)
{
	service_print_name(page, mark, service, remark);
	if (strcmp(sdreg_service_domain(service), "local") != 0) {
		put_label(page, "domain");
		print_text(page->line, sdreg_service_domain(service));
		end_line(page);
	}
	if (sdreg_service_is_resolved(service)) {
		put_label(page, "host");
		print_text(page->line, sdreg_service_host(service));
		end_line(page);
		print_texts(page, "address", service, sdreg_service_address);
		print_port(page, from, service);
		print_txt(page, from, service);
	}
	print_texts(page, "seen on", service, sdreg_service_interface);
}
