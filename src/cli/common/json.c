/* SPDX-License-Identifier: MIT */
#include "json.h"

#include "cli.h"
#include "print.h"

#include <stdlib.h>
#include <string.h>

static char *base64(const unsigned char *p, size_t len)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char *const text = malloc(4 * ((len + 2) / 3) + 1);
	char *to = text;
	if (text == NULL)
		return NULL;
	for (size_t i = 0; i < len; i += 3) {
		const size_t left = len - i;
		const unsigned long bits = (unsigned long)p[i] << 16 |
			(unsigned long)(left > 1 ? p[i + 1] : 0) << 8 | (left > 2 ? p[i + 2] : 0);
		*to++ = digits[bits >> 18 & 63];
		*to++ = digits[bits >> 12 & 63];
		*to++ = left > 1 ? digits[bits >> 6 & 63] : '=';
		*to++ = left > 2 ? digits[bits & 63] : '=';
	}
	*to = '\0';
	return text;
}

json_t *json_bytes(const char *bytes, size_t len)
{
	json_t *const text = json_stringn(bytes, len);
	if (text != NULL)
		return text;
	char *const encoded = base64((const unsigned char *)bytes, len);
	json_t *const value = encoded != NULL ? json_pack("{s:s}", "base64", encoded) : NULL;
	free(encoded);
	return value;
}

json_t *json_text(const char *text)
{
	return json_bytes(text, strlen(text));
}

int json_print_line(FILE *out, json_t *value)
{
	char *const text = value != NULL ? json_dumps(value, JSON_COMPACT) : NULL;
	json_decref(value);
	if (text == NULL) {
		fputs("sdreg: no memory for JSON\n", stderr);
		return STATUS_TROUBLE;
	}
	print_json_text(out, text);
	putc('\n', out);
	free(text);
	return 0;
}
