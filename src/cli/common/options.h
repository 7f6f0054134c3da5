/* SPDX-License-Identifier: MIT */
#ifndef CLI_COMMON_OPTIONS_H
#define CLI_COMMON_OPTIONS_H

#include <stddef.h>

/* The words of a command line: options anywhere, "--" ends them. Long ones may be cut short as long
 * as it is clear which is meant. */

enum {
	OPTION_OWN =
		256 /* the first id that a command may use for an option without a short form */
};

/* An option. A table of them ends with one of zeros. */
struct option {
	const char *name; /* without its dashes; NULL if it has a short form only */
	const char *takes; /* what --help calls its argument; NULL if it takes none */
	int id; /* its letter, or OPTION_OWN and up */
};

/* What is read of a command line. */
struct arguments {
	const char *who; /* the program and the command, in messages */
	char **argv; /* as it came, for a helper program; the first is the command */
	int argc;
	int stops; /* at the first word that is no option */
	/* below: set by the functions */
	int next; /* the word of argv that is read next */
	const char *cluster; /* what is left of a word such as -tr, or NULL */
	const char *value; /* of the option given last, or NULL */
	char **words; /* what is no option, and NULL at the end */
	size_t count; /* of words */
	size_t before_dashes; /* words before "--"; count if there was none */
};

enum {
	ARGUMENTS_END = -1,
	ARGUMENTS_WRONG = -2, /* it has been said what is */
};

/* Makes room for the words. 0, or -1 for want of memory. To be closed in both cases. */
int arguments_open(struct arguments *a);
void arguments_close(struct arguments *a);

/* Gives the id of the next option of either table, or ARGUMENTS_END, or ARGUMENTS_WRONG. own may be
 * NULL. */
int arguments_next(struct arguments *a, const struct option *own, const struct option *shared);

#endif
