/* SPDX-License-Identifier: MIT */
#ifndef CLI_SHOW_SERVICE_H
#define CLI_SHOW_SERVICE_H

#include "page.h"

#include <sdreg/browse.h>

/* Services, shown to people. */

/* The line above the services of a type: type, title, verdict. */
void service_print_type(struct page *page, const struct sdreg_service *service);

/* A service as a block of indented lines. The first begins with a mark and ends with a remark,
 * which may be empty. */
void service_print(struct page *page, const struct sources *from, char mark,
	const struct sdreg_service *service, const char *remark);

/* The first line alone. */
void service_print_name(struct page *page, char mark, const struct sdreg_service *service,
	const char *remark);

#endif
