/* SPDX-License-Identifier: MIT */
#ifndef CLI_COMMON_SOURCES_H
#define CLI_COMMON_SOURCES_H

#include <sdreg.h>

/* What answers, and how it is named where something of it is shown. */
struct sources {
	struct sdreg_registry *registry;
	struct sdreg_registry *supplement; /* or NULL */
	const char *installed; /* the registry's file, if `sdreg update` installed it, or NULL */
	char source[320]; /* which registry answers and of what day, in words */
};

/* A service name that is near one that is not known, or NULL. */
const char *sources_near_name(const struct sources *sources, const char *name, size_t len);

/* The same of a service type. 0 when none is near. */
int sources_near_type(const struct sources *sources, const struct sdreg_type *type,
	char out[SDREG_NAME_SIZE]);

void sources_close(struct sources *sources);

#endif
