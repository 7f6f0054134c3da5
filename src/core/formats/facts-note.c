/* SPDX-License-Identifier: MIT */
#include "facts-note.h"

#include <string.h>

/* A note that is put together; what does not fit is left out. */
struct facts_text {
	char *at;
	size_t len;
};

static void put(struct facts_text *note, const char *text)
{
	const size_t len = strlen(text);
	if (len >= FACTS_NOTE_SIZE - note->len)
		return;
	memcpy(note->at + note->len, text, len + 1);
	note->len += len;
}

/* Gives how many there are. */
static size_t put_all(struct facts_text *note, const struct sdreg_entry *e,
	const char *nth_text(const struct sdreg_entry *, size_t), const char *before,
	const char *behind)
{
	const char *text;
	size_t i = 0;
	for (; (text = nth_text(e, i)) != NULL; i++) {
		put(note, i > 0 ? ", " : "");
		put(note, before);
		put(note, text);
		put(note, behind);
	}
	return i;
}

static void put_references(struct facts_text *note, const struct sdreg_entry *e)
{
	const char *text;
	for (size_t i = 0; (text = sdreg_entry_txt_reference(e, i)) != NULL; i++) {
		/* an RFC is told by its brackets */
		const int is_rfc = strncmp(text, "RFC", 3) == 0;
		put(note, is_rfc ? " [" : " ");
		put(note, text);
		put(note, is_rfc ? "]" : "");
	}
}

const char *facts_note(const struct sdreg_entry *entry, char buf[FACTS_NOTE_SIZE])
{
	const enum sdreg_txt_kind kind = sdreg_entry_txt_kind(entry);
	struct facts_text note = {buf, 0};
	if (sdreg_entry_notes(entry)[0] != '\0' || kind == SDREG_TXT_KIND_ABSENT)
		return sdreg_entry_notes(entry);
	put(&note, "Defined TXT keys: ");
	switch (kind) {
	case SDREG_TXT_KIND_LIST:
		put_all(&note, entry, sdreg_entry_txt_key, "", "");
		break;
	case SDREG_TXT_KIND_PROPRIETARY:
		put(&note, put_all(&note, entry, sdreg_entry_txt_key, "", "") > 0 ? ", " : "");
		put(&note, "proprietary");
		break;
	case SDREG_TXT_KIND_PROSE:
		if (put_all(&note, entry, sdreg_entry_txt_key, "key \"", "\"") == 0)
			put(&note, "Words that are no list");
		break;
	case SDREG_TXT_KIND_REFERENCE:
		put(&note, "See");
		break;
	case SDREG_TXT_KIND_ABSENT:
	case SDREG_TXT_KIND_NONE:
	case SDREG_TXT_KIND_UNSPECIFIED:
		put(&note, sdreg_txt_kind_text(kind));
		break;
	}
	put_references(&note, entry);
	return buf;
}
