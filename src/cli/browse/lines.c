/* SPDX-License-Identifier: MIT */
#include "lines.h"

#include "common/ascii.h"
#include "common/escape.h"

#include <sdreg/avahi.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* sdreg browse -p: a line a place, with semicolons between fields. */

/* A label as avahi_escape_label() writes it: what is not a letter, a digit, - or _ is escaped. */
static void print_label(const char *label)
{
	for (; *label != '\0'; label++) {
		const unsigned char c = (unsigned char)*label;
		char escape[ESCAPE_SIZE];
		escape_write(escape, c);
		if (c == '.' || c == '\\')
			printf("\\%c", c);
		else if (ascii_is_alnum(c) || c == '-' || c == '_')
			putchar(c);
		else
			fwrite(escape, 1, sizeof(escape), stdout);
	}
}

static void print_place(char mark, const struct sdreg_event *event)
{
	static const char *const protocols[] = {[0] = "n/a", [4] = "IPv4", [6] = "IPv6"};
	const struct sdreg_service *const service = sdreg_event_service(event);
	const struct sdreg_place *const place = sdreg_event_place(event);
	const char *const interface = sdreg_place_interface(place);
	printf("%c;%s;%s;", mark, interface[0] != '\0' ? interface : "n/a",
		protocols[sdreg_place_protocol(place)]);
	print_label(sdreg_service_name(service));
	printf(";%s;%s", sdreg_service_type_text(service), sdreg_service_domain(service));
}

/* The TXT record as text, allocated; NULL when out of memory. */
static char *printed(const struct sdreg_place *place)
{
	struct sdreg_txt *const txt = sdreg_txt_new();
	struct sdreg_text string;
	char *text = NULL;
	if (txt == NULL)
		return NULL;
	for (size_t i = 0; sdreg_place_txt(place, i, &string); i++)
		if (sdreg_txt_add(txt, string.at, string.len) < 0)
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
	const struct sdreg_place *const place = sdreg_event_place(event);
	const char *const address = sdreg_place_address(place);
	char *const text = printed(place);
	if (text == NULL)
		return -1;
	print_place('=', event);
	/* without the scope, which avahi-browse does not tell */
	printf(";%s;%.*s;%u;%s\n", sdreg_place_host(place), (int)strcspn(address, "%"), address,
		(unsigned)sdreg_place_port(place), text);
	free(text);
	return 0;
}

static void print_domain(char mark, const struct sdreg_event *event)
{
	static const char *const protocols[] = {[0] = "", [4] = "IPv4", [6] = "IPv6"};
	const struct sdreg_place *const place = sdreg_event_place(event);
	printf("%c;%s;%s;%s", mark, sdreg_place_interface(place),
		protocols[sdreg_place_protocol(place)], sdreg_event_domain(event));
}

int browse_print_line(const struct sdreg_event *event)
{
	switch (sdreg_event_kind(event)) {
	case SDREG_EVENT_PLACE_RESOLVED:
		return print_resolved(event);
	case SDREG_EVENT_PLACE_ADDED:
		print_place('+', event);
		break;
	case SDREG_EVENT_PLACE_REMOVED:
		print_place('-', event);
		break;
	case SDREG_EVENT_DOMAIN_ADDED:
		print_domain('+', event);
		break;
	case SDREG_EVENT_DOMAIN_REMOVED:
		print_domain('-', event);
		break;
	default:
		return 0;
	}
	putchar('\n');
	return 0;
}
