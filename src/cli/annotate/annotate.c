/* SPDX-License-Identifier: MIT */

/* sdreg annotate: adds to what avahi-browse prints what is known of each service. */

#include "annotate.h"

#include "suffix-cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	/* what is said of a type and a port, and each byte of a line's TXT record as \DDD */
	ADDED_MAX = KNOWN_ADDED_MAX + PORT_WORDS + 8 + 4 * INPUT_LINE_MAX,
	OPTION_TEXT = OPTION_OWN,
};

void annotate_no_memory(struct annotator *a)
{
	if (a->status == STATUS_FOUND)
		fputs("sdreg: no memory to annotate\n", stderr);
	a->status = STATUS_TROUBLE;
}

/* Writes all that is there. */
static int pause_output(void *with)
{
	struct annotator *const a = with;
	sink_flush(&a->sink);
	return a->sink.error != 0 || fflush(stdout) != 0;
}

static int annotate_fd(const struct input_taker *taker, int fd, const char *name)
{
	const struct annotator *const a = taker->with;
	const int status = input_read(fd, name, taker);
	if (a->sink.error != 0)
		return cli_system_error("standard output", a->sink.error);
	return status != STATUS_FOUND ? status : a->status;
}

static int annotate_file(const struct input_taker *taker, const char *path)
{
	if (strcmp(path, "-") == 0)
		return annotate_fd(taker, STDIN_FILENO, "standard input");
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return cli_system_error(path, errno);
	const int status = annotate_fd(taker, fd, path);
	close(fd);
	return status;
}

static void begin(struct annotator *a)
{
	a->knowns = knowns_new(&a->cli->sources);
	a->shorts = suffix_cache_new();
	a->longs = suffix_cache_new();
	a->records = suffix_cache_new();
	a->scratch = malloc(INPUT_LINE_MAX);
	a->added = malloc(ADDED_MAX);
	a->others = malloc(ADDED_MAX);
	const int has_caches = a->knowns != NULL && a->shorts != NULL && a->longs != NULL &&
		a->records != NULL;
	const int has_blocks = a->scratch != NULL && a->added != NULL && a->others != NULL;
	if (sink_open(&a->sink) < 0 || !has_caches || !has_blocks)
		annotate_no_memory(a);
}

static void end(struct annotator *a)
{
	sink_close(&a->sink);
	free(a->others);
	free(a->added);
	free(a->scratch);
	suffix_cache_free(a->records);
	suffix_cache_free(a->longs);
	suffix_cache_free(a->shorts);
	knowns_free(a->knowns);
}

static int annotate(const struct input_taker *taker, const struct arguments *arguments)
{
	struct annotator *const a = taker->with;
	begin(a);
	int status = a->status;
	if (status == STATUS_FOUND && arguments->count == 0)
		status = annotate_fd(taker, STDIN_FILENO, "standard input");
	for (size_t i = 0; i < arguments->count && status == STATUS_FOUND; i++)
		status = annotate_file(taker, arguments->words[i]);
	end(a);
	return status;
}

static int run(struct cli *cli, const struct command *self, struct arguments *arguments)
{
	static const struct option options[] = {
		{"text", NULL, OPTION_TEXT},
		{NULL, NULL, 0},
	};
	struct annotator a = {.cli = cli};
	struct input_taker taker = {fields_line, fields_piece, pause_output, &a};
	int option;
	while ((option = cli_option(cli, self, arguments, options)) != ARGUMENTS_END)
		if (option == OPTION_TEXT)
			taker = (struct input_taker){text_line, text_piece, pause_output, &a};
	if (cli->output.json && taker.line == text_line)
		return cli_usage(self, "--text is for people, and --json is not");
	if (cli->output.json)
		taker = (struct input_taker){json_line, json_piece, pause_output, &a};
	int status = arguments->count == 0 ? cli_will_read(cli, "-", "the lines") : 0;
	for (size_t i = 0; i < arguments->count && status == 0; i++)
		status = cli_will_read(cli, arguments->words[i], "FILE");
	if (status != 0 || cli_open(cli) != 0)
		return STATUS_TROUBLE;
	return annotate(&taker, arguments);
}

const struct command command_annotate = {
	.name = "annotate",
	.arguments = "[OPTIONS] [FILE...]",
	.summary = "add to what avahi-browse prints what is known of each service",
	.help = "Reads what avahi-browse prints, with or without -p, -r and -k, from files or\n"
		"from standard input (-). Behind a line of -p come fields, parted by tabs: the\n"
		"verdict, the title and, with -r, how the port compares with the registered\n"
		"one, the TXT keys that are known and those that are not. Below a line for\n"
		"people come lines for people, each behind a tab. Every other line passes\n"
		"through unchanged. In JSON each line is an object, and has \"line\", so that\n"
		"nothing is lost; one longer than 256 KiB comes in pieces.\n\n"
		"  --text             a block for people a service, as sdreg browse prints it\n",
	.run = run,
};
