/* SPDX-License-Identifier: MIT */
#ifndef SDREG_ERROR_H
#define SDREG_ERROR_H

/** @file
 * Errors: a stable negative code, and a struct of the caller's that says what happened.
 */

#include <sdreg/api.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Results of functions that can fail. 0 is success; the values never change. */
enum sdreg_result {
	SDREG_OK = 0,
	SDREG_E_MEMORY = -1, /**< no memory */
	SDREG_E_IO = -2, /**< the system said no: a file, a socket */
	SDREG_E_FORMAT = -3, /**< the input is not what it should be; nothing of it was kept */
	SDREG_E_RECORD = -4, /**< one record is bad and was left out; the rest can go on */
	SDREG_E_SYNTAX = -5, /**< a name, type or number that cannot be read */
	SDREG_E_LIMIT = -6, /**< over a limit named in the text */
	SDREG_E_DAEMON = -7, /**< the mDNS daemon is not there or refused */
	SDREG_E_ARGUMENT = -8, /**< the caller broke this function's contract */
};

/**
 * What went wrong, in the caller's memory, which begins as `{.size = sizeof(struct sdreg_error)}`.
 * Every function that takes one takes NULL too. It sets the struct anew: one that is used again
 * tells of the last call only, and its code is 0 after a success. Of several errors in one call the
 * first counts. The library writes no field that ends behind size; where size is 0, nothing at all.
 */
struct sdreg_error {
	size_t size; /**< sizeof(struct sdreg_error), set by the caller */
	int code; /**< an enum sdreg_result, 0 as long as nothing failed */
	unsigned long line; /**< line of the input, from 1; 0 where lines mean nothing */
	char file[256]; /**< name of the input, perhaps cut short; empty if it has none */
	char text[256]; /**< a sentence in English; may quote raw bytes of the input */
};

/**
 * Name of a result code, such as "no memory", for logs. Never NULL.
 * Thread rule: any thread.
 */
SDREG_API const char *sdreg_result_text(int code);

#ifdef __cplusplus
}
#endif

#endif
