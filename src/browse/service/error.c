/* SPDX-License-Identifier: MIT */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>

int browse_error(struct sdreg_error *err, int code, const char *format, ...)
{
	if (err == NULL || err->code != 0)
		return code;
	va_list args;
	va_start(args, format);
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	err->file[0] = '\0';
	err->line = 0;
	err->code = code;
	return code;
}
