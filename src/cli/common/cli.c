/* SPDX-License-Identifier: MIT */

/* What all commands share: options, help, errors, the end. */

#include "cli.h"

#include "config.h"
#include "print.h"

#include <errno.h>
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
	OPTIONS_MAX = 48,
	SHORT_MAX = 64,
};

static const struct option shared_options[] = {
	{"registry", required_argument, NULL, OPTION_REGISTRY},
	{"supplement", required_argument, NULL, OPTION_SUPPLEMENT},
	{"json", no_argument, NULL, OPTION_JSON},
	{"help", no_argument, NULL, OPTION_HELP},
	{"version", no_argument, NULL, OPTION_VERSION},
	{NULL, 0, NULL, 0},
};

static const char shared_help[] =
	"  --registry FILE    answer from FILE: IANA's XML or CSV, or an sdreg image\n"
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

/* What getopt_long() would say itself, if it were careful of what it is given. */
static void say_wrong_option(char *const *argv, const char *short_options)
{
	const int is_short = optopt > 0 && optopt < OPTION_OWN;
	const char letter[] = {'-', (char)optopt, '\0'};
	const char *const option = is_short ? letter : argv[optind - 1];
	const int is_known = is_short ? strchr(short_options, optopt) != NULL : optopt != 0;
	const char *const trouble = !is_known ? "there is no such option, or more than one"
		: !is_short && strchr(option, '=') != NULL ? "it takes no argument"
							   : "its argument is missing";
	fputs("sdreg: option \"", stderr);
	print_text(stderr, option);
	fprintf(stderr, "\": %s\n", trouble);
}

/* getopt_long(), whose messages are ours. */
static int next_option(int argc, char **argv, const char *short_options, const struct option *all)
{
	opterr = 0;
	const int option = getopt_long(argc, argv, short_options, all, NULL);
	if (option == '?')
		say_wrong_option(argv, short_options);
	return option;
}

/* Takes care of an option that all commands share. 0 when it is none. */
static int take_shared(struct cli *cli, const struct command *self, int option)
{
	switch (option) {
	case OPTION_REGISTRY:
		cli->asked.registry = optarg;
		return 1;
	case OPTION_SUPPLEMENT:
		cli->asked.supplement = optarg;
		return 1;
	case OPTION_JSON:
		cli->output.json = 1;
		return 1;
	case OPTION_HELP:
		if (self != NULL) {
			show_command_help(self);
			exit(finish(cli, STATUS_FOUND));
		}
		return 0;
	case OPTION_VERSION:
		puts("sdreg " PACKAGE_VERSION);
		exit(finish(cli, STATUS_FOUND));
	case '?':
		if (self != NULL)
			fprintf(stderr, "sdreg %s --help tells what there is\n", self->name);
		exit(STATUS_TROUBLE);
	}
	return 0;
}

int cli_option(struct cli *cli, const struct command *self, int argc, char **argv,
	const char *short_options, const struct option *own)
{
	struct option all[OPTIONS_MAX] = {{NULL, 0, NULL, 0}};
	size_t n = 0;
	for (; own != NULL && own[n].name != NULL; n++)
		all[n] = own[n];
	memcpy(all + n, shared_options, sizeof(shared_options));
	int option;
	char all_short[SHORT_MAX];
	snprintf(all_short, sizeof(all_short), "%shV", short_options);
	do
		option = next_option(argc, argv, all_short, all);
	while (option != -1 && take_shared(cli, self, option));
	return option;
}

static const struct command *find_command(const struct command *const *commands, const char *name)
{
	for (; *commands != NULL; commands++)
		if (strcmp((*commands)->name, name) == 0)
			return *commands;
	return NULL;
}

static int may_style(void)
{
	const char *const no_color = getenv("NO_COLOR");
	const char *const term = getenv("TERM");
	if (no_color != NULL && no_color[0] != '\0')
		return 0;
	return isatty(STDOUT_FILENO) && term != NULL && strcmp(term, "dumb") != 0;
}

/* Options before the command. Gives -1 to go on, or an exit status. */
static int read_program_options(struct cli *cli, int argc, char **argv,
	const struct command *const *commands)
{
	int option;
	while ((option = next_option(argc, argv, "+hV", shared_options)) != -1) {
		if (option == OPTION_HELP) {
			show_help(commands);
			return finish(cli, STATUS_FOUND);
		}
		take_shared(cli, NULL, option);
	}
	return -1;
}

/* As people try it: sdreg help is sdreg --help, and sdreg help COMMAND is sdreg COMMAND --help.
 * Gives the status when all is said, or -1. */
static int take_help(struct cli *cli, int argc, char **argv, const struct command *const *commands)
{
	static char option[] = "--help";
	if (strcmp(argv[optind], "help") != 0)
		return -1;
	if (argc - optind == 1 || argv[optind + 1][0] == '-') {
		show_help(commands);
		return finish(cli, STATUS_FOUND);
	}
	argv[optind] = argv[optind + 1];
	argv[optind + 1] = option;
	return -1;
}

int cli_main(int argc, char **argv, const struct command *const *commands)
{
	static char program[] = "sdreg"; /* what getopt_long() calls us in its messages */
	struct cli cli = {.output.bold = may_style()};
	if (argc > 0)
		argv[0] = program;
	const int early = read_program_options(&cli, argc, argv, commands);
	if (early >= 0)
		return early;
	if (optind >= argc) {
		fputs("sdreg: a command is missing; sdreg --help lists them\n", stderr);
		return STATUS_TROUBLE;
	}
	const int helped = take_help(&cli, argc, argv, commands);
	if (helped >= 0)
		return helped;
	const struct command *const command = find_command(commands, argv[optind]);
	if (command == NULL) {
		fputs("sdreg: there is no command \"", stderr);
		print_text(stderr, argv[optind]);
		fputs("\"; sdreg --help lists them\n", stderr);
		return STATUS_TROUBLE;
	}
	argc -= optind;
	argv += optind;
	argv[0] = program;
	optind = 1;
	const int status = command->run(&cli, command, argc, argv);
	sources_close(&cli.sources);
	return end(&cli, finish(&cli, status));
}
