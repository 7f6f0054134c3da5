/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_SERVICE_VIEW_H
#define BROWSE_SERVICE_VIEW_H

#include "service.h"

/* Answers, and what they come to when a service has several. */

/* 0 with *copy, SDREG_E_LIMIT or SDREG_E_MEMORY. */
int answer_copy(const struct backend_answer *answer, struct answer **copy);
void answer_free(struct answer *answer);
/* 1 if host, port and TXT are the same. */
int answer_equal(const struct answer *a, const struct answer *b);

/* NULL when there is no answer. 0 or SDREG_E_MEMORY. */
int view_make(const struct sighting *sightings, struct view **view);
void view_free(struct view *view);
int view_equal(const struct view *a, const struct view *b);

#endif
