/* SPDX-License-Identifier: MIT */

/* sdreg check: whether service types, TXT records and services are as the rules want them. */

#include "check.h"

#include "cli/common/cli.h"
#include "cli/show/question.h"
#include "common/error.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the TXT record ---- */

/* A type, and not a string of the TXT record of the type before it: these have a "=", follow one
 * that has, or stand behind "--". */
static int is_type(const struct arguments *a, size_t nth, size_t strings)
{
	const char *const word = a->words[nth];
	struct sdreg_type type;
	if (strchr(word, '=') != NULL || (nth >= a->before_dashes && a->before_dashes > 0))
		return 0;
	return strings == 0 || word[0] == '_' ||
		sdreg_type_parse(word, strlen(word), &type, NULL) == 0;
}

static int add_strings(struct sdreg_txt *txt, char **strings, size_t count, struct sdreg_error *err)
{
	for (size_t i = 0; i < count; i++) {
		const int result = sdreg_txt_add(txt, strings[i], strlen(strings[i]));
		if (result < 0)
			return error_set(err, result, "the TXT record cannot be kept: %s",
				sdreg_result_text(result));
	}
	return SDREG_OK;
}

/* Reads a file of the record's bytes. */
static int add_wire(struct sdreg_txt *txt, const char *path, struct sdreg_error *err)
{
	struct sdreg_error own = {.size = sizeof(own)};
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
	sdreg_txt_add_wire(txt, bytes, len, &own);
	error_pass(err, &own);
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

/* 0 or STATUS_TROUBLE. An error that stands in err stays there. */
static int read_txt(struct sdreg_txt *txt, const struct check_options *o, char **strings,
	size_t count, struct sdreg_error *err)
{
	if (add_strings(txt, strings, count, err) < 0)
		return 0;
	if (o->printed != NULL) {
		struct sdreg_error own = {.size = sizeof(own)};
		sdreg_txt_add_printed(txt, o->printed, strlen(o->printed), &own);
		error_pass(err, &own);
	}
	return o->wire != NULL ? add_wire(txt, o->wire, err) : 0;
}

/* One type with its strings. Its status. */
static int ask(struct cli *cli, const struct check_options *o, char **arguments, size_t count)
{
	struct question q = {.text = arguments[0],
		.syntax_only = o->syntax_only,
		.strict = o->strict,
		.is_typed = 1};
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
	const struct sdreg_text address = sdreg_text_of(o->address);
	struct sdreg_subject subject = {
		.size = sizeof(subject),
		.txt = count > 1 || o->printed != NULL || o->wire != NULL ? txt : NULL,
		.host = sdreg_text_of(o->host),
		.has_port = o->has_port,
		.port = o->port,
		.addresses = &address,
		.address_count = address.len > 0,
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

static int ask_all(struct cli *cli, const struct check_options *o, const struct arguments *a)
{
	int status = STATUS_FOUND;
	for (size_t i = 0, next; i < a->count; i = next) {
		for (next = i + 1; next < a->count && !is_type(a, next, next - i - 1);)
			next++;
		const int answer = ask(cli, o, a->words + i, next - i);
		if (answer == STATUS_TROUBLE)
			return answer;
		status = answer > status ? answer : status;
	}
	return status;
}

/* ---- the command ---- */

static int run(struct cli *cli, const struct command *self, struct arguments *arguments)
{
	struct check_options o;
	if (check_read_options(cli, self, arguments, &o) != 0)
		return STATUS_TROUBLE;
	if (o.live) /* another program, which reads all options again */
		return helper_become(cli, self, "sdreg-browse", arguments);
	if (arguments->count == 0)
		return cli_usage(self, "a service type is missing");
	if (strchr(arguments->words[0], '=') != NULL)
		return cli_usage(self, "the service type comes before its TXT strings");
	if (cli_will_read(cli, o.wire, "--wire") != 0 || cli_open(cli) != 0)
		return STATUS_TROUBLE;
	return ask_all(cli, &o, arguments);
}

const struct command command_check = {
	.name = "check",
	.arguments = CHECK_ARGUMENTS,
	.summary = CHECK_SUMMARY,
	.help = CHECK_HELP,
	.run = run,
};
