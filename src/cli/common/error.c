/* SPDX-License-Identifier: MIT */

/* Saying an error, and what was left out, for sdreg and for its helpers. */

#include "cli.h"
#include "print.h"

#include <string.h>

enum { WARNINGS_MAX = 10 };

int cli_error(const struct sdreg_error *err)
{
	fputs("sdreg: ", stderr);
	if (err->file[0] != '\0') {
		print_text(stderr, err->file);
		if (err->line > 0)
			fprintf(stderr, ":%lu", err->line);
		fputs(": ", stderr);
	}
	print_text(stderr, err->text[0] != '\0' ? err->text : sdreg_result_text(err->code));
	fputc('\n', stderr);
	return STATUS_TROUBLE;
}

int cli_system_error(const char *file, int number)
{
	struct sdreg_error err = {.size = sizeof(err), .code = SDREG_E_IO};
	snprintf(err.file, sizeof(err.file), "%s", file);
	snprintf(err.text, sizeof(err.text), "%s", strerror(number));
	return cli_error(&err);
}

void cli_warn(void *user, const struct sdreg_error *warning)
{
	unsigned long *const count = user;
	if (++*count <= WARNINGS_MAX)
		cli_error(warning);
}

void cli_warned(unsigned long count, const char *file)
{
	struct sdreg_error err = {.size = sizeof(err), .code = SDREG_E_RECORD};
	if (count <= WARNINGS_MAX)
		return;
	snprintf(err.file, sizeof(err.file), "%s", file);
	snprintf(err.text, sizeof(err.text), "and %lu more are left out", count - WARNINGS_MAX);
	cli_error(&err);
}
