/* SPDX-License-Identifier: MIT */

/* sdreg-watch: sdreg browse --watch, which needs ncurses too, as a program of its own. */

#include "cli/common/cli.h"

int main(int argc, char **argv)
{
	static const struct command *const commands[] = {
		&command_browse,
		NULL,
	};
	return cli_main(argc, argv, commands);
}
