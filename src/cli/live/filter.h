/* SPDX-License-Identifier: MIT */
#ifndef CLI_LIVE_FILTER_H
#define CLI_LIVE_FILTER_H

#include <sdreg/browse.h>

/* Which service types are browsed: those that fit the pattern, and one of the verdicts. */

struct browse_filter {
	const char *pattern; /* with * and ?, or NULL: any */
	int registered; /* of these three, none set is all */
	int unregistered;
	int malformed;
};

/* A sdreg_want_fn; user is a struct browse_filter. */
int browse_filter_wants(void *user, const struct sdreg_type *type,
	const struct sdreg_annotation *annotation);

#endif
