/* SPDX-License-Identifier: MIT */
#include "printed-txt.h"

/* ---- which version ---- */

/* What a text has in it that not every version prints. */
struct traits {
	int raw_delete, raw_high; /* bytes 127 and from 128 on as they are */
	int escaped_delete, escaped_high; /* as \DDD */
};

/* Length of what follows a backslash, 0 where the later versions print no such escape. */
static size_t escape_length(const char *at, size_t len, struct traits *traits)
{
	if (len > 0 && (at[0] == '"' || at[0] == '\\'))
		return 1;
	const int byte = escape_read(at, len);
	if (byte < 0 || (byte >= 32 && byte < 127))
		return 0;
	traits->escaped_delete |= byte == 127;
	traits->escaped_high |= byte >= 128;
	return ESCAPE_DIGITS;
}

/* Goes over a string of the later versions from behind its first quote on. Gives where its last
 * quote is, text.len where it has none, or more where this is no such string. */
static size_t string_end(struct sdreg_text text, size_t i, struct traits *traits)
{
	for (; i < text.len && text.at[i] != '"'; i++) {
		const unsigned char byte = (unsigned char)text.at[i];
		if (byte == '\\') {
			const size_t escape =
				escape_length(text.at + i + 1, text.len - i - 1, traits);
			if (escape == 0)
				return text.len + 1;
			i += escape;
		}
		traits->raw_delete |= byte == 127;
		traits->raw_high |= byte >= 128;
		if (byte < 32)
			return text.len + 1;
	}
	return i;
}

int printed_txt_is_escaped(struct sdreg_text text)
{
	struct traits traits = {0, 0, 0, 0};
	size_t i = 0;
	while (i < text.len) {
		if (text.at[i] != '"')
			return 0;
		const size_t end = string_end(text, i + 1, &traits);
		if (end > text.len || (end == text.len && text.at[end - 1] == '"'))
			return 0;
		i = ascii_skip_blanks(text.at, end + 1, text.len);
		if (i == end + 1 && i < text.len)
			return 0;
	}
	return !(traits.raw_high && (traits.escaped_high || traits.escaped_delete)) &&
		!(traits.raw_delete && traits.escaped_delete);
}

/* ---- strings ---- */

const char *printed_txt_escaped_end(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++)
		at += *at == '\\' && at + 1 < end;
	return at;
}
