/* SPDX-License-Identifier: MIT */

/*
 * What a TXT note says, as a whole: its kind. Notes are written by people for people; the rules
 * are those by which a reader of all notes of the registry tells them apart.
 */

#include "notes.h"
#include "body.h"

#include <string.h>

/* ---- the marker ---- */

/* Length of "Defined TXT keys:" in any case and with any blanks; 0 if the text begins otherwise. */
static size_t marker_length(const char *text, size_t len)
{
	static const char *const words[] = {"defined", "txt", "keys"};
	size_t i = 0;
	for (size_t n = 0; n < sizeof(words) / sizeof(*words); n++) {
		const size_t from = ascii_skip_blanks(text, i, len);
		const size_t word = strlen(words[n]);
		if ((n > 0 && from == i) || word > len - from)
			return 0;
		if (!ascii_equal(text + from, words[n], word))
			return 0;
		i = from + word;
	}
	i = ascii_skip_blanks(text, i, len);
	return i < len && text[i] == ':' ? i + 1 : 0;
}

/* Where the body begins; 0 without a marker. */
static size_t find_body(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (ascii_lower((unsigned char)text[i]) != 'd')
			continue;
		const size_t marker = marker_length(text + i, len - i);
		if (marker > 0)
			return i + marker;
	}
	return 0;
}

/* ---- no keys ---- */

/* Whether a line from here on is `key = ...`: where it begins, or 0. */
static size_t find_assigning_line(const struct notes_body *body)
{
	for (size_t i = 0; i < body->len; i++) {
		if (body->at[i] != '\n')
			continue;
		const size_t from = notes_skip_gaps(body, i);
		size_t end = from;
		while (end < body->len && (notes_is_letter(body->at[end]) || body->at[end] == '.'))
			end++;
		const size_t sign = notes_skip_spaces(body, end);
		if (end > from && sign < body->len && body->at[sign] == '=')
			return from;
		i = from - 1;
	}
	return 0;
}

/* "there is no TXT keys defined", in the first clause. */
static int denies_keys(const struct notes_body *body)
{
	static const char *const no[] = {"no", NULL};
	static const char *const keys[] = {"key", "keys", "record", "records", "txt", NULL};
	int denied = 0;
	for (size_t i = 0; i < body->len && memchr(".,;:=\n", body->at[i], 6) == NULL; i++) {
		if (notes_match(body, i, no) > 0)
			denied = 1;
		else if (denied && notes_match(body, i, keys) > 0)
			return 1;
	}
	return 0;
}

/* Whether the body begins with one of the words, and it is no key. */
static int begins_with(const struct notes_body *body, const char *const *words)
{
	const size_t len = notes_match(body, 0, words);
	const size_t next = notes_skip_spaces(body, len);
	return len > 0 && (next == body->len || body->at[next] != '=');
}

static int says_none(const struct notes_body *body)
{
	static const char *const none[] = {"none", "nil", "n/a", "not applicable", "not used",
		NULL};
	if (body->len == 1 && body->at[0] == '0')
		return 1;
	return begins_with(body, none) || denies_keys(body);
}

static int says_unspecified(const struct notes_body *body)
{
	static const char *const words[] = {"tbd", "tba", "varies", "unspecified", "unknown",
		"not specified", "not defined", "not yet", "to be defined", "to be determined",
		"to be announced", "to be specified", NULL};
	static const char *const contact[] = {"contact", NULL};
	if (begins_with(body, words))
		return 1;
	/* By itself, before "=" or in a list it is a key. */
	const size_t len = notes_match(body, 0, contact);
	const size_t next = notes_skip_gaps(body, len);
	if (len == 0 || next == len || next == body->len)
		return 0;
	return memchr(",;=:", body->at[next], 4) == NULL;
}

/* ---- keys that are not published ---- */

/* A clause that says so, and what came before that in it. */
struct open_clause {
	size_t from; /* its start, or its last "and" */
	int is_value; /* in it came "=" or ":" */
};

static int ends_clause(const struct notes_body *body, size_t i)
{
	const char c = body->at[i];
	if (c == '.')
		return i + 1 == body->len || notes_is_gap(body->at[i + 1]);
	return notes_is_separator(c) || c == BODY_OPEN || c == BODY_CLOSE;
}

static void follow_clause(const struct notes_body *body, size_t i, struct open_clause *clause)
{
	static const char *const links[] = {"and", "plus", "with", NULL};
	const char c = body->at[i];
	if (ends_clause(body, i))
		*clause = (struct open_clause){i + 1, 0};
	else if (c == '=' || c == ':')
		clause->is_value = 1;
	else if (c == '+' || c == '&' || notes_match(body, i, links) > 0)
		clause->from = i;
}

static size_t clause_end(const struct notes_body *body, size_t i)
{
	while (i < body->len && !ends_clause(body, i))
		i++;
	return i;
}

/* Takes out "and proprietary keys" and the like. Returns whether there is such a clause. */
static int take_open_clauses(struct notes_body *body)
{
	static const char *const words[] = {"proprietary", "undocumented", "unpublished",
		"not publicly", "not public", "not documented", "not published", NULL};
	struct open_clause clause = {0, 0};
	int is_open = 0;
	for (size_t i = 0; i < body->len; i++) {
		follow_clause(body, i, &clause);
		if (clause.is_value || notes_match(body, i, words) == 0)
			continue;
		notes_body_fill(body, clause.from, clause_end(body, i), BODY_COMMENT);
		is_open = 1;
	}
	return is_open;
}

/* ---- the kind ---- */

/* Takes the references. Returns whether they are all that the note says. */
static int is_reference(struct notes_body *body)
{
	static const char *const see[] = {"see", "refer", NULL};
	const int sees = notes_match(body, 0, see) > 0;
	if (!sees)
		notes_body_drop_instances(body);
	notes_references_take(body);
	const int assigns = notes_body_assigns(body);
	if (!assigns)
		notes_references_take_files(body);
	if (sees && !assigns)
		return 1;
	return body->out->references_count > 0 && notes_body_is_blank(body);
}

static enum sdreg_txt_kind read_keys(struct notes_body *body)
{
	const int is_prose = notes_keys_find_quoted(body);
	const int is_open = take_open_clauses(body);
	notes_body_finish(body);
	const int is_elsewhere = !is_prose && !notes_keys_find(body);
	if (is_open)
		return SDREG_TXT_KIND_PROPRIETARY;
	if (is_prose)
		return SDREG_TXT_KIND_PROSE;
	if (body->out->keys_count > 0)
		return SDREG_TXT_KIND_LIST;
	if (is_elsewhere || body->out->references_count > 0)
		return SDREG_TXT_KIND_REFERENCE;
	return SDREG_TXT_KIND_PROSE;
}

static enum sdreg_txt_kind read_body(struct notes_body *body)
{
	if (notes_body_is_blank(body))
		return SDREG_TXT_KIND_UNSPECIFIED;
	if (says_none(body)) {
		const size_t from = find_assigning_line(body);
		if (from == 0)
			return SDREG_TXT_KIND_NONE;
		notes_body_fill(body, 0, from, ' ');
	} else if (says_unspecified(body)) {
		return SDREG_TXT_KIND_UNSPECIFIED;
	}
	notes_body_prepare(body);
	return is_reference(body) ? SDREG_TXT_KIND_REFERENCE : read_keys(body);
}

void notes_read(const char *text, size_t len, struct notes_txt *out)
{
	out->kind = SDREG_TXT_KIND_ABSENT;
	out->keys_count = 0;
	out->references_count = 0;
	const size_t from = find_body(text, len);
	if (from == 0)
		return;
	struct notes_body body;
	body.out = out;
	notes_body_copy(&body, text + from, len - from);
	out->kind = read_body(&body);
}
