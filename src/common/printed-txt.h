/* SPDX-License-Identifier: MIT */
#ifndef COMMON_PRINTED_TXT_H
#define COMMON_PRINTED_TXT_H

#include "ascii.h"
#include "places.h"

#include <sdreg/text.h>

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
	struct sdreg_text rest; /* what is left: no blank is first */
	struct places quotes; /* where nothing is escaped */
	int is_escaped;
	int has_open_end; /* of the last string: it has no quote at its end */
};

/* Begins to read len bytes. PLACES_ROOM bytes behind them may be read, whatever they are. */
struct printed_txt printed_txt_read(const char *at, size_t len);

/* What printed_txt_next() does where there are escapes. */
int printed_txt_next_escaped(struct printed_txt *txt, char *out, struct sdreg_text *string);

/* The next string, without quotes and escapes. It is a part of the text, or of out, which has room
 * for as many bytes as the text. 1, or 0 where none begins: then txt->rest is empty, or it is what
 * stands there instead. */
static inline int printed_txt_next(struct printed_txt *txt, char *out, struct sdreg_text *string)
{
	const struct sdreg_text rest = txt->rest;
	const char *quote;
	if (rest.len == 0 || rest.at[0] != '"')
		return 0;
	if (txt->is_escaped)
		return printed_txt_next_escaped(txt, out, string);
	while ((quote = places_next(&txt->quotes, '"')) != NULL) {
		const size_t end = (size_t)(quote - rest.at);
		const size_t next = ascii_skip_blanks(rest.at, end + 1, rest.len);
		const int is_next = next > end + 1 && next < rest.len && rest.at[next] == '"';
		if (!is_next && next < rest.len)
			continue;
		if (is_next)
			places_next(&txt->quotes, '"'); /* its first one */
		*string = (struct sdreg_text){rest.at + 1, end - 1};
		txt->rest = (struct sdreg_text){rest.at + next, rest.len - next};
		return 1;
	}
	*string = (struct sdreg_text){rest.at + 1, rest.len - 1};
	txt->rest = (struct sdreg_text){rest.at + rest.len, 0};
	txt->has_open_end = 1;
	return 1;
}

#endif
