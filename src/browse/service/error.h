/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_SERVICE_ERROR_H
#define BROWSE_SERVICE_ERROR_H

#include <sdreg/error.h>

#if defined(__GNUC__)
#define BROWSE_ERROR_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define BROWSE_ERROR_PRINTF(f, a)
#endif

/* Fills err, unless it is NULL or an earlier error stands in it. Returns code, for "return". */
int browse_error(struct sdreg_error *err, int code, const char *format, ...)
	BROWSE_ERROR_PRINTF(3, 4);

#endif
