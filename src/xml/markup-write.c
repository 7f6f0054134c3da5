/* SPDX-License-Identifier: MIT */
#include "markup-write.h"

#include "common/grow.h"

#include <sdreg/error.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	MARKUP_MAX = 64 << 20,
};

void markup_free(struct markup *m)
{
	free(m->at);
	memset(m, 0, sizeof(*m));
}

void markup_clear(struct markup *m)
{
	m->len = 0;
	m->text_from = 0;
}

static char *room(struct markup *m, size_t len)
{
	if (m->trouble != 0)
		return NULL;
	if (len > MARKUP_MAX || m->len > MARKUP_MAX - len) {
		m->trouble = SDREG_E_LIMIT;
		return NULL;
	}
	char *const grown = grow(m->at, &m->size, m->len + len, 1);
	if (grown == NULL) {
		m->trouble = SDREG_E_MEMORY;
		return NULL;
	}
	m->at = grown;
	return m->at + m->len;
}

void markup_raw(struct markup *m, const char *bytes, size_t len)
{
	char *const to = len > 0 ? room(m, len) : NULL;
	if (to == NULL)
		return;
	memcpy(to, bytes, len);
	m->len += len;
}

static void put(struct markup *m, const char *text)
{
	markup_raw(m, text, strlen(text));
}

void markup_text(struct markup *m, const char *text, size_t len)
{
	size_t from = 0;
	for (size_t i = 0; i < len; i++) {
		const char c = text[i];
		if (c > '>' || (c != '&' && c != '<' && c != '>' && c != '\r'))
			continue;
		markup_raw(m, text + from, i - from);
		put(m, c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&#xD;");
		from = i + 1;
	}
	markup_raw(m, text + from, len - from);
}

/* The value of an attribute, its ampersands escaped with this. */
static void put_value(struct markup *m, const char *text, size_t len, const char *ampersand)
{
	size_t from = 0;
	for (size_t i = 0; i < len; i++) {
		const char *escaped = NULL;
		switch (text[i]) {
		case '&':
			escaped = ampersand;
			break;
		case '<':
			escaped = "&lt;";
			break;
		case '"':
			escaped = "&quot;";
			break;
		case '\t':
			escaped = "&#x9;";
			break;
		case '\n':
			escaped = "&#xA;";
			break;
		case '\r':
			escaped = "&#xD;";
			break;
		}
		if (escaped == NULL)
			continue;
		markup_raw(m, text + from, i - from);
		put(m, escaped);
		from = i + 1;
	}
	markup_raw(m, text + from, len - from);
}

void markup_value(struct markup *m, const char *text, size_t len)
{
	put_value(m, text, len, "&amp;");
}

/* One as libxml2 gives it: with an ampersand left as a reference, which is fine here too. */
static void put_given(struct markup *m, const xmlChar *text, size_t len)
{
	put_value(m, (const char *)text, len, NULL);
}

static void put_name(struct markup *m, const xmlChar *name, const xmlChar *prefix)
{
	if (prefix != NULL) {
		put(m, (const char *)prefix);
		markup_byte(m, ':');
	}
	put(m, (const char *)name);
}

static void put_space(struct markup *m, const xmlChar *prefix, const xmlChar *space)
{
	put(m, " xmlns");
	if (prefix != NULL) {
		markup_byte(m, ':');
		put(m, (const char *)prefix);
	}
	put(m, "=\"");
	if (space != NULL)
		put_given(m, space, strlen((const char *)space));
	markup_byte(m, '"');
}

void markup_open(struct markup *m, const struct markup_tag *tag)
{
	markup_byte(m, '<');
	put_name(m, tag->name, tag->prefix);
	for (int i = 0; i < tag->spaces_count; i++)
		put_space(m, tag->spaces[2 * i], tag->spaces[2 * i + 1]);
}

void markup_put_attribute(struct markup *m, const struct markup_tag *tag, int nth)
{
	const xmlChar **const a = tag->attributes + 5 * nth;
	markup_byte(m, ' ');
	put_name(m, a[0], a[1]);
	put(m, "=\"");
	put_given(m, a[3], (size_t)(a[4] - a[3]));
	markup_byte(m, '"');
}

void markup_start(struct markup *m, const struct markup_tag *tag)
{
	markup_open(m, tag);
	for (int i = 0; i < tag->count; i++)
		markup_put_attribute(m, tag, i);
	markup_byte(m, '>');
	m->text_from = m->len;
}

void markup_end(struct markup *m, const xmlChar *name, const xmlChar *prefix)
{
	put(m, "</");
	put_name(m, name, prefix);
	markup_byte(m, '>');
	m->text_from = m->len;
}

void markup_take_space(struct markup *from, struct markup *to)
{
	for (size_t i = from->text_from; i < from->len; i++)
		if (from->at[i] != ' ' && from->at[i] != '\n' && from->at[i] != '\t')
			return;
	if (from->len > from->text_from)
		markup_raw(to, from->at + from->text_from, from->len - from->text_from);
	from->len = from->text_from;
}
