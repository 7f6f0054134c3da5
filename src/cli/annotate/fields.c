/* SPDX-License-Identifier: MIT */

/* sdreg annotate: each line as it is, and behind it fields separated by tabs; below a line that is
 * for people there are lines for people. */

#include "annotate.h"
#include "words.h"

#include <stdlib.h>

/* What stands behind a service. */
static char *put_known(struct annotator *a, const struct item *item, char *to)
{
	struct known *const known = item->known;
	if (item->line.event != '=' || !known->is_type)
		return sink_copy(to, known->added.at, known->added.len);
	const struct sdreg_text added = known_added_port(known, item->line.port_number);
	to = sink_copy(to, added.at, added.len);
	return keys_put(&known->keys, &a->keys, &known->type, item->line.txt, to);
}

/* What is added to a line for people is lines too, each behind a tab. */
static void put_words(struct annotator *a, const struct item *item)
{
	char *text = NULL;
	size_t len = 0;
	FILE *const out = open_memstream(&text, &len);
	if (out != NULL)
		words_below(out, a, item);
	if (out == NULL || fclose(out) != 0)
		annotate_no_memory(a);
	else
		sink_put(&a->sink, text, len);
	free(text);
}

void fields_line(struct annotator *a, const struct input_line *line, const struct item *item)
{
	struct sink *const sink = &a->sink;
	if (item->kind == AVAHI_OTHER || item->kind == AVAHI_DOMAIN) {
		sink_put(sink, line->at, line->all);
		return;
	}
	char *to = sink_copy(sink_begin(sink), line->at, line->front);
	if (item->is_human) {
		sink_end(sink, to);
		put_words(a, item);
		to = sink_begin(sink);
	} else {
		to = put_known(a, item, to);
	}
	*to = '\n';
	sink_end(sink, to + (line->all - line->front));
}
