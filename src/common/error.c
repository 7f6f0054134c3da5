/* SPDX-License-Identifier: MIT */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>

int error_set(struct sdreg_error *err, int code, const char *format, ...)
{
	if (err == NULL || err->code != 0)
		return code;
	va_list args;
	va_start(args, format);
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	err->code = code;
	return code;
}

void error_at(struct sdreg_error *err, const char *file, unsigned long line)
{
	if (err == NULL || err->file[0] != '\0')
		return;
	snprintf(err->file, sizeof(err->file), "%s", file != NULL ? file : "");
	err->line = line;
}
