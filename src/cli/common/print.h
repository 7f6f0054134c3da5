/* SPDX-License-Identifier: MIT */
#ifndef CLI_COMMON_PRINT_H
#define CLI_COMMON_PRINT_H

#include <stddef.h>
#include <stdio.h>

/* The one place that makes bytes printable: whatever came from the network or a file is written by
 * these. Control bytes, C1, bidirectional controls, line separators and what is not UTF-8 become
 * \DDD, byte by byte, as in DNS names. */

void print_bytes(FILE *out, const char *bytes, size_t len);
void print_text(FILE *out, const char *text);

/* The same of what a user gave, in a message: the first of very many bytes, and how many there are.
 */
void print_cut(FILE *out, const char *bytes, size_t len);

/* Writes JSON text of jansson's: the same characters become \uXXXX. */
void print_json_text(FILE *out, const char *json);

/* Number of bytes from p that make one character which a terminal may show, or 0. */
size_t print_length(const unsigned char *p, size_t len);

#endif
