/* SPDX-License-Identifier: MIT */

/* The registry that answers where none was named: the newest of those that `sdreg update` installed
 * and the embedded one. Where nothing is installed, this costs a look at two paths. */

#include "latest.h"

#include "common/error.h"
#include "common/installed.h"
#include "common/sized.h"

#include <sdreg/registry.h>

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* An environment variable that holds an absolute path: others are ignored, as XDG wants it, and so
 * are all in a program that has more rights than whoever runs it. */
static const char *absolute(const char *variable)
{
	const char *const path = secure_getenv(variable);
	return path != NULL && path[0] == '/' ? path : NULL;
}

int sdreg_installed_directory(enum sdreg_installed_for whom, char *buf, size_t size)
{
	const char *base =
		absolute(whom == SDREG_INSTALLED_FOR_ALL ? "SDREG_STATEDIR" : "XDG_DATA_HOME");
	const char *below = whom == SDREG_INSTALLED_FOR_ALL ? "" : "/sdreg";
	if (size > 0)
		buf[0] = '\0';
	if (base == NULL && whom == SDREG_INSTALLED_FOR_ALL) {
		base = PKGSTATEDIR;
	} else if (base == NULL) {
		base = absolute("HOME");
		below = "/.local/share/sdreg";
	}
	if (base == NULL)
		return 0;
	const size_t len = strlen(base) + strlen(below);
	if (len >= size || len > INT_MAX)
		return SDREG_E_LIMIT;
	stpcpy(stpcpy(buf, base), below);
	return (int)len;
}

/* ---- one directory ---- */

enum found {
	FOUND_NOTHING,
	FOUND_UNUSABLE,
	FOUND_GOOD,
};

/* Opens one file. A directory that may not be searched is another's, as under su: nothing is known
 * to be in it. */
static enum found open_file(const char *path, struct sdreg_registry **registry,
	struct sdreg_error *err)
{
	struct stat st;
	if (stat(path, &st) < 0 && (errno == ENOENT || errno == ENOTDIR || errno == EACCES))
		return FOUND_NOTHING;
	*registry = sdreg_registry_open(path, err);
	if (*registry == NULL)
		return FOUND_UNUSABLE;
	if (sdreg_registry_is_complete(*registry))
		return FOUND_GOOD;
	sdreg_registry_close(*registry);
	*registry = NULL;
	error_set(err, SDREG_E_FORMAT, "this is only a part of a registry");
	error_at(err, path, 0);
	return FOUND_UNUSABLE;
}

static struct sdreg_registry *open_either(const char *directory,
	const struct sdreg_reading *reading, struct sdreg_error *err)
{
	static const char *const names[] = {INSTALLED_IMAGE, INSTALLED_PREVIOUS};
	struct sdreg_registry *registry = NULL;
	char path[PATH_MAX];
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct sdreg_error why = {.size = sizeof(why)};
		const int len = snprintf(path, sizeof(path), "%s/%s", directory, names[i]);
		if (len < 0 || (size_t)len >= sizeof(path))
			break;
		const enum found found = open_file(path, &registry, &why);
		if (found == FOUND_GOOD)
			return registry;
		if (found == FOUND_NOTHING)
			break;
		if (reading->warn != NULL)
			reading->warn(reading->user, &why);
	}
	error_set(err, SDREG_E_IO, "there is no registry that can be used");
	error_at(err, directory, 0);
	return NULL;
}

/* Reads how to read. 0 when its size is none; NULL is as good as zeros. */
static int take(struct sdreg_reading *to, const struct sdreg_reading *from, struct sdreg_error *err)
{
	memset(to, 0, sizeof(*to));
	if (from == NULL || sized_take(to, sizeof(*to), from))
		return 1;
	error_set(err, SDREG_E_ARGUMENT, "how to read begins with its size");
	return 0;
}

struct sdreg_registry *sdreg_registry_installed(const char *directory,
	const struct sdreg_reading *reading, struct sdreg_error *err)
{
	struct sdreg_reading sized;
	error_begin(err);
	return take(&sized, reading, err) ? open_either(directory, &sized, err) : NULL;
}

/* ---- the newest ---- */

static struct sdreg_registry *open_for(enum sdreg_installed_for whom,
	const struct sdreg_reading *reading)
{
	char directory[PATH_MAX];
	if (sdreg_installed_directory(whom, directory, sizeof(directory)) <= 0)
		return NULL;
	return open_either(directory, reading, NULL);
}

/* The newer of two, of one day the first; the other is closed. Either may be NULL. */
static struct sdreg_registry *newer(struct sdreg_registry *first, struct sdreg_registry *second)
{
	const int is_second = first == NULL ||
		(second != NULL &&
			strcmp(sdreg_registry_updated(second), sdreg_registry_updated(first)) > 0);
	sdreg_registry_close(is_second ? first : second);
	return is_second ? second : first;
}

struct sdreg_registry *latest_choose(struct sdreg_registry *installed,
	struct sdreg_registry *embedded)
{
	if (installed == NULL || sdreg_registry_is_complete(embedded))
		return newer(installed, embedded);
	sdreg_registry_close(embedded);
	return installed;
}

struct sdreg_registry *sdreg_registry_latest(const struct sdreg_reading *reading,
	struct sdreg_error *err)
{
	struct sdreg_reading sized;
	error_begin(err);
	if (!take(&sized, reading, err))
		return NULL;
	struct sdreg_registry *const embedded = sdreg_registry_embedded(err);
	if (embedded == NULL)
		return NULL;
	struct sdreg_registry *const for_user = open_for(SDREG_INSTALLED_FOR_USER, &sized);
	return latest_choose(newer(for_user, open_for(SDREG_INSTALLED_FOR_ALL, &sized)), embedded);
}
