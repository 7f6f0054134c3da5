/* SPDX-License-Identifier: MIT */

/* sdreg-browse: the one command of sdreg that needs Avahi, as a program of its own. */

#include "cli.h"

int main(int argc, char **argv)
{
	static const struct command *const commands[] = {&command_browse, NULL};
	return cli_main(argc, argv, commands);
}
