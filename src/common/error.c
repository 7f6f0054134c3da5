/* SPDX-License-Identifier: MIT */
#include "error.h"

#include "config.h"

#include <locale.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* Whether a field lies within the size that the caller gave. */
#define HAS(err, field) ((err)->size >= offsetof(struct sdreg_error, field) + sizeof((err)->field))

static int is_writable(const struct sdreg_error *err)
{
	return err != NULL && HAS(err, code);
}

void error_begin(struct sdreg_error *err)
{
	if (!is_writable(err))
		return;
	err->code = SDREG_OK;
	if (HAS(err, line))
		err->line = 0;
	if (HAS(err, file))
		err->file[0] = '\0';
	if (HAS(err, text))
		err->text[0] = '\0';
}

int error_set_list(struct sdreg_error *err, int code, const char *format, va_list args)
{
	if (!is_writable(err) || err->code != SDREG_OK)
		return code;
	if (HAS(err, text))
		vsnprintf(err->text, sizeof(err->text), format, args);
	err->code = code;
	return code;
}

int error_set(struct sdreg_error *err, int code, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	error_set_list(err, code, format, args);
	va_end(args);
	return code;
}

void error_at(struct sdreg_error *err, const char *file, unsigned long line)
{
	if (!is_writable(err) || (HAS(err, file) && err->file[0] != '\0'))
		return;
	if (HAS(err, file))
		snprintf(err->file, sizeof(err->file), "%s", file != NULL ? file : "");
	if (HAS(err, line))
		err->line = line;
}

void error_pass(struct sdreg_error *err, const struct sdreg_error *own)
{
	if (own->code == SDREG_OK || !is_writable(err) || err->code != SDREG_OK)
		return;
	error_set(err, own->code, "%s", own->text);
	error_at(err, own->file, own->line);
}

#ifdef HAVE_STRERRORDESC_NP
const char *error_system_text(int number)
{
	const char *const text = strerrordesc_np(number);
	return text != NULL ? text : "unknown error of the system";
}
#else
const char *error_system_text(int number)
{
	/* The texts of the C locale are constant: they stay when it is freed. */
	const locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	if (c == (locale_t)0)
		return "input or output failed";
	const char *const text = strerror_l(number, c);
	freelocale(c);
	return text;
}
#endif
