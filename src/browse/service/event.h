/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_SERVICE_EVENT_H
#define BROWSE_SERVICE_EVENT_H

#include <sdreg/browse.h>

/* What a user is told; each field has its getter. */
struct sdreg_event {
	enum sdreg_event_kind kind;
	const struct sdreg_service *service;
	const struct sdreg_place *place;
	const struct sdreg_error *error;
	const char *domain;
};

#endif
