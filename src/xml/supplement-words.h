/* SPDX-License-Identifier: MIT */
#ifndef XML_SUPPLEMENT_WORDS_H
#define XML_SUPPLEMENT_WORDS_H

#include "reader.h"

/* Attributes of a supplement that are one word of a few. */

/* The value of an attribute; NULL if it is not there. */
const char *word_attribute(const struct attributes *attributes, const char *name, size_t *len);

/* What is not there, and what is another word, which is told of, is as unsaid. */
enum sdreg_known word_known(struct reader *r, const struct attributes *attributes);
enum sdreg_key_need word_need(struct reader *r, const struct attributes *attributes);
enum sdreg_key_form word_form(struct reader *r, const struct attributes *attributes);
enum sdreg_key_tells word_tells(struct reader *r, const struct attributes *attributes);
int word_is_closed(struct reader *r, const struct attributes *attributes);

/* The bits that a flag or a field is about, and what they have to be. Bits that there are not are
 * such as the builder leaves out. */
void word_bits(int is_flag, const struct attributes *attributes, struct supplement_value *value);

#endif
