/* SPDX-License-Identifier: MIT */
#include "txt.h"

#include "common/ascii.h"
#include "common/grow.h"

#include <sdreg/error.h>

#include <stdlib.h>
#include <string.h>

/* TXT records: kept, looked up, changed. */

int sdreg_txt_item(const char *string, size_t len, struct sdreg_txt_item *item)
{
	if (len == 0 || string[0] == '=')
		return SDREG_E_SYNTAX;
	const char *const equals = memchr(string, '=', len);
	item->key = string;
	item->key_len = equals != NULL ? (size_t)(equals - string) : len;
	item->value = equals != NULL ? equals + 1 : NULL;
	item->value_len = equals != NULL ? len - item->key_len - 1 : 0;
	return SDREG_OK;
}

/* ---- a record ---- */

struct sdreg_txt *sdreg_txt_new(void)
{
	return calloc(1, sizeof(struct sdreg_txt));
}

void txt_cut(struct sdreg_txt *txt, size_t nth)
{
	while (txt->count > nth) {
		struct txt_string *const last = txt->strings[--txt->count];
		txt->size -= 1 + last->len;
		free(last);
	}
}

void sdreg_txt_clear(struct sdreg_txt *txt)
{
	txt_cut(txt, 0);
	txt->lost_order = 0;
	txt->is_bare = 0;
}

void sdreg_txt_free(struct sdreg_txt *txt)
{
	if (txt == NULL)
		return;
	txt_cut(txt, 0);
	free(txt->strings);
	free(txt);
}

static struct txt_string *string_new(size_t len)
{
	struct txt_string *const string = malloc(sizeof(*string) + len);
	if (string != NULL)
		string->len = len;
	return string;
}

/* Room for one more string. */
static int reserve(struct sdreg_txt *txt)
{
	struct txt_string **const grown =
		grow(txt->strings, &txt->room, txt->count + 1, sizeof(*grown));
	if (grown == NULL)
		return SDREG_E_MEMORY;
	txt->strings = grown;
	return SDREG_OK;
}

int sdreg_txt_add(struct sdreg_txt *txt, const char *string, size_t len)
{
	if (len >= SDREG_TXT_MEMORY_MAX - txt->size)
		return SDREG_E_LIMIT;
	struct txt_string *const copy = string_new(len);
	if (copy == NULL || reserve(txt) < 0) {
		free(copy);
		return SDREG_E_MEMORY;
	}
	if (len > 0)
		memcpy(copy->at, string, len);
	txt->strings[txt->count++] = copy;
	txt->size += 1 + len;
	return SDREG_OK;
}

int txt_add_all(struct sdreg_txt *txt, const struct sdreg_txt *from)
{
	const size_t before = txt->count;
	for (size_t i = 0; i < from->count; i++) {
		const int result = sdreg_txt_add(txt, from->strings[i]->at, from->strings[i]->len);
		if (result < 0) {
			txt_cut(txt, before);
			return result;
		}
	}
	return SDREG_OK;
}

/* ---- looking up ---- */

void sdreg_txt_lose_order(struct sdreg_txt *txt)
{
	txt->lost_order = 1;
}

int sdreg_txt_has_order(const struct sdreg_txt *txt)
{
	return !txt->lost_order;
}

size_t sdreg_txt_count(const struct sdreg_txt *txt)
{
	return txt->count;
}

int sdreg_txt_string(const struct sdreg_txt *txt, size_t nth, struct sdreg_text *string)
{
	if (nth >= txt->count)
		return 0;
	*string = (struct sdreg_text){txt->strings[nth]->at, txt->strings[nth]->len};
	return 1;
}

int sdreg_txt_next(const struct sdreg_txt *txt, size_t *nth, struct sdreg_txt_item *item)
{
	while (*nth < txt->count) {
		const struct txt_string *const string = txt->strings[(*nth)++];
		if (sdreg_txt_item(string->at, string->len, item) == SDREG_OK)
			return 1;
	}
	return 0;
}

/* The number of the first string from nth on that has the key, or count. */
static size_t find_from(const struct sdreg_txt *txt, size_t nth, const char *key, size_t len)
{
	for (; nth < txt->count; nth++) {
		const struct txt_string *const s = txt->strings[nth];
		if (s->len >= len && (s->len == len || s->at[len] == '=') &&
			ascii_equal(s->at, key, len))
			break;
	}
	return nth;
}

int sdreg_txt_find(const struct sdreg_txt *txt, const char *key, size_t len,
	struct sdreg_txt_item *item)
{
	const size_t nth = find_from(txt, 0, key, len);
	return nth < txt->count &&
		sdreg_txt_item(txt->strings[nth]->at, txt->strings[nth]->len, item) == SDREG_OK;
}

/* ---- building ---- */

int txt_is_key(const char *key, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)key[i] < 0x20 || (unsigned char)key[i] > 0x7e || key[i] == '=')
			return 0;
	return len > 0;
}

/* Takes strings with the key out, from the nth on. Gives their number. */
static size_t take_out(struct sdreg_txt *txt, size_t nth, const char *key, size_t len)
{
	size_t to = nth;
	const size_t before = txt->count;
	size_t next = find_from(txt, nth, key, len);
	for (size_t from = nth; from < before; from++) {
		if (from != next) {
			txt->strings[to++] = txt->strings[from];
			continue;
		}
		next = find_from(txt, from + 1, key, len);
		txt->size -= 1 + txt->strings[from]->len;
		free(txt->strings[from]);
	}
	txt->count = to;
	return before - to;
}

size_t sdreg_txt_remove(struct sdreg_txt *txt, const char *key, size_t len)
{
	return len > 0 ? take_out(txt, 0, key, len) : 0;
}

static size_t size_of_key(const struct sdreg_txt *txt, const char *key, size_t len)
{
	size_t size = 0;
	for (size_t i = 0; (i = find_from(txt, i, key, len)) < txt->count; i++)
		size += 1 + txt->strings[i]->len;
	return size;
}

static void insert(struct sdreg_txt *txt, size_t nth, struct txt_string *string)
{
	memmove(txt->strings + nth + 1, txt->strings + nth,
		(txt->count - nth) * sizeof(*txt->strings));
	txt->strings[nth] = string;
	txt->count++;
	txt->size += 1 + string->len;
}

/* Where the string of a key goes. */
static size_t place_of(const struct sdreg_txt *txt, const char *key, size_t len)
{
	static const char first[] = "txtvers";
	if (len == sizeof(first) - 1 && ascii_equal(key, first, len))
		return 0;
	return find_from(txt, 0, key, len);
}

int sdreg_txt_set(struct sdreg_txt *txt, const char *key, size_t key_len, const char *value,
	size_t len)
{
	if (!txt_is_key(key, key_len))
		return SDREG_E_SYNTAX;
	if (key_len > SDREG_TXT_STRING_MAX ||
		(value != NULL &&
			(key_len == SDREG_TXT_STRING_MAX ||
				len > SDREG_TXT_STRING_MAX - 1 - key_len)))
		return SDREG_E_LIMIT;
	const size_t string_len = value != NULL ? key_len + 1 + len : key_len;
	if (txt->size - size_of_key(txt, key, key_len) + 1 + string_len > SDREG_TXT_RECORD_MAX)
		return SDREG_E_LIMIT;
	struct txt_string *const string = string_new(string_len);
	if (string == NULL || reserve(txt) < 0) {
		free(string);
		return SDREG_E_MEMORY;
	}
	memcpy(string->at, key, key_len);
	if (value != NULL) {
		string->at[key_len] = '=';
		if (len > 0)
			memcpy(string->at + key_len + 1, value, len);
	}
	const size_t place = place_of(txt, key, key_len);
	take_out(txt, place, key, key_len);
	insert(txt, place, string);
	return SDREG_OK;
}
