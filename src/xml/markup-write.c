/* SPDX-License-Identifier: MIT */
#include "markup-write.h"

#include <sdreg/error.h>

#include <stdlib.h>
#include <string.h>

enum {
	MARKUP_MAX = 64 << 20,
	MARKUP_FIRST = 1024,
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
	m->element_from = 0;
	m->plain = 0;
}

static char *room(struct markup *m, size_t len)
{
	if (m->trouble != 0)
		return NULL;
	if (len > MARKUP_MAX || m->len > MARKUP_MAX - len) {
		m->trouble = SDREG_E_LIMIT;
		return NULL;
	}
	if (len > m->size - m->len) {
		size_t size = m->size > 0 ? 2 * m->size : MARKUP_FIRST;
		while (size < m->len + len)
			size *= 2;
		char *const grown = realloc(m->at, size);
		if (grown == NULL) {
			m->trouble = SDREG_E_MEMORY;
			return NULL;
		}
		m->at = grown;
		m->size = size;
	}
	return m->at + m->len;
}

void markup_raw(struct markup *m, const char *bytes, size_t len)
{
	char *const to = room(m, len);
	if (to == NULL || len == 0)
		return;
	memcpy(to, bytes, len);
	m->len += len;
}

static void put(struct markup *m, const char *text)
{
	markup_raw(m, text, strlen(text));
}

static void put_byte(struct markup *m, char byte)
{
	char *const to = room(m, 1);
	if (to == NULL)
		return;
	*to = byte;
	m->len++;
}

void markup_text(struct markup *m, const char *text, size_t len)
{
	size_t from = 0;
	for (size_t i = 0; i < len; i++) {
		const char c = text[i];
		if (c != '&' && c != '<' && c != '>' && c != '\r')
			continue;
		markup_raw(m, text + from, i - from);
		put(m, c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&#xD;");
		from = i + 1;
	}
	markup_raw(m, text + from, len - from);
}

/* The value of an attribute. libxml2 leaves an ampersand in it as a reference, "&#38;", which is
 * fine here too. */
static void put_value(struct markup *m, const char *text, size_t len)
{
	size_t from = 0;
	for (size_t i = 0; i < len; i++) {
		const char *escaped = NULL;
		switch (text[i]) {
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

static void put_name(struct markup *m, const xmlChar *name, const xmlChar *prefix)
{
	if (prefix != NULL) {
		put(m, (const char *)prefix);
		put_byte(m, ':');
	}
	put(m, (const char *)name);
}

static void put_space(struct markup *m, const xmlChar *prefix, const xmlChar *space)
{
	put(m, " xmlns");
	if (prefix != NULL) {
		put_byte(m, ':');
		put(m, (const char *)prefix);
	}
	put(m, "=\"");
	if (space != NULL)
		put_value(m, (const char *)space, strlen((const char *)space));
	put_byte(m, '"');
}

void markup_open(struct markup *m, const struct markup_tag *tag)
{
	m->element_from = m->len;
	m->plain = tag->spaces_count == 0 && tag->prefix == NULL;
	put_byte(m, '<');
	put_name(m, tag->name, tag->prefix);
	for (int i = 0; i < tag->spaces_count; i++)
		put_space(m, tag->spaces[2 * i], tag->spaces[2 * i + 1]);
}

void markup_put_attribute(struct markup *m, const struct markup_tag *tag, int nth)
{
	const xmlChar **const a = tag->attributes + 5 * nth;
	put_byte(m, ' ');
	put_name(m, a[0], a[1]);
	put(m, "=\"");
	put_value(m, (const char *)a[3], (size_t)(a[4] - a[3]));
	put_byte(m, '"');
}

void markup_start(struct markup *m, const struct markup_tag *tag)
{
	markup_open(m, tag);
	for (int i = 0; i < tag->count; i++)
		markup_put_attribute(m, tag, i);
	put_byte(m, '>');
	m->text_from = m->len;
}

void markup_end(struct markup *m, const xmlChar *name, const xmlChar *prefix)
{
	put(m, "</");
	put_name(m, name, prefix);
	put_byte(m, '>');
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

void markup_replace(struct markup *m, char byte)
{
	m->len = m->element_from;
	put_byte(m, byte);
	m->text_from = m->len;
}

int markup_is_clean(const char *text, size_t len)
{
	if (len == 0 || text[0] == ' ' || text[len - 1] == ' ')
		return 0;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < 0x20 || (text[i] == ' ' && text[i + 1] == ' '))
			return 0;
	return 1;
}
