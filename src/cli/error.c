/* SPDX-License-Identifier: MIT */

/* Saying an error, for sdreg and for its helpers. */

#include "cli.h"
#include "print.h"

#include <string.h>

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
	struct sdreg_error err = {.code = SDREG_E_IO};
	snprintf(err.file, sizeof(err.file), "%s", file);
	snprintf(err.text, sizeof(err.text), "%s", strerror(number));
	return cli_error(&err);
}
