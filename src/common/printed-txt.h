/* SPDX-License-Identifier: MIT */
#ifndef COMMON_PRINTED_TXT_H
#define COMMON_PRINTED_TXT_H

#include "ascii.h"
#include "escape.h"
#include "places.h"

#include <sdreg/text.h>
#include <string.h>

/* A TXT record as avahi-browse prints it: strings in double quotes, a blank between two. How they
 * are escaped depends on its version:
 *
 *   up to 0.7         nothing is escaped: neither quotes nor backslashes nor control bytes
 *   0.8 to 0.9-rc2    \" and \\, and \DDD for bytes below 32; where char is signed (x86) also for
 *                     those from 128 on, where it is not (ARM) they are raw. 127 is raw
 *   from 0.9-rc3 on   \" and \\, and \DDD for bytes below 32 and from 127 on
 *
 * What one of the later versions can have printed is read as theirs, all else as 0.7's: there a
 * string ends at a quote that only blanks, or blanks and the next string, follow. Without a
 * backslash both read alike. What both can have printed, such as "a=\\", is taken for the later
 * ones'. People quote such text and break it into lines, so there may be more than one blank. */
struct printed_txt {
	const char *at; /* what is left: no blank is first */
	const char *end;
	struct places quotes; /* where nothing is escaped */
	int is_escaped;
	int has_open_end; /* of the last string: it has no quote at its end */
};

/* Whether one of the later versions can have printed a text, that begins with no blank. Its end may
 * be missing, but a text that ends with a quote is whole. */
int printed_txt_is_escaped(struct sdreg_text text);

/* Begins to read len bytes. PLACES_ROOM bytes behind them may be read, whatever they are. */
static inline struct printed_txt printed_txt_read(const char *at, size_t len)
{
	const char *const end = at + len;
	struct printed_txt txt = {.at = ascii_behind_blanks(at, end), .end = end};
	if (txt.at == end)
		return txt;
	txt.quotes = places_begin(txt.at, end, '"');
	places_next(&txt.quotes, '"'); /* the first one of the first string */
	/* most have no backslash, and then there is nothing to tell apart */
	txt.is_escaped = memchr(at, '\\', len) != NULL &&
		printed_txt_is_escaped((struct sdreg_text){txt.at, (size_t)(end - txt.at)});
	return txt;
}

/* Where a string with escapes ends, that begins a text: at its last quote, or at the end of the
 * text. */
const char *printed_txt_escaped_end(const char *at, const char *end);

/* Moves behind the next string, one without escapes, and the blanks that follow. Gives where it
 * ends: at a quote that only blanks, or blanks and the next string, follow. */
static inline const char *printed_txt_skip(struct printed_txt *txt)
{
	const char *quote;
	while ((quote = places_next(&txt->quotes, '"')) != NULL) {
		txt->at = ascii_behind_blanks(quote + 1, txt->end);
		if (txt->at == txt->end)
			return quote;
		if (txt->at > quote + 1 && *txt->at == '"') {
			places_next(&txt->quotes, '"');
			return quote;
		}
	}
	txt->at = txt->end;
	return txt->end;
}

/* The next string, without quotes and escapes. It is a part of the text, or of out, which has room
 * for as many bytes as the text. 1, or 0 where none begins: then txt->at is its end, or what
 * stands there instead. */
static inline int printed_txt_next(struct printed_txt *txt, char *out, struct sdreg_text *string)
{
	const char *const at = txt->at;
	const char *quote;
	if (at == txt->end || *at != '"')
		return 0;
	if (txt->is_escaped) {
		quote = printed_txt_escaped_end(at, txt->end);
		txt->at = quote < txt->end ? ascii_behind_blanks(quote + 1, txt->end) : txt->end;
		*string = (struct sdreg_text){out,
			escape_undo(at + 1, (size_t)(quote - (at + 1)), out)};
	} else {
		quote = printed_txt_skip(txt);
		*string = (struct sdreg_text){at + 1, (size_t)(quote - (at + 1))};
	}
	txt->has_open_end = quote == txt->end;
	return 1;
}

#endif
