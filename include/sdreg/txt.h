/* SPDX-License-Identifier: MIT */
#ifndef SDREG_TXT_H
#define SDREG_TXT_H

/** @file
 * Strings of a TXT record (RFC 6763 section 6). No function here allocates memory or reads the
 * locale; all may be called from any thread.
 */

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One string of a TXT record, cut at its first `=` (RFC 6763 section 6.3). */
struct sdreg_txt_item {
	const char *key; /**< key_len bytes inside the string; a legal key has one at least */
	size_t key_len;
	const char *value; /**< NULL for a key without `=`: not the same as empty */
	size_t value_len;
};

/**
 * Cuts a string of a TXT record into key and value. The bytes stay the caller's.
 * @return 0, or SDREG_E_SYNTAX for a string that readers ignore: empty, or `=` first (RFC 6763
 *         section 6.4); item is then left alone
 */
int sdreg_txt_item(const char *string, size_t len, struct sdreg_txt_item *item);

#ifdef __cplusplus
}
#endif

#endif
