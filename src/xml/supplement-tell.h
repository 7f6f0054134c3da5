/* SPDX-License-Identifier: MIT */
#ifndef XML_SUPPLEMENT_TELL_H
#define XML_SUPPLEMENT_TELL_H

#include "reader.h"

/* What is told of a supplement that means something else than it says. */

void given_clear(struct given *given);
void given_free(struct given *given);

/* Tells something of what stands in a line, or here. */
void tell_at(struct reader *r, unsigned long line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void tell(struct reader *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Tells of what is left out, or refuses the file when it is not one record's fault. */
void tell_trouble(struct reader *r, unsigned long line, const struct sdreg_error *trouble);

/* Passes over an element that is not known, or not in this place. */
void tell_passed_over(struct reader *r, const char *name);

/* Tells of attributes that are not among the known; the last of these is NULL. */
void tell_attributes(struct reader *r, const char *element, const struct attributes *attributes,
	const char *const *known);

/* Tells of a type, or of a key of the types that are open, that was given before. */
void tell_type_again(struct reader *r, struct sdreg_text name, struct sdreg_text transport);
void tell_key_again(struct reader *r, struct sdreg_text name);

/* Whether a type's name is more than the name. */
int is_whole_type(struct sdreg_text name);

/* Tells of a day that is none. Gives it back. */
struct sdreg_text tell_date(struct reader *r, struct sdreg_text date);

#endif
