/* SPDX-License-Identifier: MIT */

/* Finding the registry that `sdreg update` installed. Where nothing is installed, this costs a look
 * at two paths. */

#include "installed.h"

#include "print.h"

#include <sdreg.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* An environment variable that holds an absolute path: others are ignored, as XDG wants it. */
static const char *absolute(const char *variable)
{
	const char *const path = getenv(variable);
	return path != NULL && path[0] == '/' ? path : NULL;
}

char *installed_directory(enum installed_for whom)
{
	char *path = NULL;
	const char *base;
	int len = -1;
	if (whom == INSTALLED_FOR_ALL) {
		base = absolute("SDREG_STATEDIR");
		return strdup(base != NULL ? base : PKGSTATEDIR);
	}
	if ((base = absolute("XDG_DATA_HOME")) != NULL)
		len = asprintf(&path, "%s/sdreg", base);
	else if ((base = absolute("HOME")) != NULL)
		len = asprintf(&path, "%s/.local/share/sdreg", base);
	return len < 0 ? NULL : path;
}

static void say_unusable(const char *path, const char *why)
{
	fputs("sdreg: ", stderr);
	print_text(stderr, path);
	fputs(": ", stderr);
	print_text(stderr, why);
	fputs("; it is passed over: run sdreg update to replace it\n", stderr);
}

/* Opens one file. 0 when it is not there, or cannot be used. A directory that may not be searched
 * is another's, as under su: nothing is known to be in it. */
static int open_image(const char *path, enum installed_tell tell, struct installed *found)
{
	struct sdreg_error err = {.size = sizeof(err)};
	struct stat st = {.st_mode = S_IFREG};
	if (stat(path, &st) < 0 && (errno == ENOENT || errno == ENOTDIR || errno == EACCES))
		return 0;
	const char *why = "this is no regular file"; /* a pipe would keep us waiting */
	if (S_ISREG(st.st_mode)) {
		found->registry = sdreg_registry_open(path, &err);
		why = err.text;
	}
	if (found->registry != NULL && !sdreg_registry_is_complete(found->registry)) {
		sdreg_registry_close(found->registry);
		found->registry = NULL;
		why = "this is only a part of a registry";
	}
	if (found->registry == NULL && tell == INSTALLED_TELL)
		say_unusable(path, why);
	if (found->registry == NULL)
		return -1;
	return 1;
}

int installed_open(enum installed_for whom, enum installed_tell tell, struct installed *found)
{
	static const char *const names[] = {INSTALLED_IMAGE, INSTALLED_PREVIOUS};
	char *const directory = installed_directory(whom);
	int opened = -1;
	memset(found, 0, sizeof(*found));
	for (int i = 0; directory != NULL && opened < 0 && i < 2; i++) {
		char *path;
		if (asprintf(&path, "%s/%s", directory, names[i]) < 0)
			break;
		opened = open_image(path, tell, found);
		if (opened == 1) {
			found->path = path;
			found->whom = whom;
			found->is_previous = i;
		} else {
			free(path);
		}
	}
	free(directory);
	return opened == 1;
}

int installed_open_newest(enum installed_tell tell, struct installed *found)
{
	struct installed all;
	const int for_user = installed_open(INSTALLED_FOR_USER, tell, found);
	if (!installed_open(INSTALLED_FOR_ALL, tell, &all))
		return for_user;
	if (for_user &&
		strcmp(sdreg_registry_updated(all.registry),
			sdreg_registry_updated(found->registry)) <= 0) {
		installed_close(&all);
		return 1;
	}
	installed_close(found);
	*found = all;
	return 1;
}

void installed_close(struct installed *found)
{
	sdreg_registry_close(found->registry);
	free(found->path);
	memset(found, 0, sizeof(*found));
}
