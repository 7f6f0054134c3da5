/* SPDX-License-Identifier: MIT */
#ifndef CLI_ANNOTATE_AVAHI_TXT_H
#define CLI_ANNOTATE_AVAHI_TXT_H

#include <sdreg/text.h>

/* The TXT record as avahi-browse prints it: strings in double quotes, a blank between two. How they
 * are escaped depends on its version:
 *
 *   up to 0.7         nothing is escaped: neither quotes nor backslashes nor control bytes
 *   0.8 to 0.9-rc2    \" and \\, and \DDD for bytes below 32; where char is signed (x86) also for
 *                     those from 128 on, where it is not (ARM) they are raw. 127 is raw
 *   from 0.9-rc3 on   \" and \\, and \DDD for bytes below 32 and from 127 on
 *
 * What one of the later versions can have written is read as theirs, all else as 0.7's: there a
 * string ends at a quote that the next string or nothing follows. Without a backslash both read
 * alike. What both can have written, such as "a=\\", is taken for the later ones'. */
struct avahi_txt {
	struct sdreg_text rest;
	int is_escaped;
};

struct avahi_txt avahi_txt_read(struct sdreg_text field);

/* The next string, without quotes and escapes. It is a part of the field, or of out, which has room
 * for as many bytes as the field. Gives 1, or 0 at the end. */
int avahi_txt_next(struct avahi_txt *txt, char *out, struct sdreg_text *string);

#endif
