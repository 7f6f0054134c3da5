/* SPDX-License-Identifier: MIT */

/* sdreg check: whether service types are well formed and registered. */

#include "cli.h"
#include "json.h"
#include "print.h"

#include <string.h>

struct question {
	const char *text;
	struct sdreg_type type;
	struct sdreg_annotation annotation;
	unsigned faults; /* those of the instance too */
	int syntax_only;
	struct sdreg_error error; /* for what is no type at all */
};

static int is_valid(const struct question *q)
{
	const enum sdreg_verdict v = q->annotation.verdict;
	if (q->error.code != 0 || q->faults != 0)
		return 0;
	return q->syntax_only || v == SDREG_REGISTERED || v == SDREG_TRANSPORT_NOT_STATED;
}

static void ask(const struct cli *cli, struct question *q)
{
	if (sdreg_type_parse(q->text, strlen(q->text), &q->type, &q->error) < 0)
		return;
	q->faults = sdreg_type_faults(&q->type);
	sdreg_annotate_type(cli->registry, cli->supplement, &q->type, &q->annotation);
}

static void begin_line(const struct question *q)
{
	print_text(stdout, q->text);
	fputs(": ", stdout);
}

static void print_answer(const struct cli *cli, const struct question *q)
{
	const struct sdreg_annotation *const a = &q->annotation;
	if (q->error.code != 0) {
		begin_line(q);
		printf("not well formed: ");
		print_text(stdout, q->error.text);
		putchar('\n');
		return;
	}
	for (unsigned bit = 1; bit <= q->faults; bit <<= 1) {
		if ((q->faults & bit) == 0)
			continue;
		begin_line(q);
		printf("not well formed: %s (%s)\n", sdreg_rule_text((enum sdreg_rule)bit),
			sdreg_rule_source((enum sdreg_rule)bit));
	}
	if (q->faults != 0)
		return;
	begin_line(q);
	if (q->syntax_only) {
		puts("well formed");
		return;
	}
	fputs(sdreg_verdict_text(a->verdict), stdout);
	if (a->title[0] != '\0') {
		fputs(": ", stdout);
		print_text(stdout, a->title);
	}
	fputs(" (", stdout);
	print_text(stdout, a->verdict == SDREG_IN_COMMON_USE
		? "sdreg's supplement" : cli->source);
	fputs(")\n", stdout);
}

static json_t *findings_value(const struct question *q)
{
	json_t *const findings = json_array();
	if (q->error.code != 0)
		json_array_append_new(findings, json_pack("{s:s, s:o, s:s}", "severity", "error",
			"text", json_text(q->error.text), "source", "RFC 6763"));
	for (unsigned bit = 1; bit <= q->faults; bit <<= 1)
		if ((q->faults & bit) != 0)
			json_array_append_new(findings, json_pack("{s:s, s:s, s:s}",
				"severity", "error",
				"text", sdreg_rule_text((enum sdreg_rule)bit),
				"source", sdreg_rule_source((enum sdreg_rule)bit)));
	return findings;
}

static int print_json(const struct cli *cli, const struct question *q)
{
	char type[SDREG_NAME_SIZE];
	const int parsed = q->error.code == 0;
	if (parsed)
		sdreg_type_format(&q->type, SDREG_PART_TYPE, type, sizeof(type));
	return json_print_line(stdout, json_pack("{s:o, s:o, s:b, s:o, s:o, s:o, s:o}",
		"input", json_text(q->text),
		"type", parsed ? json_text(type) : json_null(),
		"valid", is_valid(q),
		"verdict", json_string(parsed ? sdreg_verdict_word(q->annotation.verdict)
					      : sdreg_verdict_word(SDREG_NOT_WELL_FORMED)),
		"title", json_text(parsed ? q->annotation.title : ""),
		"findings", findings_value(q),
		"source", json_text(cli->source)));
}

static int run(struct cli *cli, const struct command *self, int argc, char **argv)
{
	static const struct option own[] = {
		{"syntax", no_argument, NULL, OPTION_OWN},
		{NULL, 0, NULL, 0},
	};
	int syntax_only = 0;
	while (cli_option(cli, self, argc, argv, "", own) != -1)
		syntax_only = 1;
	if (optind >= argc)
		return cli_usage(self, "a service type is missing");
	if (cli_open(cli) != 0)
		return STATUS_TROUBLE;
	int status = STATUS_FOUND;
	for (int i = optind; i < argc; i++) {
		struct question q = {.text = argv[i], .syntax_only = syntax_only};
		ask(cli, &q);
		if (!is_valid(&q))
			status = STATUS_NOT_FOUND;
		if (!cli->json)
			print_answer(cli, &q);
		else if (print_json(cli, &q) != 0)
			return STATUS_TROUBLE;
	}
	return status;
}

const struct command command_check = {
	.name = "check",
	.arguments = "[OPTIONS] TYPE...",
	.summary = "is a service type well formed, and registered?",
	.help =
		"Checks service types, or the types of whole instance names: their form (RFC\n"
		"6335 section 5.1, RFC 6763 sections 4.1 and 7) and whether they are\n"
		"registered for their transport. One line a finding, with the rule broken.\n"
		"Exit status 1 when one of them is not in order.\n\n"
		"  --syntax         the form only\n",
	.run = run,
};
