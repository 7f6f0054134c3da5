/* SPDX-License-Identifier: MIT */
#include "lines.h"

#include <sdreg/avahi.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* sdreg browse -p: a line a place, with semicolons between fields. */

/* A label as avahi_escape_label() writes it: what is not a letter, a digit, - or _ is escaped. */
static void print_label(const char *label)
{
	static const char plain[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	for (; *label != '\0'; label++) {
		if (*label == '.' || *label == '\\')
			printf("\\%c", *label);
		else if (strchr(plain, *label) != NULL)
			putchar(*label);
		else
			printf("\\%03u", (unsigned char)*label);
	}
}

static void print_place(char mark, const struct sdreg_event *event)
{
	static const char *const protocols[] = {[0] = "n/a", [4] = "IPv4", [6] = "IPv6"};
	const struct sdreg_place *const place = event->place;
	printf("%c;%s;%s;", mark, place->interface[0] != '\0' ? place->interface : "n/a",
		protocols[place->protocol]);
	print_label(sdreg_service_name(event->service));
	printf(";%s;%s", sdreg_service_type_text(event->service),
		sdreg_service_domain(event->service));
}

/* The TXT record as text, allocated; NULL for want of memory. */
static char *printed(const struct sdreg_place *place)
{
	struct sdreg_txt *const txt = sdreg_txt_new();
	char *text = NULL;
	if (txt == NULL)
		return NULL;
	for (size_t i = 0; i < place->txt_count; i++)
		if (sdreg_txt_add(txt, place->txt[i].at, place->txt[i].len) < 0)
			goto done;
	const size_t size = 4 * sdreg_txt_wire_size(txt) + 4;
	text = malloc(size);
	if (text != NULL && sdreg_txt_print_avahi(txt, text, size) < 0) {
		free(text);
		text = NULL;
	}
done:
	sdreg_txt_free(txt);
	return text;
}

static int print_resolved(const struct sdreg_event *event)
{
	const struct sdreg_place *const place = event->place;
	char *const text = printed(place);
	if (text == NULL)
		return -1;
	print_place('=', event);
	/* without the scope, which avahi-browse does not tell */
	printf(";%s;%.*s;%u;%s\n", place->host, (int)strcspn(place->address, "%"), place->address,
		(unsigned)place->port, text);
	free(text);
	return 0;
}

static void print_domain(char mark, const struct sdreg_event *event)
{
	static const char *const protocols[] = {[0] = "", [4] = "IPv4", [6] = "IPv6"};
	printf("%c;%s;%s;%s", mark, event->place->interface, protocols[event->place->protocol],
		event->domain);
}

int browse_print_line(const struct sdreg_event *event)
{
	if (event->kind == SDREG_EVENT_PLACE_RESOLVED)
		return print_resolved(event);
	if (event->kind == SDREG_EVENT_PLACE_ADDED)
		print_place('+', event);
	else if (event->kind == SDREG_EVENT_PLACE_REMOVED)
		print_place('-', event);
	else if (event->kind == SDREG_EVENT_DOMAIN_ADDED)
		print_domain('+', event);
	else if (event->kind == SDREG_EVENT_DOMAIN_REMOVED)
		print_domain('-', event);
	else
		return 0;
	putchar('\n');
	return 0;
}
