/* SPDX-License-Identifier: MIT */

/* sdreg search: words and filters over all that the registry and the supplement say. */

#include "search.h"

#include "cli/common/cli.h"
#include "cli/common/json.h"
#include "cli/common/print.h"
#include "cli/show/entry.h"
#include "common/hash.h"

#include <stdlib.h>
#include <string.h>

enum {
	LIMIT_USUAL = 20,
	FOLD_MAX = 4096, /* longer texts are not looked at for rows that are alike */
};

enum {
	OPTION_TRANSPORT = OPTION_OWN,
	OPTION_PORT,
	OPTION_ASSIGNEE,
	OPTION_SINCE,
	OPTION_PORTLESS,
	OPTION_TXT_KEY,
	OPTION_LIMIT,
	OPTION_ALL,
};

struct search_command {
	struct cli *cli;
	struct sdreg_query query;
	char *words; /* all of them, parted by blanks */
	size_t limit; /* 0: all */
	struct sdreg_results *results[2]; /* of the registry, of the supplement */
	struct search_row *rows; /* merged, best first */
	size_t count;
};

/* ---- options ---- */

static int read_number(const char *text, size_t len, unsigned long most, unsigned long *number)
{
	if (len == 0 || len > 9 || strspn(text, "0123456789") < len)
		return -1;
	*number = strtoul(text, NULL, 10);
	return *number <= most ? 0 : -1;
}

static int read_ports(struct sdreg_query *query, const char *text)
{
	const size_t digits = strspn(text, "0123456789");
	const char *const last = text[digits] == '-' ? text + digits + 1 : text;
	unsigned long a;
	unsigned long b;
	if ((text[digits] != '-' && text[digits] != '\0') ||
		read_number(text, digits, UINT16_MAX, &a) < 0 ||
		read_number(last, strlen(last), UINT16_MAX, &b) < 0 || a > b)
		return -1;
	query->by_port = 1;
	query->port_first = (uint16_t)a;
	query->port_last = (uint16_t)b;
	return 0;
}

static int read_transports(struct sdreg_query *query, const char *text)
{
	static const char none[] = "none";
	for (;; text++) {
		const size_t len = strcspn(text, ",");
		enum sdreg_transport transport = SDREG_TRANSPORT_NONE;
		const int is_none = len == sizeof(none) - 1 && strncmp(text, none, len) == 0;
		if (!is_none && sdreg_transport_parse(text, len, &transport) < 0)
			return -1;
		query->transports |= 1U << transport;
		text += len;
		if (text[0] == '\0')
			return 0;
	}
}

/* Takes one option. NULL, or what is wrong with it. */
static const char *take_option(struct search_command *s, int option, const char *value)
{
	unsigned long number;
	switch (option) {
	case OPTION_TRANSPORT:
		return read_transports(&s->query, value) < 0
			? "--transport is tcp, udp, sctp, dccp or none, or several with commas"
			: NULL;
	case OPTION_PORT:
		return read_ports(&s->query, value) < 0
			? "--port is a number from 0 to 65535, or two as A-B"
			: NULL;
	case OPTION_ASSIGNEE:
		s->query.assignee = sdreg_text_of(value);
		return value[0] == '\0' ? "--assignee is part of an id or a name" : NULL;
	case OPTION_SINCE:
		s->query.since = sdreg_text_of(value);
		return value[0] == '\0' ? "--since is YYYY, YYYY-MM or YYYY-MM-DD" : NULL;
	case OPTION_PORTLESS:
		s->query.portless = 1;
		return NULL;
	case OPTION_TXT_KEY:
		s->query.txt_key = sdreg_text_of(value);
		return value[0] == '\0' ? "--txt-key is a TXT key" : NULL;
	case OPTION_LIMIT:
		if (read_number(value, strlen(value), 999999999, &number) < 0 || number == 0)
			return "--limit is a number from 1";
		s->limit = number;
		return NULL;
	case OPTION_ALL:
		s->limit = 0;
		return NULL;
	}
	return NULL;
}

/* The words as one text. 0, or -1 for want of memory. */
static int join_words(struct search_command *s, const struct arguments *arguments)
{
	size_t size = 1;
	for (size_t i = 0; i < arguments->count; i++)
		size += strlen(arguments->words[i]) + 1;
	char *to = s->words = malloc(size);
	if (to == NULL)
		return -1;
	for (size_t i = 0; i < arguments->count; i++) {
		to = stpcpy(to, arguments->words[i]);
		*to++ = ' ';
	}
	*to = '\0';
	s->query.words = (struct sdreg_text){s->words, (size_t)(to - s->words)};
	return 0;
}

static int has_filter(const struct sdreg_query *q)
{
	return q->transports != 0 || q->by_port || q->portless || q->assignee.len > 0 ||
		q->since.len > 0 || q->txt_key.len > 0;
}

/* ---- results ---- */

/* Both results in one list. */
static void merge(struct search_command *s)
{
	size_t at[2] = {0, 0};
	for (;; s->count++) {
		const struct sdreg_found *const a = sdreg_results_at(s->results[0], at[0]);
		const struct sdreg_found *const b = sdreg_results_at(s->results[1], at[1]);
		if (a == NULL && b == NULL)
			return;
		const int second = a == NULL ||
			(b != NULL && sdreg_found_score(b) > sdreg_found_score(a));
		s->rows[s->count] = (struct search_row){
			.registry = second ? s->cli->sources.supplement : s->cli->sources.registry,
			.found = second ? b : a,
			.first = s->count,
		};
		at[second]++;
	}
}

static int search(struct search_command *s)
{
	struct sdreg_error err = {.size = sizeof(err)};
	s->query.dictionary = s->cli->sources.supplement;
	s->results[0] = sdreg_search(s->cli->sources.registry, &s->query, &err);
	if (s->results[0] != NULL)
		s->results[1] = sdreg_search(s->cli->sources.supplement, &s->query, &err);
	if (s->results[1] == NULL)
		return cli_error(&err);
	s->rows =
		calloc(sdreg_results_count(s->results[0]) + sdreg_results_count(s->results[1]) + 1,
			sizeof(*s->rows));
	if (s->rows == NULL)
		return cli_error(&(struct sdreg_error){.size = sizeof(struct sdreg_error),
			.code = SDREG_E_MEMORY});
	merge(s);
	return 0;
}

/* A row by what makes it like others. */
struct fold {
	uint64_t hash;
	size_t row;
};

static uint64_t hash_of(const struct sdreg_entry *e)
{
	const char *const name = sdreg_entry_name(e);
	const char *const description = sdreg_entry_description(e);
	return hash_add(hash_add(0, name, strlen(name)), description, strlen(description));
}

static int can_fold(const struct sdreg_entry *e)
{
	return sdreg_entry_name(e)[0] != '\0' &&
		strnlen(sdreg_entry_name(e), FOLD_MAX) < FOLD_MAX &&
		strnlen(sdreg_entry_description(e), FOLD_MAX) < FOLD_MAX;
}

static int are_alike(const struct search_row *a, const struct search_row *b)
{
	const struct sdreg_entry *const x = sdreg_found_entry(a->found);
	const struct sdreg_entry *const y = sdreg_found_entry(b->found);
	return a->registry == b->registry &&
		strcmp(sdreg_entry_name(x), sdreg_entry_name(y)) == 0 &&
		strcmp(sdreg_entry_description(x), sdreg_entry_description(y)) == 0;
}

static int compare_folds(const void *a, const void *b)
{
	const struct fold *const x = a;
	const struct fold *const y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

/* Ties rows that are alike to the first of them. Gives the number of results that are left; 0 for
 * want of memory. */
static size_t fold(struct search_command *s)
{
	size_t n = 0;
	size_t tied = 0;
	struct fold *const folds = calloc(s->count, sizeof(*folds));
	if (folds == NULL)
		return 0;
	for (size_t i = 0; i < s->count; i++) {
		const struct sdreg_entry *const e = sdreg_found_entry(s->rows[i].found);
		if (can_fold(e))
			folds[n++] = (struct fold){hash_of(e), i};
	}
	qsort(folds, n, sizeof(*folds), compare_folds);
	for (size_t i = 1; i < n; i++) {
		struct search_row *const before = &s->rows[folds[i - 1].row];
		struct search_row *const row = &s->rows[folds[i].row];
		if (folds[i].hash != folds[i - 1].hash || !are_alike(before, row))
			continue;
		row->first = before->first;
		before->next = folds[i].row;
		tied++;
	}
	free(folds);
	return s->count - tied;
}

/* ---- output ---- */

static json_t *match_value(const struct sdreg_found *found)
{
	const struct sdreg_match *const m = sdreg_found_best(found);
	if (m == NULL)
		return json_null();
	return json_pack("{s:s, s:o}", "column", sdreg_column_word(sdreg_match_column(m)), "text",
		json_text(sdreg_match_text(m)));
}

static int print_json(const struct search_command *s, const struct search_row *row)
{
	json_t *const line =
		entry_json(&s->cli->sources, row->registry, sdreg_found_entry(row->found));
	if (line == NULL)
		return json_print_line(stdout, NULL);
	json_object_set_new(line, "score", json_integer((json_int_t)sdreg_found_score(row->found)));
	json_object_set_new(line, "match", match_value(row->found));
	return json_print_line(stdout, line);
}

static void say_more(size_t count)
{
	if (count > 0)
		fprintf(stderr, "sdreg: %zu more %s found; --all shows %s\n", count,
			count == 1 ? "was" : "were", count == 1 ? "it" : "them");
}

static int print_all(struct search_command *s)
{
	const size_t count = s->cli->output.json ? s->count : fold(s);
	const size_t shown = s->limit > 0 && s->limit < count ? s->limit : count;
	if (count == 0)
		return cli_error(&(struct sdreg_error){.size = sizeof(struct sdreg_error),
			.code = SDREG_E_MEMORY});
	for (size_t i = 0, n = 0; n < shown; i++) {
		if (!s->cli->output.json && s->rows[i].first != i)
			continue;
		n++;
		if (!s->cli->output.json)
			search_print(s->cli->output.bold, &s->cli->sources, s->rows, i);
		else if (print_json(s, &s->rows[i]) != 0)
			return STATUS_TROUBLE;
	}
	say_more(count - shown);
	return STATUS_FOUND;
}

static int nothing(const struct cli *cli)
{
	fputs("sdreg: nothing was found in ", stderr);
	print_text(stderr, cli->sources.source);
	if (!sdreg_registry_is_complete(cli->sources.registry))
		fputs(", which is a part of it", stderr);
	else if (sdreg_registry_is_abridged(cli->sources.registry))
		fputs(", which has no notes and few people; sdreg update fetches them", stderr);
	fputc('\n', stderr);
	return STATUS_NOT_FOUND;
}

static int answer(struct search_command *s)
{
	if (cli_open(s->cli) != 0 || search(s) != 0)
		return STATUS_TROUBLE;
	return s->count > 0 ? print_all(s) : nothing(s->cli);
}

/* Reads the options into s. NULL, or what is wrong. */
static const char *read_options(struct search_command *s, const struct command *self,
	struct arguments *arguments)
{
	static const struct option own[] = {
		{"transport", "T", OPTION_TRANSPORT},
		{"port", "A-B", OPTION_PORT},
		{"assignee", "TEXT", OPTION_ASSIGNEE},
		{"since", "DATE", OPTION_SINCE},
		{"portless", NULL, OPTION_PORTLESS},
		{"txt-key", "KEY", OPTION_TXT_KEY},
		{"limit", "N", OPTION_LIMIT},
		{"all", NULL, OPTION_ALL},
		{NULL, NULL, 0},
	};
	const size_t unset = (size_t)-1;
	int option;
	s->limit = unset;
	while ((option = cli_option(s->cli, self, arguments, own)) != ARGUMENTS_END) {
		const char *const trouble = take_option(s, option, arguments->value);
		if (trouble != NULL)
			return trouble;
	}
	if (join_words(s, arguments) < 0)
		return "no memory for the words";
	const int any = s->words[strspn(s->words, " \t\r\n")] != '\0';
	if (!any && !has_filter(&s->query))
		return "a word to search for, or a filter, is missing";
	if (s->query.portless && s->query.by_port)
		return "--port and --portless exclude each other";
	if (s->limit == unset)
		s->limit = any ? LIMIT_USUAL : 0;
	return NULL;
}

static int run(struct cli *cli, const struct command *self, struct arguments *arguments)
{
	struct search_command s = {.query = {.size = sizeof(struct sdreg_query)}, .cli = cli};
	const char *const trouble = read_options(&s, self, arguments);
	const int status = trouble != NULL ? cli_usage(self, trouble) : answer(&s);
	free(s.rows);
	sdreg_results_free(s.results[0]);
	sdreg_results_free(s.results[1]);
	free(s.words);
	return status;
}

const struct command command_search = {
	.name = "search",
	.arguments = "[OPTIONS] [WORD...]",
	.summary = "search names, descriptions, notes, people and references",
	.help = "Shows the entries that have all words, anywhere and in any case: in the name,\n"
		"the description, the TXT keys, the people and their addresses, the references\n"
		"or the notes; the best first. A number is a port too, _ipp._tcp a type too.\n"
		"Rows that differ in transport and port only are shown as one.\n\n"
		"  --transport T    tcp, udp, sctp, dccp or none; several with commas\n"
		"  --port A-B       a port in this range, or this one port\n"
		"  --portless       no port\n"
		"  --assignee TEXT  in the assignee's id, name or organization\n"
		"  --since DATE     registered or changed since YYYY, YYYY-MM or YYYY-MM-DD; a\n"
		"                   date without a day counts when its month is not before\n"
		"  --txt-key KEY    the note defines this TXT key\n"
		"  --limit N        the first N results only; 20 when there are words\n"
		"  --all            all results\n",
	.run = run,
};
