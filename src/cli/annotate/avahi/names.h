/* SPDX-License-Identifier: MIT */
#ifndef CLI_ANNOTATE_AVAHI_NAMES_H
#define CLI_ANNOTATE_AVAHI_NAMES_H

#include <sdreg.h>

/* The titles that avahi-browse prints in place of types when it is run without -k. */

struct avahi_names;

/* Reads the titles of the Avahi that is installed, through a helper program. NULL where there is
 * none, or no memory. */
struct avahi_names *avahi_names_load(void);

/* The type that a title stands for, or NULL. */
const char *avahi_names_type(const struct avahi_names *names, struct sdreg_text title);

void avahi_names_free(struct avahi_names *names);

#endif
