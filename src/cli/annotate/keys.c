/* SPDX-License-Identifier: MIT */
#include "keys.h"

#include "common/hash.h"
#include "common/printed-txt.h"
#include "common/word.h"

#include <string.h>

enum { KEPT_MAX = KEYS_SLOTS / 4 * 3 };

/* A key as it comes. */
struct key {
	const char *at;
	size_t len; /* 0 in a string that readers ignore */
	uint64_t hash; /* a key of one word is all in it */
};

/* Takes what is before the first = of a string. */
static inline struct key key_of(struct sdreg_text string)
{
	struct key key = {string.at, 0, 0};
	size_t n = sizeof(uint64_t);
	while (n == sizeof(uint64_t) && key.len < string.len) {
		const uint64_t word = word_at(string.at + key.len);
		const size_t left = string.len - key.len;
		n = word_find(word, '=');
		n = n < left ? n : left;
		key.hash = hash_step(key.hash, word_first(word, n));
		key.len += n;
	}
	return key;
}

/* ---- what is known of keys ---- */

static int is_unknown(const struct keys_context *context, const struct sdreg_type *type,
	const struct key *key)
{
	return sdreg_annotate_key(context->from->registry, context->from->supplement, type, key->at,
		       key->len) == SDREG_KEY_VERDICT_UNKNOWN;
}

static int is_plain(const struct key *key)
{
	for (size_t i = 0; i < key->len; i++)
		if (key->at[i] < ' ' || key->at[i] > '~')
			return 0;
	return key->len <= KEYS_TEXT;
}

/* The slot that a key is in, or a free one for it. */
static inline struct kept_key *slot_of(struct keys *keys, const struct key *key)
{
	for (uint64_t i = key->hash;; i++) {
		struct kept_key *const slot = &keys->slots[i % KEYS_SLOTS];
		if (slot->len == 0)
			return slot;
		if (slot->hash == key->hash && slot->len == key->len &&
			(key->len <= sizeof(uint64_t) ||
				memcmp(slot->text, key->at, key->len) == 0))
			return slot;
	}
}

/* Keeps a key that comes for the first time. 0 if it is none to keep: it is long, or must be
 * escaped, or there are too many. */
static int keep(struct keys *keys, const struct keys_context *context,
	const struct sdreg_type *type, const struct key *key, struct kept_key *slot)
{
	if (keys->count == KEPT_MAX || !is_plain(key))
		return 0;
	keys->count++;
	slot->hash = key->hash;
	slot->len = (unsigned char)key->len;
	slot->is_unknown = (unsigned char)is_unknown(context, type, key);
	memcpy(slot->text, key->at, key->len);
	return 1;
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

char *keys_put(struct keys *keys, const struct keys_context *context, const struct sdreg_type *type,
	struct sdreg_text record, char *to)
{
	struct key_list lists[2] = {{to, to}, {context->others, context->others}};
	struct printed_txt txt = printed_txt_read(record.at, record.len);
	struct sdreg_text string;
	while (printed_txt_next(&txt, context->scratch, &string)) {
		const struct key key = key_of(string);
		if (key.len == 0)
			continue;
		struct kept_key *const slot = slot_of(keys, &key);
		if (slot->len > 0 || keep(keys, context, type, &key, slot))
			add_kept(&lists[slot->is_unknown], slot);
		else
			add_escaped(&lists[is_unknown(context, type, &key)], &key);
	}
	const size_t len = (size_t)(lists[1].end - lists[1].begin);
	*lists[0].end = '\t';
	memcpy(lists[0].end + 1, lists[1].begin, len);
	return lists[0].end + 1 + len;
}
