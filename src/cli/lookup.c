/* SPDX-License-Identifier: MIT */

/* sdreg lookup: what is registered under a name, a port or a type. */

#include "cli/common/cli.h"
#include "cli/common/json.h"
#include "cli/common/print.h"
#include "cli/show/entry.h"
#include "cli/show/txt-key.h"
#include "cli/show/verdict.h"

#include <stdlib.h>
#include <string.h>

/* Where a look-up prints its entries. */
struct lookup_answer {
	const struct cli *cli;
	int all; /* values of TXT keys, too */
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

/* Shows all entries of a name that have this transport, or state none. Gives how many there are. */
static size_t show_name(struct lookup_answer *out, const struct sdreg_registry *registry,
	const struct sdreg_text name, enum sdreg_transport transport)
{
	const struct sdreg_entry *entry = NULL;
	size_t count = 0;
	while ((entry = sdreg_find_name(registry, name.at, name.len, entry)) != NULL) {
		const enum sdreg_transport stated = sdreg_entry_transport(entry);
		if (transport != SDREG_TRANSPORT_ANY && stated != transport &&
			stated != SDREG_TRANSPORT_NONE)
			continue;
		show(out, registry, entry);
		count++;
	}
	return count;
}

/* ---- TXT keys ---- */

/* In JSON they are with the first entry. */
static void show_keys(struct lookup_answer *out, const struct sdreg_type *type)
{
	if (!out->cli->output.json)
		txt_key_print_all(stdout, &out->cli->sources, type, out->all, "\n");
}

/* The type of a name, which may break a rule. 0 if the two labels would be none. */
static int make_type(const struct sdreg_text name, const char *proto, struct sdreg_type *type)
{
	char text[SDREG_NAME_SIZE];
	const int n = snprintf(text, sizeof(text), "_%.*s._%s", (int)name.len, name.at, proto);
	return n > 0 && (size_t)n < sizeof(text) &&
		sdreg_type_parse(text, (size_t)n, type, NULL) == SDREG_OK &&
		type->name_len == name.len && type->domain[0] == '\0';
}

/* Whether the supplement explains TXT keys of this type. */
static int has_keys(const struct lookup_answer *out, const struct sdreg_text name,
	const char *proto, struct sdreg_type *type)
{
	return make_type(name, proto, type) &&
		sdreg_type_key(out->cli->sources.supplement, type, NULL) != NULL;
}

/* meant is what is near, or NULL. */
static int missing(const struct cli *cli, const char *what, const char *meant)
{
	fputs("sdreg: ", stderr);
	print_cut(stderr, what, strlen(what));
	const int is_part = !sdreg_registry_is_complete(cli->sources.registry);
	fputs(is_part ? ": not found, but may be registered all the same: not in the part that is "
		      : ": not registered: not in ",
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

/* An entry of the supplement, with the TXT keys of its type. */
static void show_added(struct lookup_answer *out, const struct sdreg_entry *entry)
{
	const char *const text = sdreg_entry_name(entry);
	const struct sdreg_text name = {text, strlen(text)};
	const char *const proto = sdreg_entry_transport(entry) == SDREG_TRANSPORT_TCP ? "tcp"
										      : "udp";
	struct sdreg_type type;
	const int is_keyed = has_keys(out, name, proto, &type);
	out->type = is_keyed ? &type : NULL;
	show(out, out->cli->sources.supplement, entry);
	out->type = NULL;
	if (is_keyed)
		show_keys(out, &type);
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
	const struct sdreg_registry *const added = out->cli->sources.supplement;
	for (; (entry = sdreg_find_port(r, (uint16_t)port, transport, entry)) != NULL; any = 1)
		show(out, r, entry);
	for (; (entry = sdreg_find_port(added, (uint16_t)port, transport, entry)) != NULL; any = 1)
		show_added(out, entry);
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
	fputs(": ", stdout);
	verdict_print(stdout, a);
	if (sdreg_annotation_instead(a) != NULL) {
		fputs(": ", stdout);
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

/* Shows the entries of a type, and what the supplement adds. */
static void show_type(struct lookup_answer *out, const struct sdreg_type *type,
	const struct sdreg_annotation *a)
{
	const struct sources *const from = &out->cli->sources;
	const struct sdreg_entry *const added = sdreg_annotation_supplement(a);
	const int is_else = sdreg_annotation_instead(a) != NULL;
	const struct sdreg_entry *entry = NULL;
	if (is_else)
		show(out, from->supplement, added);
	if (sdreg_find_type(from->registry, type, NULL) == NULL)
		show_name(out, from->registry, (struct sdreg_text){type->name, type->name_len},
			SDREG_TRANSPORT_ANY);
	for (; (entry = sdreg_find_type(from->registry, type, entry)) != NULL;)
		show(out, from->registry, entry);
	if (added != NULL && !is_else)
		show(out, from->supplement, added);
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
	show_type(out, type, a);
	out->type = NULL;
	show_keys(out, type);
	return sdreg_annotation_verdict(a) == SDREG_VERDICT_OTHER_TRANSPORT ? STATUS_NOT_FOUND
									    : STATUS_FOUND;
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

/* All that is known of a name: entries, then TXT keys. Gives 1 if there is anything. */
static int answer_name(struct lookup_answer *out, const char *text, size_t len,
	enum sdreg_transport transport)
{
	const struct sdreg_text name = {text, len};
	struct sdreg_type tcp;
	struct sdreg_type udp;
	const int has_tcp = transport != SDREG_TRANSPORT_UDP && has_keys(out, name, "tcp", &tcp);
	const int has_udp = transport != SDREG_TRANSPORT_TCP && has_keys(out, name, "udp", &udp);
	out->type = has_tcp ? &tcp : has_udp ? &udp : NULL;
	size_t count = show_name(out, out->cli->sources.registry, name, transport);
	count += show_name(out, out->cli->sources.supplement, name, transport);
	out->type = NULL;
	if (has_tcp)
		show_keys(out, &tcp);
	if (has_udp)
		show_keys(out, &udp);
	return count > 0 || has_tcp || has_udp;
}

/* "presence/tcp": a name and a transport, where no name has such a slash in it. */
static int look_up_name(struct lookup_answer *out, const char *text)
{
	enum sdreg_transport transport;
	const char *const slash = strrchr(text, '/');
	if (answer_name(out, text, strlen(text), SDREG_TRANSPORT_ANY))
		return STATUS_FOUND;
	if (is_range(text))
		return refuse(text,
			"that is more than one port: sdreg search --port A-B finds all");
	if (slash == NULL || sdreg_transport_parse(slash + 1, strlen(slash + 1), &transport) < 0)
		return refuse_name(out, text);
	return answer_name(out, text, (size_t)(slash - text), transport)
		? STATUS_FOUND
		: missing(out->cli, text, NULL);
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
	static const struct option options[] = {{"all", NULL, OPTION_OWN}, {NULL, NULL, 0}};
	int all = 0;
	while (cli_option(cli, self, arguments, options) != ARGUMENTS_END)
		all = 1;
	if (arguments->count == 0)
		return cli_usage(self, "a name, a port or a type is missing");
	if (cli_open(cli) != 0)
		return STATUS_TROUBLE;
	struct lookup_answer out = {.cli = cli, .all = all};
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
		"found, or is registered for another transport only.\n\n"
		"  --all              values of TXT keys and their meaning, too\n\n",
	.run = run,
};
