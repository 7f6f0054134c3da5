/* SPDX-License-Identifier: MIT */
#ifndef CLI_COMMON_SOURCES_H
#define CLI_COMMON_SOURCES_H

#include <sdreg.h>

/* What answers, and how it is named where something of it is shown. */
struct sources {
	struct sdreg_registry *registry;
	struct sdreg_registry *supplement; /* or NULL */
	char *installed; /* the registry's file, if `sdreg update` installed it, or NULL */
	char source[320]; /* which registry answers and of what day, in words */
};

void sources_close(struct sources *sources);

#endif
