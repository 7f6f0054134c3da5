/* SPDX-License-Identifier: MIT */
#ifndef MEMORY_FILE_H
#define MEMORY_FILE_H

#include "config.h"
#include "fuzz.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* A file, in memory where the system has such files, that holds these bytes, to be read from its
 * beginning. There is one of it: what it held before is gone. */
static inline int memory_file(const void *bytes, size_t size)
{
	static int fd = -1;
	if (fd < 0) {
#ifdef HAVE_MEMFD_CREATE
		fd = memfd_create("input", MFD_CLOEXEC);
#else
		FILE *const file = tmpfile();
		require(file != NULL);
		fd = fileno(file); /* never closed */
#endif
	}
	require(fd >= 0 && ftruncate(fd, 0) == 0);
	require(pwrite(fd, bytes, size, 0) == (ssize_t)size);
	require(lseek(fd, 0, SEEK_SET) == 0);
	return fd;
}

#endif
