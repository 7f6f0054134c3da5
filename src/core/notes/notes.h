/* SPDX-License-Identifier: MIT */
#ifndef CORE_NOTES_NOTES_H
#define CORE_NOTES_NOTES_H

#include <sdreg/builder.h>
#include <sdreg/registry.h>

/* What an assignment note says of TXT keys. A leaf: it knows no registry. */

enum {
	NOTES_KEYS = 64, /* the longest real list has 14 */
	NOTES_REFERENCES = 16, /* the most in a real note is 3 */
};

/* Keys and references are parts of the note's own bytes; keys are in its order. */
struct notes_txt {
	enum sdreg_txt_kind kind;
	size_t keys_count;
	size_t references_count;
	struct sdreg_text keys[NOTES_KEYS];
	struct sdreg_text references[NOTES_REFERENCES];
};

/* Reads a note with its line breaks. Allocates nothing; time grows with len only. */
void notes_read(const char *text, size_t len, struct notes_txt *out);

#endif
