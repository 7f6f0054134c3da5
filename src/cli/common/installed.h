/* SPDX-License-Identifier: MIT */
#ifndef CLI_COMMON_INSTALLED_H
#define CLI_COMMON_INSTALLED_H

struct sdreg_registry;

/*
 * Registries that `sdreg update` installed: one directory for a user, one for all.
 *
 *   registry.image           the registry; replaced by rename, so it is whole at every moment
 *   registry.previous.image  the one before, the last that was good
 *   registry.state           where registry.image came from, for the next question (state.h)
 *
 * The user's directory is sdreg in $XDG_DATA_HOME or ~/.local/share; that for all is
 * LOCALSTATEDIR/lib/sdreg, or what $SDREG_STATEDIR names.
 */
#define INSTALLED_IMAGE "registry.image"
#define INSTALLED_PREVIOUS "registry.previous.image"
#define INSTALLED_STATE "registry.state"

enum installed_for {
	INSTALLED_FOR_USER,
	INSTALLED_FOR_ALL,
};

/* An installed registry. All zeros is none. */
struct installed {
	struct sdreg_registry *registry;
	char *path; /* the file it is in */
	enum installed_for whom;
	int is_previous; /* registry.image could not be used */
};

/* What is done about a file that is there and cannot be used. */
enum installed_tell {
	INSTALLED_SILENT,
	INSTALLED_TELL, /* one line on standard error, with what to do */
};

/* The directory, allocated; NULL for want of memory, or when the user has no home. */
char *installed_directory(enum installed_for whom);

/* Opens the registry in one directory: the image, or the one before if that is no good. 1, or 0
 * when there is none that can be used: never an error. */
int installed_open(enum installed_for whom, enum installed_tell tell, struct installed *found);

/* Opens the newest of both directories; of two of one day the user's. 1, or 0. */
int installed_open_newest(enum installed_tell tell, struct installed *found);

void installed_close(struct installed *found);

#endif
