/* SPDX-License-Identifier: MIT */

/* sdreg lookup: what is registered under a name, a port or a type. */

#include "cli/common/cli.h"
#include "cli/common/json.h"
#include "cli/common/print.h"
#include "cli/show/entry.h"
#include "cli/show/txt-key.h"

#include <stdlib.h>
#include <string.h>

/* Where a look-up prints its entries. */
struct lookup_answer {
	const struct cli *cli;
	int gap; /* an empty line is due before the next block */
	const struct sdreg_type *type; /* whose TXT keys the next JSON line tells, or NULL */
	int status; /* STATUS_TROUBLE once something failed */
};

static void begin_block(struct lookup_answer *out)
{
	if (out->gap)
		putchar('\n');
	out->gap = 1;
}

static void show(struct lookup_answer *out, const struct sdreg_registry *registry,
	const struct sdreg_entry *entry)
{
	if (out->cli->output.json) {
		json_t *const object = entry_json(&out->cli->sources, registry, entry);
		json_t *const keys =
			out->type != NULL ? txt_key_json_all(&out->cli->sources, out->type) : NULL;
		if (keys != NULL)
			json_object_set_new(object, "txt_keys", keys);
		out->type = NULL;
		if (json_print_line(stdout, object) != 0)
			out->status = STATUS_TROUBLE;
		return;
	}
	begin_block(out);
	entry_print_text(stdout, out->cli->output.bold, &out->cli->sources, registry, entry);
}

/* Shows all that is registered under a name. Gives how many entries there are. */
static size_t show_name(struct lookup_answer *out, const struct sdreg_registry *registry,
	const char *name, size_t len)
{
	const struct sdreg_entry *entry = NULL;
	size_t count = 0;
	for (; (entry = sdreg_find_name(registry, name, len, entry)) != NULL; count++)
		show(out, registry, entry);
	return count;
}

/* meant is what is near, or NULL. */
static int missing(const struct cli *cli, const char *what, const char *meant)
{
	fputs("sdreg: ", stderr);
	print_cut(stderr, what, strlen(what));
	if (sdreg_registry_is_complete(cli->sources.registry))
		fputs(": not registered: not in ", stderr);
	else
		fputs(": not found, which does not mean that it is not registered: only a part was "
		      "searched (sdreg update fetches the whole): ",
			stderr);
	print_text(stderr, cli->sources.source);
	if (meant != NULL) {
		fputs("; is ", stderr);
		print_text(stderr, meant);
		fputs(" meant?", stderr);
	}
	fputc('\n', stderr);
	return STATUS_NOT_FOUND;
}

static int refuse(const char *what, const char *advice)
{
	fputs("sdreg: ", stderr);
	print_cut(stderr, what, strlen(what));
	fprintf(stderr, ": %s\n", advice);
	return STATUS_TROUBLE;
}

/* ---- ports: "5298", "5298/tcp" ---- */

static int is_port(const char *text)
{
	const size_t digits = strspn(text, "0123456789");
	if (digits == 0)
		return 0;
	enum sdreg_transport transport;
	const char *const slash = text + digits;
	/* 914c/g and the like are names, and so is what has no known transport behind the slash */
	return slash[0] == '\0' ||
		(slash[0] == '/' &&
			sdreg_transport_parse(slash + 1, strlen(slash + 1), &transport) == 0);
}

static int look_up_port(struct lookup_answer *out, const char *text)
{
	const struct sdreg_entry *entry = NULL;
	enum sdreg_transport transport = SDREG_TRANSPORT_ANY;
	const char *const slash = strchr(text, '/');
	const unsigned long port = strtoul(text, NULL, 10);
	if (strspn(text, "0123456789") > 9 || port > UINT16_MAX)
		return refuse(text, "a port is a number from 0 to 65535");
	if (slash != NULL)
		sdreg_transport_parse(slash + 1, strlen(slash + 1), &transport);
	const struct sdreg_registry *const r = out->cli->sources.registry;
	int any = 0;
	for (; (entry = sdreg_find_port(r, (uint16_t)port, transport, entry)) != NULL; any = 1)
		show(out, r, entry);
	return any ? STATUS_FOUND : missing(out->cli, text, NULL);
}

/* ---- types and instance names ---- */

static void show_assignments(const struct cli *cli, const struct sdreg_type *type)
{
	const struct sdreg_entry *entry = NULL;
	const char *before = "";
	fputs(": ", stdout);
	print_bytes(stdout, type->name, type->name_len);
	fputs(" is registered ", stdout);
	while ((entry = sdreg_find_name(cli->sources.registry, type->name, type->name_len,
			entry)) != NULL) {
		fputs(before, stdout);
		before = " and ";
		entry_print_assignment(stdout, entry);
	}
}

/* The first lines of an answer: what was asked, taken apart, and the verdict. */
static void show_verdict(struct lookup_answer *out, const struct sdreg_type *type,
	const struct sdreg_annotation *a)
{
	char text[SDREG_NAME_SIZE];
	if (out->cli->output.json)
		return;
	begin_block(out);
	sdreg_type_format(type, SDREG_TYPE_PART_TYPE, text, sizeof(text));
	if (type->instance_len > 0) {
		fputs("instance ", stdout);
		print_bytes(stdout, type->instance, type->instance_len);
		putchar('\n');
	}
	if (type->subtype_len > 0) {
		fputs("subtype ", stdout);
		print_bytes(stdout, type->subtype, type->subtype_len);
		putchar('\n');
	}
	if (type->domain[0] != '\0') {
		fputs("domain ", stdout);
		print_text(stdout, type->domain);
		putchar('\n');
	}
	print_text(stdout, text);
	printf(": %s", sdreg_verdict_text(sdreg_annotation_verdict(a)));
	if (sdreg_annotation_instead(a) != NULL) {
		fputs("; in use for something else: ", stdout);
		print_text(stdout, sdreg_annotation_title(a));
	}
	if (sdreg_annotation_verdict(a) == SDREG_VERDICT_OTHER_TRANSPORT)
		show_assignments(out->cli, type);
	for (unsigned bit = 1, n = 0; bit <= sdreg_annotation_faults(a); bit <<= 1)
		if ((sdreg_annotation_faults(a) & bit) != 0)
			printf("%s%s (%s)", n++ > 0 ? ", " : ": ",
				sdreg_rule_text((enum sdreg_rule)bit),
				sdreg_rule_source((enum sdreg_rule)bit));
	putchar('\n');
}

/* Shows the entries of a type, and what the supplement adds. Gives 1 if it is registered, or in
 * common use. */
static int show_type(struct lookup_answer *out, const struct sdreg_type *type,
	const struct sdreg_annotation *a)
{
	const struct sources *const from = &out->cli->sources;
	const struct sdreg_entry *const added = sdreg_annotation_supplement(a);
	const int is_else = sdreg_annotation_instead(a) != NULL;
	const struct sdreg_entry *entry = NULL;
	int found = sdreg_annotation_verdict(a) == SDREG_VERDICT_IN_COMMON_USE ||
		sdreg_annotation_verdict(a) == SDREG_VERDICT_SEEN;
	if (is_else)
		show(out, from->supplement, added);
	if (sdreg_find_type(from->registry, type, NULL) == NULL)
		show_name(out, from->registry, type->name, type->name_len);
	for (; (entry = sdreg_find_type(from->registry, type, entry)) != NULL; found = 1)
		show(out, from->registry, entry);
	if (added != NULL && !is_else)
		show(out, from->supplement, added);
	return found;
}

static int answer_type(struct lookup_answer *out, const char *text, const struct sdreg_type *type,
	const struct sdreg_annotation *a)
{
	const struct cli *const cli = out->cli;
	const int is_known = sdreg_annotation_entry(a) != NULL ||
		sdreg_annotation_supplement(a) != NULL;
	char meant[SDREG_NAME_SIZE];
	if (!is_known && sdreg_annotation_faults(a) == 0)
		return missing(cli, text,
			sources_near_type(&cli->sources, type, meant) ? meant : NULL);
	show_verdict(out, type, a);
	if (!is_known)
		return STATUS_NOT_FOUND;
	out->type = type;
	const int found = show_type(out, type, a);
	out->type = NULL;
	if (!cli->output.json)
		txt_key_print_all(stdout, &cli->sources, type, "\n");
	return found ? STATUS_FOUND : STATUS_NOT_FOUND;
}

static int look_up_type(struct lookup_answer *out, const char *text)
{
	const struct sources *const from = &out->cli->sources;
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_type type;
	if (sdreg_type_parse(text, strlen(text), &type, &err) < 0) {
		snprintf(err.file, sizeof(err.file), "%s", text);
		return cli_error(&err);
	}
	struct sdreg_annotation *const a =
		sdreg_annotate_type(from->registry, from->supplement, &type, &err);
	if (a == NULL)
		return cli_error(&err);
	const int status = answer_type(out, text, &type, a);
	sdreg_annotation_free(a);
	return status;
}

/* ---- names ---- */

/* "1-100" and "1-100/tcp". */
static int is_range(const char *text)
{
	static const char digits[] = "0123456789";
	const size_t first = strspn(text, digits);
	const size_t last = first > 0 && text[first] == '-' ? strspn(text + first + 1, digits) : 0;
	const char end = text[first + 1 + last];
	return last > 0 && (end == '\0' || end == '/');
}

/* Says that a name is not there, or, if it is no name at all, what to ask instead. */
static int refuse_name(struct lookup_answer *out, const char *text)
{
	const struct sources *const sources = &out->cli->sources;
	const char *const slash = strrchr(text, '/');
	const size_t front = slash != NULL ? (size_t)(slash - text) : 0;
	if (front > 0 &&
		(strspn(text, "0123456789") == front ||
			sdreg_find_name(sources->registry, text, front, NULL) != NULL))
		return refuse(text,
			"a transport is tcp, udp, sctp or dccp, as in 80/tcp or presence/tcp");
	return missing(out->cli, text, sources_near_name(sources, text, strlen(text)));
}

/* "presence/tcp": a name and a transport, where no name has such a slash in it. */
static int look_up_name(struct lookup_answer *out, const char *text)
{
	const struct sdreg_registry *const registry = out->cli->sources.registry;
	enum sdreg_transport transport;
	const char *const slash = strrchr(text, '/');
	if (show_name(out, registry, text, strlen(text)) > 0 ||
		show_name(out, out->cli->sources.supplement, text, strlen(text)) > 0)
		return STATUS_FOUND;
	if (is_range(text))
		return refuse(text,
			"that is more than one port: sdreg search --port A-B finds all");
	if (slash == NULL || sdreg_transport_parse(slash + 1, strlen(slash + 1), &transport) < 0)
		return refuse_name(out, text);
	int any = 0;
	const struct sdreg_entry *entry = NULL;
	const size_t len = (size_t)(slash - text);
	while ((entry = sdreg_find_name(registry, text, len, entry)) != NULL) {
		const enum sdreg_transport stated = sdreg_entry_transport(entry);
		if (stated != transport && stated != SDREG_TRANSPORT_NONE)
			continue;
		show(out, registry, entry);
		any = 1;
	}
	return any ? STATUS_FOUND : missing(out->cli, text, NULL);
}

static int look_up(struct lookup_answer *out, const char *text)
{
	if (text[0] == '\0') {
		fputs("sdreg: there is nothing to look up in an empty argument\n", stderr);
		return STATUS_TROUBLE;
	}
	if (is_port(text))
		return look_up_port(out, text);
	if (text[0] == '_' || strstr(text, "._") != NULL)
		return look_up_type(out, text);
	return look_up_name(out, text);
}

static int run(struct cli *cli, const struct command *self, struct arguments *arguments)
{
	cli_option(cli, self, arguments, NULL);
	if (arguments->count == 0)
		return cli_usage(self, "a name, a port or a type is missing");
	if (cli_open(cli) != 0)
		return STATUS_TROUBLE;
	struct lookup_answer out = {.cli = cli};
	int status = STATUS_FOUND;
	for (size_t i = 0; i < arguments->count; i++) {
		const int result = look_up(&out, arguments->words[i]);
		status = result > status ? result : status;
	}
	return out.status > status ? out.status : status;
}

const struct command command_lookup = {
	.name = "lookup",
	.arguments = "[OPTIONS] NAME|PORT[/TRANSPORT]|TYPE|INSTANCE...",
	.summary = "what is registered under a name, a port or a type",
	.help = "Shows every entry of a service name (presence), of a port (5298, 5298/tcp),\n"
		"of a service type (_presence._tcp) or of the type of a service instance\n"
		"(juliet@pronto._presence._tcp.local). Exit status 1 when something was not\n"
		"found, or is registered for another transport only.\n\n",
	.run = run,
};
