/* SPDX-License-Identifier: MIT */
#include "error-set.h"

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

const char *sdreg_result_text(int code)
{
	switch (code) {
	case SDREG_OK:
		return "success";
	case SDREG_E_MEMORY:
		return "no memory";
	case SDREG_E_IO:
		return "input or output failed";
	case SDREG_E_FORMAT:
		return "not the expected format";
	case SDREG_E_RECORD:
		return "bad record";
	case SDREG_E_SYNTAX:
		return "cannot be read";
	case SDREG_E_LIMIT:
		return "over a limit";
	case SDREG_E_DAEMON:
		return "no mDNS daemon";
	case SDREG_E_ARGUMENT:
		return "bad argument";
	}
	return "unknown error";
}
