/* SPDX-License-Identifier: MIT */
#ifndef COMMON_WRITE_H
#define COMMON_WRITE_H

#include <errno.h>
#include <stddef.h>
#include <unistd.h>

/* Writes all bytes, in as many calls as it takes. 0, or -1 with errno. */
static inline int write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		const ssize_t n = write(fd, bytes, len);
		if (n < 0 && errno != EINTR)
			return -1;
		bytes += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
	return 0;
}

#endif
