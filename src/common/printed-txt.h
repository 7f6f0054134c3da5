/* SPDX-License-Identifier: MIT */
#ifndef COMMON_PRINTED_TXT_H
#define COMMON_PRINTED_TXT_H

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
	int is_escaped;
	int has_open_end; /* of the last string: it has no quote at its end */
};

/* Begins to read len bytes. */
struct printed_txt printed_txt_read(const char *at, size_t len);

/* The next string, without quotes and escapes. It is a part of the text, or of out, which has room
 * for as many bytes as the text. 1, or 0 where none begins: then txt->rest is empty, or it is what
 * stands there instead. */
int printed_txt_next(struct printed_txt *txt, char *out, struct sdreg_text *string);

#endif
