/* SPDX-License-Identifier: MIT */

/* The sdreg program: a table of commands. */

#include "cli/common/cli.h"

int main(int argc, char **argv)
{
	static const struct command *const commands[] = {&command_lookup, &command_search,
		&command_types, &command_check, &command_browse, &command_annotate, &command_diff,
		&command_export, &command_info, &command_update, NULL};
	return cli_main(argc, argv, commands);
}
