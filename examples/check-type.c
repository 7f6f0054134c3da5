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
	struct sdreg_annotation *const annotation =
		sdreg_annotate_type(registry, NULL, &type, &err);
	if (annotation == NULL) {
		fprintf(stderr, "%s\n", err.text);
		sdreg_registry_close(registry);
		return 2;
	}
	const enum sdreg_verdict verdict = sdreg_annotation_verdict(annotation);
	const unsigned faults = sdreg_annotation_faults(annotation);
	printf("%s: %s", argv[1], sdreg_verdict_text(verdict));
	if (sdreg_annotation_title(annotation)[0] != '\0')
		printf(": %s", sdreg_annotation_title(annotation));
	for (unsigned rule = 1; rule <= faults; rule <<= 1)
		if ((faults & rule) != 0)
			printf("\n  %s (%s)", sdreg_rule_text((enum sdreg_rule)rule),
				sdreg_rule_source((enum sdreg_rule)rule));
	putchar('\n');
	const int ok = verdict == SDREG_VERDICT_REGISTERED ||
		verdict == SDREG_VERDICT_TRANSPORT_NOT_STATED;
	sdreg_annotation_free(annotation);
	sdreg_registry_close(registry);
	return ok ? 0 : 1;
}
