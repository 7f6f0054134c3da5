/* SPDX-License-Identifier: MIT */
#include "markup.h"

#include <sdreg/markup.h>

#include <string.h>

/* Length of a tag with its brackets; a quoted value may hold a bracket. */
static size_t tag_length(const char *text)
{
	char quote = '\0';
	for (size_t i = 1; text[i] != '\0'; i++) {
		if (quote != '\0')
			quote = text[i] == quote ? '\0' : quote;
		else if (text[i] == '"')
			quote = text[i];
		else if (text[i] == '>' || markup_is_byte(text[i])) /* bytes stand for attributes */
			return text[i] == '>' ? i + 1 : i;
	}
	return strlen(text);
}

static struct markup_piece other(const char *text, const char *end)
{
	const char *const found = strstr(text, end);
	const size_t len = found != NULL ? (size_t)(found - text) + strlen(end) : strlen(text);
	return (struct markup_piece){MARKUP_OTHER, text, len, 0};
}

static struct markup_piece read_piece(const char *text)
{
	if (*text == '\0')
		return (struct markup_piece){MARKUP_END, text, 0, 0};
	if (markup_is_byte(*text))
		return (struct markup_piece){MARKUP_BYTE, text, 1, 0};
	if (strncmp(text, "<!--", 4) == 0)
		return other(text, "-->");
	if (strncmp(text, "<?", 2) == 0)
		return other(text, "?>");
	if (text[0] == '<')
		return (struct markup_piece){text[1] == '/' ? MARKUP_STOP : MARKUP_START, text,
			tag_length(text), 0};
	size_t len = 1;
	while (text[len] != '\0' && text[len] != '<' && !markup_is_byte(text[len]))
		len++;
	return (struct markup_piece){MARKUP_TEXT, text, len, 0};
}

struct markup_piece markup_next(const char **text)
{
	struct markup_piece piece = read_piece(*text);
	*text += piece.len;
	if (piece.kind == MARKUP_BYTE && piece.at[0] == SDREG_RECORD_MARKUP_FOREIGN &&
		**text == '<') {
		piece = read_piece(*text);
		*text += piece.len;
		piece.foreign = 1;
	}
	return piece;
}

int markup_is(const struct markup_piece *tag, const char *name)
{
	size_t from = tag->kind == MARKUP_STOP ? 2 : 1;
	size_t len = 0;
	if (tag->foreign)
		return 0;
	while (from + len < tag->len && strchr(" >\t\n", tag->at[from + len]) == NULL) {
		if (tag->at[from + len] == ':') {
			from += len + 1;
			len = 0;
			continue;
		}
		len++;
	}
	return len == strlen(name) && memcmp(tag->at + from, name, len) == 0;
}

const char *markup_attribute(const struct markup_piece *tag, const char *name, size_t *len)
{
	const size_t wanted = strlen(name);
	const char *const end = tag->at + tag->len;
	const char *at = memchr(tag->at, ' ', tag->len);
	while (at != NULL && ++at < end) {
		const char *const open = memchr(at, '"', (size_t)(end - at));
		const char *const close =
			open != NULL ? memchr(open + 1, '"', (size_t)(end - open - 1)) : NULL;
		if (close == NULL)
			return NULL;
		if ((size_t)(open - at) == wanted + 1 && memcmp(at, name, wanted) == 0) {
			*len = (size_t)(close - open - 1);
			return open + 1;
		}
		at = close + 1;
	}
	return NULL;
}

char markup_unescape(const char *text, size_t len, size_t *taken)
{
	static const struct {
		const char *escaped;
		char c;
	} escapes[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'},
		{"&#38;", '&'}, {"&#xD;", '\r'}, {"&#xA;", '\n'}, {"&#x9;", '\t'}};
	*taken = 1;
	for (size_t i = 0; text[0] == '&' && i < sizeof(escapes) / sizeof(escapes[0]); i++) {
		const size_t n = strlen(escapes[i].escaped);
		if (n > len || memcmp(text, escapes[i].escaped, n) != 0)
			continue;
		*taken = n;
		return escapes[i].c;
	}
	return text[0];
}
