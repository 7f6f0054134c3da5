/* SPDX-License-Identifier: MIT */

/* sdreg annotate: each line as it is, and behind it fields parted by tabs; below a line that is for
 * people there are lines for people. */

#include "annotate-words.h"
#include "annotate.h"
#include "avahi-txt.h"
#include "suffix-cache.h"

#include <stdlib.h>
#include <string.h>

enum {
	INTERFACE_MAX = 15, /* bytes in the name of one, in Linux */
	SHORTEST = 2 + INTERFACE_MAX + 7, /* what is shorter is not looked at here */
};

static void pass(struct annotator *a, const struct input_line *line)
{
	sink_put(&a->sink, line->at, line->all);
}

/* A line with something behind it, before its line break. */
static void put_with(struct annotator *a, const struct input_line *line, struct sdreg_text added)
{
	sink_put(&a->sink, line->at, line->front);
	sink_put(&a->sink, added.at, added.len);
	sink_put(&a->sink, "\n", line->all - line->front);
}

/* ---- what stands behind a line ---- */

/* Text that grows in a block which is large enough for all that one line can give. */
static void put(char *block, size_t *len, const char *text, size_t text_len)
{
	memcpy(block + *len, text, text_len);
	*len += text_len;
}

static void put_port(const struct annotator *a, const struct item *item, size_t *len)
{
	uint16_t port = 0;
	uint16_t registered;
	avahi_port(item->line.port, &port);
	const enum sdreg_port_verdict verdict = sdreg_annotate_port(a->cli->registry,
		&item->known->type, port, &registered);
	const char *const word = sdreg_port_verdict_word(verdict);
	put(a->added, len, word, strlen(word));
	if (verdict == SDREG_PORT_OTHER)
		*len += (size_t)sprintf(a->added + *len, " (registered %u)", registered);
}

static void put_key(char *block, size_t *len, const struct sdreg_txt_item *item)
{
	if (*len > 0)
		block[(*len)++] = ',';
	*len += sdreg_text_show(item->key, item->key_len, block + *len, 4 * item->key_len + 1);
}

/* The keys of a TXT record that are known, and behind a tab those that are not. */
static void put_keys(const struct annotator *a, const struct item *item, size_t *len)
{
	struct avahi_txt txt = avahi_txt_read(item->line.txt);
	struct sdreg_text string;
	struct sdreg_txt_item key;
	char *const known = a->added + *len;
	size_t known_len = 0;
	size_t others_len = 0;
	while (avahi_txt_next(&txt, a->scratch, &string)) {
		if (sdreg_txt_item(string.at, string.len, &key) < 0)
			continue;
		if (knowns_key(a->knowns, item->known, key.key, key.key_len) != SDREG_KEY_UNKNOWN)
			put_key(known, &known_len, &key);
		else
			put_key(a->others, &others_len, &key);
	}
	*len += known_len;
	a->added[(*len)++] = '\t';
	put(a->added, len, a->others, others_len);
}

/* What stands behind a resolved service. */
static struct sdreg_text long_suffix(const struct annotator *a, const struct item *item)
{
	size_t len = 0;
	put(a->added, &len, item->known->added.at, item->known->added.len);
	a->added[len++] = '\t';
	put_port(a, item, &len);
	a->added[len++] = '\t';
	put_keys(a, item, &len);
	return (struct sdreg_text){a->added, len};
}

/* ---- lines ---- */

static struct suffix_cache *cache_of(const struct annotator *a, char event)
{
	return event == '=' ? a->longs : a->shorts;
}

/* A service that says what none before it did. */
static void take_service(struct annotator *a, const struct input_line *line,
	const struct item *item)
{
	const char event = item->line.event;
	const char *const type = item->line.type.at;
	const struct sdreg_text tail = {type, (size_t)(line->at + line->len - type)};
	const struct sdreg_text suffix = event == '=' && item->known->is_type
		? long_suffix(a, item)
		: item->known->added;
	suffix_cache_keep(cache_of(a, event), tail, suffix);
	put_with(a, line, suffix);
}

/* What is added to a line for people is lines too, each behind a tab. */
static void take_human(struct annotator *a, const struct input_line *line,
	const struct item *item)
{
	char *text = NULL;
	size_t len = 0;
	FILE *const out = open_memstream(&text, &len);
	if (out != NULL)
		words_below(out, a, item);
	if (out == NULL || fclose(out) != 0) {
		annotate_no_memory(a);
		len = 0;
	}
	put_with(a, line, (struct sdreg_text){text, len});
	free(text);
}

/* Where the type begins in a line as nearly all are, or NULL. */
static const char *common_type(const char *at, const char *end)
{
	if (end - at < SHORTEST || (at[0] != '+' && at[0] != '-' && at[0] != '=') || at[1] != ';')
		return NULL;
	const char *protocol = at + 2;
	while (*protocol != ';' && protocol - at <= INTERFACE_MAX + 2)
		protocol++;
	if (memcmp(protocol, ";IPv4;", 6) != 0 && memcmp(protocol, ";IPv6;", 6) != 0)
		return NULL;
	const char *const name = protocol + 6;
	const char *const type = memchr(name, ';', (size_t)(end - name));
	return type != NULL ? type + 1 : NULL;
}

/* Takes a line of a service like one that came before, without reading more of it than it needs.
 * 0 if it is none. */
static int take_again(struct annotator *a, const struct input_line *line)
{
	const char *const end = line->at + line->len;
	const char *const type = common_type(line->at, end);
	struct sdreg_text suffix;
	if (type == NULL || !suffix_cache_find(cache_of(a, line->at[0]),
				    (struct sdreg_text){type, (size_t)(end - type)}, &suffix))
		return 0;
	a->below = NULL;
	put_with(a, line, suffix);
	return 1;
}

void fields_line(struct annotator *a, const struct input_line *line)
{
	struct item item;
	if (take_again(a, line))
		return;
	item_read(a, line, &item);
	if (item.kind == AVAHI_OTHER || item.kind == AVAHI_DOMAIN)
		pass(a, line);
	else if (item.is_human)
		take_human(a, line, &item);
	else
		take_service(a, line, &item);
}

void fields_piece(struct annotator *a, const struct input_line *piece)
{
	pass(a, piece);
}
