/* SPDX-License-Identifier: MIT */

/* Putting files into the directory of installed registries, so that whoever looks, whenever, finds
 * whole ones. */

#include "store.h"

#include "common/write.h"
#include "config.h"
#include "stop.h"

#include <sdreg.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
	LOCK_TRIES = 100, /* ten times a second */
	NAME_SIZE = 64,
};

static int refuse(struct sdreg_error *err, const char *directory, const char *name,
	const char *text)
{
	err->code = SDREG_E_IO;
	snprintf(err->file, sizeof(err->file), "%s%s%s", directory, name[0] != '\0' ? "/" : "",
		name);
	snprintf(err->text, sizeof(err->text), "%s", text);
	return -1;
}

static int refuse_errno(struct sdreg_error *err, const char *directory, const char *name)
{
	const int number = errno;
	char text[160];
	const char *advice = "";
	if (number == ENOSPC || number == EDQUOT)
		advice = "; make room and try again";
	snprintf(text, sizeof(text), "%s%s", strerror(number), advice);
	return refuse(err, directory, name, text);
}

static int refuse_access(struct sdreg_error *err, const char *directory,
	enum sdreg_installed_for whom)
{
	const int denied = errno == EACCES || errno == EPERM;
	if (whom == SDREG_INSTALLED_FOR_ALL && denied)
		return refuse(err, directory, "",
			"only root may install for all users: use "
			"sudo, or leave out --system to install for yourself");
	if (denied)
		return refuse(err, directory, "",
			"you may not write here: make the directory "
			"yours, or let XDG_DATA_HOME name another");
	return refuse_errno(err, directory, "");
}

/* ---- before anything is fetched ---- */

/* What stands in a file's place must be a file: a link may lead to what is not ours to replace. */
static int check_place(const char *directory, const char *name, struct sdreg_error *err)
{
	struct stat st;
	char *path;
	if (asprintf(&path, "%s/%s", directory, name) < 0)
		return refuse(err, directory, name, "no memory");
	const int found = lstat(path, &st) == 0;
	free(path);
	if (!found || S_ISREG(st.st_mode))
		return 0;
	return refuse(err, directory, name,
		S_ISLNK(st.st_mode) ? "this is a symbolic link, which sdreg update does not "
				      "replace: remove it first"
				    : "this is no regular file: remove it first");
}

/* The nearest directory that is there, above one that is not, in place. */
static void find_parent(char *path)
{
	struct stat st;
	while (path[1] != '\0' && stat(path, &st) < 0 && errno == ENOENT) {
		char *const slash = strrchr(path, '/');
		slash[slash == path] = '\0';
	}
}

int store_check(const char *directory, enum sdreg_installed_for whom, struct sdreg_error *err)
{
	static const char *const names[] = {INSTALLED_IMAGE, INSTALLED_PREVIOUS, INSTALLED_STATE};
	char *const path = strdup(directory);
	if (path == NULL)
		return refuse(err, directory, "", "no memory");
	find_parent(path);
	int result = faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS);
	if (result < 0)
		refuse_access(err, path, whom);
	free(path);
	for (size_t i = 0; result == 0 && i < sizeof(names) / sizeof(names[0]); i++)
		result = check_place(directory, names[i], err);
	return result;
}

/* ---- opening ---- */

/* Makes a directory and those above it. The user's own data are nobody else's (XDG: 0700), but the
 * registry is no secret. */
static int make_directory(const char *directory, enum sdreg_installed_for whom)
{
	char path[PATH_MAX];
	const mode_t above = whom == SDREG_INSTALLED_FOR_USER ? 0700 : 0755;
	if (strlen(directory) >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	snprintf(path, sizeof(path), "%s", directory);
	for (char *p = path + 1; *p != '\0'; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(path, above) < 0 && errno != EEXIST)
			return -1;
		*p = '/';
	}
	return mkdir(path, 0755) < 0 && errno != EEXIST ? -1 : 0;
}

/* The directory itself is what is locked: so no lock file is ever left. */
static int lock(int fd)
{
	const struct timespec tenth = {.tv_nsec = 100000000};
	for (int i = 0; i < LOCK_TRIES && !stop_wanted(); i++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return 0;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return -1;
		nanosleep(&tenth, NULL);
	}
	errno = EWOULDBLOCK;
	return -1;
}

int store_open(struct store *store, const char *directory, enum sdreg_installed_for whom,
	struct sdreg_error *err)
{
	store->directory = directory;
	store->fd = -1;
	if (whom == SDREG_INSTALLED_FOR_ALL)
		umask(022); /* all are to read it, however careful root is else */
	if (make_directory(directory, whom) == 0)
		store->fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (store->fd < 0)
		return refuse_access(err, directory, whom);
	if (lock(store->fd) == 0)
		return 0;
	if (errno == EWOULDBLOCK)
		refuse(err, directory, "", "another sdreg update is at work here: wait for it");
	else
		refuse_errno(err, directory, "");
	store_close(store);
	return -1;
}

void store_close(struct store *store)
{
	if (store->fd >= 0)
		close(store->fd);
	store->fd = -1;
}

/* ---- writing ---- */

/* A file's name as long as it is not in its place. It is always the same one, as only one update is
 * at work: what a killed one left is replaced by the next. */
static void new_name(const struct store_file *file, char name[NAME_SIZE])
{
	snprintf(name, NAME_SIZE, "%s.new", file->name);
}

static int write_new(const struct store *store, const struct store_file *file)
{
	char name[NAME_SIZE];
	new_name(file, name);
	if (unlinkat(store->fd, name, 0) < 0 && errno != ENOENT)
		return -1;
	const int fd =
		openat(store->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (fd < 0)
		return -1;
	const int written = write_all(fd, file->bytes, file->len) < 0 ? -1 : fsync(fd);
	const int number = errno;
	const int closed = close(fd);
	if (written < 0)
		errno = number;
	return written < 0 || closed < 0 ? -1 : 0;
}

static int rename_new(const struct store *store, const struct store_file *file)
{
	char name[NAME_SIZE];
	new_name(file, name);
	return renameat(store->fd, name, store->fd, file->name);
}

static void remove_new(const struct store *store, const struct store_file *files, size_t count)
{
	char name[NAME_SIZE];
	for (size_t i = 0; i < count; i++) {
		new_name(files + i, name);
		unlinkat(store->fd, name, 0);
	}
}

int store_put(const struct store *store, const struct store_file *files, size_t count,
	struct sdreg_error *err)
{
	int result = 0;
	for (size_t i = 0; result == 0 && i < count; i++)
		if (write_new(store, files + i) < 0)
			result = refuse_errno(err, store->directory, files[i].name);
	if (result == 0 && stop_wanted())
		result = refuse(err, store->directory, "", "stopped by a signal");
	for (size_t i = 0; result == 0 && i < count; i++)
		if (rename_new(store, files + i) < 0)
			result = refuse_errno(err, store->directory, files[i].name);
	remove_new(store, files, count);
	fsync(store->fd); /* not all file systems can; the files themselves are on the disk */
	return result;
}

int store_exchange(const struct store *store, const char *one, const char *other,
	struct sdreg_error *err)
{
#ifdef HAVE_RENAMEAT2
	if (renameat2(store->fd, one, store->fd, other, RENAME_EXCHANGE) == 0) {
		fsync(store->fd);
		return 0;
	}
#else
	(void)other;
	errno = ENOSYS;
#endif
	if (errno == EINVAL || errno == ENOSYS) /* not all file systems can */
		return 1;
	return refuse_errno(err, store->directory, one);
}
