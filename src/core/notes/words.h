/* SPDX-License-Identifier: MIT */
#ifndef CORE_NOTES_WORDS_H
#define CORE_NOTES_WORDS_H

#include "body.h"

/* Words that can be keys, and their way into the result. */

enum {
	NOTES_KEY_WORDS = 3, /* "RMC Client Version"; what is longer is a sentence */
	NOTES_BARE_WORDS = 12, /* in a list without commas */
};

struct notes_words {
	size_t count;
	struct notes_span at[NOTES_BARE_WORDS];
};

static inline int notes_words_is_byte(char c)
{
	return notes_is_letter(c) || c == '.' || c == '*' || c == '?' || c == '$' || c == '+' ||
		c == '#'; /* HomeKit has "c#" and "s#" */
}

/* Where the word ends that begins here; i itself if none does. */
size_t notes_words_end(const struct notes_body *body, size_t i);

/* Splits into words. Returns 0 if there is anything else, nothing, or more than fits. */
int notes_words_split(const struct notes_body *body, struct notes_span span,
	struct notes_words *words);

/* Whether a word can be a key. */
int notes_words_is_key(const struct notes_body *body, struct notes_span word);

/* Whether a word is one of a list ended by NULL. */
int notes_words_is(const struct notes_body *body, struct notes_span word, const char *const *list);

/* Whether a word is of those that sentences are made of. */
int notes_words_is_stop(const struct notes_body *body, struct notes_span word);

/* Adds a word as a key if it can be one. */
void notes_words_add(struct notes_body *body, struct notes_span word);

/* Adds the words from first on as one key. */
void notes_words_add_all(struct notes_body *body, const struct notes_words *words, size_t first);

#endif
