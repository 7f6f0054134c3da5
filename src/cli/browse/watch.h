/* SPDX-License-Identifier: MIT */
#ifndef CLI_BROWSE_WATCH_H
#define CLI_BROWSE_WATCH_H

#include "cli/common/cli.h"

#include <sdreg/browse.h>

/* sdreg browse --watch: the network on a whole screen, as it changes. */

/* Whether a watch can be here, on this terminal; becomes the program that does it if this one does
 * not, so that nobody else loads ncurses. 0, or STATUS_TROUBLE after saying why not. argv is that
 * of the command. */
int watch_enter(struct cli *cli, const struct command *self, struct arguments *arguments);

/* Watches until the user has enough. Gives the exit status. */
int watch_run(struct cli *cli, const struct sdreg_browse_options *options, int no_local);

#endif
