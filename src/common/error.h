/* SPDX-License-Identifier: MIT */
#ifndef COMMON_ERROR_H
#define COMMON_ERROR_H

#include <sdreg/error.h>

#if defined(__GNUC__)
#define ERROR_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define ERROR_PRINTF(f, a)
#endif

/* Fills err, unless it is NULL or an earlier error stands in it. Returns code, for "return". */
int error_set(struct sdreg_error *err, int code, const char *format, ...) ERROR_PRINTF(3, 4);

/* Names the input, where the struct does not name one yet. */
void error_at(struct sdreg_error *err, const char *file, unsigned long line);

#endif
