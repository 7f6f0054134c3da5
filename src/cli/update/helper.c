/* SPDX-License-Identifier: MIT */

/* sdreg-update: the one command of sdreg that needs libcurl, as a program of its own. */

#include "cli/common/cli.h"

int main(int argc, char **argv)
{
	static const struct command *const commands[] = {&command_update, NULL};
	return cli_main(argc, argv, commands);
}
