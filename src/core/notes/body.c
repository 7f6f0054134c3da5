/* SPDX-License-Identifier: MIT */

/* The text of a TXT note with all that is no name of a key made harmless. */

#include "body.h"

#include <string.h>

enum {
	SCHEME_MAX = 16, /* "http" */
	PAIRS_DEPTH = 16, /* deeper brackets are text; real notes have one level */
};

/* ---- looking ---- */

size_t notes_body_word(const struct notes_body *body, size_t i)
{
	size_t end = i;
	while (end < body->len && notes_is_letter(body->at[end]))
		end++;
	return end - i;
}

static size_t match(const struct notes_body *body, size_t i, const char *word)
{
	const size_t len = strlen(word);
	if (len > body->len - i || !ascii_equal(body->at + i, word, len))
		return 0;
	return i + len < body->len && notes_is_letter(body->at[i + len]) ? 0 : len;
}

size_t notes_body_match_here(const struct notes_body *body, size_t i, const char *const *words)
{
	const char first = (char)ascii_lower((unsigned char)body->at[i]);
	for (; *words != NULL; words++) {
		const size_t len = **words == first ? match(body, i, *words) : 0;
		if (len > 0)
			return len;
	}
	return 0;
}

int notes_body_is_url(const struct notes_body *body, size_t i)
{
	if (!notes_is_word(body, i))
		return 0;
	const char *const at = body->at;
	size_t end = i;
	while (end < body->len && end - i < SCHEME_MAX &&
		(ascii_is_alnum((unsigned char)at[end]) || at[end] == '+'))
		end++;
	if (body->len - end > 3 && memcmp(at + end, "://", 3) == 0)
		return !notes_is_gap(at[end + 3]);
	return end - i == 3 && ascii_equal(at + i, "www", 3) && body->len - end > 1 &&
		at[end] == '.' && ascii_is_alnum((unsigned char)at[end + 1]);
}

int notes_body_assigns(const struct notes_body *body)
{
	if (!notes_has(body, '='))
		return 0;
	size_t depth = 0;
	for (size_t i = 0; i < body->len; i++) {
		if (depth == 0 && body->at[i] == '=')
			return 1;
		depth += body->at[i] == BODY_OPEN;
		depth -= body->at[i] == BODY_CLOSE;
	}
	return 0;
}

static int says_something(char c)
{
	return ascii_is_alnum((unsigned char)c) || c == BODY_VALUE;
}

int notes_body_is_blank(const struct notes_body *body)
{
	for (size_t i = 0; i < body->len; i++)
		if (says_something(body->at[i]))
			return 0;
	return 1;
}

static int is_blank_outside_comments(const struct notes_body *body)
{
	size_t depth = 0;
	for (size_t i = 0; i < body->len; i++) {
		if (depth == 0 && says_something(body->at[i]))
			return 0;
		depth += body->at[i] == BODY_OPEN;
		depth -= body->at[i] == BODY_CLOSE;
	}
	return 1;
}

/* ---- copying ---- */

static char plain_byte(char c)
{
	if (c == '\t' || c == '\r')
		return ' ';
	return c == '\n' || (unsigned char)c >= ' ' ? c : BODY_OTHER;
}

void notes_body_copy(struct notes_body *body, const char *text, size_t len)
{
	while (len > 0 && ascii_is_blank((unsigned char)*text)) {
		text++;
		len--;
	}
	len = len < BODY_MAX ? len : BODY_MAX;
	while (len > 0 && ascii_is_blank((unsigned char)text[len - 1]))
		len--;
	body->note = text;
	body->len = len;
	for (size_t i = 0; i < len; i++)
		body->at[i] = plain_byte(text[i]);
}

/* Parentheses stay: what counts them relies on their being in pairs. */
void notes_body_fill(struct notes_body *body, size_t from, size_t to, char with)
{
	for (size_t i = from; i < to; i++)
		if (body->at[i] != BODY_OPEN && body->at[i] != BODY_CLOSE)
			body->at[i] = with;
}

/* ---- masking ---- */

typedef void pair_action(struct notes_body *body, size_t open, size_t close);

/* Tells of each pair of brackets, the inner ones first. */
static void each_pair(struct notes_body *body, char open, char close, pair_action *action)
{
	size_t opened[PAIRS_DEPTH];
	size_t depth = 0;
	if (!notes_has(body, close))
		return; /* as in most notes */
	for (size_t i = 0; i < body->len; i++) {
		if (body->at[i] == open && depth < PAIRS_DEPTH)
			opened[depth++] = i;
		else if (body->at[i] == close && depth > 0)
			action(body, opened[--depth], i);
	}
}

static void mask_pair(struct notes_body *body, size_t open, size_t close)
{
	notes_body_fill(body, open, close + 1, BODY_VALUE);
}

static size_t previous_text(const struct notes_body *body, size_t i)
{
	while (i > 0 && body->at[i - 1] == ' ')
		i--;
	return i;
}

static int is_segment_start(const struct notes_body *body, size_t i)
{
	i = previous_text(body, i);
	return i == 0 || notes_is_separator(body->at[i - 1]);
}

/* `<word>:` names a key, and `<URL>` is a reference unless it is a value. */
static void mask_angle(struct notes_body *body, size_t open, size_t close)
{
	const size_t word = notes_body_word(body, open + 1);
	const int is_label = open + 1 + word == close && close + 1 < body->len &&
		body->at[close + 1] == ':' && is_segment_start(body, open);
	const size_t before = previous_text(body, open);
	const int is_value = before > 0 && body->at[before - 1] == '=';
	if (is_label || (!is_value && notes_body_is_url(body, open + 1)))
		return;
	mask_pair(body, open, close);
}

static void mark_parentheses(struct notes_body *body, size_t open, size_t close)
{
	body->at[open] = BODY_OPEN;
	body->at[close] = BODY_CLOSE;
}

static void pair_parentheses(struct notes_body *body)
{
	if (!notes_has(body, '(') && !notes_has(body, ')'))
		return;
	each_pair(body, '(', ')', mark_parentheses);
	for (size_t i = 0; i < body->len; i++)
		if (body->at[i] == '(' || body->at[i] == ')')
			body->at[i] = BODY_COMMENT;
}

/* Length of a bullet: "-", "*", "a.", "1)"; or 0. */
static size_t bullet(const struct notes_body *body, size_t i)
{
	const char *const at = body->at + i;
	const size_t left = body->len - i;
	if (left > 1 && (at[0] == '-' || at[0] == '*') && at[1] == ' ')
		return 1;
	if (left > 1 && at[0] == '-' && notes_is_letter(at[1]))
		return 1;
	const int numbered = left > 2 && ascii_is_alnum((unsigned char)at[0]) &&
		(at[1] == '.' || at[1] == ')') && at[2] == ' ';
	return numbered ? 2 : 0;
}

static size_t line_end(const struct notes_body *body, size_t i)
{
	const char *const end = memchr(body->at + i, '\n', body->len - i);
	return end == NULL ? body->len : (size_t)(end - body->at);
}

static void drop_bullets(struct notes_body *body)
{
	for (size_t i = 0; i < body->len; i = line_end(body, i) + 1) {
		const size_t at = notes_skip_spaces(body, i);
		notes_body_fill(body, at, at + bullet(body, at), ' ');
	}
}

/* Length of "word" and ":" behind it; or 0. */
static size_t heading(const struct notes_body *body, size_t i, const char *const *words)
{
	const size_t len = notes_match(body, i, words);
	if (len == 0)
		return 0;
	const size_t colon = notes_skip_spaces(body, i + len);
	return colon < body->len && body->at[colon] == ':' ? colon + 1 - i : 0;
}

static int is_line_start(const struct notes_body *body, size_t i)
{
	i = previous_text(body, i);
	return i == 0 || body->at[i - 1] == '\n';
}

static int begins_tail(const struct notes_body *body, size_t i)
{
	static const char *const examples[] = {"example", "examples", NULL};
	static const char *const others[] = {"note", "subtype", "subtypes", NULL};
	if (heading(body, i, examples) > 0)
		return 1;
	return heading(body, i, others) > 0 && is_line_start(body, i);
}

static void cut_tail(struct notes_body *body)
{
	if (!notes_has(body, ':'))
		return;
	size_t depth = 0;
	for (size_t i = 1; i < body->len; i++) {
		depth += body->at[i - 1] == BODY_OPEN;
		depth -= body->at[i - 1] == BODY_CLOSE;
		if (depth > 0 || !begins_tail(body, i))
			continue;
		body->len = i;
		return;
	}
}

void notes_body_prepare(struct notes_body *body)
{
	drop_bullets(body);
	each_pair(body, '<', '>', mask_angle);
	pair_parentheses(body);
	cut_tail(body);
}

/* Without its dots "eg" and "ie" may be keys; they are not before plain text. */
static int begins_instance(const struct notes_body *body, size_t i)
{
	static const char *const dotted[] = {"e.g", "i.e", "for example", "for instance", NULL};
	static const char *const bare[] = {"eg", "ie", NULL};
	if (notes_match(body, i, dotted) > 0)
		return 1;
	const size_t len = notes_match(body, i, bare);
	if (len == 0 || i + len == body->len || body->at[i + len] != ' ')
		return 0;
	return is_segment_start(body, i);
}

void notes_body_drop_instances(struct notes_body *body)
{
	size_t depth = 0;
	for (size_t i = 0; i < body->len; i++) {
		depth += body->at[i] == BODY_OPEN;
		depth -= body->at[i] == BODY_CLOSE;
		if (depth > 0 || !begins_instance(body, i))
			continue;
		const size_t end = line_end(body, i);
		notes_body_fill(body, i, end, ' ');
		i = end;
	}
}

/* Masks a value in quotes of either kind, when it is closed on its line. */
static void mask_quoted_values(struct notes_body *body)
{
	if (!notes_has(body, '"') && !notes_has(body, '\''))
		return;
	for (size_t i = 0; i < body->len; i++) {
		if (body->at[i] != '=')
			continue;
		const size_t from = notes_skip_spaces(body, i + 1);
		if (from == body->len || (body->at[from] != '"' && body->at[from] != '\''))
			continue;
		size_t to = from + 1;
		while (to < body->len && body->at[to] != body->at[from] && body->at[to] != '\n')
			to++;
		if (to < body->len && body->at[to] == body->at[from])
			mask_pair(body, from, to);
	}
}

static void fold_comments(struct notes_body *body)
{
	if (!notes_has(body, BODY_OPEN))
		return;
	const int is_all = is_blank_outside_comments(body);
	size_t depth = 0;
	for (size_t i = 0; i < body->len; i++) {
		const int opens = body->at[i] == BODY_OPEN;
		const int closes = body->at[i] == BODY_CLOSE;
		depth += (size_t)opens;
		if (depth > 0 && (opens || closes || !is_all))
			body->at[i] = BODY_COMMENT;
		depth -= (size_t)closes;
	}
}

void notes_body_finish(struct notes_body *body)
{
	fold_comments(body);
	each_pair(body, '{', '}', mask_pair);
	each_pair(body, '[', ']', mask_pair);
	mask_quoted_values(body);
}
