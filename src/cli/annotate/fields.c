/* SPDX-License-Identifier: MIT */

/* sdreg annotate: each line as it is, and behind it fields parted by tabs; below a line that is for
 * people there are lines for people. */

#include "annotate.h"
#include "common/printed-txt.h"
#include "suffix-cache.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

enum {
	INTERFACE_MAX = 15, /* bytes in the name of one, in Linux */
	LINE_COPY = INPUT_ROOM,
	SUFFIX_COPY = SUFFIX_CACHE_ROOM,
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
	avahi_port(item->line.port, &port);
	const char *const words = port_words(&item->known->ports, port);
	put(a->added, len, words, strlen(words));
}

static int is_plain(struct sdreg_text text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] < ' ' || text.at[i] > '~')
			return 0;
	return 1;
}

static void put_key(char *block, size_t *len, struct sdreg_text key)
{
	if (*len > 0)
		block[(*len)++] = ',';
	if (is_plain(key))
		put(block, len, key.at, key.len);
	else
		*len += sdreg_text_show(key.at, key.len, block + *len, 4 * key.len + 1);
}

/* What is before the first =; nothing in a string that readers ignore. */
static struct sdreg_text key_of(struct sdreg_text string)
{
	size_t len = 0;
	while (len < string.len && string.at[len] != '=')
		len++;
	return (struct sdreg_text){string.at, len};
}

/* The keys of a TXT record that are known, and behind a tab those that are not. */
static void make_keys(const struct annotator *a, const struct item *item, size_t *len)
{
	struct printed_txt txt = printed_txt_read(item->line.txt.at, item->line.txt.len);
	struct sdreg_text string;
	char *const known = a->added + *len;
	size_t known_len = 0;
	size_t others_len = 0;
	while (printed_txt_next(&txt, a->scratch, &string)) {
		const struct sdreg_text key = key_of(string);
		if (key.len == 0)
			continue;
		if (knowns_key(a->knowns, item->known, key) != SDREG_KEY_VERDICT_UNKNOWN)
			put_key(known, &known_len, key);
		else
			put_key(a->others, &others_len, key);
	}
	*len += known_len;
	a->added[(*len)++] = '\t';
	put(a->added, len, a->others, others_len);
}

static void put_keys(const struct annotator *a, const struct item *item, size_t *len)
{
	const struct sdreg_text txt = item->line.txt;
	const uint32_t tag = item->known->number;
	const size_t from = *len;
	struct sdreg_text keys;
	if (suffix_cache_find(a->records, tag, txt, &keys)) {
		put(a->added, len, keys.at, keys.len);
		return;
	}
	make_keys(a, item, len);
	suffix_cache_keep(a->records, tag, txt, (struct sdreg_text){a->added + from, *len - from});
}

/* What stands behind a service. */
static struct sdreg_text suffix_of(const struct annotator *a, const struct item *item)
{
	size_t len = 0;
	if (item->line.event != '=' || !item->known->is_type)
		return item->known->added;
	put(a->added, &len, item->known->added.at, item->known->added.len);
	a->added[len++] = '\t';
	put_port(a, item, &len);
	a->added[len++] = '\t';
	put_keys(a, item, &len);
	return (struct sdreg_text){a->added, len};
}

/* ---- lines ---- */

/* What is added to a line for people is lines too, each behind a tab. */
static void take_human(struct annotator *a, const struct input_line *line, const struct item *item)
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

/* Where the name begins in a line as nearly all are, or NULL. */
static const char *common_name(const char *at, const char *end)
{
	if (end - at < SHORTEST || (at[0] != '+' && at[0] != '-' && at[0] != '=') || at[1] != ';')
		return NULL;
	const char *protocol = at + 2;
	while (*protocol != ';' && protocol - at <= INTERFACE_MAX + 2)
		protocol++;
	if (memcmp(protocol, ";IPv4;", 6) != 0 && memcmp(protocol, ";IPv6;", 6) != 0)
		return NULL;
	return protocol + 6;
}

/* As put_with(), for nearly all lines. Copies of a size that is known need no branches, and there
 * is room to read and to write more than is there. */
static void put_fast(struct annotator *a, const struct input_line *line, struct sdreg_text suffix)
{
	struct sink *const sink = &a->sink;
	if (line->front > LINE_COPY || suffix.len > SUFFIX_COPY ||
		LINE_COPY + SUFFIX_COPY + 1 > SINK_SIZE - sink->len) {
		put_with(a, line, suffix);
		return;
	}
	char *const to = sink->at + sink->len;
	memcpy(to, line->at, LINE_COPY);
	memcpy(to + line->front, suffix.at, SUFFIX_COPY);
	to[line->front + suffix.len] = '\n';
	sink->len += line->all + suffix.len;
}

/* A service of which something is not as it was before. 0 if it is none. */
static int take_new(struct annotator *a, const struct input_line *line, const char *name,
	struct sdreg_text *suffix)
{
	const char *const end = line->at + line->len;
	struct item item = {.kind = AVAHI_SERVICE, .line = {.event = line->at[0]}};
	if (!avahi_line_read_rest(&item.line, (struct sdreg_text){name, (size_t)(end - name)}))
		return 0;
	item.known = knowns_find(a->knowns, item.line.type);
	if (item.known == NULL)
		return 0;
	*suffix = suffix_of(a, &item);
	put_with(a, line, *suffix);
	return 1;
}

/* Takes a line that is as nearly all are, without reading more of it than it needs. 0 if it is
 * another. */
static int take_common(struct annotator *a, const struct input_line *line)
{
	const char *const end = line->at + line->len;
	const char *const name = common_name(line->at, end);
	const char *const name_end = name != NULL ? memchr(name, ';', (size_t)(end - name)) : NULL;
	struct suffix_cache *const cache = line->at[0] == '=' ? a->longs : a->shorts;
	struct sdreg_text suffix;
	if (name_end == NULL)
		return 0;
	const struct sdreg_text tail = {name_end + 1, (size_t)(end - name_end - 1)};
	a->below = NULL;
	if (suffix_cache_find(cache, 0, tail, &suffix)) {
		put_fast(a, line, suffix);
		return 1;
	}
	if (!take_new(a, line, name, &suffix))
		return 0;
	suffix_cache_keep(cache, 0, tail, suffix);
	return 1;
}

void fields_line(void *with, const struct input_line *line)
{
	struct annotator *const a = with;
	struct item item;
	if (take_common(a, line))
		return;
	item_read(a, line, &item);
	if (item.kind == AVAHI_OTHER || item.kind == AVAHI_DOMAIN)
		pass(a, line);
	else if (item.is_human)
		take_human(a, line, &item);
	else
		put_with(a, line, suffix_of(a, &item));
}

void fields_piece(void *with, const struct input_line *piece)
{
	pass(with, piece);
}
