/* SPDX-License-Identifier: MIT */
#ifndef CLI_WATCH_DETAILS_H
#define CLI_WATCH_DETAILS_H

#include "cli/common/sources.h"
#include "model.h"

#include <sdreg/browse.h>

/* What is said of the selected row, in lines of so many columns; 0 is as long as they are. page.h
 * has the styles that are in them. */

/* Of a service. Allocated; NULL when out of memory. */
char *watch_details_service(const struct sources *from, const struct sdreg_service *service,
	const char *remark, size_t width);

/* Of a row of the model, whose sources are services. */
char *watch_details_row(const struct sources *from, const struct watch_row *row, size_t width);

#endif
