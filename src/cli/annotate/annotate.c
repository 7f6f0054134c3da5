/* SPDX-License-Identifier: MIT */

/* sdreg annotate: adds to what avahi-browse prints what is known of each service. */

#include "annotate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	/* a line, what is said of its type and port, and each byte of its TXT record as \DDD */
	LINE_ROOM =
		INPUT_LINE_MAX + KNOWN_ADDED_MAX + KNOWN_PORT_MAX + 4 * INPUT_LINE_MAX + SINK_ROOM,
	OPTION_TEXT = OPTION_OWN,
};

void annotate_no_memory(struct annotator *a)
{
	if (a->status == STATUS_FOUND)
		fputs("sdreg: out of memory\n", stderr);
	a->status = STATUS_TROUBLE;
}

/* ---- a line ---- */

static int has_title(void *with, struct sdreg_text title)
{
	return knowns_has_title(with, title);
}

/* The indented lines belong to the resolved service before them, each once and in their order;
 * what is in between is of no matter. */
static void find_above(struct annotator *a, struct item *item)
{
	if (a->below == NULL || item->kind <= a->last_below) {
		item->kind = AVAHI_OTHER;
		return;
	}
	item->known = a->below;
	a->last_below = item->kind;
}

static void find_known(struct annotator *a, struct item *item)
{
	item->known = knowns_find(a->knowns, item->line.type);
	a->below = item->is_human && item->line.event == '=' ? item->known : NULL;
	a->last_below = AVAHI_SERVICE;
	if (item->known != NULL)
		return;
	annotate_no_memory(a);
	item->kind = AVAHI_OTHER;
}

static void read_item(struct annotator *a, struct input_line *line, struct item *item)
{
	item->is_human = line->len < 2 || line->at[1] != ';';
	if (line->is_piece)
		item->kind = AVAHI_OTHER;
	else if (item->is_human)
		item->kind = avahi_human_read(line->at, line->len, &a->titles, &item->line);
	else
		item->kind = avahi_line_read(line->at, line->len, &line->cut, &item->line);
	if (item->kind == AVAHI_SERVICE)
		find_known(a, item);
	else if (item->kind >= AVAHI_HOST)
		find_above(a, item);
}

static void annotate_line(struct annotator *a, struct input_line *line)
{
	struct item item;
	read_item(a, line, &item);
	a->output(a, line, &item);
}

/* ---- files ---- */

/* Has all leave that was written so far. -1 if it could not. */
static int flush(struct annotator *a)
{
	sink_flush(&a->sink);
	return a->sink.error != 0 || fflush(stdout) != 0 ? -1 : 0;
}

/* Annotates all lines as they come: whoever follows sees each when it is there. 0, -1 when the
 * input cannot be read. */
static int annotate_all(struct annotator *a, struct input *input)
{
	struct input_line line;
	int got;
	while ((got = input_read(input)) >= 0) {
		while (input_next(input, &line))
			annotate_line(a, &line);
		if (flush(a) != 0 || got == 0)
			return 0;
	}
	return -1;
}

static int annotate_fd(struct annotator *a, int fd, const char *name)
{
	struct input input;
	if (input_open(&input, fd) != 0)
		annotate_no_memory(a);
	else if (annotate_all(a, &input) != 0)
		a->status = cli_system_error(name, errno);
	input_close(&input);
	if (a->sink.error != 0)
		a->status = cli_system_error("standard output", a->sink.error);
	return a->status;
}

static int annotate_file(struct annotator *a, const char *path)
{
	if (strcmp(path, "-") == 0)
		return annotate_fd(a, STDIN_FILENO, "standard input");
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return cli_system_error(path, errno);
	const int status = annotate_fd(a, fd, path);
	close(fd);
	return status;
}

static int annotate(struct annotator *a, const struct arguments *arguments)
{
	a->knowns = knowns_new(&a->cli->sources);
	a->titles = (struct avahi_titles){has_title, a->knowns};
	a->keys.from = &a->cli->sources;
	a->keys.scratch = calloc(1, INPUT_LINE_MAX + INPUT_ROOM);
	a->keys.others = malloc(LINE_ROOM);
	int status = STATUS_FOUND;
	if (sink_open(&a->sink, LINE_ROOM) < 0 || a->knowns == NULL || a->keys.scratch == NULL ||
		a->keys.others == NULL) {
		annotate_no_memory(a);
		status = a->status;
	} else if (arguments->count == 0) {
		status = annotate_file(a, "-");
	}
	for (size_t i = 0; i < arguments->count && status == STATUS_FOUND; i++)
		status = annotate_file(a, arguments->words[i]);
	sink_close(&a->sink);
	free(a->keys.others);
	free(a->keys.scratch);
	knowns_free(a->knowns);
	return status;
}

static int run(struct cli *cli, const struct command *self, struct arguments *arguments)
{
	static const struct option options[] = {
		{"text", NULL, OPTION_TEXT},
		{NULL, NULL, 0},
	};
	struct annotator a = {.cli = cli, .output = fields_line};
	int option;
	while ((option = cli_option(cli, self, arguments, options)) != ARGUMENTS_END)
		if (option == OPTION_TEXT)
			a.output = text_line;
	if (cli->output.json && a.output == text_line)
		return cli_usage(self, "--text is for people, and --json is not");
	if (cli->output.json)
		a.output = json_line;
	int status = arguments->count == 0 ? cli_will_read(cli, "-", "the lines") : 0;
	for (size_t i = 0; i < arguments->count && status == 0; i++)
		status = cli_will_read(cli, arguments->words[i], "FILE");
	if (status != 0 || cli_open(cli) != 0)
		return STATUS_TROUBLE;
	return annotate(&a, arguments);
}

const struct command command_annotate = {
	.name = "annotate",
	.arguments = "[OPTIONS] [FILE...]",
	.summary = "add to what avahi-browse prints what is known of each service",
	.help = "Reads what avahi-browse prints, with or without -p, -r and -k, from files or\n"
		"from standard input (-). Behind a line of -p come fields, separated by tabs: the\n"
		"verdict, the title and, with -r, how the port compares with the registered\n"
		"one, the TXT keys that are known and those that are not. Below a line for\n"
		"people come lines for people, each behind a tab. Every other line passes\n"
		"through unchanged. In JSON each line is an object, and has \"line\", so that\n"
		"nothing is lost; one longer than 256 KiB comes in pieces.\n\n"
		"  --text             a block for people a service, as sdreg browse prints it\n",
	.run = run,
};
