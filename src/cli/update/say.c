/* SPDX-License-Identifier: MIT */
#include "say.h"

#include "cli/common/cli.h"
#include "cli/common/json.h"
#include "cli/common/print.h"

#include <stdio.h>
#include <string.h>

char *say_count(char buf[32], unsigned long number)
{
	char digits[24];
	const int len = snprintf(digits, sizeof(digits), "%lu", number);
	size_t n = 0;
	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf[n++] = ',';
		buf[n++] = digits[i];
	}
	buf[n] = '\0';
	return buf;
}

static void print_registry(const struct sdreg_registry *registry, const char *unit)
{
	char buf[32];
	print_text(stdout, sdreg_registry_updated(registry));
	printf(", %s%s", say_count(buf, sdreg_registry_size(registry)), unit);
}

static void print_line(const struct report *r)
{
	static const char *const what[] = {
		[OUTCOME_INSTALLED] = "installed",
		[OUTCOME_UP_TO_DATE] = "is up to date",
		[OUTCOME_NEWER] = "can be fetched",
		[OUTCOME_REVERTED] = "is back",
	};
	fputs("registry of ", stdout);
	print_registry(r->registry, " entries, ");
	fputs(what[r->outcome], stdout);
	if (r->outcome != OUTCOME_NEWER) {
		fputs(" in ", stdout);
		print_text(stdout, r->directory);
	}
	if (r->outcome != OUTCOME_UP_TO_DATE && r->was == NULL) {
		fputs(" (there was none)", stdout);
	} else if (r->outcome != OUTCOME_UP_TO_DATE) {
		fputs(r->outcome == OUTCOME_NEWER ? " (here: " : " (was ", stdout);
		print_registry(r->was, ")");
	}
	if (r->embedded != NULL) {
		fputs("; the one embedded in sdreg is newer, of ", stdout);
		print_text(stdout, sdreg_registry_updated(r->embedded));
		fputs(", and answers", stdout);
	}
	fputc('\n', stdout);
}

static json_t *registry_json(const struct sdreg_registry *registry)
{
	if (registry == NULL)
		return json_null();
	return json_pack("{s:o, s:I}", "updated", json_text(sdreg_registry_updated(registry)),
		"entries", (json_int_t)sdreg_registry_size(registry));
}

int say_report(const struct cli *cli, const struct report *r, int quiet)
{
	static const char *const words[] = {
		[OUTCOME_INSTALLED] = "installed",
		[OUTCOME_UP_TO_DATE] = "up-to-date",
		[OUTCOME_NEWER] = "newer",
		[OUTCOME_REVERTED] = "reverted",
	};
	if (cli->output.json)
		return json_print_line(stdout,
			json_pack("{s:s, s:o, s:I, s:o, s:o, s:o, s:b}", "result",
				words[r->outcome], "updated",
				json_text(sdreg_registry_updated(r->registry)), "entries",
				(json_int_t)sdreg_registry_size(r->registry), "was",
				registry_json(r->was), "directory", json_text(r->directory), "url",
				r->url != NULL ? json_text(r->url) : json_null(),
				"older_than_embedded", r->embedded != NULL));
	if (!quiet)
		print_line(r);
	return 0;
}
