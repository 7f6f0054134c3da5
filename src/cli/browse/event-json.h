/* SPDX-License-Identifier: MIT */
#ifndef CLI_BROWSE_EVENT_JSON_H
#define CLI_BROWSE_EVENT_JSON_H

#include "cli/common/sources.h"

#include <sdreg/browse.h>

/* An event as a line of JSON. 0, or STATUS_TROUBLE when out of memory. */
int event_print_json(const struct sources *from, const struct sdreg_event *event);

#endif
