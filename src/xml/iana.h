/* SPDX-License-Identifier: MIT */
#ifndef XML_IANA_H
#define XML_IANA_H

#include "reader.h"

/* Reading IANA's registry: the handlers for libxml2; user data is the reader. */
void iana_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
	int spaces_count, const xmlChar **spaces, int count, int defaulted, const xmlChar **at);
void iana_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space);
void iana_characters(void *user, const xmlChar *text, int len);
void iana_instruction(void *user, const xmlChar *target, const xmlChar *data);
void iana_comment(void *user, const xmlChar *text);

#endif
