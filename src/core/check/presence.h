/* SPDX-License-Identifier: MIT */
#ifndef CORE_CHECK_PRESENCE_H
#define CORE_CHECK_PRESENCE_H

#include <sdreg/presence.h>

/* Values of the presence profile. Each reader gives 1 with its result written, or 0 for a value
 * that is not of the kind. */

struct sdreg_presence_key {
	const char *name;
	enum sdreg_presence_standing standing;
	const char *meaning; /* in words */
	const char *values; /* what it may be, in words */
	const char *by_default; /* what is taken when it is missing; empty for nothing */
};

enum { PRESENCE_HASH_SIZE = 20 }; /* SHA-1 */

int presence_status(const char *value, size_t len, enum sdreg_status *status);
int presence_hash(const char *value, size_t len, unsigned char hash[PRESENCE_HASH_SIZE]);
int presence_port(const char *value, size_t len, uint16_t *port);

#endif
