/* SPDX-License-Identifier: MIT */
#ifndef CLI_COMMON_JSON_H
#define CLI_COMMON_JSON_H

#include <jansson.h>
#include <stdio.h>

/* Bytes as a JSON string; where they are not UTF-8, as {"base64": "..."}, so that nothing is lost.
 * NULL for want of memory. */
json_t *json_bytes(const char *bytes, size_t len);

/* The same of a string. */
json_t *json_text(const char *text);

/* Writes a value as one line and drops the reference. 0, or STATUS_TROUBLE for want of memory, also
 * when value is NULL. */
int json_print_line(FILE *out, json_t *value);

#endif
