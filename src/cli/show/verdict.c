/* SPDX-License-Identifier: MIT */
#include "verdict.h"

void verdict_print(FILE *out, const struct sdreg_annotation *annotation)
{
	fputs(sdreg_verdict_text(sdreg_annotation_verdict(annotation)), out);
	if (sdreg_annotation_instead(annotation) != NULL)
		fputs("; in use for something else", out);
}

void verdict_print_rules(FILE *out, const struct sdreg_annotation *annotation)
{
	const unsigned faults = sdreg_annotation_faults(annotation);
	verdict_print(out, annotation);
	for (unsigned bit = 1, n = 0; bit <= faults; bit <<= 1)
		if ((faults & bit) != 0)
			fprintf(out, "%s%s", n++ > 0 ? ", " : ": ",
				sdreg_rule_text((enum sdreg_rule)bit));
}
