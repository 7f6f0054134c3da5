/* SPDX-License-Identifier: MIT */

/* What the value of a TXT key means, in words. */

#include "common/ascii.h"
#include "common/utf8.h"
#include "form.h"
#include "key.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { PART_SIZE = 256 };

/* Words on their way into a buffer. */
struct words {
	char *buf;
	size_t size;
	size_t len;
};

static void put(struct words *w, const char *text)
{
	const size_t room = w->size - w->len - 1;
	const size_t len = strnlen(text, room + 1);
	size_t n = room < len ? room : len;
	memcpy(w->buf + w->len, text, n);
	if (n < len) /* cut, and not inside a character */
		n = utf8_valid(w->buf + w->len, n);
	w->len += n;
	w->buf[w->len] = '\0';
	if (n < len)
		w->size = w->len + 1; /* nothing may stand behind a cut */
}

static void put_meaning(struct words *w, const char *meaning)
{
	if (w->len > 0)
		put(w, ", ");
	put(w, meaning);
}

/* Adds the meaning of one value. The case of what devices send is not to be relied on. */
static void explain_value(const struct sdreg_registry *supplement, const struct sdreg_key *key,
	const char *at, size_t len, struct words *w)
{
	const struct sdreg_key_value *meant = NULL;
	const struct sdreg_key_value *value;
	for (size_t i = 0; (value = sdreg_key_value(supplement, key, i)) != NULL; i++) {
		const char *const text = sdreg_key_value_text(value);
		if (strnlen(text, len + 1) != len || len == 0)
			continue;
		if (memcmp(text, at, len) == 0) {
			meant = value;
			break;
		}
		if (meant == NULL && ascii_equal(text, at, len))
			meant = value;
	}
	if (meant != NULL)
		put_meaning(w, sdreg_key_value_meaning(meant));
}

static void explain_list(const struct sdreg_registry *supplement, const struct sdreg_key *key,
	const char *at, size_t len, char separator, struct words *w)
{
	size_t from = 0;
	for (size_t i = 0; i <= len; i++) {
		if (i < len && at[i] != separator)
			continue;
		explain_value(supplement, key, at + from, i - from, w);
		from = i + 1;
	}
}

static void explain_bits(const struct sdreg_registry *supplement, const struct sdreg_key *key,
	uint64_t bits, struct words *w)
{
	const struct sdreg_key_value *value;
	for (size_t i = 0; (value = sdreg_key_value(supplement, key, i)) != NULL; i++) {
		const unsigned count = sdreg_key_value_bits(value);
		const uint64_t mask = (UINT64_C(1) << count) - 1;
		if (count > 0 &&
			(bits >> sdreg_key_value_bit(value) & mask) ==
				sdreg_key_value_number(value))
			put_meaning(w, sdreg_key_value_meaning(value));
	}
}

/* Bytes that are a number: the number, or what it means if that is known. */
static void explain_number(const struct sdreg_registry *supplement, const struct sdreg_key *key,
	const char *at, size_t len, struct words *w)
{
	char text[24];
	uint64_t number;
	if (form_be_number(at, len, &number) < 0)
		return;
	const int n = snprintf(text, sizeof(text), "%" PRIu64, number);
	explain_value(supplement, key, text, (size_t)n, w);
	if (w->len == 0)
		put(w, text);
}

static void explain_prefix(const char *at, size_t len, struct words *w)
{
	char text[FORM_PREFIX_SIZE];
	if (form_prefix(at, len, text) == 0)
		put(w, text);
}

static void explain_bytes(const char *at, size_t len, struct words *w)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < len; i++) {
		const unsigned char byte = (unsigned char)at[i];
		put(w, (const char[]){digits[byte >> 4], digits[byte & 15], '\0'});
	}
}

static void explain_form(const struct sdreg_registry *supplement, const struct sdreg_key *key,
	const char *at, size_t len, struct words *w);

/* "adVF=0x82,adVN=x": each part that has a meaning, with its name where that is known. */
static void explain_parts(const struct sdreg_registry *supplement, const struct sdreg_key *key,
	const char *at, size_t len, struct words *w)
{
	for (size_t from = 0, i = 0; i <= len; i++) {
		if (i < len && at[i] != ',')
			continue;
		const char *const equals = i > from ? memchr(at + from, '=', i - from) : NULL;
		const struct sdreg_key *const part = equals != NULL
			? key_part(supplement, key, at + from, (size_t)(equals - at) - from)
			: NULL;
		const size_t before = w->len;
		if (part != NULL && sdreg_key_form(part) != SDREG_KEY_FORM_PARTS) {
			char meant[PART_SIZE] = "";
			struct words of_part = {meant, sizeof(meant), 0};
			explain_form(supplement, part, equals + 1, (size_t)(at + i - equals) - 1,
				&of_part);
			put(w, of_part.len > 0 && before > 0 ? "; " : "");
			put(w, of_part.len > 0 ? strchr(sdreg_key_name(part), ',') + 1 : "");
			put(w, of_part.len > 0 ? ": " : "");
			put(w, meant);
		}
		from = i + 1;
	}
}

static void explain_form(const struct sdreg_registry *supplement, const struct sdreg_key *key,
	const char *at, size_t len, struct words *w)
{
	const enum sdreg_key_form form = sdreg_key_form(key);
	uint64_t bits;
	switch (form) {
	case SDREG_KEY_FORM_FLAGS:
	case SDREG_KEY_FORM_HEX_FLAGS:
	case SDREG_KEY_FORM_BE_FLAGS:
		if (form_bits(form, at, len, &bits) == 0)
			explain_bits(supplement, key, bits, w);
		break;
	case SDREG_KEY_FORM_LIST:
		explain_list(supplement, key, at, len, ',', w);
		break;
	case SDREG_KEY_FORM_WORDS:
		explain_list(supplement, key, at, len, ' ', w);
		break;
	case SDREG_KEY_FORM_BE_NUMBER:
		explain_number(supplement, key, at, len, w);
		break;
	case SDREG_KEY_FORM_PREFIX:
		explain_prefix(at, len, w);
		break;
	case SDREG_KEY_FORM_PARTS:
		explain_parts(supplement, key, at, len, w);
		break;
	default:
		break;
	}
	if (w->len == 0) /* some flags are named as whole numbers too */
		explain_value(supplement, key, at, len, w);
	if (w->len == 0 && form == SDREG_KEY_FORM_BINARY)
		explain_bytes(at, len, w);
	if (w->len == 0 && !sdreg_key_has_form(key, at, len) && form_words(form) != NULL) {
		put(w, "not ");
		put(w, form_words(form));
	}
}

size_t sdreg_key_explain(const struct sdreg_registry *supplement, const struct sdreg_key *key,
	const char *value, size_t len, char *buf, size_t size)
{
	struct words w = {buf, size, 0};
	if (size == 0)
		return 0;
	buf[0] = '\0';
	explain_form(supplement, key, value, len, &w);
	return w.len;
}
