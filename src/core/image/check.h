/* SPDX-License-Identifier: MIT */
#ifndef CORE_IMAGE_CHECK_H
#define CORE_IMAGE_CHECK_H

#include <sdreg/error.h>

#include <stddef.h>

/* Checks every byte that a reader will ever trust. */
int image_check(const unsigned char *image, size_t len, struct sdreg_error *err);

#endif
