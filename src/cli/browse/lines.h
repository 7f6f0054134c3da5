/* SPDX-License-Identifier: MIT */
#ifndef CLI_BROWSE_LINES_H
#define CLI_BROWSE_LINES_H

#include <sdreg/browse.h>

/* Prints the event of a place or a domain as `avahi-browse -pk` does, byte for byte. 0, or -1 for
 * want of memory. */
int browse_print_line(const struct sdreg_event *event);

#endif
