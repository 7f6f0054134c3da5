/* SPDX-License-Identifier: MIT */

/* sdreg-browse: the commands of sdreg that need Avahi, as a program of its own. */

#include "cli/common/cli.h"

int main(int argc, char **argv)
{
	static const struct command *const commands[] = {
		&command_browse,
		&command_check_live,
		NULL,
	};
	return cli_main(argc, argv, commands);
}
