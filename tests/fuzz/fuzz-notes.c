/* SPDX-License-Identifier: MIT */

/* Fuzzes the reader of assignment notes: what it finds must lie inside the note. */

#include "fuzz.h"

#include "core/notes/notes.h"

static void check_spans(const struct sdreg_text *span, size_t count, const char *note, size_t size)
{
	for (size_t i = 0; i < count; i++) {
		require(span[i].len > 0 && span[i].len <= size);
		require(span[i].at >= note && span[i].at <= note + size - span[i].len);
	}
}

static void check(const struct notes_txt *txt, const char *note, size_t size)
{
	require(txt->kind >= SDREG_TXT_KIND_ABSENT && txt->kind <= SDREG_TXT_KIND_PROSE);
	require(txt->keys_count <= NOTES_KEYS && txt->references_count <= NOTES_REFERENCES);
	check_spans(txt->keys, txt->keys_count, note, size);
	check_spans(txt->references, txt->references_count, note, size);
	if (txt->kind == SDREG_TXT_KIND_ABSENT || txt->kind == SDREG_TXT_KIND_NONE)
		require(txt->keys_count == 0);
	if (txt->kind == SDREG_TXT_KIND_LIST)
		require(txt->keys_count > 0);
	if (txt->kind == SDREG_TXT_KIND_ABSENT)
		require(txt->references_count == 0);
}

/* What stands in out before must not matter. */
static void read_filled(int fill, const char *note, size_t size, struct notes_txt *txt)
{
	memset(txt, fill, sizeof(*txt));
	notes_read(note, size, txt);
	check(txt, note, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct notes_txt txt;
	static struct notes_txt again;
	char *const note = block(data, size);
	read_filled(0, note, size, &txt);
	read_filled(0xa5, note, size, &again);
	require(txt.kind == again.kind && txt.keys_count == again.keys_count &&
		txt.references_count == again.references_count);
	free(note);
	return 0;
}
