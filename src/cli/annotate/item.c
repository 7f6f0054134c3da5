/* SPDX-License-Identifier: MIT */

/* sdreg annotate: what a line of the input is. */

#include "annotate.h"
#include "cli/annotate/avahi/human.h"

#include <string.h>

static int has_title(void *with, struct sdreg_text title)
{
	return knowns_has_title(with, title);
}

/* The indented lines belong to the resolved service before them, each once and in their order;
 * what is in between is of no matter. */
static void read_below(struct annotator *a, struct item *item)
{
	if (a->below == NULL || item->kind <= a->last_below) {
		item->kind = AVAHI_OTHER;
		return;
	}
	item->known = a->below;
	a->last_below = item->kind;
}

static void read_service(struct annotator *a, struct item *item)
{
	item->known = knowns_find(a->knowns, item->line.type);
	a->below = item->is_human && item->line.event == '=' ? item->known : NULL;
	a->last_below = AVAHI_SERVICE;
	if (item->known != NULL)
		return;
	annotate_no_memory(a);
	item->kind = AVAHI_OTHER;
}

void item_read(struct annotator *a, const struct input_line *line, struct item *item)
{
	const struct avahi_titles titles = {has_title, a->knowns};
	memset(item, 0, sizeof(*item));
	if (line->len < 2)
		return;
	if (line->at[1] == ';') {
		if (avahi_line_read(line->at, line->len, &item->line))
			item->kind = AVAHI_SERVICE;
		else if (avahi_line_read_domain(line->at, line->len, &item->line))
			item->kind = AVAHI_DOMAIN;
	} else {
		item->kind = avahi_human_read(line->at, line->len, &titles, &item->line);
		item->is_human = item->kind != AVAHI_OTHER;
	}
	if (item->kind == AVAHI_SERVICE)
		read_service(a, item);
	else if (item->kind >= AVAHI_HOST)
		read_below(a, item);
}
