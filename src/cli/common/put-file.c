/* SPDX-License-Identifier: MIT */
#include "put-file.h"

#include "cli.h"
#include "common/write.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Says why a file is not written: text, or what the system says. */
static int refuse(const char *path, const char *text)
{
	struct sdreg_error err = {.size = sizeof(err), .code = SDREG_E_IO};
	if (text == NULL)
		return cli_system_error(path, errno);
	snprintf(err.file, sizeof(err.file), "%s", path);
	snprintf(err.text, sizeof(err.text), "%s", text);
	return cli_error(&err);
}

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

/* Gives a new file what the one has whose place it takes; is is NULL if there is none. -1 with
 * errno: the mode comes last, as a change of owner may take from it. */
static int keep(int fd, const struct stat *is)
{
	struct stat new;
	if (is == NULL)
		return fchmod(fd, mode_of_new());
	if (fstat(fd, &new) < 0)
		return -1;
	if ((new.st_uid != is->st_uid || new.st_gid != is->st_gid) &&
		fchown(fd, is->st_uid, is->st_gid) < 0)
		return -1;
	return fchmod(fd, is->st_mode & 0777);
}

/* Writes beside the place, and renames. */
static int replace(const struct put_file *file, const char *place, const struct stat *is)
{
	char *beside;
	if (asprintf(&beside, "%s.XXXXXX", place) < 0) {
		errno = ENOMEM;
		return refuse(file->path, NULL);
	}
	const char *why = NULL;
	const int fd = mkostemp(beside, O_CLOEXEC);
	int result = fd >= 0 ? keep(fd, is) : -1;
	if (fd < 0 && errno == EACCES)
		why = "its directory may not be written to";
	else if (fd >= 0 && result < 0 && errno == EPERM)
		why = "it belongs to somebody else, and would not any more: remove it first";
	const int number = errno;
	if (fd >= 0 && result < 0)
		close(fd);
	errno = number;
	if (result == 0)
		result = write_and_close(fd, file->bytes, file->len);
	if (result == 0)
		result = rename(beside, place);
	if (result < 0)
		refuse(file->path, why);
	if (fd >= 0 && result < 0)
		unlink(beside);
	free(beside);
	return result < 0 ? STATUS_TROUBLE : 0;
}

/* Where the path leads, through symbolic links. */
static int replace_regular(const struct put_file *file, const struct stat *is)
{
	char *const place = realpath(file->path, NULL);
	if (place == NULL || faccessat(AT_FDCWD, place, W_OK, AT_EACCESS) < 0) {
		const int status = refuse(file->path, NULL);
		free(place);
		return status;
	}
	const int status = replace(file, place, is);
	free(place);
	return status;
}

/* A signal between the two files would leave the one beside. */
static void hold_signals(sigset_t *before)
{
	sigset_t ending;
	sigemptyset(&ending);
	sigaddset(&ending, SIGHUP);
	sigaddset(&ending, SIGINT);
	sigaddset(&ending, SIGTERM);
	sigprocmask(SIG_BLOCK, &ending, before);
}

static int put(const struct put_file *file)
{
	struct stat is;
	sigset_t before;
	const int is_there = stat(file->path, &is) == 0;
	if (!is_there && errno != ENOENT)
		return refuse(file->path, NULL);
	if (!is_there && lstat(file->path, &is) == 0)
		return refuse(file->path,
			"this symbolic link leads to nothing: remove it, or make what it leads to");
	if (is_there && !S_ISREG(is.st_mode))
		return write_and_close(open(file->path, O_WRONLY | O_CLOEXEC), file->bytes,
			       file->len) < 0
			? refuse(file->path, NULL)
			: 0;
	hold_signals(&before);
	const int status = is_there ? replace_regular(file, &is) : replace(file, file->path, NULL);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return status;
}

int put_file_begin(struct put_file *file, const char *path)
{
	*file = (struct put_file){.path = path};
	file->out = open_memstream(&file->bytes, &file->len);
	return file->out != NULL ? 0 : refuse(path, NULL);
}

void put_file_drop(struct put_file *file)
{
	fclose(file->out);
	free(file->bytes);
}

int put_file_end(struct put_file *file)
{
	int status = STATUS_TROUBLE;
	int failed = ferror(file->out);
	failed |= fclose(file->out) != 0;
	errno = ENOMEM; /* what else could fail in memory */
	if (failed)
		refuse(file->path, NULL);
	else if (strcmp(file->path, "-") != 0)
		status = put(file);
	else if (fflush(stdout) == 0 && write_all(STDOUT_FILENO, file->bytes, file->len) == 0)
		status = 0;
	else
		refuse("standard output", NULL); /* at once: later errno is another call's */
	free(file->bytes);
	return status;
}
