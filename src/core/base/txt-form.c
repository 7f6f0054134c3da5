/* SPDX-License-Identifier: MIT */
#include "txt.h"

#include "common/ascii.h"
#include "common/error.h"

#include <stdlib.h>
#include <string.h>

/* The forms that TXT records come in and go out: bytes on the wire, and what avahi-browse
 * prints. */

/* ---- wire ---- */

static int add_failed(struct sdreg_error *err, int code)
{
	if (code == SDREG_E_LIMIT)
		return error_set(err, code, "the TXT record is over %d bytes long",
			SDREG_TXT_MEMORY_MAX);
	return error_set(err, code, "no memory for the TXT record");
}

int sdreg_txt_add_wire(struct sdreg_txt *txt, const void *bytes, size_t len,
	struct sdreg_error *err)
{
	const unsigned char *const p = bytes;
	const size_t before = txt->count;
	if (len == 1 && p[0] == 0)
		return SDREG_OK;
	for (size_t i = 0; i < len; i += 1 + p[i]) {
		int result = SDREG_E_SYNTAX;
		if (p[i] > len - i - 1)
			error_set(err, result,
				"the TXT record is cut short: its string at byte "
				"%zu has %zu of %u bytes",
				i, len - i - 1, (unsigned)p[i]);
		else if ((result = sdreg_txt_add(txt, (const char *)p + i + 1, p[i])) < 0)
			add_failed(err, result);
		if (result < 0) {
			txt_cut(txt, before);
			return result;
		}
	}
	return SDREG_OK;
}

size_t sdreg_txt_wire_size(const struct sdreg_txt *txt)
{
	return txt->size > 0 ? txt->size : 1;
}

int sdreg_txt_wire(const struct sdreg_txt *txt, void *buf, size_t size)
{
	unsigned char *to = buf;
	if (txt->size > SDREG_TXT_RECORD_MAX || size < sdreg_txt_wire_size(txt))
		return SDREG_E_LIMIT;
	for (size_t i = 0; i < txt->count; i++)
		if (txt->strings[i]->len > SDREG_TXT_STRING_MAX)
			return SDREG_E_LIMIT;
	for (size_t i = 0; i < txt->count; i++) {
		const struct txt_string *const string = txt->strings[i];
		*to++ = (unsigned char)string->len;
		memcpy(to, string->at, string->len);
		to += string->len;
	}
	if (txt->count == 0)
		*to++ = 0;
	return (int)(to - (unsigned char *)buf);
}

/* ---- as avahi-browse prints it ---- */

static size_t skip_blanks(const char *text, size_t i, size_t len)
{
	while (i < len && ascii_is_blank((unsigned char)text[i]))
		i++;
	return i;
}

/* Whether the quote at i ends a string: only the next string or nothing follows it. */
static int is_last_quote(const char *text, size_t i, size_t len)
{
	const size_t after = skip_blanks(text, i + 1, len);
	return after == len || (after > i + 1 && text[after] == '"');
}

/* The byte that the escape at i means, and its length; 0 where it is none. */
static size_t escape(const char *text, size_t i, size_t len, char *byte)
{
	if (text[i] != '\\' || len - i < 2)
		return 0;
	*byte = text[i + 1];
	if (*byte == '\\' || *byte == '"')
		return 2;
	if (len - i < 4)
		return 0;
	unsigned value = 0;
	for (size_t k = 1; k < 4; k++) {
		const unsigned char c = (unsigned char)text[i + k];
		if (!ascii_is_digit(c))
			return 0;
		value = 10 * value + (c - '0');
	}
	*byte = (char)value;
	return value <= 255 ? 4 : 0;
}

/* Whether a version that escapes can have printed the text: each backslash begins an escape, and
 * each quote that none stands before begins or ends a string. Up to 0.7 avahi-browse escapes
 * nothing, neither quotes nor backslashes, and few such texts look like that. */
static int is_escaped(const char *text, size_t len)
{
	int is_inside = 0;
	for (size_t i = 0; i < len; i++) {
		char byte;
		const size_t escaped = is_inside ? escape(text, i, len, &byte) : 0;
		if (escaped == 0 && is_inside && text[i] == '\\')
			return 0;
		if (escaped == 0 && text[i] == '"') {
			if (is_inside && !is_last_quote(text, i, len))
				return 0;
			is_inside = !is_inside;
		}
		i += escaped > 0 ? escaped - 1 : 0;
	}
	return !is_inside;
}

/* A text as avahi-browse prints it, and where its bytes are put. */
struct printed_text {
	const char *at;
	size_t len;
	int is_escaped;
	char *buf; /* of len bytes */
};

/* Reads the string whose first byte is at *i, behind its quote, and moves to behind its last one.
 * Its length, or -1 if it has no end. */
static long read_printed(const struct printed_text *text, size_t *i)
{
	size_t n = 0;
	while (*i < text->len) {
		const size_t escaped =
			text->is_escaped ? escape(text->at, *i, text->len, &text->buf[n]) : 0;
		if (escaped == 0 && text->at[*i] == '"' && is_last_quote(text->at, *i, text->len)) {
			++*i;
			return (long)n;
		}
		if (escaped == 0)
			text->buf[n] = text->at[*i];
		n++;
		*i += escaped > 0 ? escaped : 1;
	}
	return -1;
}

static int add_printed(struct sdreg_txt *txt, const struct printed_text *text,
	struct sdreg_error *err)
{
	size_t i = skip_blanks(text->at, 0, text->len);
	while (i < text->len) {
		if (text->at[i] != '"')
			return error_set(err, SDREG_E_SYNTAX,
				"a TXT string must begin with a "
				"double quote, byte %zu does not: quote each, as avahi-browse does",
				i);
		const size_t start = i++;
		const long n = read_printed(text, &i);
		if (n < 0)
			return error_set(err, SDREG_E_SYNTAX,
				"the TXT string at byte %zu has no double quote at its end", start);
		const int result = sdreg_txt_add(txt, text->buf, (size_t)n);
		if (result < 0)
			return add_failed(err, result);
		i = skip_blanks(text->at, i, text->len);
	}
	return SDREG_OK;
}

int sdreg_txt_add_printed(struct sdreg_txt *txt, const char *text, size_t len,
	struct sdreg_error *err)
{
	const size_t before = txt->count;
	if (len > 4 * (size_t)SDREG_TXT_MEMORY_MAX)
		return add_failed(err, SDREG_E_LIMIT);
	char *const buf = malloc(len > 0 ? len : 1);
	if (buf == NULL)
		return add_failed(err, SDREG_E_MEMORY);
	const struct printed_text printed = {text, len, is_escaped(text, len), buf};
	const int result = add_printed(txt, &printed, err);
	free(buf);
	if (result < 0) {
		txt_cut(txt, before);
		return result;
	}
	txt->lost_order = 1;
	return SDREG_OK;
}

/* Text in a buffer that may be too small: then only its length is known. */
struct printed {
	char *buf;
	size_t size;
	size_t len;
};

static void put(struct printed *out, char c)
{
	if (out->len < out->size)
		out->buf[out->len] = c;
	out->len++;
}

static void put_byte(struct printed *out, unsigned char c)
{
	if (c < 0x20 || c > 0x7e) {
		put(out, '\\');
		put(out, (char)('0' + c / 100));
		put(out, (char)('0' + c / 10 % 10));
		put(out, (char)('0' + c % 10));
		return;
	}
	if (c == '"' || c == '\\')
		put(out, '\\');
	put(out, (char)c);
}

int sdreg_txt_print(const struct sdreg_txt *txt, char *buf, size_t size)
{
	struct printed out = {buf, size, 0};
	for (size_t i = 0; i < txt->count; i++) {
		const struct txt_string *const string = txt->strings[i];
		if (i > 0)
			put(&out, ' ');
		put(&out, '"');
		for (size_t k = 0; k < string->len; k++)
			put_byte(&out, (unsigned char)string->at[k]);
		put(&out, '"');
	}
	const size_t len = out.len;
	put(&out, '\0');
	if (len < size)
		return (int)len;
	if (size > 0)
		buf[0] = '\0';
	return SDREG_E_LIMIT;
}
