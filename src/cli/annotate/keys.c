/* SPDX-License-Identifier: MIT */
#include "keys.h"

#include "common/bytes.h"
#include "common/hash.h"
#include "common/printed-txt.h"

#include <string.h>

enum { KEPT_MAX = KEYS_SLOTS / 4 * 3 };

/* A key as it comes. */
struct key {
	const char *at;
	size_t len; /* 0 in a string that readers ignore */
	uint64_t words[2]; /* its first KEYS_TEXT bytes, and zeros */
};

/* Up to how many bytes of a string are a word of its key. */
static inline size_t part_length(uint64_t word, size_t left)
{
	const size_t n = word_find(word, '=');
	return n < left ? n : left;
}

/* Takes what is before the first = of a string. */
static inline struct key key_of(struct sdreg_text string)
{
	const uint64_t first = word_at(string.at);
	struct key key = {string.at, part_length(first, string.len), {0, 0}};
	key.words[0] = word_first(first, key.len);
	if (key.len < sizeof(first) || key.len == string.len)
		return key;
	const uint64_t second = word_at(string.at + sizeof(first));
	const size_t len = part_length(second, string.len - sizeof(first));
	key.words[1] = word_first(second, len);
	key.len += len;
	if (key.len == KEYS_TEXT) {
		const char *const sign = memchr(string.at, '=', string.len);
		key.len = sign != NULL ? (size_t)(sign - string.at) : string.len;
	}
	return key;
}

/* ---- what is known of keys ---- */

static int is_plain(const struct key *key)
{
	for (size_t i = 0; i < key->len; i++)
		if (key->at[i] < ' ' || key->at[i] > '~')
			return 0;
	return key->len <= KEYS_TEXT;
}

/* The slot that a key is in, or a free one for it. */
static inline struct kept_key *slot_of(struct keys *keys, struct key key)
{
	for (uint64_t i = hash_step(key.words[0], key.words[1]);; i++) {
		struct kept_key *const slot = &keys->slots[i % KEYS_SLOTS];
		if (slot->len == key.len && word_at(slot->text) == key.words[0] &&
			word_at(slot->text + sizeof(uint64_t)) == key.words[1])
			return slot;
		if (slot->len == 0)
			return slot;
	}
}

/* ---- lists ---- */

/* Keys with commas between them. */
struct key_list {
	const char *begin;
	char *end;
};

static inline void add_comma(struct key_list *list)
{
	*list->end = ',';
	list->end += list->end > list->begin;
}

static inline void add_kept(struct key_list *list, const struct kept_key *kept)
{
	add_comma(list);
	memcpy(list->end, kept->text, KEYS_TEXT);
	list->end += kept->len;
}

static void add_escaped(struct key_list *list, const struct key *key)
{
	add_comma(list);
	list->end += sdreg_text_show(key->at, key->len, list->end, 4 * key->len + 1);
}

/* Adds a key that is not kept yet, and keeps it if it is one to keep: it is short, needs no
 * escapes, and there are not too many. */
static void add_new(struct keys *keys, const struct keys_context *context,
	const struct sdreg_type *type, struct key key, struct key_list lists[2])
{
	const int is_unknown =
		sdreg_annotate_key(context->from->registry, context->from->supplement, type, key.at,
			key.len) == SDREG_KEY_VERDICT_UNKNOWN;
	if (keys->count == KEPT_MAX || !is_plain(&key)) {
		add_escaped(&lists[is_unknown], &key);
		return;
	}
	struct kept_key *const slot = slot_of(keys, key);
	keys->count++;
	slot->len = (unsigned char)key.len;
	slot->is_unknown = (unsigned char)is_unknown;
	memcpy(slot->text, key.at, key.len);
	add_kept(&lists[is_unknown], slot);
}

char *keys_put(struct keys *keys, const struct keys_context *context, const struct sdreg_type *type,
	struct sdreg_text record, char *to)
{
	struct key_list lists[2] = {{to, to}, {context->others, context->others}};
	struct printed_txt txt = printed_txt_read(record.at, record.len);
	struct sdreg_text string;
	while (printed_txt_next(&txt, context->scratch, &string)) {
		const struct key key = key_of(string);
		const struct kept_key *const kept = slot_of(keys, key);
		if (kept->len > 0)
			add_kept(&lists[kept->is_unknown], kept);
		else if (key.len > 0)
			add_new(keys, context, type, key, lists);
	}
	to = lists[0].end;
	*to++ = '\t';
	return sink_copy(to, lists[1].begin, (size_t)(lists[1].end - lists[1].begin));
}
