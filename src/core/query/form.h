/* SPDX-License-Identifier: MIT */
#ifndef CORE_QUERY_FORM_H
#define CORE_QUERY_FORM_H

#include <sdreg/key.h>

#include <stdint.h>

/* How the value of a TXT key is written. Readers give 0, or -1 for a value of another form; nothing
 * is written then. */

/* A decimal or 0x number of at most 64 bits. */
int form_number(const char *at, size_t len, uint64_t *number);

/* Bits: of the forms flags, hex-flags and be-flags. */
int form_bits(enum sdreg_key_form form, const char *at, size_t len, uint64_t *bits);

/* Bytes, the highest first. */
int form_be_number(const char *at, size_t len, uint64_t *number);

/* An IPv6 prefix as text, such as "fd12:1:2:3::/64". */
enum { FORM_PREFIX_SIZE = 51 };
int form_prefix(const char *at, size_t len, char text[FORM_PREFIX_SIZE]);

/* What a value of a form is, with an article, such as "a decimal number"; NULL if any will do. */
const char *form_words(enum sdreg_key_form form);

#endif
