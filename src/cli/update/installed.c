/* SPDX-License-Identifier: MIT */
#include "installed.h"

#include <limits.h>
#include <string.h>

char *installed_directory(enum sdreg_installed_for whom)
{
	char directory[PATH_MAX];
	if (sdreg_installed_directory(whom, directory, sizeof(directory)) <= 0)
		return NULL;
	return strdup(directory);
}

void installed_open(const char *directory, struct installed *found)
{
	found->registry = sdreg_registry_installed(directory, NULL, NULL);
	const char *const file = found->registry != NULL ? sdreg_registry_file(found->registry)
							 : "/";
	found->is_previous = strcmp(strrchr(file, '/') + 1, INSTALLED_PREVIOUS) == 0;
}

void installed_close(struct installed *found)
{
	sdreg_registry_close(found->registry);
	memset(found, 0, sizeof(*found));
}
