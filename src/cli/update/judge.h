/* SPDX-License-Identifier: MIT */
#ifndef CLI_UPDATE_JUDGE_H
#define CLI_UPDATE_JUDGE_H

struct sdreg_error;
struct sdreg_registry;

/* Whether a registry from url may take the place of old, or of none (NULL): it says of what day it
 * is, is not older, and has not lost more than a tenth of the entries. 0, or -1 with err set. */
int judge_registry(const struct sdreg_registry *registry, const struct sdreg_registry *old,
	const char *url, struct sdreg_error *err);

/* The one rule that cannot be waived: by their days registries are compared from then on. */
int judge_day(const struct sdreg_registry *registry, const char *url, struct sdreg_error *err);

/* Whether two registries are the same bytes. */
int judge_same(const struct sdreg_registry *a, const struct sdreg_registry *b);

#endif
