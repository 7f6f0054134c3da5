/* SPDX-License-Identifier: MIT */
#ifndef CLI_WATCH_ORDER_H
#define CLI_WATCH_ORDER_H

#include "model.h"

/* Puts the types in order. */
void watch_order_types(struct watch_type **types, size_t count, enum watch_order order);

/* Puts the services of a type in order: those that came since the last time are sorted, and merged
 * with the others. 0, or -1 when out of memory. */
int watch_order_services(struct watch_type *type, enum watch_order order);

/* Whether a text has another in it, without regard to ASCII case. */
int watch_order_contains(const char *text, const char *part);

#endif
