/* SPDX-License-Identifier: MIT */
#ifndef CLI_UPDATE_STORE_H
#define CLI_UPDATE_STORE_H

#include "installed.h"

#include <stddef.h>

struct sdreg_error;

/* The directory that registries are installed in, held against other updates. */
struct store {
	const char *directory; /* the caller's */
	int fd;
};

/* One file to be there afterwards. */
struct store_file {
	const char *name;
	const void *bytes;
	size_t len;
};

/* Whether something could be installed, before anything is fetched for it. Changes nothing. 0, or
 * -1 with err set. */
int store_check(const char *directory, enum sdreg_installed_for whom, struct sdreg_error *err);

/* Makes the directory where it is not there, and waits for another update to end. 0, or -1. */
int store_open(struct store *store, const char *directory, enum sdreg_installed_for whom,
	struct sdreg_error *err);

/* Writes all files beside their places, and only when all are on the disk renames each to its
 * place, in order. When one cannot be written, or a signal waits, none is. 0, or -1. */
int store_put(const struct store *store, const struct store_file *files, size_t count,
	struct sdreg_error *err);

/* Changes the names of two files, at once: neither is ever missing. 0, -1, or 1 where that cannot
 * be done, which changes nothing. */
int store_exchange(const struct store *store, const char *one, const char *other,
	struct sdreg_error *err);

void store_close(struct store *store);

#endif
