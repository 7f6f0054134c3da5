/* SPDX-License-Identifier: MIT */

/* The dictionary of TXT keys: a sorted table of service types, each with its keys. */

#include "common/ascii.h"
#include "core/image/image.h"
#include "pattern.h"

#include <sdreg/key.h>

#include <string.h>

static const unsigned char *subject_at(const struct sdreg_registry *supplement, size_t i)
{
	return supplement->subjects + IMAGE_SUBJECT_SIZE * i;
}

static int compare(const struct sdreg_registry *supplement, size_t subject, const char *type)
{
	return ascii_compare(image_string(subject_at(supplement, subject), SUBJECT_TYPE), type);
}

/* The first subject that is not before the type. */
static size_t lower_bound(const struct sdreg_registry *supplement, const char *type)
{
	size_t from = 0;
	size_t to = supplement->subjects_count;
	while (from < to) {
		const size_t middle = from + (to - from) / 2;
		if (compare(supplement, middle, type) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* Which of a supplement and those behind it has a key; NULL if none has. */
static const struct sdreg_registry *holder_of(const struct sdreg_registry *supplement,
	const struct sdreg_key *key)
{
	for (; supplement != NULL; supplement = supplement->further) {
		const uintptr_t offset = (uintptr_t)key - (uintptr_t)supplement->keys;
		if (offset / IMAGE_KEY_SIZE < supplement->keys_count)
			break;
	}
	return supplement;
}

/* Where a walk over the keys of a type stands. */
struct key_walk {
	char type[SDREG_NAME_SIZE];
	const struct sdreg_registry *supplement;
	size_t subject; /* those of the type: first, and behind the last */
	size_t last;
	uint32_t next; /* key, of all in the supplement: none before it is given */
};

static void enter(struct key_walk *walk, const struct sdreg_registry *supplement)
{
	walk->supplement = supplement;
	walk->next = 0;
	walk->subject = lower_bound(supplement, walk->type);
	walk->last = walk->subject;
	while (walk->last < supplement->subjects_count &&
		compare(supplement, walk->last, walk->type) == 0)
		walk->last++;
}

static void start(struct key_walk *walk, const struct sdreg_registry *supplement,
	const struct sdreg_type *type)
{
	sdreg_type_format(type, SDREG_TYPE_PART_TYPE, walk->type, sizeof(walk->type));
	enter(walk, supplement);
}

/* The keys of the subjects of a type ascend, and none belongs to two of them. */
static const struct sdreg_key *next_here(struct key_walk *walk)
{
	for (; walk->subject < walk->last; walk->subject++) {
		const unsigned char *const s = subject_at(walk->supplement, walk->subject);
		const uint32_t first = le32(s + SUBJECT_FIRST);
		const uint32_t key = walk->next > first ? walk->next : first;
		if (key - first >= le32(s + SUBJECT_COUNT))
			continue;
		walk->next = key + 1;
		return (const struct sdreg_key *)(walk->supplement->keys +
			IMAGE_KEY_SIZE * (size_t)key);
	}
	return NULL;
}

static const struct sdreg_key *next(struct key_walk *walk)
{
	const struct sdreg_key *found = next_here(walk);
	while (found == NULL && walk->supplement->further != NULL) {
		enter(walk, walk->supplement->further);
		found = next_here(walk);
	}
	return found;
}

const struct sdreg_key *sdreg_type_key(const struct sdreg_registry *supplement,
	const struct sdreg_type *type, const struct sdreg_key *after)
{
	struct key_walk walk;
	const struct sdreg_registry *const from = after != NULL ? holder_of(supplement, after)
								: supplement;
	if (from == NULL)
		return NULL; /* another supplement's */
	start(&walk, from, type);
	if (after != NULL)
		walk.next = (uint32_t)((after->bytes - from->keys) / IMAGE_KEY_SIZE) + 1;
	return next(&walk);
}

/* Whether a key is spelled like this, "#" and all. */
static int is_spelled(const char *name, const char *key, size_t len)
{
	return strnlen(name, len + 1) == len && ascii_equal(name, key, len);
}

const struct sdreg_key *sdreg_find_key(const struct sdreg_registry *supplement,
	const struct sdreg_type *type, const char *key, size_t len)
{
	struct key_walk walk;
	const struct sdreg_key *k;
	start(&walk, supplement, type);
	while ((k = next(&walk)) != NULL) {
		const char *const name = sdreg_key_name(k);
		/* c# and s# of HomeKit are keys, not patterns */
		if (is_spelled(name, key, len) || pattern_matches(name, key, len))
			return k;
	}
	return NULL;
}

const char *sdreg_key_name(const struct sdreg_key *key)
{
	return image_string(key->bytes, KEY_NAME);
}

const char *sdreg_key_meaning(const struct sdreg_key *key)
{
	return image_string(key->bytes, KEY_MEANING);
}

const char *sdreg_key_source(const struct sdreg_key *key)
{
	return image_string(key->bytes, KEY_SOURCE);
}

enum sdreg_key_need sdreg_key_need(const struct sdreg_key *key)
{
	return (enum sdreg_key_need)key->bytes[KEY_NEED];
}

enum sdreg_key_form sdreg_key_form(const struct sdreg_key *key)
{
	return (enum sdreg_key_form)key->bytes[KEY_FORM];
}

const struct sdreg_key_value *sdreg_key_value(const struct sdreg_registry *supplement,
	const struct sdreg_key *key, size_t nth)
{
	const struct sdreg_registry *const holder = holder_of(supplement, key);
	if (holder == NULL || nth >= le16(key->bytes + KEY_COUNT))
		return NULL;
	return (const struct sdreg_key_value *)(holder->values +
		IMAGE_VALUE_SIZE * (size_t)(le32(key->bytes + KEY_FIRST) + nth));
}

const char *sdreg_key_value_text(const struct sdreg_key_value *value)
{
	return image_string(value->bytes, VALUE_TEXT);
}

unsigned sdreg_key_value_bit(const struct sdreg_key_value *value)
{
	return le32(value->bytes + VALUE_BIT);
}

const char *sdreg_key_value_meaning(const struct sdreg_key_value *value)
{
	return image_string(value->bytes, VALUE_MEANING);
}

const char *sdreg_key_need_text(enum sdreg_key_need need)
{
	static const char *const texts[] = {
		[SDREG_KEY_NEED_UNSAID] = "",
		[SDREG_KEY_NEED_REQUIRED] = "required",
		[SDREG_KEY_NEED_RECOMMENDED] = "recommended",
		[SDREG_KEY_NEED_OPTIONAL] = "optional",
		[SDREG_KEY_NEED_DEPRECATED] = "deprecated",
		[SDREG_KEY_NEED_FORMER] = "former",
	};
	const size_t i = (size_t)need;
	return i < sizeof(texts) / sizeof(texts[0]) ? texts[i] : "";
}

const char *sdreg_key_form_text(enum sdreg_key_form form)
{
	static const char *const texts[] = {
		[SDREG_KEY_FORM_TEXT] = "text",
		[SDREG_KEY_FORM_NUMBER] = "number",
		[SDREG_KEY_FORM_HEX] = "hex",
		[SDREG_KEY_FORM_FLAGS] = "flags",
		[SDREG_KEY_FORM_LIST] = "list",
		[SDREG_KEY_FORM_URL] = "url",
		[SDREG_KEY_FORM_UUID] = "uuid",
		[SDREG_KEY_FORM_MAC] = "mac",
		[SDREG_KEY_FORM_BINARY] = "binary",
	};
	const size_t i = (size_t)form;
	return i < sizeof(texts) / sizeof(texts[0]) ? texts[i] : "text";
}
