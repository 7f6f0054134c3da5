/* SPDX-License-Identifier: MIT */

/* What the value of a TXT key means, in words. */

#include "common/ascii.h"
#include "common/utf8.h"

#include <sdreg/key.h>

#include <string.h>

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
	const char *at, size_t len, struct words *w)
{
	size_t from = 0;
	for (size_t i = 0; i <= len; i++) {
		if (i < len && at[i] != ',')
			continue;
		explain_value(supplement, key, at + from, i - from, w);
		from = i + 1;
	}
}

/* Reads a decimal or 0x number of at most 64 bits. 0, or -1. */
static int read_number(const char *at, size_t len, uint64_t *number)
{
	const int hex = len > 2 && at[0] == '0' && (at[1] == 'x' || at[1] == 'X');
	const uint64_t base = hex ? 16 : 10;
	uint64_t n = 0;
	for (size_t i = hex ? 2 : 0; i < len; i++) {
		const uint64_t digit = (uint64_t)ascii_hex((unsigned char)at[i]); /* huge if none */
		if (digit >= base || n > (UINT64_MAX - digit) / base)
			return -1;
		n = base * n + digit;
	}
	*number = n;
	return len > 0 ? 0 : -1;
}

/* Flags: one number, or the low and the high 32 bits with a comma between them. */
static int read_flags(const char *at, size_t len, uint64_t *flags)
{
	const char *const comma = len > 0 ? memchr(at, ',', len) : NULL;
	uint64_t low;
	uint64_t high;
	if (comma == NULL)
		return read_number(at, len, flags);
	const size_t n = (size_t)(comma - at);
	if (read_number(at, n, &low) < 0 || read_number(comma + 1, len - n - 1, &high) < 0 ||
		low > UINT32_MAX || high > UINT32_MAX)
		return -1;
	*flags = high << 32 | low;
	return 0;
}

static void explain_flags(const struct sdreg_registry *supplement, const struct sdreg_key *key,
	const char *at, size_t len, struct words *w)
{
	const struct sdreg_key_value *value;
	uint64_t flags;
	if (read_flags(at, len, &flags) < 0)
		return;
	for (size_t i = 0; (value = sdreg_key_value(supplement, key, i)) != NULL; i++) {
		const unsigned bit = sdreg_key_value_bit(value);
		if (sdreg_key_value_text(value)[0] == '\0' && bit < 64 && (flags >> bit & 1) != 0)
			put_meaning(w, sdreg_key_value_meaning(value));
	}
	if (w->len == 0) /* some keys name whole numbers too */
		explain_value(supplement, key, at, len, w);
}

size_t sdreg_key_explain(const struct sdreg_registry *supplement, const struct sdreg_key *key,
	const char *value, size_t len, char *buf, size_t size)
{
	struct words w = {buf, size, 0};
	if (size == 0)
		return 0;
	buf[0] = '\0';
	switch (sdreg_key_form(key)) {
	case SDREG_KEY_FORM_FLAGS:
		explain_flags(supplement, key, value, len, &w);
		break;
	case SDREG_KEY_FORM_LIST:
		explain_list(supplement, key, value, len, &w);
		break;
	default:
		explain_value(supplement, key, value, len, &w);
	}
	return w.len;
}
