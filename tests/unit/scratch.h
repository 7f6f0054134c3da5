/* SPDX-License-Identifier: MIT */
#ifndef SCRATCH_H
#define SCRATCH_H

/* A directory of the test's own, in which it runs: for the group's set-up and tear-down. */

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char scratch[] = "/tmp/sdreg-test-XXXXXX";

static inline int scratch_enter(void **state)
{
	(void)state;
	return mkdtemp(scratch) == NULL || chdir(scratch) < 0;
}

static inline int scratch_leave(void **state)
{
	char command[100];
	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", scratch);
	return chdir("/") < 0 || system(command) != 0;
}

#endif
