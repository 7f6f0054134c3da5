/* SPDX-License-Identifier: MIT */
#ifndef SERVICE_H
#define SERVICE_H

#include "cli.h"

#include <sdreg/browse.h>

/* Services, shown to people and to programs. */

/* The line above the services of a type: type, title, verdict. */
void service_print_type(const struct cli *cli, const struct sdreg_service *service);

/* A service as a block of indented lines. */
void service_print_text(const struct cli *cli, const struct sdreg_service *service);

/* An event as a line of JSON. 0, or STATUS_TROUBLE for want of memory. */
int event_print_json(const struct cli *cli, const struct sdreg_event *event);

#endif
