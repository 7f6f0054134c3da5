/* SPDX-License-Identifier: MIT */

/* sdreg check: whether service types, TXT records and services are as the rules want them. */

#include "check.h"

#include "cli/common/cli.h"
#include "cli/show/question.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	OPTION_SYNTAX = OPTION_OWN,
	OPTION_STRICT,
	OPTION_LIVE,
	OPTION_INSTANCE,
	OPTION_HOST,
	OPTION_PORT,
	OPTION_ADDRESS,
	OPTION_PRINTED,
	OPTION_WIRE,
	OPTION_TIMEOUT,
};

/* What the options say of the service. */
struct options {
	int syntax_only;
	int strict;
	const char *instance;
	const char *host;
	const char *address;
	const char *printed;
	const char *wire;
	int has_port;
	uint16_t port;
};

/* ---- the TXT record ---- */

/* A type, and not a string of the TXT record of the type before it: these have a "=", or follow one
 * that has. */
static int is_type(const char *argument, size_t strings)
{
	struct sdreg_type type;
	if (strchr(argument, '=') != NULL)
		return 0;
	return strings == 0 || argument[0] == '_' ||
		sdreg_type_parse(argument, strlen(argument), &type, NULL) == 0;
}

static int add_strings(struct sdreg_txt *txt, char **strings, size_t count, struct sdreg_error *err)
{
	for (size_t i = 0; i < count; i++) {
		const int result = sdreg_txt_add(txt, strings[i], strlen(strings[i]));
		if (result == SDREG_OK)
			continue;
		err->code = result;
		snprintf(err->text, sizeof(err->text), "the TXT record cannot be kept: %s",
			sdreg_result_text(result));
		return result;
	}
	return SDREG_OK;
}

/* Reads a file of the record's bytes. */
static int add_wire(struct sdreg_txt *txt, const char *path, struct sdreg_error *err)
{
	char bytes[SDREG_TXT_RECORD_MAX + 2];
	FILE *const file = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");
	if (file == NULL)
		return cli_system_error(path, errno);
	const size_t len = fread(bytes, 1, sizeof(bytes), file);
	const int failed = ferror(file) ? errno : 0;
	if (file != stdin)
		fclose(file);
	if (failed)
		return cli_system_error(path, failed);
	sdreg_txt_add_wire(txt, bytes, len, err);
	return 0;
}

/* ---- a question ---- */

static void set_instance(struct question *q, const char *instance)
{
	const size_t len = strlen(instance);
	if (q->error.code != 0)
		return;
	if (len == 0 || len >= sizeof(q->type.instance)) {
		q->error.code = SDREG_E_LIMIT;
		snprintf(q->error.text, sizeof(q->error.text),
			"the instance name has %zu bytes, and must have 1 to 63", len);
		return;
	}
	memcpy(q->type.instance, instance, len + 1);
	q->type.instance_len = (unsigned char)len;
}

/* 0 or STATUS_TROUBLE. */
static int read_txt(struct sdreg_txt *txt, const struct options *o, char **strings, size_t count,
	struct sdreg_error *err)
{
	if (add_strings(txt, strings, count, err) < 0)
		return 0;
	if (o->printed != NULL)
		sdreg_txt_add_printed(txt, o->printed, strlen(o->printed), err);
	return o->wire != NULL ? add_wire(txt, o->wire, err) : 0;
}

/* One type with its strings. Its status. */
static int ask(struct cli *cli, const struct options *o, char **arguments, size_t count)
{
	struct question q = {.text = arguments[0],
		.syntax_only = o->syntax_only,
		.strict = o->strict};
	struct sdreg_txt *const txt = sdreg_txt_new();
	int status = STATUS_TROUBLE;
	if (txt == NULL) {
		fputs("sdreg: no memory for a TXT record\n", stderr);
		return STATUS_TROUBLE;
	}
	question_read(&q);
	if (o->instance != NULL)
		set_instance(&q, o->instance);
	if (read_txt(txt, o, arguments + 1, count - 1, &q.error) != 0)
		goto done;
	struct sdreg_subject subject = {
		.txt = count > 1 || o->printed != NULL || o->wire != NULL ? txt : NULL,
		.host = o->host,
		.has_port = o->has_port,
		.port = o->port,
		.addresses = &o->address,
		.address_count = o->address != NULL,
	};
	if (question_answer(&cli->sources, &q, &subject) != 0 ||
		question_print(cli->output.json, &cli->sources, &q) != 0)
		goto done;
	status = question_is_valid(&q) ? STATUS_FOUND : STATUS_NOT_FOUND;
done:
	question_clear(&q);
	sdreg_txt_free(txt);
	return status;
}

static int ask_all(struct cli *cli, const struct options *o, char **arguments, size_t count)
{
	int status = STATUS_FOUND;
	for (size_t i = 0, next; i < count; i = next) {
		for (next = i + 1; next < count && !is_type(arguments[next], next - i - 1);)
			next++;
		const int answer = ask(cli, o, arguments + i, next - i);
		if (answer == STATUS_TROUBLE)
			return answer;
		status = answer > status ? answer : status;
	}
	return status;
}

/* ---- the command ---- */

static int read_port(const char *text, struct options *o)
{
	char *end;
	const unsigned long port = strtoul(text, &end, 10);
	if (strspn(text, "0123456789") == 0 || *end != '\0' || port > UINT16_MAX)
		return -1;
	o->has_port = 1;
	o->port = (uint16_t)port;
	return 0;
}

static void set_option(struct options *o, int option)
{
	switch (option) {
	case OPTION_SYNTAX:
		o->syntax_only = 1;
		break;
	case OPTION_STRICT:
		o->strict = 1;
		break;
	case OPTION_INSTANCE:
		o->instance = optarg;
		break;
	case OPTION_HOST:
		o->host = optarg;
		break;
	case OPTION_ADDRESS:
		o->address = optarg;
		break;
	case OPTION_PRINTED:
		o->printed = optarg;
		break;
	case OPTION_WIRE:
		o->wire = optarg;
		break;
	}
}

static int run(struct cli *cli, const struct command *self, int argc, char **argv)
{
	static const struct option own[] = {
		{"syntax", no_argument, NULL, OPTION_SYNTAX},
		{"strict", no_argument, NULL, OPTION_STRICT},
		{"live", no_argument, NULL, OPTION_LIVE},
		{"instance", required_argument, NULL, OPTION_INSTANCE},
		{"host", required_argument, NULL, OPTION_HOST},
		{"port", required_argument, NULL, OPTION_PORT},
		{"address", required_argument, NULL, OPTION_ADDRESS},
		{"printed", required_argument, NULL, OPTION_PRINTED},
		{"wire", required_argument, NULL, OPTION_WIRE},
		{"domain", required_argument, NULL, 'd'},
		{"timeout", required_argument, NULL, OPTION_TIMEOUT},
		{NULL, 0, NULL, 0},
	};
	struct options o = {0};
	int of_live = 0;
	int option;
	while ((option = cli_option(cli, self, argc, argv, "d:", own)) != -1) {
		if (option == OPTION_LIVE) /* another program, which reads all options again */
			return helper_become(cli, self, "sdreg-browse", argc, argv);
		if (option == 'd' || option == OPTION_TIMEOUT)
			of_live = 1;
		else if (option == OPTION_PORT && read_port(optarg, &o) < 0)
			return cli_usage(self, "--port takes 0 to 65535");
		else
			set_option(&o, option);
	}
	if (of_live)
		return cli_usage(self, "--domain and --timeout go with --live");
	if (optind >= argc)
		return cli_usage(self, "a service type is missing");
	if (strchr(argv[optind], '=') != NULL)
		return cli_usage(self, "the service type comes before its TXT strings");
	if (cli_open(cli) != 0)
		return STATUS_TROUBLE;
	return ask_all(cli, &o, argv + optind, (size_t)(argc - optind));
}

const struct command command_check = {
	.name = "check",
	.arguments = CHECK_ARGUMENTS,
	.summary = CHECK_SUMMARY,
	.help = CHECK_HELP,
	.run = run,
};
