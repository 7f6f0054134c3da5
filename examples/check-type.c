/* SPDX-License-Identifier: MIT */

/*
 * Is a service type well formed, and what is it? Needs libsdreg alone:
 *
 *   cc check-type.c $(pkg-config --cflags --libs libsdreg) -o check-type
 *   ./check-type _presence._tcp
 */

#include <sdreg.h>

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_type type;
	struct sdreg_annotation annotation;
	if (argc != 2) {
		fputs("usage: check-type TYPE\n", stderr);
		return 2;
	}
	if (sdreg_type_parse(argv[1], strlen(argv[1]), &type, &err) < 0) {
		fprintf(stderr, "%s: %s\n", argv[1], err.text);
		return 1;
	}
	struct sdreg_registry *const registry = sdreg_registry_embedded(&err);
	if (registry == NULL) {
		fprintf(stderr, "%s\n", err.text);
		return 2;
	}
	sdreg_annotate_type(registry, NULL, &type, &annotation);
	printf("%s: %s", argv[1], sdreg_verdict_text(annotation.verdict));
	if (annotation.title[0] != '\0')
		printf(": %s", annotation.title);
	for (unsigned rule = 1; rule <= annotation.faults; rule <<= 1)
		if ((annotation.faults & rule) != 0)
			printf("\n  %s (%s)", sdreg_rule_text((enum sdreg_rule)rule),
				sdreg_rule_source((enum sdreg_rule)rule));
	putchar('\n');
	const int ok = annotation.verdict == SDREG_VERDICT_REGISTERED ||
		annotation.verdict == SDREG_VERDICT_TRANSPORT_NOT_STATED;
	sdreg_registry_close(registry);
	return ok ? 0 : 1;
}
