/* SPDX-License-Identifier: MIT */
#include "text.h"

#include "cli/common/print.h"
#include "cli/show/service.h"
#include "common/grow.h"

#include <stdlib.h>
#include <string.h>

int browse_text_open(struct browse_text *b)
{
	return page_open(&b->page, b->cli->output.bold);
}

void browse_text_close(struct browse_text *b)
{
	page_close(&b->page);
	free(b->services);
	free(b->type);
}

static int no_memory(void)
{
	fputs("sdreg: out of memory for the services found\n", stderr);
	return STATUS_TROUBLE;
}

/* The line of a type, unless the service before was of it. */
static int show_type(struct browse_text *b, const struct sdreg_service *service)
{
	const char *const type = sdreg_service_type_text(service);
	if (b->type != NULL && strcmp(b->type, type) == 0)
		return 0;
	if (b->type != NULL)
		putchar('\n');
	free(b->type);
	b->type = strdup(type);
	service_print_type(&b->page, service);
	return b->type != NULL ? 0 : no_memory();
}

/* ---- a snapshot: services are kept until the end ---- */

static int keep(struct browse_text *b, const struct sdreg_service *service)
{
	const struct sdreg_service **const grown =
		grow(b->services, &b->room, b->count + 1, sizeof(*grown));
	if (grown == NULL)
		return no_memory();
	b->services = grown;
	b->services[b->count++] = service;
	return 0;
}

/* 1 if it was kept. */
static int forget(struct browse_text *b, const struct sdreg_service *service)
{
	for (size_t i = 0; i < b->count; i++) {
		if (b->services[i] != service)
			continue;
		b->services[i] = b->services[--b->count];
		return 1;
	}
	return 0;
}

static int compare(const void *left, const void *right)
{
	const struct sdreg_service *const a = *(const struct sdreg_service *const *)left;
	const struct sdreg_service *const b = *(const struct sdreg_service *const *)right;
	const int order = strcmp(sdreg_service_type_text(a), sdreg_service_type_text(b));
	return order != 0 ? order : strcmp(sdreg_service_name(a), sdreg_service_name(b));
}

static int show_snapshot(struct browse_text *b)
{
	int status = 0;
	if (b->count == 0)
		return 0;
	qsort(b->services, b->count, sizeof(*b->services), compare);
	for (size_t i = 0; i < b->count && status == 0; i++) {
		const struct sdreg_service *const s = b->services[i];
		const int is_silent = !b->is_unresolved && !sdreg_service_is_resolved(s);
		status = show_type(b, s);
		service_print(&b->page, &b->cli->sources, ' ', s, is_silent ? "(no answer)" : "");
	}
	putchar('\n');
	fputs("source: ", b->page.line);
	print_text(b->page.line, b->cli->sources.source);
	page_end_line(&b->page, 2);
	return status;
}

/* ---- live ---- */

/* What came is shown when it is known whole: at once if nothing is asked for. */
static int show_live(struct browse_text *b, const struct sdreg_event *event)
{
	const struct sdreg_service *const s = sdreg_event_service(event);
	const enum sdreg_event_kind kind = sdreg_event_kind(event);
	if (kind == SDREG_EVENT_ADDED && !b->is_unresolved)
		return 0;
	const int was_silent = !b->is_unresolved && forget(b, s);
	if (kind == SDREG_EVENT_REMOVED && !b->is_unresolved && !was_silent &&
		!sdreg_service_is_resolved(s))
		return 0; /* it was never shown */
	if (kind == SDREG_EVENT_FAILED && keep(b, s) != 0)
		return STATUS_TROUBLE;
	const int status = show_type(b, s);
	if (kind == SDREG_EVENT_REMOVED)
		service_print_name(&b->page, '-', s, "(gone)");
	else if (kind == SDREG_EVENT_CHANGED)
		service_print(&b->page, &b->cli->sources, '~', s, "(changed)");
	else if (kind == SDREG_EVENT_FAILED)
		service_print(&b->page, &b->cli->sources, '?', s, "(no answer)");
	else
		service_print(&b->page, &b->cli->sources, '+', s, "");
	return status;
}

/* ---- domains ---- */

static void show_domain(const struct browse_text *b, const struct sdreg_event *event)
{
	const struct sdreg_place *const place = sdreg_event_place(event);
	const char *const interface = sdreg_place_interface(place);
	if (!b->is_snapshot)
		fputs(sdreg_event_kind(event) == SDREG_EVENT_DOMAIN_ADDED ? "+ " : "- ", stdout);
	print_text(stdout, sdreg_event_domain(event));
	if (interface[0] != '\0') {
		fputs("  on ", stdout);
		print_text(stdout, interface);
	}
	if (sdreg_place_protocol(place) != 0)
		printf(", IPv%d", sdreg_place_protocol(place));
	putchar('\n');
}

/* ---- events ---- */

int browse_text_take(struct browse_text *b, const struct sdreg_event *event)
{
	const struct sdreg_service *const service = sdreg_event_service(event);
	switch (sdreg_event_kind(event)) {
	case SDREG_EVENT_ADDED:
		return b->is_snapshot ? keep(b, service) : show_live(b, event);
	case SDREG_EVENT_RESOLVED:
	case SDREG_EVENT_CHANGED:
	case SDREG_EVENT_FAILED:
		return b->is_snapshot ? 0 : show_live(b, event);
	case SDREG_EVENT_REMOVED:
		if (!b->is_snapshot)
			return show_live(b, event);
		forget(b, service);
		return 0;
	case SDREG_EVENT_END:
		return show_snapshot(b);
	case SDREG_EVENT_DOMAIN_ADDED:
	case SDREG_EVENT_DOMAIN_REMOVED:
		show_domain(b, event);
		return 0;
	default: /* what is not of the network, or is shown elsewhere */
		return 0;
	}
}
