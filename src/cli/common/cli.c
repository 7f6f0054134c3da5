/* SPDX-License-Identifier: MIT */

/* What all commands share: options, help, errors, the end. */

#include "cli.h"

#include "common/near.h"
#include "config.h"
#include "print.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	OPTION_REGISTRY = 1000,
	OPTION_SUPPLEMENT,
	OPTION_JSON,
	OPTION_HELP = 'h', /* these two have short forms everywhere, as people try them */
	OPTION_VERSION = 'V',
	WHO_SIZE = 32,
};

static const struct option shared_options[] = {
	{"registry", "FILE", OPTION_REGISTRY},
	{"supplement", "FILE", OPTION_SUPPLEMENT},
	{"json", NULL, OPTION_JSON},
	{"help", NULL, OPTION_HELP},
	{"version", NULL, OPTION_VERSION},
	{NULL, NULL, 0},
};

static const char shared_help[] =
	"  --registry FILE    answer from FILE: IANA's XML or CSV, or an sdreg image;\n"
	"                     - for standard input, wherever a file is read\n"
	"  --supplement FILE  service types and TXT keys of one's own, in XML\n"
	"  --json             JSON Lines for programs\n"
	"  -h, --help         show this\n"
	"  -V, --version      show the version\n";

int cli_usage(const struct command *self, const char *trouble)
{
	fprintf(stderr, "sdreg %s: %s\nusage: sdreg %s %s\n", self->name, trouble, self->name,
		self->arguments);
	return STATUS_TROUBLE;
}

static void show_command_help(const struct command *self)
{
	printf("usage: sdreg %s %s\n\n%s\n%s", self->name, self->arguments, self->help,
		shared_help);
}

static void show_help(const struct command *const *commands)
{
	fputs("usage: sdreg [OPTIONS] COMMAND [ARGUMENTS]\n\n"
	      "What IANA's service name registry says of DNS-SD service types.\n\n"
	      "commands (sdreg COMMAND --help tells more):\n",
		stdout);
	for (; *commands != NULL; commands++)
		printf("  %-9s  %s\n", (*commands)->name, (*commands)->summary);
	printf("\noptions:\n%s\n"
	       "Exit status: 0 found or valid, 1 not found or not valid, 2 trouble.\n",
		shared_help);
}

/* What could not be written is dropped, and the next flush knows nothing of it but that. */
int cli_flush(struct cli *cli)
{
	if (fflush(stdout) == 0 && ferror(stdout) == 0)
		return 0;
	if (cli->output.error == 0)
		cli->output.error = errno;
	return -1;
}

/* Whether all that was printed has left. A full disk must not look like success. */
static int finish(struct cli *cli, int status)
{
	if (cli_flush(cli) == 0)
		return status;
	fprintf(stderr, "sdreg: standard output: %s\n", strerror(cli->output.error));
	return STATUS_TROUBLE;
}

/* A shell looks how a program has ended: by a signal, it ends its own loop as well. */
static int end(const struct cli *cli, int status)
{
	if (cli->output.signal == 0)
		return status;
	raise(cli->output.signal);
	/* SIGPIPE may be ignored; the others were not, or they would not have come */
	fprintf(stderr, "sdreg: standard output: %s\n", strerror(EPIPE));
	return STATUS_TROUBLE;
}

/* A version is of the program: a word beside it would be dropped in silence. */
static int show_version(struct cli *cli, const struct arguments *a)
{
	if (a->count > 0 || a->next < a->argc || a->cluster != NULL) {
		fprintf(stderr, "%s: --version stands alone\n", a->who);
		return STATUS_TROUBLE;
	}
	puts("sdreg " PACKAGE_VERSION);
	return finish(cli, STATUS_FOUND);
}

/* Takes care of an option that all commands share. 0 when it is none. */
static int take_shared(struct cli *cli, const struct arguments *a, int option)
{
	switch (option) {
	case OPTION_REGISTRY:
		cli->asked.registry = a->value;
		return 1;
	case OPTION_SUPPLEMENT:
		cli->asked.supplement = a->value;
		return 1;
	case OPTION_JSON:
		cli->output.json = 1;
		return 1;
	case OPTION_VERSION:
		exit(show_version(cli, a));
	case ARGUMENTS_WRONG:
		exit(STATUS_TROUBLE);
	}
	return 0;
}

int cli_option(struct cli *cli, const struct command *self, struct arguments *arguments,
	const struct option *own)
{
	int option;
	do
		option = arguments_next(arguments, own, shared_options);
	while (take_shared(cli, arguments, option));
	if (option != OPTION_HELP)
		return option;
	show_command_help(self);
	exit(finish(cli, STATUS_FOUND));
}

/* ---- commands ---- */

/* NULL after saying that there is none, and which is near. */
static const struct command *find_command(const struct command *const *commands, const char *name)
{
	static const char help[] = "help";
	const size_t len = strlen(name);
	struct near near = {.word = name, .len = len, .most = near_slips(len)};
	for (; *commands != NULL; commands++) {
		if (strcmp((*commands)->name, name) == 0)
			return *commands;
		near_try(&near, (*commands)->name, strlen((*commands)->name));
	}
	near_try(&near, help, strlen(help));
	fputs("sdreg: there is no command \"", stderr);
	print_cut(stderr, name, len);
	fputc('"', stderr);
	if (near.best != NULL)
		fprintf(stderr, ": is %s meant?", near.best);
	fputs(near.best != NULL ? " " : "; ", stderr);
	fputs("sdreg --help lists all\n", stderr);
	return NULL;
}

static int run_command(struct cli *cli, const struct command *command, int argc, char **argv)
{
	char who[WHO_SIZE];
	struct arguments arguments = {.who = who, .argv = argv, .argc = argc};
	int status = STATUS_TROUBLE;
	snprintf(who, sizeof(who), "sdreg %s", command->name);
	if (arguments_open(&arguments) == 0)
		status = command->run(cli, command, &arguments);
	else
		fprintf(stderr, "%s: no memory for its arguments\n", who);
	arguments_close(&arguments);
	return status;
}

static int help_on(struct cli *cli, const struct command *const *commands,
	const struct arguments *topics)
{
	static char option[] = "--help";
	if (topics->count == 0) {
		show_help(commands);
		return STATUS_FOUND;
	}
	if (topics->count > 1) {
		fputs("sdreg help: name one command\n", stderr);
		return STATUS_TROUBLE;
	}
	const struct command *const command = find_command(commands, topics->words[0]);
	char *argv[] = {topics->words[0], option, NULL};
	return command != NULL ? run_command(cli, command, 2, argv) : STATUS_TROUBLE;
}

/* As people try it: sdreg help and sdreg --help, alone or with a command, which then tells of
 * itself. argv[0] is the word for help. */
static int help(struct cli *cli, const struct command *const *commands, int argc, char **argv)
{
	struct arguments topics = {.who = "sdreg", .argv = argv, .argc = argc};
	int option = ARGUMENTS_WRONG;
	if (arguments_open(&topics) == 0)
		while ((option = arguments_next(&topics, NULL, shared_options)) >= 0)
			continue;
	const int status = option == ARGUMENTS_END ? help_on(cli, commands, &topics)
						   : STATUS_TROUBLE;
	arguments_close(&topics);
	return status;
}

static int may_style(void)
{
	const char *const no_color = getenv("NO_COLOR");
	const char *const term = getenv("TERM");
	if (no_color != NULL && no_color[0] != '\0')
		return 0;
	return isatty(STDOUT_FILENO) && term != NULL && strcmp(term, "dumb") != 0;
}

/* Options, then a command. */
static int run(struct cli *cli, const struct command *const *commands, int argc, char **argv)
{
	struct arguments a = {.who = "sdreg", .argv = argv, .argc = argc, .stops = 1, .next = 1};
	int option;
	while ((option = arguments_next(&a, NULL, shared_options)) != ARGUMENTS_END)
		if (!take_shared(cli, &a, option))
			return help(cli, commands, argc - a.next + 1, argv + a.next - 1);
	if (a.next >= argc) {
		fputs("sdreg: a command is missing; sdreg --help lists them\n", stderr);
		return STATUS_TROUBLE;
	}
	argc -= a.next;
	argv += a.next;
	if (strcmp(argv[0], "help") == 0)
		return help(cli, commands, argc, argv);
	const struct command *const command = find_command(commands, argv[0]);
	return command != NULL ? run_command(cli, command, argc, argv) : STATUS_TROUBLE;
}

/* Of the descriptors that a shell was told to close, the next file or socket would be one, and what
 * is printed would go there. These can be used for nothing, and say so. */
static void fill_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
			open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			return;
}

int cli_main(int argc, char **argv, const struct command *const *commands)
{
	fill_descriptors();
	struct cli cli = {.output.bold = may_style()};
	const int status = run(&cli, commands, argc, argv);
	sources_close(&cli.sources);
	return end(&cli, finish(&cli, status));
}
