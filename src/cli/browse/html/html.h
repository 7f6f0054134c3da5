/* SPDX-License-Identifier: MIT */
#ifndef CLI_BROWSE_HTML_HTML_H
#define CLI_BROWSE_HTML_HTML_H

#include "snapshot.h"

/* A snapshot as a page of HTML that needs nothing else: browse --html. */

enum {
	DOUBTS_MAX = 16 /* that are told in words; the others are counted */
};

struct browse_html {
	const char *path; /* --html, or NULL */
	char *doubts[DOUBTS_MAX]; /* why the picture may be incomplete */
	size_t doubt_count;
	int is_lost; /* the daemon went, and all that was known with it */
	int is_done; /* written, or it is said why not */
};

/* Hears each event before the end. */
void browse_html_hear(struct browse_html *html, const struct sdreg_event *event);

/* At the end of a snapshot, if the daemon was there until then: writes the page, as a whole or not
 * at all. 0, or STATUS_TROUBLE after saying why. */
int browse_html_write(struct browse_html *html, const struct snapshot_question *question,
	const struct sdreg_service *const *services, size_t count);

/* After all. The page was not written if the end never came, which is said. 0 or STATUS_TROUBLE. */
int browse_html_end(struct browse_html *html);

#endif
