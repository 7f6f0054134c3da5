/* SPDX-License-Identifier: MIT */

/* The keys that a TXT note names. */

#include "words.h"

/* ---- `key "name"` in running text ---- */

static size_t skip_fillers(const struct notes_body *body, size_t i)
{
	static const char *const words[] = {"and", "are", "called", "is", "named", "or", NULL};
	for (;;) {
		i = notes_skip_gaps(body, i);
		const size_t len = notes_match(body, i, words);
		if (len == 0 && (i == body->len || (body->at[i] != ':' && body->at[i] != ',')))
			return i;
		i += len > 0 ? len : 1;
	}
}

/* Adds a word in quotes. Returns where to go on; i itself if there is none. */
static size_t add_quoted(struct notes_body *body, size_t i)
{
	if (i == body->len || (body->at[i] != '"' && body->at[i] != '\''))
		return i;
	const size_t end = notes_words_end(body, i + 1);
	const struct notes_span word = {i + 1, end};
	if (end == i + 1 || end == body->len || body->at[end] != body->at[i])
		return i;
	if (!notes_words_is_key(body, word))
		return i;
	notes_words_add(body, word);
	return end + 1;
}

static int add_quoted_words(struct notes_body *body, size_t i)
{
	int found = 0;
	for (;;) {
		i = skip_fillers(body, i);
		const size_t end = add_quoted(body, i);
		if (end == i)
			return found;
		found = 1;
		i = end;
	}
}

int notes_keys_find_quoted(struct notes_body *body)
{
	static const char *const keys[] = {"key", "keys", NULL};
	if (!notes_has(body, '"') && !notes_has(body, '\''))
		return 0;
	int found = 0;
	for (size_t i = 0; i < body->len; i++) {
		const size_t len = notes_match(body, i, keys);
		if (len > 0)
			found |= add_quoted_words(body, i + len);
	}
	return found;
}

/* ---- items ---- */

static struct notes_span next_segment(const struct notes_body *body, size_t from)
{
	size_t to = from;
	while (to < body->len && !notes_is_separator(body->at[to]))
		to++;
	return (struct notes_span){from, to};
}

/* Where a label such as `td:`, `"td":` or `<td>:` with text behind it ends; 0 if there is none. */
static size_t label_end(const struct notes_body *body, struct notes_span span,
	struct notes_span *word)
{
	size_t i = span.from;
	const char open = i < span.to ? body->at[i] : '\0';
	const char close = open == '<' ? '>' : open == '"' ? '"' : '\0';
	i += close != '\0';
	word->from = i;
	word->to = i = notes_words_end(body, i);
	if (i == word->from || !notes_words_is_key(body, *word))
		return 0;
	if (close != '\0' && (i == span.to || body->at[i++] != close))
		return 0;
	i = notes_skip_spaces(body, i);
	if (i >= span.to || body->at[i] != ':')
		return 0;
	return notes_skip_gaps(body, i + 1) < span.to ? i + 1 : 0;
}

/* Where a heading such as "Optional keys:" ends, which is no key; 0 if there is none. */
static size_t heading_end(const struct notes_body *body, struct notes_span span)
{
	static const char *const words[] = {"additional", "and", "are", "defined", "example",
		"examples", "following", "key", "keys", "mandatory", "normally", "note", "optional",
		"or", "record", "records", "required", "see", "supported", "the", "txt", NULL};
	size_t i = span.from;
	for (size_t len; i < span.to && (len = notes_match(body, i, words)) > 0;)
		i = notes_skip_spaces(body, i + len);
	return i > span.from && i < span.to && body->at[i] == ':' ? i + 1 : 0;
}

static int is_lead(char c)
{
	return notes_is_gap(c) || c == '"' || c == '\'';
}

static int is_trail(char c)
{
	return is_lead(c) || c == '.' || c == ':' || c == '-';
}

/* Without the blanks and headings in front. */
static struct notes_span strip_lead(const struct notes_body *body, struct notes_span span)
{
	for (;;) {
		while (span.from < span.to && notes_is_gap(body->at[span.from]))
			span.from++;
		const size_t end = heading_end(body, span);
		if (end == 0)
			return span;
		span.from = end;
	}
}

/* Where a dash or a full stop stands in an item; its end if there is none. */
static size_t find_remark(const struct notes_body *body, struct notes_span span)
{
	for (size_t i = span.from + 1; i + 1 < span.to; i++) {
		const char c = body->at[i];
		const char before = body->at[i - 1];
		const int is_dash = c == '-' && before == ' ';
		const int is_stop = c == '.' && notes_is_letter(before);
		if ((is_dash || is_stop) && body->at[i + 1] == ' ')
			return i;
	}
	return span.to;
}

/* What of an item names the key: not the comment, value or remark behind it. */
static struct notes_span item_core(const struct notes_body *body, struct notes_span span)
{
	span = strip_lead(body, span);
	while (span.from < span.to && is_lead(body->at[span.from]))
		span.from++;
	span.to = find_remark(body, span);
	for (size_t i = span.from; i < span.to; i++)
		if (body->at[i] == BODY_COMMENT || body->at[i] == BODY_VALUE)
			span.to = i;
	while (span.to > span.from && is_trail(body->at[span.to - 1]))
		span.to--;
	return span;
}

/* ---- tables: `key   text` in lines ---- */

static size_t next_line(const struct notes_body *body, size_t i)
{
	while (i < body->len && body->at[i] != '\n')
		i++;
	return i + 1;
}

/* The first column of a line; empty if the line is no row. */
static struct notes_span table_cell(const struct notes_body *body, size_t line)
{
	const size_t from = notes_skip_spaces(body, line);
	const size_t to = notes_words_end(body, from);
	const size_t next = notes_skip_spaces(body, to);
	const struct notes_span cell = {from, to};
	const int is_row = next >= to + 2 && next < body->len && body->at[next] != '\n' &&
		!notes_is_separator(body->at[next]);
	return is_row && notes_words_is_key(body, cell) ? cell : (struct notes_span){from, from};
}

static int find_in_table(struct notes_body *body)
{
	if (!notes_has(body, '\n'))
		return 0;
	size_t rows = 0;
	for (size_t i = 0; i < body->len; i = next_line(body, i)) {
		const struct notes_span cell = table_cell(body, i);
		rows += cell.to > cell.from;
	}
	if (rows < 2)
		return 0;
	for (size_t i = 0; i < body->len; i = next_line(body, i)) {
		const struct notes_span cell = table_cell(body, i);
		if (cell.to > cell.from)
			notes_words_add(body, cell);
	}
	return 1;
}

/* ---- assignments and labels: `key=value`, `key: text` ---- */

/* Adds the word that ends at "=" and begins after a blank. Returns whether there is one. */
static int add_assigned_word(struct notes_body *body, struct notes_span span)
{
	size_t from = span.to;
	while (from > span.from && notes_words_is_byte(body->at[from - 1]))
		from--;
	if (from == span.from || !notes_is_gap(body->at[from - 1]))
		return 0;
	const size_t end = notes_words_end(body, from);
	if (end != span.to || end == from)
		return 0;
	notes_words_add(body, (struct notes_span){from, end});
	return 1;
}

/* Adds the key in front of the first "=": one to three words, or the last of a sentence. */
static void add_assigned(struct notes_body *body, struct notes_span span)
{
	struct notes_words words;
	while (span.from < span.to && is_lead(body->at[span.from]))
		span.from++;
	while (span.to > span.from && is_lead(body->at[span.to - 1]))
		span.to--;
	for (size_t i = span.to; i > span.from; i--)
		if (body->at[i - 1] == BODY_COMMENT)
			span.from = notes_skip_gaps(body, i);
	size_t first = 0;
	const int is_plain = notes_words_split(body, span, &words);
	while (is_plain && first + 1 < words.count && notes_words_is_stop(body, words.at[first]))
		first++;
	if (is_plain && words.count - first <= NOTES_KEY_WORDS)
		notes_words_add_all(body, &words, first);
	else
		add_assigned_word(body, span);
}

static int has_several_words(const struct notes_body *body, struct notes_span span)
{
	size_t i = notes_skip_gaps(body, span.from);
	while (i < span.to && !notes_is_gap(body->at[i]))
		i++;
	return notes_skip_gaps(body, i) < span.to;
}

/* Adds the keys of `a=1 b=2`; sign is the first "=". Returns whether the last value is text. */
static int add_assignments(struct notes_body *body, struct notes_span span, size_t sign)
{
	add_assigned(body, (struct notes_span){span.from, sign});
	size_t value = sign + 1;
	for (size_t i = value; i < span.to; i++) {
		if (body->at[i] != '=')
			continue;
		if (add_assigned_word(body, (struct notes_span){value, i}))
			value = i + 1;
	}
	return has_several_words(body, (struct notes_span){value, span.to});
}

static void add_single_word(struct notes_body *body, struct notes_span span)
{
	struct notes_words words;
	if (notes_words_split(body, item_core(body, span), &words) && words.count == 1)
		notes_words_add(body, words.at[0]);
}

/* Whether a label may begin at from: in lists of "key: text", commas belong to the text. */
static int may_be_label(const struct notes_body *body, size_t from)
{
	return from == 0 || body->at[from - 1] != ',';
}

static int has_label(const struct notes_body *body)
{
	if (!notes_has(body, ':'))
		return 0;
	for (size_t i = 0; i < body->len;) {
		const struct notes_span segment = next_segment(body, i);
		struct notes_span word;
		if (may_be_label(body, i) && label_end(body, strip_lead(body, segment), &word) > 0)
			return 1;
		i = segment.to + 1;
	}
	return 0;
}

/* Reads a segment behind which is_text tells whether what comes belongs to a text. */
static int read_segment(struct notes_body *body, struct notes_span segment, int is_text)
{
	const struct notes_span span = strip_lead(body, segment);
	const char *const sign = memchr(body->at + span.from, '=', span.to - span.from);
	if (sign != NULL)
		return add_assignments(body, span, (size_t)(sign - body->at));
	struct notes_span word;
	if (may_be_label(body, segment.from) && label_end(body, span, &word) > 0) {
		notes_words_add(body, word);
		return 1;
	}
	if (!is_text)
		add_single_word(body, span);
	return is_text;
}

static void find_in_segments(struct notes_body *body)
{
	int is_text = 0;
	for (size_t i = 0; i < body->len;) {
		const struct notes_span segment = next_segment(body, i);
		is_text = read_segment(body, segment, is_text);
		i = segment.to + 1;
	}
}

/* ---- lists of names ---- */

static int is_link(const struct notes_body *body, struct notes_span word)
{
	static const char *const links[] = {"and", "or", NULL};
	return notes_words_is(body, word, links);
}

static int has_stop_word(const struct notes_body *body, const struct notes_words *words,
	size_t first)
{
	for (size_t i = first; i < words->count; i++)
		if (notes_words_is_stop(body, words->at[i]))
			return 1;
	return 0;
}

/* Adds the item of a list: a key of one to three words, or "a and b". */
static void add_item(struct notes_body *body, struct notes_span item)
{
	struct notes_words words;
	if (!notes_words_split(body, item, &words))
		return;
	const size_t first = words.count > 1 && is_link(body, words.at[0]);
	if (words.count - first == 1) {
		notes_words_add(body, words.at[first]);
	} else if (words.count == 3 && first == 0 && is_link(body, words.at[1])) {
		notes_words_add(body, words.at[0]);
		notes_words_add(body, words.at[2]);
	} else if (words.count - first <= NOTES_KEY_WORDS && !has_stop_word(body, &words, first)) {
		notes_words_add_all(body, &words, first);
	}
}

static int begins_lower(const struct notes_body *body, struct notes_span word)
{
	const unsigned char c = (unsigned char)body->at[word.from];
	return ascii_is_letter(c) && !ascii_is_upper(c);
}

/* Adds the words of a list with blanks only. It is told from a sentence by its words. */
static void add_bare_words(struct notes_body *body, struct notes_span item)
{
	struct notes_words words;
	if (!notes_words_split(body, item, &words))
		return;
	if (words.count > 1 && has_stop_word(body, &words, 0)) {
		add_item(body, item);
		return;
	}
	for (size_t i = 0; words.count > 1 && i < words.count; i++)
		if (!begins_lower(body, words.at[i]))
			return;
	for (size_t i = 0; i < words.count; i++)
		notes_words_add(body, words.at[i]);
}

static int says_anything(const struct notes_body *body, struct notes_span span)
{
	for (size_t i = span.from; i < span.to; i++)
		if (ascii_is_alnum((unsigned char)body->at[i]) || body->at[i] == BODY_VALUE)
			return 1;
	return 0;
}

/* The commas behind a remark on its line belong to it. */
static void add_items(struct notes_body *body)
{
	int is_text = 0;
	for (size_t i = 0; i < body->len;) {
		const struct notes_span segment = next_segment(body, i);
		const int has_remark = find_remark(body, segment) < segment.to;
		is_text = is_text && i > 0 && body->at[i - 1] == ',' && !has_remark;
		if (!is_text)
			add_item(body, item_core(body, segment));
		is_text |= has_remark;
		i = segment.to + 1;
	}
}

static void find_in_items(struct notes_body *body)
{
	size_t count = 0;
	struct notes_span only = {0, 0};
	for (size_t i = 0; i < body->len; i = next_segment(body, i).to + 1) {
		const struct notes_span segment = next_segment(body, i);
		if (!says_anything(body, segment))
			continue;
		only = segment;
		count++;
	}
	if (count == 1) {
		add_bare_words(body, item_core(body, only));
		return;
	}
	add_items(body);
}

/* ---- text that tells where to look ---- */

/* "Will be described in ..." */
static int is_described_elsewhere(const struct notes_body *body)
{
	static const char *const fillers[] = {"are", "as", "be", "is", "keys", "the", "they", "txt",
		"will", NULL};
	static const char *const verbs[] = {"defined", "described", "documented", "inherited",
		"listed", "specified", "same as", NULL};
	size_t i = notes_skip_gaps(body, 0);
	for (size_t len; (len = notes_match(body, i, fillers)) > 0;)
		i = notes_skip_gaps(body, i + len);
	const size_t verb = notes_match(body, i, verbs);
	const size_t next = notes_skip_gaps(body, i + verb);
	return verb > 0 && next > i + verb && notes_body_word(body, next) > 0;
}

static int begins_number(const struct notes_body *body, size_t i)
{
	return i < body->len && ascii_is_digit((unsigned char)body->at[i]);
}

/* "Section 8.12", or a specification that is not a key by itself. */
static int names_specification(const struct notes_body *body)
{
	static const char *const sections[] = {"section", NULL};
	static const char *const words[] = {"specification", "specifications", NULL};
	for (size_t i = 0; i < body->len; i++) {
		const size_t section = notes_match(body, i, sections);
		if (section > 0 && begins_number(body, notes_skip_gaps(body, i + section)))
			return 1;
		const int follows = i > 1 && body->at[i - 1] == ' ' &&
			notes_is_letter(body->at[i - 2]);
		if (follows && notes_match(body, i, words) > 0)
			return 1;
	}
	return 0;
}

int notes_keys_find(struct notes_body *body)
{
	if (!notes_body_assigns(body)) {
		if (find_in_table(body))
			return 1;
		if (!has_label(body)) {
			if (is_described_elsewhere(body) || names_specification(body))
				return 0;
			find_in_items(body);
			return 1;
		}
	}
	find_in_segments(body);
	return 1;
}
