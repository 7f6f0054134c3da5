/* SPDX-License-Identifier: MIT */
#ifndef COMMON_ERROR_H
#define COMMON_ERROR_H

#include <sdreg/error.h>

#include <stdarg.h>

#if defined(__GNUC__)
#define ERROR_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define ERROR_PRINTF(f, a)
#endif

/* All of these take NULL, and write no further than the size that stands in the struct: a field
 * that would lie across it is left alone. */

/* What every public function does first with the struct it was given: a struct that is used again
 * does not tell of an earlier call. */
void error_begin(struct sdreg_error *err);

/* Fills err, unless an earlier error of this call stands in it. Returns code, for "return". */
int error_set(struct sdreg_error *err, int code, const char *format, ...) ERROR_PRINTF(3, 4);
int error_set_list(struct sdreg_error *err, int code, const char *format, va_list args)
	ERROR_PRINTF(3, 0);

/* Names the input, where the struct does not name one yet. */
void error_at(struct sdreg_error *err, const char *file, unsigned long line);

/* Hands on what stands in a struct of one's own, which is whole, as error_set() does. */
void error_pass(struct sdreg_error *err, const struct sdreg_error *own);

/* What an error number of the system means, in English: strerror() says it in the user's language.
 * Never NULL. */
const char *error_system_text(int number);

#endif
