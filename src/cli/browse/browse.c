/* SPDX-License-Identifier: MIT */

/* sdreg browse: the network, annotated. */

#include "cli/browse/html/html.h"
#include "cli/common/cli.h"
#include "cli/common/number.h"
#include "cli/common/print.h"
#include "cli/live/filter.h"
#include "cli/live/guard.h"
#include "cli/live/leave.h"
#include "cli/live/progress.h"
#include "event-json.h"
#include "lines.h"
#include "text.h"
#include "types.h"
#include "watch.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct browse {
	struct cli *cli;
	struct sdreg_browse_options options;
	struct browse_filter filter;
	struct browse_text text;
	struct browse_html html;
	const char *subtype;
	struct sdreg_text *types; /* those of the options, of memory to free */
	int lines; /* as avahi-browse -p */
	int no_local;
	int resolve; /* -r */
	int no_titles; /* -k */
	int dump; /* -b */
	int verbose;
	int ipv4; /* -4 */
	int ipv6;
	int watch;
	struct sdreg_loop *loop;
	struct sdreg_browser *browser;
	struct browse_progress progress;
	size_t failed;
	size_t found;
	int incomplete; /* something could not be browsed */
	int lost; /* the daemon went, and is not back */
	int status;
};

enum {
	OPTION_TIMEOUT = OPTION_OWN,
	OPTION_NO_RESOLVE,
	OPTION_HTML,
	OPTION_INTERFACE,
	OPTION_TYPE,
	OPTION_SUBTYPE,
	OPTION_REGISTERED,
	OPTION_UNREGISTERED,
	OPTION_MALFORMED,
	OPTION_MAX_SERVICES,
	OPTION_MAX_TYPES,
	OPTION_WATCH,
	COUNT_MAX = 1000000,
};

/* ---- events ---- */

static void say_failed(const struct sdreg_service *service, const struct sdreg_error *error)
{
	fputs("sdreg: no answer from \"", stderr);
	print_text(stderr, sdreg_service_name(service));
	fputs("\" of type ", stderr);
	print_text(stderr, sdreg_service_type_text(service));
	fputs(error != NULL ? ": " : "", stderr);
	print_text(stderr, error != NULL ? error->text : "");
	fputc('\n', stderr);
}

/* What is no data: on standard error. */
static void say(const struct sdreg_event *event)
{
	const struct sdreg_error *const error = sdreg_event_error(event);
	if (sdreg_event_kind(event) == SDREG_EVENT_FAILED)
		say_failed(sdreg_event_service(event), error);
	else if (sdreg_event_kind(event) == SDREG_EVENT_DAEMON_BACK)
		fputs("sdreg: the daemon is back\n", stderr);
	else if (error != NULL)
		cli_error(error);
}

/* Those that this machine announces itself may be left out: as a whole, or place by place. */
static int is_ignored(const struct browse *b, const struct sdreg_event *event)
{
	const struct sdreg_service *const service = sdreg_event_service(event);
	const struct sdreg_place *const place = sdreg_event_place(event);
	if (!b->no_local || service == NULL)
		return 0;
	return place != NULL ? sdreg_place_is_local(place) : sdreg_service_is_local(service);
}

/* Services are kept as they are for text, and become a page at the end. */
static int show_html(struct browse *b, const struct sdreg_event *event)
{
	const struct snapshot_question question = {&b->cli->sources, &b->options, &b->filter,
		b->no_local};
	browse_html_hear(&b->html, event);
	if (sdreg_event_kind(event) != SDREG_EVENT_END)
		return browse_text_take(&b->text, event);
	return browse_html_write(&b->html, &question, b->text.services, b->text.count);
}

static int show(struct browse *b, const struct sdreg_event *event)
{
	if (b->cli->output.json)
		return event_print_json(&b->cli->sources, event);
	say(event);
	if (b->html.path != NULL)
		return show_html(b, event);
	return b->lines ? browse_print_line(event) : browse_text_take(&b->text, event);
}

static void count(struct browse *b, enum sdreg_event_kind kind)
{
	b->found += kind == SDREG_EVENT_ADDED || kind == SDREG_EVENT_DOMAIN_ADDED;
	b->failed += kind == SDREG_EVENT_FAILED;
	b->incomplete |= kind == SDREG_EVENT_ERROR;
	if (kind == SDREG_EVENT_DAEMON_LOST || kind == SDREG_EVENT_DAEMON_BACK)
		b->lost = kind == SDREG_EVENT_DAEMON_LOST;
}

static void take_event(struct browse *b, const struct sdreg_event *event)
{
	browse_progress_clear(&b->progress);
	if (show(b, event) != 0)
		b->status = STATUS_TROUBLE;
	count(b, sdreg_event_kind(event));
	if (sdreg_event_kind(event) == SDREG_EVENT_END || cli_flush(b->cli) != 0)
		sdreg_loop_quit(b->loop);
	else
		browse_progress_show(&b->progress);
}

static void on_event(void *user, const struct sdreg_event *event)
{
	struct browse *const b = user;
	struct browse_guard guard;
	if (is_ignored(b, event))
		return;
	if (b->options.snapshot)
		browse_guard_hold(&guard);
	take_event(b, event);
	if (b->options.snapshot && sdreg_event_kind(event) != SDREG_EVENT_END)
		browse_guard_go_on(&guard);
}

/* ---- browsing ---- */

static int outcome(const struct browse *b)
{
	if (b->verbose)
		fprintf(stderr, "sdreg: %zu services, of which %zu did not answer\n", b->found,
			b->failed);
	if (b->status != STATUS_FOUND || b->lost)
		return STATUS_TROUBLE;
	if (b->options.snapshot && (b->found == 0 || b->failed > 0 || b->incomplete))
		return STATUS_NOT_FOUND;
	return STATUS_FOUND;
}

static int start(struct browse *b)
{
	static const int signals[] = {SIGINT, SIGTERM};
	struct sdreg_error err = {.size = sizeof(err)};
	b->options.registry = b->cli->sources.registry;
	b->options.supplement = b->cli->sources.supplement;
	b->loop = sdreg_loop_new();
	if (b->loop == NULL) {
		fputs("sdreg: no event loop can be made\n", stderr);
		return STATUS_TROUBLE;
	}
	if (b->options.snapshot)
		browse_guard_start(b->options.timeout_ms);
	b->browser = sdreg_browser_new(sdreg_loop_poll(b->loop), &b->options, on_event, b, &err);
	if (b->browser == NULL)
		return cli_error(&err);
	/* Not before: a daemon that hangs is waited for, and the loop would not see the signal. */
	if (sdreg_loop_quit_on_signals(b->loop, signals, 2) < 0)
		b->status = STATUS_TROUBLE;
	browse_leave_start(&(struct browse_leave){.signals = {SIGINT, SIGTERM},
		.status = b->options.snapshot ? -1 : STATUS_FOUND});
	sdreg_loop_quit_on_hangup(b->loop, STDOUT_FILENO);
	browse_progress_begin(&b->progress, sdreg_loop_poll(b->loop), b->browser);
	if (sdreg_loop_run(b->loop) < 0)
		b->status = STATUS_TROUBLE;
	/* What has no end of its own may be ended; a snapshot that was cut short is none. */
	const int signal = sdreg_loop_signal(b->loop);
	if (b->options.snapshot || signal == SIGPIPE)
		b->cli->output.signal = signal;
	browse_progress_end(&b->progress);
	sdreg_browser_free(b->browser);
	return outcome(b);
}

/* ---- options ---- */

static const struct option own_options[] = {
	{"all", NULL, 'a'},
	{"browse-domains", NULL, 'D'},
	{"cache", NULL, 'c'},
	{"domain", "D", 'd'},
	{"dump-db", NULL, 'b'},
	{"ignore-local", NULL, 'l'},
	{"no-db-lookup", NULL, 'k'},
	{"no-fail", NULL, 'f'},
	{"parsable", NULL, 'p'},
	{"resolve", NULL, 'r'},
	{"terminate", NULL, 't'},
	{"verbose", NULL, 'v'},
	{"html", "FILE", OPTION_HTML},
	{"interface", "NAME", OPTION_INTERFACE},
	{"malformed", NULL, OPTION_MALFORMED},
	{"max-services", "N", OPTION_MAX_SERVICES},
	{"max-types", "N", OPTION_MAX_TYPES},
	{"no-resolve", NULL, OPTION_NO_RESOLVE},
	{"registered", NULL, OPTION_REGISTERED},
	{"subtype", "S", OPTION_SUBTYPE},
	{"timeout", "S", OPTION_TIMEOUT},
	{"type", "PATTERN", OPTION_TYPE},
	{"unregistered", NULL, OPTION_UNREGISTERED},
	{"watch", NULL, OPTION_WATCH},
	{NULL, NULL, '4'},
	{NULL, NULL, '6'},
	{NULL, NULL, 0},
};

/* Options that take a number. -1 after saying what is wrong with it. */
static int set_number(struct browse *b, const struct command *self, int option, const char *value)
{
	switch (option) {
	case OPTION_TIMEOUT:
		if (number_read_seconds(value, &b->options.timeout_ms) == 0)
			return 0;
		cli_usage(self, "--timeout takes 1 to 3600 seconds");
		return -1;
	case OPTION_MAX_SERVICES:
		if (number_read(value, COUNT_MAX, &b->options.services_max) == 0)
			return 0;
		cli_usage(self, "--max-services takes a number from 1 to 1000000");
		return -1;
	case OPTION_MAX_TYPES:
		if (number_read(value, COUNT_MAX, &b->options.types_max) == 0)
			return 0;
		cli_usage(self, "--max-types takes a number from 1 to 1000000");
		return -1;
	}
	return 0;
}

/* What an option without an argument sets to 1, or NULL: -a is so anyway. */
static int *flag_of(struct browse *b, int option)
{
	switch (option) {
	case '4':
		return &b->ipv4;
	case '6':
		return &b->ipv6;
	case 'D':
		return &b->options.domains;
	case 'b':
		return &b->dump;
	case 'c':
		return &b->options.cached;
	case 'f':
		return &b->options.wait_for_daemon;
	case 'k':
		return &b->no_titles;
	case 'l':
		return &b->no_local;
	case 'p':
		return &b->lines;
	case 'r':
		return &b->resolve;
	case 't':
		return &b->options.snapshot;
	case 'v':
		return &b->verbose;
	case OPTION_MALFORMED:
		return &b->filter.malformed;
	case OPTION_NO_RESOLVE:
		return &b->options.no_resolve;
	case OPTION_REGISTERED:
		return &b->filter.registered;
	case OPTION_UNREGISTERED:
		return &b->filter.unregistered;
	case OPTION_WATCH:
		return &b->watch;
	}
	return NULL;
}

static void set_option(struct browse *b, int option, const char *value)
{
	int *const flag = flag_of(b, option);
	if (flag != NULL)
		*flag = 1;
	else if (option == 'd')
		b->options.domain = sdreg_text_of(value);
	else if (option == OPTION_HTML)
		b->html.path = value;
	else if (option == OPTION_INTERFACE)
		b->options.interface = sdreg_text_of(value);
	else if (option == OPTION_TYPE)
		b->filter.pattern = value;
	else if (option == OPTION_SUBTYPE)
		b->subtype = value;
}

/* ---- types ---- */

/* The types in the arguments, as subtypes where one is asked for. 0, or -1 when out of memory. */
static int set_types(struct browse *b, char **types, size_t count)
{
	b->types = calloc(count + 1, sizeof(*b->types));
	if (b->types == NULL)
		return -1;
	b->options.types = b->types;
	for (; b->options.types_count < count; b->options.types_count++) {
		const char *const subtype = b->subtype != NULL ? b->subtype : "";
		const char *const between = b->subtype != NULL ? "._sub." : "";
		const char *const type = types[b->options.types_count];
		const size_t size = strlen(subtype) + strlen(between) + strlen(type) + 1;
		char *const full = malloc(size);
		if (full == NULL)
			return -1;
		snprintf(full, size, "%s%s%s", subtype, between, type);
		b->types[b->options.types_count] = sdreg_text_of(full);
	}
	return 0;
}

static void free_types(struct browse *b)
{
	for (size_t i = 0; i < b->options.types_count; i++)
		free((char *)b->types[i].at);
	free(b->types);
}

/* ---- the command ---- */

static int has_filter(const struct browse_filter *filter)
{
	return filter->pattern != NULL || filter->registered || filter->unregistered ||
		filter->malformed;
}

/* Says what does not go together. 0, or STATUS_TROUBLE. */
static int check_options(const struct browse *b, const struct command *self, size_t types)
{
	if (b->lines && b->cli->output.json)
		return cli_usage(self, "-p and --json are two forms of output: choose one");
	if (b->dump && b->cli->output.json)
		return cli_usage(self, "-b prints text; sdreg types --json has titles as JSON");
	if (b->html.path != NULL &&
		(!b->options.snapshot || b->lines || b->cli->output.json || b->dump ||
			b->options.domains))
		return cli_usage(self, "--html goes with -t or -c; not with -b, -D, -p, --json");
	if (b->subtype != NULL && types == 0)
		return cli_usage(self, "--subtype goes with a type");
	if (types > 0 && (b->dump || b->options.domains))
		return cli_usage(self, "-b and -D are about no type: name none");
	if (has_filter(&b->filter) && (types > 0 || b->dump || b->options.domains))
		return cli_usage(self,
			"--type, --registered, --unregistered and --malformed choose among all "
			"types: name none, and leave out -b and -D");
	if (b->ipv4 && b->ipv6)
		return cli_usage(self,
			"-4 and -6 exclude each other; without them, both are browsed");
	if (b->watch &&
		(b->lines || b->dump || b->cli->output.json || b->options.domains ||
			b->options.snapshot))
		return cli_usage(self, "--watch goes without -b, -c, -D, -p, -t and --json");
	return 0;
}

static void complete_options(struct browse *b)
{
	b->progress.is_on = b->options.snapshot && !b->lines && !b->cli->output.json &&
		!b->options.no_resolve && isatty(STDERR_FILENO);
	b->options.protocol = b->ipv4 ? 4 : b->ipv6 ? 6 : 0;
	b->options.places = b->lines;
	b->options.one_address = b->lines; /* as avahi-browse has it */
	b->options.no_resolve |= b->lines && !b->resolve;
	b->options.want = browse_filter_wants;
	b->options.want_user = &b->filter;
	b->text.cli = b->cli;
	b->text.is_snapshot = b->options.snapshot;
	b->text.is_unresolved = b->options.no_resolve;
}

/* What was asked for: titles, a screen, or the network in one form or another. */
static int answer(struct browse *b)
{
	struct cli *const cli = b->cli;
	if (cli_open(cli) != 0)
		return STATUS_TROUBLE;
	if (b->dump)
		return browse_print_types(&cli->sources, b->no_titles);
	complete_options(b);
	if (b->watch)
		return watch_run(cli, &b->options, b->no_local);
	int status = browse_text_open(&b->text) == 0 ? start(b) : STATUS_TROUBLE;
	if (browse_html_end(&b->html) != 0)
		status = STATUS_TROUBLE;
	sdreg_loop_free(b->loop);
	browse_text_close(&b->text);
	return status;
}

static int run(struct cli *cli, const struct command *self, struct arguments *arguments)
{
	struct browse b = {.cli = cli,
		.options = {.size = sizeof(b.options), .timeout_ms = SNAPSHOT_MS}};
	int status = STATUS_TROUBLE;
	int option;
	while ((option = cli_option(cli, self, arguments, own_options)) != ARGUMENTS_END) {
		if (set_number(&b, self, option, arguments->value) < 0)
			return STATUS_TROUBLE;
		set_option(&b, option, arguments->value);
	}
	b.options.snapshot |= b.options.cached; /* -c ends, too */
	if (check_options(&b, self, arguments->count) != 0)
		return STATUS_TROUBLE;
	if (b.watch && watch_enter(cli, self, arguments) != 0)
		return STATUS_TROUBLE;
	if (set_types(&b, arguments->words, arguments->count) == 0)
		status = answer(&b);
	else
		fputs("sdreg: out of memory for the types\n", stderr);
	free_types(&b);
	return status;
}

const struct command command_browse = {
	.name = "browse",
	.arguments = "[OPTIONS] [TYPE...]",
	.summary = "what is on this network, in words",
	.help = "Browses the network through avahi-daemon and tells of each service what the\n"
		"registry knows: all types, or those named, subtypes too\n"
		"(_printer._sub._http._tcp).\n\n"
		"As avahi-browse:\n"
		"  -t, --terminate     end when all that is there now has been shown; exit\n"
		"                      status 1 when there was nothing, or no answer\n"
		"  -b, --dump-db       the titles of all types that are known, and no network;\n"
		"                      with -k the types; `sdreg types` has both\n"
		"  -c, --cache         end when the daemon's cache has been shown\n"
		"  -d, --domain D      browse this domain\n"
		"  -D, --browse-domains\n"
		"                      the domains to browse in, instead of services\n"
		"  -f, --no-fail       wait for the daemon if it is not there yet\n"
		"  -l, --ignore-local  not what this machine announces\n"
		"  -p, --parsable      avahi-browse's lines (those of its -pk); with -r, hosts\n"
		"                      and TXT records too\n"
		"  -v, --verbose       say at the end how many services there were\n"
		"  -a, -k, -r          all types; no titles of Avahi's in -p; hosts and TXT\n"
		"                      records: without -p it is so anyway\n\n"
		"Not in avahi-browse:\n"
		"  -4, -6              over IPv4 or IPv6 only\n"
		"  --html FILE         with -t: write it as a page into FILE, - for standard\n"
		"                      output, and print nothing else\n"
		"  --interface NAME    on this network interface only\n"
		"  --type PATTERN      types like this, with * and ?: '_ipp*'\n"
		"  --subtype S         of the types named, this subtype\n"
		"  --registered, --unregistered, --malformed\n"
		"                      types that are registered, are not, break a rule; like\n"
		"                      --type, of all types, so that none is named\n"
		"  --max-services N, --max-types N\n"
		"                      most services and types that are kept; it says so if\n"
		"                      there are more (20000, 4000)\n"
		"  --no-resolve        ask for neither hosts nor TXT records\n"
		"  --timeout S         with -t: end after S seconds at the latest (20)\n"
		"  --watch             on the whole screen, as it changes; ? there shows keys\n",
	.run = run,
};
