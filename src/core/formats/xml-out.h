/* SPDX-License-Identifier: MIT */
#ifndef CORE_FORMATS_XML_OUT_H
#define CORE_FORMATS_XML_OUT_H

#include "output.h"

/* Pieces of XML on their way to a sink. */

/* Text with its markup characters escaped. U+FFFD stands for what XML does not allow: control
 * characters, U+FFFE and U+FFFF. */
void xml_out_text(struct output *o, const char *text, size_t len);

/* An element and its text. */
void xml_out_element(struct output *o, const char *name, const char *text, size_t len);

/* The same of a text that ends with a NUL. */
void xml_out_whole(struct output *o, const char *name, const char *text);

/* An attribute, with the space before it. */
void xml_out_attribute(struct output *o, const char *name, const char *text);

#endif
