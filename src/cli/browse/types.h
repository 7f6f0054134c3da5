/* SPDX-License-Identifier: MIT */
#ifndef CLI_BROWSE_TYPES_H
#define CLI_BROWSE_TYPES_H

#include "cli/common/sources.h"

/* Prints the titles of all types that are known, as avahi-browse -b; or the types, as its -bk. Each
 * once. 0, or STATUS_TROUBLE when out of memory. */
int browse_print_types(const struct sources *from, int as_types);

#endif
