/* SPDX-License-Identifier: MIT */
#ifndef CLI_UPDATE_INSTALLED_H
#define CLI_UPDATE_INSTALLED_H

#include "common/installed.h"

#include <sdreg/registry.h>

/* A registry that `sdreg update` installed, and will replace. All zeros is none. */
struct installed {
	struct sdreg_registry *registry;
	int is_previous; /* registry.image could not be used */
};

/* The directory, allocated; NULL for want of memory, or when the user has no home. */
char *installed_directory(enum sdreg_installed_for whom);

/* Opens the registry in a directory: the image, or the one before if that is no good. */
void installed_open(const char *directory, struct installed *found);

void installed_close(struct installed *found);

#endif
