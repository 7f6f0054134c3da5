/* SPDX-License-Identifier: MIT */
#ifndef CLI_SHOW_TXT_KEY_H
#define CLI_SHOW_TXT_KEY_H

#include "cli/common/sources.h"

#include <stdio.h>

/* What the supplement says of TXT keys, shown to people and to programs. */

struct json_t;

/* A block of lines: all keys that are explained for a type, a line each, or with all their values
 * in lines of their own. before is printed first if there are any. */
void txt_key_print_all(FILE *out, const struct sources *from, const struct sdreg_type *type,
	int values, const char *before);

/* The same as a JSON array; NULL for want of memory or when there are none. */
struct json_t *txt_key_json_all(const struct sources *from, const struct sdreg_type *type);

/* Whether the value of a key is bytes that are no text, and there are any. */
int txt_key_is_bytes(const struct sources *from, const struct sdreg_type *type,
	const struct sdreg_txt_item *item);

/* A string of a TXT record, such bytes in hexadecimal. The type may be NULL. */
void txt_key_print_string(FILE *out, const struct sources *from, const struct sdreg_type *type,
	const struct sdreg_text *string);

/* Behind a string of a TXT record: "  (status flags: not paired)", or nothing. */
void txt_key_print(FILE *out, const struct sources *from, const struct sdreg_type *type,
	const struct sdreg_txt_item *item);

/* The same as members "meaning" and "explained" of an object, null where there is nothing. */
void txt_key_add_json(const struct sources *from, const struct sdreg_type *type,
	const struct sdreg_txt_item *item, struct json_t *object);

#endif
