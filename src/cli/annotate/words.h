/* SPDX-License-Identifier: MIT */
#ifndef CLI_ANNOTATE_WORDS_H
#define CLI_ANNOTATE_WORDS_H

#include "annotate.h"

#include <stdio.h>

/* What is known of a service, in words for people. */

/* "XMPP Link-Local Messaging  [registered]", and on a line of its own, behind the text given, what
 * the name was registered for instead. No line break at the end. */
void words_type(FILE *out, const struct known *known, const char *next_line);

/* ", as registered", or nothing. */
void words_port(FILE *out, const struct annotator *a, const struct item *item);

/* The strings of the TXT record with what each means: before the first stands one text, before the
 * others another. */
void words_txt(FILE *out, const struct annotator *a, const struct item *item, const char *first,
	const char *next);

/* All that is added below a line for people: lines, each begun by a line break and a tab. */
void words_below(FILE *out, const struct annotator *a, const struct item *item);

#endif
