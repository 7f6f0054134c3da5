/* SPDX-License-Identifier: MIT */

/* sdreg browse, as the sdreg program knows it: another program does it, so that nobody else pays
 * for avahi-client and D-Bus. */

#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int run(struct cli *cli, const struct command *self, int argc, char **argv)
{
	char *const program = helper_path("sdreg-browse");
	const char **const args = calloc((size_t)argc + 6, sizeof(*args));
	size_t n = 0;
	(void)self;
	if (program == NULL || args == NULL) {
		fputs("sdreg: no memory to browse\n", stderr);
		free(program);
		free(args);
		return STATUS_TROUBLE;
	}
	args[n++] = "sdreg";
	if (cli->registry_path != NULL) {
		args[n++] = "--registry";
		args[n++] = cli->registry_path;
	}
	if (cli->json)
		args[n++] = "--json";
	args[n++] = "browse";
	for (int i = 1; i < argc; i++)
		args[n++] = argv[i];
	execv(program, (char **)args);
	fprintf(stderr, "sdreg: cannot run %s, the part of sdreg that browses: %s\n", program,
		strerror(errno));
	free(program);
	free(args);
	return STATUS_TROUBLE;
}

const struct command command_browse = {
	.name = "browse",
	.arguments = "[OPTIONS] [TYPE...]",
	.summary = "what is on this network, in words",
	.help = "",
	.run = run,
};
