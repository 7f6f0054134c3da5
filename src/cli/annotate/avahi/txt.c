/* SPDX-License-Identifier: MIT */
#include "txt.h"

#include "line.h"

#include <string.h>

/* What a field has in it that not every version writes. */
struct traits {
	int raw_delete, raw_high; /* bytes 127 and from 128 on as they are */
	int escaped_delete, escaped_high; /* as \DDD */
};

/* Length of the escape behind a backslash, 0 where the later versions write none such. */
static size_t escape_length(const char *at, size_t len, struct traits *traits)
{
	if (len > 0 && (at[0] == '"' || at[0] == '\\'))
		return 1;
	if (len < 3 || at[0] < '0' || at[0] > '2')
		return 0;
	unsigned value = 0;
	for (size_t i = 0; i < 3; i++) {
		if (at[i] < '0' || at[i] > '9')
			return 0;
		value = 10 * value + (unsigned)(at[i] - '0');
	}
	if (value > 255 || (value >= 32 && value < 127))
		return 0;
	traits->escaped_delete |= value == 127;
	traits->escaped_high |= value >= 128;
	return 3;
}

/* Goes over a string of the later versions from behind its first quote on. Gives where its last
 * quote is, len where it has none, or len + 1 where this is no such string. */
static size_t string_end(const char *at, size_t i, size_t len, struct traits *traits)
{
	for (; i < len && at[i] != '"'; i++) {
		const unsigned char byte = (unsigned char)at[i];
		if (byte == '\\') {
			const size_t escape = escape_length(at + i + 1, len - i - 1, traits);
			if (escape == 0)
				return len + 1;
			i += escape;
		}
		traits->raw_delete |= byte == 127;
		traits->raw_high |= byte >= 128;
		if (byte < 32)
			return len + 1;
	}
	return i;
}

/* Whether one of the later versions can have written a field. Its end may be missing, but a field
 * that ends with a quote is whole. */
static int is_escaped(const char *at, size_t len)
{
	struct traits traits = {0, 0, 0, 0};
	size_t i = 0;
	for (;;) {
		if (at[i] != '"')
			return 0;
		i = string_end(at, i + 1, len, &traits);
		if (i > len || (i == len && at[len - 1] == '"'))
			return 0;
		if (i + 1 >= len)
			break;
		if (at[i + 1] != ' ' || i + 2 == len)
			return 0;
		i += 2;
	}
	return !(traits.raw_high && (traits.escaped_high || traits.escaped_delete)) &&
		!(traits.raw_delete && traits.escaped_delete);
}

struct avahi_txt avahi_txt_read(struct sdreg_text field)
{
	/* most have no backslash, and then there is nothing to tell apart */
	const int has_backslash = field.len > 0 && memchr(field.at, '\\', field.len) != NULL;
	return (struct avahi_txt){field, has_backslash && is_escaped(field.at, field.len)};
}

/* Where a string ends whose first byte is at i: at its last quote, or at the end of the field. */
static size_t escaped_end(struct sdreg_text text, size_t i)
{
	while (i < text.len && text.at[i] != '"')
		i += text.at[i] == '\\' ? 2 : 1;
	return i < text.len ? i : text.len;
}

static size_t plain_end(struct sdreg_text text, size_t i)
{
	for (; i < text.len; i++) {
		const char *const quote = memchr(text.at + i, '"', text.len - i);
		if (quote == NULL)
			break;
		i = (size_t)(quote - text.at);
		const size_t left = text.len - i;
		if (left == 1 || (left > 2 && quote[1] == ' ' && quote[2] == '"'))
			return i;
	}
	return text.len;
}

/* Where the next string begins, behind its quote: most often behind a blank. NULL if none does. */
static const char *next_string(struct sdreg_text rest)
{
	const size_t blank = rest.len > 1 && rest.at[0] == ' ';
	if (rest.len > blank && rest.at[blank] == '"')
		return rest.at + blank + 1;
	const char *const quote = rest.len > 0 ? memchr(rest.at, '"', rest.len) : NULL;
	return quote != NULL ? quote + 1 : NULL;
}

int avahi_txt_next(struct avahi_txt *txt, char *out, struct sdreg_text *string)
{
	struct sdreg_text *const rest = &txt->rest;
	const char *const first = next_string(*rest);
	if (first == NULL)
		return 0;
	const size_t from = (size_t)(first - rest->at);
	const size_t end = txt->is_escaped ? escaped_end(*rest, from) : plain_end(*rest, from);
	const size_t used = end + (end < rest->len);
	*string = (struct sdreg_text){first, end - from};
	if (txt->is_escaped && memchr(first, '\\', string->len) != NULL)
		*string = (struct sdreg_text){out, avahi_unescape(*string, out)};
	*rest = (struct sdreg_text){rest->at + used, rest->len - used};
	return 1;
}
