/* SPDX-License-Identifier: MIT */
#ifndef CLI_SHOW_VERDICT_H
#define CLI_SHOW_VERDICT_H

#include <sdreg/annotate.h>

#include <stdio.h>

/* What is said of a service type in a few words, the same wherever it is shown: the verdict, and
 * whether the name is in use for something else than what IANA registered. */

void verdict_print(FILE *out, const struct sdreg_annotation *annotation);

/* The same, and the rules that the type breaks. */
void verdict_print_rules(FILE *out, const struct sdreg_annotation *annotation);

#endif
