/* SPDX-License-Identifier: MIT */
#ifndef CLI_COMMON_CLI_H
#define CLI_COMMON_CLI_H

#include "options.h"
#include "sources.h"

/* Exit statuses, as grep's. */
enum status {
	STATUS_FOUND = 0, /* found, valid */
	STATUS_NOT_FOUND = 1, /* not found, not valid */
	STATUS_TROUBLE = 2, /* could not do it */
};

/* What the options that all commands share ask for. */
struct asked {
	const char *registry; /* --registry, or NULL */
	const char *supplement; /* --supplement, or NULL */
	const char *of_stdin; /* what is read from standard input, in words, or NULL */
};

/* Standard output. */
struct cli_output {
	int json; /* --json */
	int bold; /* it is a terminal that may be styled */
	int error; /* errno of the first write that failed, or 0 */
	int signal; /* what ended the command and is to end the program, or 0 */
};

/* What every command is given. */
struct cli {
	struct asked asked;
	struct cli_output output;
	struct sources sources; /* after cli_open() */
};

struct command {
	const char *name;
	const char *arguments; /* for the usage line */
	const char *summary; /* for the list of commands */
	const char *help; /* its options and what it does; lines */
	int (*run)(struct cli *cli, const struct command *self, struct arguments *arguments);
};

/* A program of one or several commands: options, the command, standard output checked at the end.
 * With one command it is that command. */
int cli_main(int argc, char **argv, const struct command *const *commands);

/* The next option of the command's own, or ARGUMENTS_END: those that all commands share are taken
 * care of. Exits on --help and on an option that is wrong. own may be NULL. */
int cli_option(struct cli *cli, const struct command *self, struct arguments *arguments,
	const struct option *own);

/* Says how the command is used, on standard error. Gives STATUS_TROUBLE. */
int cli_usage(const struct command *self, const char *trouble);

/* Has all leave that was printed so far. -1 if it could not; cli_main() says why at the end. */
int cli_flush(struct cli *cli);

/* Opens the registry that was asked for, and the supplement. 0, or STATUS_TROUBLE after saying
 * why. */
int cli_open(struct cli *cli);

/* Says that a file will be read: "-" is standard input, which can be once only. what is the option
 * or the argument that names it. To be called before anything is read. 0, or STATUS_TROUBLE after
 * saying that two want it. */
int cli_will_read(struct cli *cli, const char *path, const char *what);

/* A file's name as it is shown: "standard input" for "-". */
const char *cli_shown_path(const char *path);

/* Opens a file to read; standard input for "-". A descriptor to be closed, or -1 with errno. */
int cli_open_file(const char *path);

/* Opens a registry in a file, "-" being standard input, told by its content. NULL on failure; err
 * is empty when a helper has said why. */
struct sdreg_registry *cli_open_path(const char *path, struct sdreg_error *err);

/* Says an error on standard error. Gives STATUS_TROUBLE. */
int cli_error(const struct sdreg_error *err);

/* The same of what the system says of a file: errno. */
int cli_system_error(const char *file, int number);

/* What a reader calls for each thing that it leaves out: says the first few, and counts all. user
 * is an unsigned long, 0 at first. */
void cli_warn(void *user, const struct sdreg_error *warning);

/* Says how many more there were, so that a file of rubbish does not bury the terminal. */
void cli_warned(unsigned long count, const char *file);

/* The path of a helper program, allocated; NULL for want of memory. */
char *helper_path(const char *name);

/* Becomes the helper program that does this command, so that nobody else pays for what it loads.
 * Gives STATUS_TROUBLE when it cannot. */
int helper_become(struct cli *cli, const struct command *self, const char *program,
	const struct arguments *arguments);

/* The same, of a program whose name is sdreg- and the command's. */
int helper_run(struct cli *cli, const struct command *self, struct arguments *arguments);

extern const struct command command_lookup;
extern const struct command command_types;
extern const struct command command_search;
extern const struct command command_diff;
extern const struct command command_check;
extern const struct command command_check_live; /* check, in the helper that loads Avahi */
extern const struct command command_browse;
extern const struct command command_annotate;
extern const struct command command_export;
extern const struct command command_info;
extern const struct command command_update;

#endif
