/* SPDX-License-Identifier: MIT */

/* Which mutant a program is, by its environment, and which ones it reaches: a byte each in a file
 * that all processes of a test share. It is a library, so that there is one choice in a process. */

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef MUTANTS
#define MUTANTS 65536
#endif

static unsigned char nowhere[MUTANTS];
int mutants_chosen = -1;
unsigned char *mutants_reached = nowhere;

__attribute__((constructor)) static void start(void)
{
	const char *const chosen = getenv("SDREG_MUTANT");
	const char *const path = getenv("SDREG_MUTANTS_REACHED");
	if (chosen != NULL)
		mutants_chosen = atoi(chosen);
	if (path == NULL)
		return;
	const int fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return;
	void *const map = mmap(NULL, MUTANTS, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (map != MAP_FAILED)
		mutants_reached = map;
}
