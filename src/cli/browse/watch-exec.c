/* SPDX-License-Identifier: MIT */

/* sdreg browse --watch, as the program that browses knows it: another one loads ncurses. */

#include "watch.h"

#include "config.h"

#include <stdio.h>

int watch_enter(struct cli *cli, const struct command *self, struct arguments *arguments)
{
#ifdef HAVE_NCURSES
	return helper_become(cli, self, "sdreg-watch", arguments);
#else
	(void)cli;
	(void)self;
	(void)arguments;
	fputs("sdreg: --watch: this sdreg was built without ncurses\n", stderr);
	return STATUS_TROUBLE;
#endif
}

int watch_run(struct cli *cli, const struct sdreg_browse_options *options, int no_local)
{
	(void)cli;
	(void)options;
	(void)no_local;
	return STATUS_TROUBLE; /* watch_enter() does not come back with 0 */
}
