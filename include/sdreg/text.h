/* SPDX-License-Identifier: MIT */
#ifndef SDREG_TEXT_H
#define SDREG_TEXT_H

/** @file
 * Bytes with a length.
 */

#include <stddef.h>

/** Bytes of somebody else's, not ended by a NUL. All zeros is an empty text. */
struct sdreg_text {
	const char *at;
	size_t len;
};

#endif
