/* SPDX-License-Identifier: MIT */
#ifndef XML_SUPPLEMENT_H
#define XML_SUPPLEMENT_H

#include "reader.h"

/* Reading a supplement: service types and TXT keys in sdreg's own vocabulary, which
 * data/supplement.rng describes. */

void supplement_free(struct supplement *s);

/* The handlers for libxml2; user data is the reader. */
void supplement_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
	int spaces_count, const xmlChar **spaces, int count, int defaulted, const xmlChar **at);
void supplement_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space);
void supplement_characters(void *user, const xmlChar *text, int len);

#endif
