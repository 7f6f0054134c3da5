/* SPDX-License-Identifier: MIT */

/* The documents that a TXT note refers to. */

#include "body.h"

#include <string.h>

static void add_reference(struct notes_body *body, size_t from, size_t len)
{
	struct notes_txt *const out = body->out;
	const struct sdreg_text text = {body->note + from, len};
	if (len == 0 || out->references_count == NOTES_REFERENCES)
		return;
	for (size_t i = 0; i < out->references_count; i++) {
		const struct sdreg_text *const known = out->references + i;
		if (known->len == len && memcmp(known->at, text.at, len) == 0)
			return;
	}
	out->references[out->references_count++] = text;
}

static int is_url_byte(char c)
{
	return c > ' ' && c <= '~' && c != '"' && c != '<' && c != '>' && c != '[' && c != ']';
}

/* Parentheses are part of a URL as long as they are in pairs. */
static size_t url_length(const struct notes_body *body, size_t from)
{
	size_t end = from;
	size_t depth = 0;
	size_t opened = 0;
	for (; end < body->len; end++) {
		const char c = body->at[end];
		if (c == BODY_OPEN && depth++ == 0)
			opened = end;
		else if (c == BODY_CLOSE)
			depth--;
		else if (c != BODY_OPEN && !is_url_byte(c))
			break;
	}
	if (depth > 0)
		end = opened;
	while (end > from && memchr(".,;:!?'", body->at[end - 1], 7) != NULL)
		end--;
	return end - from;
}

static size_t digits(const struct notes_body *body, size_t i)
{
	size_t end = i;
	while (end < body->len && ascii_is_digit((unsigned char)body->at[end]))
		end++;
	return end - i;
}

/* "RFC7030" or "RFC 7030". */
static size_t rfc_length(const struct notes_body *body, size_t i)
{
	if (body->len - i < 7 || memcmp(body->at + i, "RFC", 3) != 0)
		return 0;
	const size_t blank = body->at[i + 3] == ' ';
	const size_t number = digits(body, i + 3 + blank);
	return number < 3 ? 0 : 3 + blank + number;
}

/* "draft-cheshire-dnsext-multicastdns", or such a document on its way to a number. */
static size_t draft_length(const struct notes_body *body, size_t i)
{
	const size_t left = body->len - i;
	const int is_draft = left > 6 && ascii_equal(body->at + i, "draft-", 6);
	const int is_numberless = left > 9 && ascii_equal(body->at + i, "RFC-ietf-", 9);
	return is_draft || is_numberless ? notes_body_word(body, i) : 0;
}

static size_t text_before(const struct notes_body *body, size_t i)
{
	while (i > 0 && body->at[i - 1] == ' ')
		i--;
	return i;
}

/* A document without brackets at the start of an item is rather a key: `RFC2217, baud`. */
static size_t document_length(const struct notes_body *body, size_t i)
{
	const size_t rfc = rfc_length(body, i);
	const size_t len = rfc > 0 ? rfc : draft_length(body, i);
	if (len == 0)
		return 0;
	const size_t before = text_before(body, i);
	return before == 0 || notes_is_separator(body->at[before - 1]) ? 0 : len;
}

static int is_value(const struct notes_body *body, size_t i)
{
	if (i > 0 && (body->at[i - 1] == '"' || body->at[i - 1] == '\''))
		i--;
	i = text_before(body, i);
	return i > 0 && body->at[i - 1] == '=';
}

/* Where the bracket ends that is open at i; i itself if it does not. */
static size_t bracket_end(const struct notes_body *body, size_t i)
{
	static const char stops[] = {'[', ']', '\n', BODY_OPEN, BODY_CLOSE};
	size_t end = i;
	while (end < body->len && memchr(stops, body->at[end], sizeof(stops)) == NULL)
		end++;
	return end < body->len && body->at[end] == ']' ? end : i;
}

/* Takes a reference together with what is in its bracket: "[RFC8765, Section 6.1]" is one.
 * Returns where to go on. */
static size_t take(struct notes_body *body, size_t from, size_t len)
{
	size_t end = from + len;
	if (is_value(body, from)) {
		notes_body_fill(body, from, end, BODY_VALUE);
		return end;
	}
	add_reference(body, from, len);
	if (from > 0 && body->at[from - 1] == '[')
		end = bracket_end(body, end);
	notes_body_fill(body, from, end, BODY_COMMENT);
	return end;
}

static size_t reference_length(const struct notes_body *body, size_t i)
{
	return notes_body_is_url(body, i) ? url_length(body, i) : document_length(body, i);
}

void notes_references_take(struct notes_body *body)
{
	size_t depth = 0;
	size_t i = 0;
	while (i < body->len) {
		depth += body->at[i] == BODY_OPEN;
		depth -= body->at[i] == BODY_CLOSE;
		size_t len = 0;
		if (depth == 0 && notes_is_word(body, i))
			len = reference_length(body, i);
		i = len > 0 ? take(body, i, len) : i + 1;
	}
}

/* ---- files ---- */

static int is_file_byte(char c)
{
	return notes_is_letter(c) || c == '.' || c == '/' || c == '~' || c == '%';
}

static int names_document(const char *name, size_t len)
{
	static const char *const suffixes[] = {".pdf", ".html", ".htm", ".txt", ".doc", ".docx"};
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		const size_t n = strlen(suffixes[i]);
		if (len > n && ascii_equal(name + len - n, suffixes[i], n))
			return 1;
	}
	return 0;
}

/* Takes the name that begins here if it is a document's. Returns where to go on. */
static size_t take_file(struct notes_body *body, size_t from)
{
	size_t end = from;
	while (end < body->len && is_file_byte(body->at[end]))
		end++;
	const size_t next = end;
	while (end > from && body->at[end - 1] == '.')
		end--;
	if (!names_document(body->at + from, end - from))
		return next;
	while (end < body->len && (is_file_byte(body->at[end]) || body->at[end] == '#'))
		end++;
	while (body->at[end - 1] == '.')
		end--;
	return take(body, from, end - from);
}

void notes_references_take_files(struct notes_body *body)
{
	if (!notes_has(body, '.'))
		return;
	size_t depth = 0;
	size_t i = 0;
	while (i < body->len) {
		depth += body->at[i] == BODY_OPEN;
		depth -= body->at[i] == BODY_CLOSE;
		i = depth == 0 && is_file_byte(body->at[i]) ? take_file(body, i) : i + 1;
	}
}
