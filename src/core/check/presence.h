/* SPDX-License-Identifier: MIT */
#ifndef CORE_CHECK_PRESENCE_H
#define CORE_CHECK_PRESENCE_H

#include <sdreg/presence.h>

/* Values of the presence profile. Each reader gives 1 with its result written, or 0 for a value
 * that is not of the kind. */

enum { PRESENCE_HASH_SIZE = 20 }; /* SHA-1 */

int presence_status(const char *value, size_t len, enum sdreg_status *status);
int presence_hash(const char *value, size_t len, unsigned char hash[PRESENCE_HASH_SIZE]);
int presence_port(const char *value, size_t len, uint16_t *port);

#endif
