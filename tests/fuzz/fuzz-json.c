/* SPDX-License-Identifier: MIT */

/* Fuzzes the writer of JSON: whatever the bytes, one line comes out, without a character that does
 * something to a terminal, and says the same when a parser reads it. Beside it the writer of
 * text. */

#include "fuzz.h"

#include "cli/common/json.h"
#include "cli/common/print.h"

#include <sdreg/text.h>

static int digit(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *const at = strchr(digits, c);
	require(c != '\0' && at != NULL);
	return (int)(at - digits);
}

/* Whether base64 says these bytes. */
static void says(const char *text, const char *bytes, size_t len)
{
	const size_t padding = (3 - len % 3) % 3;
	require(strlen(text) == (len + 2) / 3 * 4);
	require(strspn(text + strlen(text) - padding, "=") == padding);
	for (size_t i = 0; i < len; i++) {
		const char *const four = text + i / 3 * 4 + i % 3;
		const int next = four[1] != '=' ? digit(four[1]) : 0;
		const int pair = digit(four[0]) << 6 | next;
		require((unsigned char)(pair >> (4 - 2 * (i % 3))) == (unsigned char)bytes[i]);
	}
}

static void same(const json_t *value, const char *bytes, size_t len)
{
	if (json_is_string(value)) {
		require(json_string_length(value) == len);
		require(memcmp(json_string_value(value), bytes, len) == 0);
		return;
	}
	const char *const encoded = json_string_value(json_object_get(value, "base64"));
	require(json_object_size(value) == 1 && encoded != NULL);
	says(encoded, bytes, len);
}

/* No byte or character of it does anything to a terminal. */
static void harmless(const char *text, size_t len)
{
	for (size_t i = 0; i < len;) {
		const size_t n = print_length((const unsigned char *)text + i, len - i);
		require(n > 0);
		i += n;
	}
}

static void print(const char *bytes, size_t size)
{
	char *text = NULL;
	size_t len = 0;
	FILE *const out = open_memstream(&text, &len);
	require(out != NULL);
	print_bytes(out, bytes, size);
	require(fclose(out) == 0);
	harmless(text, len);
	require(len >= size && len <= 4 * size);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *const bytes = block(data, size);
	char *line = NULL;
	size_t len = 0;
	json_error_t err;
	FILE *const out = open_memstream(&line, &len);
	json_t *const value = json_array();
	require(out != NULL && value != NULL);
	const size_t half = size / 2; /* often in the middle of a character */
	require(json_array_append_new(value, json_bytes(bytes, half)) == 0);
	require(json_array_append_new(value, json_bytes(bytes + half, size - half)) == 0);
	require(json_print_line(out, value) == 0 && fclose(out) == 0);
	require(len > 0 && line[len - 1] == '\n');
	harmless(line, len - 1);
	json_t *const again = json_loadb(line, len, JSON_ALLOW_NUL, &err);
	require(again != NULL && json_array_size(again) == 2);
	same(json_array_get(again, 0), bytes, half);
	same(json_array_get(again, 1), bytes + half, size - half);
	json_decref(again);
	free(line);
	print(bytes, size);
	free(bytes);
	return 0;
}
