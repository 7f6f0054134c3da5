/* SPDX-License-Identifier: MIT */
#ifndef SDREG_TEXT_H
#define SDREG_TEXT_H

/** @file
 * Bytes with a length, and how to show them to somebody. Nothing here allocates memory or reads the
 * locale; all functions may be called from any thread.
 */

#include <sdreg/api.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Bytes of somebody else's, not ended by a NUL. All zeros is an empty text. */
struct sdreg_text {
	const char *at; /**< the first byte */
	size_t len; /**< how many bytes */
};

/** A text that is ended by a NUL, such as a literal, without it. NULL is an empty one. */
SDREG_API struct sdreg_text sdreg_text_of(const char *text);

/**
 * The character that some bytes begin with.
 * @param bytes  len bytes, any bytes
 * @param point  set to its Unicode code point
 * @return its length, 1 to 4; 0 if the bytes do not begin with a character of UTF-8 (RFC 3629)
 */
SDREG_API size_t sdreg_text_character(const char *bytes, size_t len, unsigned long *point);

/** 1 for a character that does something to a terminal rather than stand in it: C0 and C1 controls,
 * bidirectional controls, line and paragraph separators, the byte order mark. */
SDREG_API int sdreg_text_is_control(unsigned long point);

/**
 * Writes what the network said so that it can be shown: control characters and bytes that are not
 * UTF-8 become `\DDD`, three decimal digits a byte, as in DNS names. A backslash stays one.
 * @param bytes  len bytes, any bytes
 * @param buf    size bytes; four times len and one is enough. Else the text is cut, at a
 *               character's end; it ends with a NUL, unless size is 0
 * @return length of what was written, without the NUL
 */
SDREG_API size_t sdreg_text_show(const char *bytes, size_t len, char *buf, size_t size);

#ifdef __cplusplus
}
#endif

#endif
