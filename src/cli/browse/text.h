/* SPDX-License-Identifier: MIT */
#ifndef CLI_BROWSE_TEXT_H
#define CLI_BROWSE_TEXT_H

#include "cli/common/cli.h"
#include "cli/show/page.h"

#include <sdreg/browse.h>

/* The network for people: a block a service, below its type. A snapshot is shown at its end, in
 * order; without an end, each event is shown when it comes, below a line for its type where that is
 * another than before. */

struct browse_text {
	const struct cli *cli;
	int is_snapshot;
	int is_unresolved; /* neither hosts nor TXT records are asked for */
	struct page page;
	char *type; /* below which the last service was shown, or NULL */
	const struct sdreg_service **services; /* of a snapshot; else those shown as silent */
	size_t count;
	size_t room;
};

/* All fields above page are the caller's. 0, or STATUS_TROUBLE when out of memory. */
int browse_text_open(struct browse_text *b);
void browse_text_close(struct browse_text *b);

/* Takes an event of a service or a domain, or the end. 0, or STATUS_TROUBLE when out of memory. */
int browse_text_take(struct browse_text *b, const struct sdreg_event *event);

#endif
