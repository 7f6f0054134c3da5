/* SPDX-License-Identifier: MIT */

/* To be preloaded: the call that $FAIL_CALL names fails at its $FAIL_NTH time, with $FAIL_ERRNO,
 * EIO if that is not set, and once; then the file $FAIL_TOLD is made, if it can. Standard streams
 * are left alone. */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int fails(const char *call)
{
	static unsigned long count;
	const char *const wanted = getenv("FAIL_CALL");
	const char *const nth = getenv("FAIL_NTH");
	const char *const told = getenv("FAIL_TOLD");
	const char *const number = getenv("FAIL_ERRNO");
	if (wanted == NULL || nth == NULL || strcmp(wanted, call) != 0 ||
		++count != strtoul(nth, NULL, 10))
		return 0;
	if (told != NULL)
		close(open(told, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	errno = number != NULL ? atoi(number) : EIO;
	return 1;
}

/* The function of the C library that one of ours stands before. */
#define NEXT(name) \
	__typeof__(&name) next; \
	*(void **)&next = dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *bytes, size_t len)
{
	NEXT(write);
	return fd > 2 && fails("write") ? -1 : next(fd, bytes, len);
}

ssize_t read(int fd, void *bytes, size_t len)
{
	NEXT(read);
	return fd > 2 && fails("read") ? -1 : next(fd, bytes, len);
}

int fsync(int fd)
{
	NEXT(fsync);
	return fails("fsync") ? -1 : next(fd);
}

int renameat(int from_fd, const char *from, int to_fd, const char *to)
{
	NEXT(renameat);
	return fails("renameat") ? -1 : next(from_fd, from, to_fd, to);
}

int renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags)
{
	NEXT(renameat2);
	return fails("renameat2") ? -1 : next(from_fd, from, to_fd, to, flags);
}
