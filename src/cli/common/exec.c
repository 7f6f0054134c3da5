/* SPDX-License-Identifier: MIT */

/* A command that a helper program does. */

#include "cli.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void say_no_memory(const struct command *self)
{
	fprintf(stderr, "sdreg %s: no memory to run another program\n", self->name);
}

int helper_run(struct cli *cli, const struct command *self, struct arguments *arguments)
{
	char name[32];
	snprintf(name, sizeof(name), "sdreg-%s", self->name);
	return helper_become(cli, self, name, arguments);
}

int helper_become(struct cli *cli, const struct command *self, const char *name,
	const struct arguments *arguments)
{
	char *const program = helper_path(name);
	const char **const args = calloc((size_t)arguments->argc + 8, sizeof(*args));
	size_t n = 0;
	if (program == NULL || args == NULL) {
		say_no_memory(self);
		free(program);
		free(args);
		return STATUS_TROUBLE;
	}
	args[n++] = "sdreg";
	if (cli->asked.registry != NULL) {
		args[n++] = "--registry";
		args[n++] = cli->asked.registry;
	}
	if (cli->asked.supplement != NULL) {
		args[n++] = "--supplement";
		args[n++] = cli->asked.supplement;
	}
	if (cli->output.json)
		args[n++] = "--json";
	args[n++] = self->name;
	for (int i = 1; i < arguments->argc; i++)
		args[n++] = arguments->argv[i];
	execv(program, (char **)args);
	fprintf(stderr, "sdreg: cannot run %s, the part of sdreg that does %s: %s%s\n", program,
		self->name, strerror(errno),
		errno == ENOENT ? "; this sdreg was built or installed without it" : "");
	free(program);
	free(args);
	return STATUS_TROUBLE;
}
