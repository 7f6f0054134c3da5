/* SPDX-License-Identifier: MIT */
#ifndef NOTES_H
#define NOTES_H

/* TXT notes as rows, each with what it is taken for. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "core/notes/notes.h"
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#define KEYS "Defined TXT keys: "

enum { JOINED_MAX = 4096 };

struct row {
	const char *note;
	enum sdreg_txt_kind kind;
	const char *keys; /* "a|b" */
	const char *references;
};

/* Spans are parts of the note; joined by "|" they can be compared and printed. */
static inline void join(char *to, const struct sdreg_text *spans, size_t count)
{
	size_t used = 0;
	for (size_t i = 0; i < count; i++) {
		assert_true(used + spans[i].len + 2 < JOINED_MAX);
		if (i > 0)
			to[used++] = '|';
		memcpy(to + used, spans[i].at, spans[i].len);
		used += spans[i].len;
	}
	to[used] = '\0';
}

/* Reads a note at the very end of a block of its size: an overrun of one byte is seen. */
static inline void read_copy(const char *note, size_t len, char *keys, char *refs,
	enum sdreg_txt_kind *kind)
{
	char *const block = malloc(len > 0 ? len : 1);
	assert_non_null(block);
	memcpy(block, note, len);
	struct notes_txt txt;
	notes_read(block, len, &txt);
	*kind = txt.kind;
	join(keys, txt.keys, txt.keys_count);
	join(refs, txt.references, txt.references_count);
	free(block);
}

static inline int is_right(const struct row *row)
{
	char keys[JOINED_MAX];
	char refs[JOINED_MAX];
	enum sdreg_txt_kind kind;
	read_copy(row->note, strlen(row->note), keys, refs, &kind);
	if (kind == row->kind && strcmp(keys, row->keys) == 0 && strcmp(refs, row->references) == 0)
		return 1;
	print_error("%s\n\twanted kind %d, keys \"%s\", references \"%s\"\n"
		    "\tgot kind %d, keys \"%s\", references \"%s\"\n",
		row->note, (int)row->kind, row->keys, row->references, (int)kind, keys, refs);
	return 0;
}

static inline void check_rows(const struct row *rows, size_t count)
{
	size_t wrong = 0;
	for (size_t i = 0; i < count; i++)
		wrong += !is_right(rows + i);
	assert_int_equal(wrong, 0);
}

#define TABLE_TEST(table) \
	static void test_##table(void **state) \
	{ \
		(void)state; \
		check_rows(table, sizeof(table) / sizeof(*(table))); \
	}

#endif
