/* SPDX-License-Identifier: MIT */

/* The dictionary of TXT keys: a sorted table of service types, each with its keys. */

#include "key.h"
#include "common/ascii.h"
#include "core/image/image.h"
#include "pattern.h"

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

/* Where a walk over the keys of a type stands. In each supplement come those of its subtype, then
 * those of the type. */
struct key_walk {
	char subtype[SDREG_NAME_SIZE]; /* empty if there is none */
	char type[SDREG_NAME_SIZE];
	const struct sdreg_registry *supplement;
	int in_subtype;
	size_t subject; /* those of the type: first, and behind the last */
	size_t last;
	uint32_t next; /* key, of all in the supplement: none before it is given */
};

static void enter(struct key_walk *walk, const struct sdreg_registry *supplement, int in_subtype)
{
	const char *const text = in_subtype ? walk->subtype : walk->type;
	walk->supplement = supplement;
	walk->in_subtype = in_subtype;
	walk->next = 0;
	walk->subject = lower_bound(supplement, text);
	walk->last = walk->subject;
	while (walk->last < supplement->subjects_count &&
		compare(supplement, walk->last, text) == 0)
		walk->last++;
}

/* Whether a key is one of the subtype's. */
static int is_subtypes(const struct key_walk *walk, uint32_t key)
{
	if (walk->subtype[0] == '\0')
		return 0;
	size_t i = lower_bound(walk->supplement, walk->subtype);
	for (; i < walk->supplement->subjects_count &&
		compare(walk->supplement, i, walk->subtype) == 0;
		i++) {
		const unsigned char *const s = subject_at(walk->supplement, i);
		const uint32_t first = le32(s + SUBJECT_FIRST);
		if (key >= first && key - first < le32(s + SUBJECT_COUNT))
			return 1;
	}
	return 0;
}

static void start(struct key_walk *walk, const struct sdreg_registry *supplement,
	const struct sdreg_type *type)
{
	walk->subtype[0] = '\0';
	if (type->subtype_len > 0)
		sdreg_type_format(type, SDREG_TYPE_PART_TYPE | SDREG_TYPE_PART_SUBTYPE,
			walk->subtype, sizeof(walk->subtype));
	sdreg_type_format(type, SDREG_TYPE_PART_TYPE, walk->type, sizeof(walk->type));
	enter(walk, supplement, walk->subtype[0] != '\0');
}

/* The keys of the subjects of a type ascend, and none belongs to two of them. */
static const struct sdreg_key *next_here(struct key_walk *walk)
{
	while (walk->subject < walk->last) {
		const unsigned char *const s = subject_at(walk->supplement, walk->subject);
		const uint32_t first = le32(s + SUBJECT_FIRST);
		const uint32_t key = walk->next > first ? walk->next : first;
		if (key - first >= le32(s + SUBJECT_COUNT)) {
			walk->subject++;
			continue;
		}
		walk->next = key + 1;
		if (walk->in_subtype || !is_subtypes(walk, key)) /* those were given already */
			return (const struct sdreg_key *)(walk->supplement->keys +
				IMAGE_KEY_SIZE * (size_t)key);
	}
	return NULL;
}

static const struct sdreg_key *next(struct key_walk *walk)
{
	const struct sdreg_key *found = next_here(walk);
	while (found == NULL && (walk->in_subtype || walk->supplement->further != NULL)) {
		if (walk->in_subtype)
			enter(walk, walk->supplement, 0);
		else
			enter(walk, walk->supplement->further, walk->subtype[0] != '\0');
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
	if (after != NULL) {
		const uint32_t key = (uint32_t)((after->bytes - from->keys) / IMAGE_KEY_SIZE);
		if (walk.in_subtype && !is_subtypes(&walk, key))
			enter(&walk, from, 0);
		walk.next = key + 1;
	}
	return next(&walk);
}

/* Whether a key is spelled like this, "#" and all. */
static int is_spelled(const char *name, const char *key, size_t len)
{
	return strnlen(name, len + 1) == len && ascii_equal(name, key, len);
}

/* c# and s# of HomeKit are keys, not patterns. */
int key_is_named(const struct sdreg_key *key, const char *name, size_t len)
{
	const char *const own = sdreg_key_name(key);
	return is_spelled(own, name, len) || pattern_matches(own, name, len);
}

const struct sdreg_key *sdreg_find_key(const struct sdreg_registry *supplement,
	const struct sdreg_type *type, const char *key, size_t len)
{
	struct key_walk walk;
	const struct sdreg_key *k;
	start(&walk, supplement, type);
	while ((k = next(&walk)) != NULL)
		if (key_is_named(k, key, len))
			return k;
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
	return value->bytes[VALUE_BIT];
}

unsigned sdreg_key_value_bits(const struct sdreg_key_value *value)
{
	return sdreg_key_value_text(value)[0] == '\0' ? value->bytes[VALUE_BITS] : 0;
}

unsigned sdreg_key_value_number(const struct sdreg_key_value *value)
{
	return sdreg_key_value_text(value)[0] == '\0' ? le16(value->bytes + VALUE_NUMBER) : 0;
}

enum sdreg_key_need sdreg_key_value_need(const struct sdreg_key_value *value)
{
	return sdreg_key_value_text(value)[0] != '\0' && le16(value->bytes + VALUE_NUMBER) == 1
		? SDREG_KEY_NEED_REQUIRED
		: SDREG_KEY_NEED_UNSAID;
}

const char *sdreg_key_value_meaning(const struct sdreg_key_value *value)
{
	return image_string(value->bytes, VALUE_MEANING);
}

enum sdreg_key_tells sdreg_key_tells(const struct sdreg_key *key)
{
	return (enum sdreg_key_tells)key->bytes[KEY_TELLS];
}

int sdreg_key_is_closed(const struct sdreg_key *key)
{
	return key->bytes[KEY_CLOSED];
}

const struct sdreg_key *key_part(const struct sdreg_registry *supplement,
	const struct sdreg_key *key, const char *part, size_t len)
{
	const struct sdreg_registry *const holder = holder_of(supplement, key);
	const char *const name = sdreg_key_name(key);
	const size_t name_len = strlen(name);
	if (holder == NULL)
		return NULL;
	const unsigned char *const end = holder->keys + IMAGE_KEY_SIZE * (size_t)holder->keys_count;
	for (const unsigned char *k = key->bytes + IMAGE_KEY_SIZE; k < end; k += IMAGE_KEY_SIZE) {
		const char *const other = image_string(k, KEY_NAME);
		if (strncmp(other, name, name_len) != 0 || other[name_len] != ',')
			break;
		if (is_spelled(other + name_len + 1, part, len))
			return (const struct sdreg_key *)k;
	}
	return NULL;
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
		[SDREG_KEY_FORM_BE_NUMBER] = "be-number",
		[SDREG_KEY_FORM_BE_FLAGS] = "be-flags",
		[SDREG_KEY_FORM_PREFIX] = "prefix",
		[SDREG_KEY_FORM_HEX_FLAGS] = "hex-flags",
		[SDREG_KEY_FORM_VERSION] = "version",
		[SDREG_KEY_FORM_WORDS] = "words",
		[SDREG_KEY_FORM_PARTS] = "parts",
		[SDREG_KEY_FORM_PATH] = "path",
	};
	const size_t i = (size_t)form;
	return i < sizeof(texts) / sizeof(texts[0]) ? texts[i] : "text";
}

const char *sdreg_key_tells_text(enum sdreg_key_tells tells)
{
	static const char *const texts[] = {
		[SDREG_KEY_TELLS_NOTHING] = "",
		[SDREG_KEY_TELLS_MODEL] = "model",
		[SDREG_KEY_TELLS_MAKER] = "maker",
		[SDREG_KEY_TELLS_NAME] = "name",
		[SDREG_KEY_TELLS_SERIAL] = "serial",
		[SDREG_KEY_TELLS_MAC] = "mac",
		[SDREG_KEY_TELLS_FIRMWARE] = "firmware",
		[SDREG_KEY_TELLS_KIND] = "kind",
		[SDREG_KEY_TELLS_PAGE] = "page",
	};
	const size_t i = (size_t)tells;
	return i < sizeof(texts) / sizeof(texts[0]) ? texts[i] : "";
}
