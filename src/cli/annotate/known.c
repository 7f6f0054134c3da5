/* SPDX-License-Identifier: MIT */
#include "known.h"

#include "cli/annotate/avahi/names.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	SLOTS = 4096, /* a power of two */
	KNOWN_MAX = SLOTS / 2, /* then all are forgotten */
	KEYS = 1 << 14,
	KEY_TEXT = 22,
};

/* A TXT key of a type, and its verdict. */
struct known_key {
	const struct known *known; /* NULL for none */
	unsigned char verdict;
	unsigned char len;
	char text[KEY_TEXT];
};

struct knowns {
	const struct sources *from;
	struct known *slots[SLOTS]; /* each as near behind its hash as is free */
	size_t count;
	uint32_t last_number;
	struct known_key keys[KEYS];
	struct avahi_names *names; /* loaded when the first title comes */
	int names_loaded;
};

struct knowns *knowns_new(const struct sources *from)
{
	struct knowns *const knowns = calloc(1, sizeof(*knowns));
	if (knowns != NULL)
		knowns->from = from;
	return knowns;
}

static void known_free(struct known *known)
{
	if (known == NULL)
		return;
	free((char *)known->field.at);
	free((char *)known->added.at);
	sdreg_annotation_free(known->annotation);
	free(known);
}

static void forget(struct knowns *knowns)
{
	for (size_t i = 0; i < SLOTS; i++)
		known_free(knowns->slots[i]);
	memset(knowns->slots, 0, sizeof(knowns->slots));
	memset(knowns->keys, 0, sizeof(knowns->keys));
	knowns->count = 0;
}

void knowns_free(struct knowns *knowns)
{
	if (knowns == NULL)
		return;
	forget(knowns);
	avahi_names_free(knowns->names);
	free(knowns);
}

/* ---- what a field means ---- */

static const char *type_of_title(struct knowns *knowns, struct sdreg_text title)
{
	if (!knowns->names_loaded)
		knowns->names = avahi_names_load();
	knowns->names_loaded = 1;
	return avahi_names_type(knowns->names, title);
}

int knowns_has_title(struct knowns *knowns, struct sdreg_text title)
{
	return type_of_title(knowns, title) != NULL;
}

/* 0, or -1 for want of memory. */
static int explain(struct knowns *knowns, struct known *known)
{
	struct sdreg_text type = known->field;
	known->verdict = "not-well-formed";
	if (type.at[0] != '_') {
		known->verdict = "unknown-title";
		const char *const text = type_of_title(knowns, type);
		type = (struct sdreg_text){text, text != NULL ? strlen(text) : 0};
	}
	known->is_type = type.len > 0 &&
		sdreg_type_parse(type.at, type.len, &known->type, NULL) == 0;
	if (!known->is_type)
		return 0;
	known->annotation = sdreg_annotate_type(knowns->from->registry, knowns->from->supplement,
		&known->type, NULL);
	if (known->annotation == NULL)
		return -1;
	known->verdict = sdreg_verdict_word(sdreg_annotation_verdict(known->annotation));
	port_words_open(&known->ports, knowns->from->registry, &known->type);
	return 0;
}

/* 0, or -1 for want of memory. A title of a registry of one's own may be a megabyte: it is cut. */
static int write_added(struct known *known)
{
	const char *const title = known->is_type ? sdreg_annotation_title(known->annotation) : "";
	const size_t title_len = strlen(title);
	const size_t front = strlen(known->verdict) + 1;
	size_t size = front + 1 + 4 * title_len + 1;
	size = size < KNOWN_ADDED_MAX ? size : KNOWN_ADDED_MAX;
	char *const text = malloc(size);
	if (text == NULL)
		return -1;
	text[0] = '\t';
	memcpy(text + 1, known->verdict, front - 1);
	known->added.at = text;
	known->added.len = front;
	if (!known->is_type)
		return 0;
	text[front] = '\t';
	known->added.len +=
		1 + sdreg_text_show(title, title_len, text + front + 1, size - front - 1);
	return 0;
}

static struct known *known_new(struct knowns *knowns, struct sdreg_text field)
{
	struct known *const known = calloc(1, sizeof(*known));
	char *const copy = malloc(field.len + 1);
	if (known == NULL || copy == NULL)
		goto fail;
	memcpy(copy, field.at, field.len);
	copy[field.len] = '\0';
	known->field = (struct sdreg_text){copy, field.len};
	if (explain(knowns, known) == 0 && write_added(known) == 0)
		return known;
	sdreg_annotation_free(known->annotation);
fail:
	free(copy);
	free(known);
	return NULL;
}

/* ---- finding ---- */

static uint64_t word_at(const char *at)
{
	uint64_t word;
	memcpy(&word, at, sizeof(word));
	return word;
}

/* Eight bytes at a time; the last eight may have some of those before them. */
static size_t hash_of(struct sdreg_text text)
{
	static const uint64_t odd = UINT64_C(0x9e3779b97f4a7c15);
	char few[8] = {0};
	const char *last = few;
	uint64_t hash = text.len;
	if (text.len < sizeof(few))
		memcpy(few, text.at, text.len);
	else
		last = text.at + text.len - sizeof(few);
	for (size_t i = 0; i + sizeof(few) < text.len; i += sizeof(few))
		hash = (hash ^ word_at(text.at + i)) * odd;
	hash = (hash ^ hash >> 32 ^ word_at(last)) * odd;
	return (size_t)(hash >> 32);
}

/* The slot that a field is in, or a free one for it. */
static struct known **slot_of(struct knowns *knowns, size_t hash, struct sdreg_text field)
{
	for (size_t i = hash;; i++) {
		struct known **const slot = &knowns->slots[i % SLOTS];
		const struct known *const known = *slot;
		if (known == NULL ||
			(known->hash == hash && known->field.len == field.len &&
				memcmp(known->field.at, field.at, field.len) == 0))
			return slot;
	}
}

struct known *knowns_find(struct knowns *knowns, struct sdreg_text field)
{
	const size_t hash = hash_of(field);
	struct known **slot = slot_of(knowns, hash, field);
	if (*slot != NULL)
		return *slot;
	if (knowns->count == KNOWN_MAX) {
		forget(knowns);
		slot = slot_of(knowns, hash, field);
	}
	*slot = known_new(knowns, field);
	if (*slot == NULL)
		return NULL;
	(*slot)->hash = hash;
	(*slot)->number = ++knowns->last_number;
	knowns->count++;
	return *slot;
}

/* Keys are short: a byte at a time. */
static size_t key_hash(const struct known *known, struct sdreg_text key)
{
	size_t hash = known->hash;
	for (size_t i = 0; i < key.len; i++)
		hash = 31 * hash + (unsigned char)key.at[i];
	return hash ^ hash >> 15;
}

enum sdreg_key_verdict knowns_key(struct knowns *knowns, const struct known *known,
	struct sdreg_text key)
{
	struct known_key *const kept = &knowns->keys[key_hash(known, key) % KEYS];
	if (kept->known == known && kept->len == key.len && key.len <= KEY_TEXT &&
		memcmp(kept->text, key.at, key.len) == 0)
		return (enum sdreg_key_verdict)kept->verdict;
	const enum sdreg_key_verdict verdict = sdreg_annotate_key(knowns->from->registry,
		knowns->from->supplement, &known->type, key.at, key.len);
	if (key.len > KEY_TEXT)
		return verdict;
	kept->known = known;
	kept->verdict = (unsigned char)verdict;
	kept->len = (unsigned char)key.len;
	memcpy(kept->text, key.at, key.len);
	return verdict;
}
