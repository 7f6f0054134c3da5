/* SPDX-License-Identifier: MIT */
#ifndef CLI_UPDATE_SAY_H
#define CLI_UPDATE_SAY_H

struct cli;
struct sdreg_registry;

/* How an update ended well. */
enum outcome {
	OUTCOME_INSTALLED,
	OUTCOME_UP_TO_DATE,
	OUTCOME_NEWER, /* --check: there is a newer one */
	OUTCOME_REVERTED,
};

/* An end, for people and for programs. */
struct report {
	enum outcome outcome;
	const struct sdreg_registry *registry; /* that is there now, or could be */
	const struct sdreg_registry *was; /* that was there, or NULL */
	const struct sdreg_registry
		*embedded; /* that answers, for it is newer than registry, or NULL */
	const char *directory;
	const char *url; /* NULL where none was asked */
};

/* A number as people write it: 14,468. Gives buf. */
char *say_count(char buf[32], unsigned long number);

/* Says the report in one line on standard output; nothing when quiet. 0, or STATUS_TROUBLE. */
int say_report(const struct cli *cli, const struct report *report, int quiet);

#endif
