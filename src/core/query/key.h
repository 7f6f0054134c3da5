/* SPDX-License-Identifier: MIT */
#ifndef CORE_QUERY_KEY_H
#define CORE_QUERY_KEY_H

#include <sdreg/key.h>

/* The key of a part of a value, which stands behind the key as "key,part"; NULL if there is none.
 */
const struct sdreg_key *key_part(const struct sdreg_registry *supplement,
	const struct sdreg_key *key, const char *part, size_t len);

/* Whether the name of a key, which may stand for many, is this one. */
int key_is_named(const struct sdreg_key *key, const char *name, size_t len);

#endif
