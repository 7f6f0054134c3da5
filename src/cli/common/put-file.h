/* SPDX-License-Identifier: MIT */
#ifndef CLI_COMMON_PUT_FILE_H
#define CLI_COMMON_PUT_FILE_H

#include <stddef.h>
#include <stdio.h>

/*
 * How commands write a file that a user names.
 *
 * It is made in memory, and then takes its place as a whole or not at all: written beside, and
 * renamed. One that is there keeps its owner, group and mode, or is left alone where it cannot; one
 * that may not be written to is not replaced either. A symbolic link is followed; one that leads to
 * nothing is refused, for nobody can tell what was meant. What is no regular file, such as a pipe,
 * is written to, and a signal ends that as it ends any other wait. "-" is standard output.
 */

struct put_file {
	const char *path;
	FILE *out; /* what is to be written goes here */
	char *bytes;
	size_t len;
};

/* 0, or STATUS_TROUBLE after saying why; then it is not to be ended. */
int put_file_begin(struct put_file *file, const char *path);

/* Puts the file into its place. 0, or STATUS_TROUBLE after saying why, with the file's name. */
int put_file_end(struct put_file *file);

/* Instead of that: leaves everything as it is. */
void put_file_drop(struct put_file *file);

#endif
