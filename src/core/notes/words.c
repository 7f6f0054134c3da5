/* SPDX-License-Identifier: MIT */
#include "words.h"

enum {
	WORD_MAX = 40, /* bytes; a longer word is no key */
};

size_t notes_words_end(const struct notes_body *body, size_t i)
{
	if (i == body->len)
		return i;
	const char first = body->at[i];
	if (!ascii_is_alnum((unsigned char)first) && first != '_' && first != '*')
		return i;
	while (i < body->len && notes_words_is_byte(body->at[i]))
		i++;
	return i;
}

int notes_words_split(const struct notes_body *body, struct notes_span span,
	struct notes_words *words)
{
	words->count = 0;
	size_t i = span.from;
	while (i < span.to) {
		const size_t end = notes_words_end(body, i);
		if (end == i || words->count == NOTES_BARE_WORDS)
			return 0;
		words->at[words->count++] = (struct notes_span){i, end};
		i = notes_skip_spaces(body, end);
	}
	return words->count > 0;
}

/* `_hub._tcp.host` and `_display.tcp` are service types or domain names. */
static int is_service_type(const char *word, size_t len)
{
	if (word[0] != '_')
		return 0;
	for (size_t i = 1; i + 4 <= len; i++) {
		if (word[i] != '.')
			continue;
		const size_t at = i + 1 + (word[i + 1] == '_');
		if (len - at >= 3 &&
			(ascii_equal(word + at, "tcp", 3) || ascii_equal(word + at, "udp", 3)))
			return 1;
	}
	return 0;
}

int notes_words_is_key(const struct notes_body *body, struct notes_span word)
{
	const size_t len = word.to - word.from;
	if (len > WORD_MAX || is_service_type(body->at + word.from, len))
		return 0;
	for (size_t i = word.from; i < word.to; i++)
		if (ascii_is_letter((unsigned char)body->at[i]))
			return 1;
	return 0;
}

int notes_words_is(const struct notes_body *body, struct notes_span word, const char *const *list)
{
	return notes_match(body, word.from, list) == word.to - word.from;
}

int notes_words_is_stop(const struct notes_body *body, struct notes_span word)
{
	static const char *const stops[] = {"a", "all", "an", "and", "any", "are", "as", "at", "be",
		"by", "can", "default", "defined", "depends", "described", "each", "etc", "for",
		"from", "has", "have", "if", "in", "into", "is", "it", "its", "key", "keys", "may",
		"must", "no", "not", "of", "on", "one", "only", "or", "other", "others", "record",
		"records", "see", "shall", "should", "specific", "such", "than", "that", "the",
		"their", "then", "there", "these", "they", "this", "to", "txt", "used", "using",
		"via", "was", "we", "when", "where", "which", "will", "with", "you", NULL};
	return notes_words_is(body, word, stops);
}

/* Stands among keys and is none even by itself. */
static int is_filler(const struct notes_body *body, struct notes_span word)
{
	static const char *const fillers[] = {"and", "etc", "or", "others", "see", NULL};
	return notes_words_is(body, word, fillers);
}

static void add_key(struct notes_body *body, struct notes_span span)
{
	struct notes_txt *const out = body->out;
	while (span.to > span.from && body->at[span.to - 1] == '.')
		span.to--;
	const struct sdreg_text key = {body->note + span.from, span.to - span.from};
	if (key.len == 0 || out->keys_count == NOTES_KEYS)
		return;
	for (size_t i = 0; i < out->keys_count; i++)
		if (out->keys[i].len == key.len && ascii_equal(out->keys[i].at, key.at, key.len))
			return;
	out->keys[out->keys_count++] = key;
}

void notes_words_add(struct notes_body *body, struct notes_span word)
{
	if (notes_words_is_key(body, word) && !is_filler(body, word))
		add_key(body, word);
}

void notes_words_add_all(struct notes_body *body, const struct notes_words *words, size_t first)
{
	const struct notes_span all = {words->at[first].from, words->at[words->count - 1].to};
	int has_letter = 0;
	for (size_t i = first; i < words->count; i++)
		has_letter |= notes_words_is_key(body, words->at[i]);
	if (has_letter)
		add_key(body, all);
}
