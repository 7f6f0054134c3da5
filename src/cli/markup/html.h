/* SPDX-License-Identifier: MIT */
#ifndef CLI_MARKUP_HTML_H
#define CLI_MARKUP_HTML_H

#include <stddef.h>
#include <stdio.h>

/* The one place that writes text into HTML and SVG, in an element or between double quotes: what
 * no terminal may be shown becomes \DDD as in print.h, and then & < > " and ' become references, so
 * that text stays text whoever sent it. All else that is written is constant. */

void html_bytes(FILE *out, const char *bytes, size_t len);
void html_text(FILE *out, const char *text);

/* The same, cut behind so many characters, with an ellipsis for what is left out. */
void html_short_text(FILE *out, const char *text, size_t characters);

/* A number with commas: 12,768. */
void html_number(FILE *out, size_t number);

/* "1 host", "2 hosts"; what is constant. */
void html_count(FILE *out, size_t number, const char *what);

#endif
