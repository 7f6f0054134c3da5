/* SPDX-License-Identifier: MIT */
#ifndef CORE_NOTES_BODY_H
#define CORE_NOTES_BODY_H

#include "common/ascii.h"
#include "notes.h"

#include <string.h>

/* The body of a TXT note, what follows the marker, as the reader of notes works on it. */

enum {
	/* A reading costs the same however long the note is, and needs no memory but the stack. The
	 * longest real note has 1,532 bytes: more is a mistake or an attack. */
	BODY_MAX = 8 << 10,
};

/*
 * The copy has a byte for each byte of the note, so that a place in it is a place in the note.
 * Blanks in it are ' ' and LF alone, and control characters stand for what is no text of its own.
 */
enum {
	BODY_VALUE = 1, /* part of a value: <...>, {...}, [...], "..." after "=" */
	BODY_OPEN, /* "(" that has its ")" */
	BODY_CLOSE, /* that ")" */
	BODY_COMMENT, /* a blank that was text: in parentheses, a reference; no key goes over it */
	BODY_OTHER, /* any other control character */
};

struct notes_body {
	const char *note; /* the body in the note: at[i] was note[i] */
	struct notes_txt *out;
	size_t len;
	char at[BODY_MAX];
};

/* A part of a body. */
struct notes_span {
	size_t from;
	size_t to;
};

static inline int notes_is_gap(char c)
{
	return c == ' ' || c == '\n' || c == BODY_COMMENT;
}

static inline int notes_is_separator(char c)
{
	return c == ',' || c == ';' || c == '\n';
}

/* Part of a word of plain language. */
static inline int notes_is_letter(char c)
{
	return ascii_is_alnum((unsigned char)c) || c == '_' || c == '-';
}

/* Whether a word of plain language begins here with a letter. */
static inline int notes_is_word(const struct notes_body *body, size_t i)
{
	return i < body->len && ascii_is_letter((unsigned char)body->at[i]) &&
		(i == 0 || !notes_is_letter(body->at[i - 1]));
}

/* Most notes are short and plain: what needs a byte that is not there need not be looked for. */
static inline int notes_has(const struct notes_body *body, char c)
{
	return memchr(body->at, c, body->len) != NULL;
}

/* Skips blanks of one line. */
static inline size_t notes_skip_spaces(const struct notes_body *body, size_t i)
{
	while (i < body->len && body->at[i] == ' ')
		i++;
	return i;
}

static inline size_t notes_skip_gaps(const struct notes_body *body, size_t i)
{
	while (i < body->len && notes_is_gap(body->at[i]))
		i++;
	return i;
}

/* Length of the word of plain language that begins here; 0 if none does. */
size_t notes_body_word(const struct notes_body *body, size_t i);

size_t notes_body_match_here(const struct notes_body *body, size_t i, const char *const *words);

/* The length of that of several words, ended by NULL, which begins here, without regard to ASCII
 * case; 0 if none does. Inline, for it is asked at every byte and mostly in the midst of a word. */
static inline size_t notes_match(const struct notes_body *body, size_t i, const char *const *words)
{
	return notes_is_word(body, i) ? notes_body_match_here(body, i, words) : 0;
}

/* Whether a URL begins here. */
int notes_body_is_url(const struct notes_body *body, size_t i);

/* Whether "=" is left outside parentheses. */
int notes_body_assigns(const struct notes_body *body);

/* Whether nothing is left that says anything, in parentheses or not. */
int notes_body_is_blank(const struct notes_body *body);

/* Copies the body without the blanks around it. */
void notes_body_copy(struct notes_body *body, const char *text, size_t len);

/* Overwrites a part, but for parentheses. */
void notes_body_fill(struct notes_body *body, size_t from, size_t to, char with);

/* Masks what looks like text and is none: bullets, <values>, unpaired parentheses, and the tail
 * that begins with "Example:" or with a line "Note:". First of all. */
void notes_body_prepare(struct notes_body *body);

/* Blanks what follows "e.g." or the like on its line. */
void notes_body_drop_instances(struct notes_body *body);

/* Masks values in quotes and brackets, and makes what is in parentheses a comment, unless there
 * is nothing else. Last of all. */
void notes_body_finish(struct notes_body *body);

/* ---- references: notes-references.c ---- */

/* Takes URLs and [RFCn] out of the text, but for those in comments and values. */
void notes_references_take(struct notes_body *body);

/* Takes names of documents out of the text. */
void notes_references_take_files(struct notes_body *body);

/* ---- keys: notes-keys.c ---- */

/* Finds `key "name"` in running text. Returns whether there is one. */
int notes_keys_find_quoted(struct notes_body *body);

/* Finds the keys that a finished body names; unless it is text that tells where to look for them:
 * then returns 0. */
int notes_keys_find(struct notes_body *body);

#endif
