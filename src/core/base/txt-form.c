/* SPDX-License-Identifier: MIT */
#include "txt.h"

#include "common/error.h"
#include "common/printed-txt.h"

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
	error_begin(err);
	if (len == 0)
		txt->is_bare = txt->count == 0;
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

/* PLACES_ROOM bytes behind the text may be read, and it is changed. */
static int add_printed(struct sdreg_txt *txt, char *text, size_t len, struct sdreg_error *err)
{
	struct printed_txt printed = printed_txt_read(text, len);
	struct sdreg_text string;
	size_t at = (size_t)(printed.at - text);
	/* a string without its escapes is no longer than with them */
	while (printed_txt_next(&printed, text, &string)) {
		if (printed.has_open_end)
			return error_set(err, SDREG_E_SYNTAX,
				"the TXT string at byte %zu has no double quote at its end", at);
		const int result = sdreg_txt_add(txt, string.at, string.len);
		if (result < 0)
			return add_failed(err, result);
		at = (size_t)(printed.at - text);
	}
	if (printed.at < printed.end)
		return error_set(err, SDREG_E_SYNTAX,
			"a TXT string must begin with a "
			"double quote, byte %zu does not: quote each, as avahi-browse does",
			at);
	return SDREG_OK;
}

int sdreg_txt_add_printed(struct sdreg_txt *txt, const char *text, size_t len,
	struct sdreg_error *err)
{
	const size_t before = txt->count;
	error_begin(err);
	if (len > 4 * (size_t)SDREG_TXT_MEMORY_MAX)
		return add_failed(err, SDREG_E_LIMIT);
	char *const copy = malloc(len + PLACES_ROOM);
	if (copy == NULL)
		return add_failed(err, SDREG_E_MEMORY);
	if (len > 0)
		memcpy(copy, text, len);
	memset(copy + len, 0, PLACES_ROOM);
	const int result = add_printed(txt, copy, len, err);
	free(copy);
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
