/* SPDX-License-Identifier: MIT */
#include "put-file.h"

#include "cli.h"
#include "common/write.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Closes in any case. -1 with errno of what failed first. */
static int write_and_close(int fd, const char *bytes, size_t len)
{
	const int written = fd >= 0 ? write_all(fd, bytes, len) : -1;
	const int number = errno;
	const int closed = fd >= 0 ? close(fd) : 0;
	if (written < 0)
		errno = number;
	return written < 0 || closed < 0 ? -1 : 0;
}

static mode_t mode_of_new(void)
{
	const mode_t mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

/* Writes beside the place, and renames. -1 with errno. */
static int replace(const char *place, mode_t mode, const char *bytes, size_t len)
{
	char *beside;
	if (asprintf(&beside, "%s.XXXXXX", place) < 0) {
		errno = ENOMEM;
		return -1;
	}
	const int fd = mkostemp(beside, O_CLOEXEC);
	int result = fd >= 0 ? fchmod(fd, mode) : -1;
	if (fd >= 0 && write_and_close(fd, bytes, len) < 0)
		result = -1;
	if (result == 0)
		result = rename(beside, place);
	const int number = errno;
	if (fd >= 0 && result < 0)
		unlink(beside);
	free(beside);
	errno = number;
	return result;
}

/* The place that a path leads to, through symbolic links. -1 with errno. */
static int put(const char *path, const char *bytes, size_t len)
{
	struct stat is;
	if (stat(path, &is) < 0)
		return errno == ENOENT ? replace(path, mode_of_new(), bytes, len) : -1;
	if (!S_ISREG(is.st_mode))
		return write_and_close(open(path, O_WRONLY | O_CLOEXEC), bytes, len);
	char *const place = realpath(path, NULL);
	if (place == NULL)
		return -1;
	const int result = replace(place, is.st_mode & 0777, bytes, len);
	const int number = errno;
	free(place);
	errno = number;
	return result;
}

int put_file(const char *path, const char *bytes, size_t len)
{
	sigset_t ending;
	sigset_t before;
	if (strcmp(path, "-") == 0)
		return fwrite(bytes, 1, len, stdout) == len ? 0 : STATUS_TROUBLE;
	/* a signal between the two files would leave the one beside */
	sigemptyset(&ending);
	sigaddset(&ending, SIGHUP);
	sigaddset(&ending, SIGINT);
	sigaddset(&ending, SIGTERM);
	sigprocmask(SIG_BLOCK, &ending, &before);
	const int result = put(path, bytes, len);
	const int number = errno;
	sigprocmask(SIG_SETMASK, &before, NULL);
	return result == 0 ? 0 : cli_system_error(path, number);
}
