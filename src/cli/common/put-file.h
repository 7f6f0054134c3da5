/* SPDX-License-Identifier: MIT */
#ifndef CLI_COMMON_PUT_FILE_H
#define CLI_COMMON_PUT_FILE_H

#include <stddef.h>

/* Writes a file as a whole or not at all: beside its place first, and then renamed. One that is
 * there keeps its mode and is replaced; what is no regular file, such as a pipe, is written to; "-"
 * is standard output. 0, or STATUS_TROUBLE after saying why, with the file's name. */
int put_file(const char *path, const char *bytes, size_t len);

#endif
