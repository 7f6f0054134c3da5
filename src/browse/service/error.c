/* SPDX-License-Identifier: MIT */
#include "error.h"

#include "common/error.h"

int browse_error(struct sdreg_error *err, int code, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	error_set_list(err, code, format, args);
	va_end(args);
	return code;
}
