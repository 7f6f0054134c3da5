/* SPDX-License-Identifier: MIT */
#ifndef CORE_BASE_MEANT_H
#define CORE_BASE_MEANT_H

#include "labels.h"

/* What to say of a text that holds no service type: what is wrong, with which label, and the type
 * that was meant, if there is one that is well formed. Each gives SDREG_E_SYNTAX. */

/* Whether a text that may be cut into labels all the same is odd: blanks around a type, a label
 * that is empty, a comma behind a type. */
int meant_is_odd(const char *text, size_t len);
int meant_odd(const char *text, size_t len, struct sdreg_error *err);

/* Of labels that have no service name and protocol among them. */
int meant_no_pair(const struct labels *labels, struct sdreg_error *err);

/* Of what stands before the type at pair: more than an instance, or no subtype before _sub. */
int meant_no_front(const struct labels *labels, size_t pair, struct sdreg_error *err);

#endif
