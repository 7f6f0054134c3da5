/* SPDX-License-Identifier: MIT */

/* sdreg browse: the network, annotated. A snapshot is shown at its end, in order; without an end,
 * each event is shown when it comes. */

#include "browse-filter.h"
#include "browse-guard.h"
#include "browse-lines.h"
#include "browse-progress.h"
#include "cli.h"
#include "print.h"
#include "seconds.h"
#include "service.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct browse {
	struct cli *cli;
	struct sdreg_browse_options options;
	struct browse_filter filter;
	const char *subtype;
	int lines; /* as avahi-browse -p */
	int no_local;
	int verbose;
	struct sdreg_loop *loop;
	struct sdreg_browser *browser;
	struct browse_progress progress;
	const struct sdreg_service **services; /* of a snapshot */
	size_t count;
	size_t room;
	size_t failed;
	size_t found;
	int lost; /* the daemon went, and is not back */
	int status;
};

enum {
	TIMEOUT_MS = 20000,
};

enum {
	OPTION_TIMEOUT = OPTION_OWN,
	OPTION_NO_RESOLVE,
	OPTION_INTERFACE,
	OPTION_TYPE,
	OPTION_SUBTYPE,
	OPTION_REGISTERED,
	OPTION_UNREGISTERED,
	OPTION_MALFORMED,
};

/* ---- a snapshot: services are kept until the end ---- */

static void keep(struct browse *b, const struct sdreg_service *service)
{
	if (b->count == b->room) {
		const size_t room = b->room > 0 ? 2 * b->room : 64;
		const struct sdreg_service **const grown =
			realloc(b->services, room * sizeof(*grown));
		if (grown == NULL) {
			fputs("sdreg: no memory for the services found\n", stderr);
			b->status = STATUS_TROUBLE;
			sdreg_loop_quit(b->loop);
			return;
		}
		b->services = grown;
		b->room = room;
	}
	b->services[b->count++] = service;
}

static void forget(struct browse *b, const struct sdreg_service *service)
{
	for (size_t i = 0; i < b->count; i++)
		if (b->services[i] == service)
			b->services[i] = b->services[--b->count];
}

static int compare(const void *left, const void *right)
{
	const struct sdreg_service *const a = *(const struct sdreg_service *const *)left;
	const struct sdreg_service *const b = *(const struct sdreg_service *const *)right;
	const int order = strcmp(sdreg_service_type_text(a), sdreg_service_type_text(b));
	return order != 0 ? order : strcmp(sdreg_service_name(a), sdreg_service_name(b));
}

static void show_snapshot(struct browse *b)
{
	const char *type = "";
	if (b->count > 0)
		qsort(b->services, b->count, sizeof(*b->services), compare);
	for (size_t i = 0; i < b->count; i++) {
		const struct sdreg_service *const s = b->services[i];
		if (strcmp(type, sdreg_service_type_text(s)) != 0) {
			if (i > 0)
				putchar('\n');
			service_print_type(b->cli, s);
		}
		type = sdreg_service_type_text(s);
		service_print_text(b->cli, s);
		if (!b->options.no_resolve && !sdreg_service_is_resolved(s))
			puts("    no answer");
	}
	if (b->count == 0)
		return;
	fputs("\nsource: ", stdout);
	print_text(stdout, b->cli->source);
	putchar('\n');
}

/* ---- events ---- */

static void say_failed(const struct sdreg_event *event)
{
	fputs("sdreg: no answer from \"", stderr);
	print_text(stderr, sdreg_service_name(event->service));
	fputs("\" of type ", stderr);
	print_text(stderr, sdreg_service_type_text(event->service));
	fputs(event->error != NULL ? ": " : "", stderr);
	print_text(stderr, event->error != NULL ? event->error->text : "");
	fputc('\n', stderr);
}

/* A live event: a mark as avahi-browse has it, then the service. */
static void show_live(const struct browse *b, const struct sdreg_event *event)
{
	static const char marks[] = {
		[SDREG_EVENT_ADDED] = '+',
		[SDREG_EVENT_RESOLVED] = '=',
		[SDREG_EVENT_CHANGED] = '~',
		[SDREG_EVENT_REMOVED] = '-',
	};
	printf("%c ", marks[event->kind]);
	service_print_type(b->cli, event->service);
	if (event->kind == SDREG_EVENT_RESOLVED || event->kind == SDREG_EVENT_CHANGED) {
		service_print_text(b->cli, event->service);
		return;
	}
	fputs("  ", stdout);
	print_text(stdout, sdreg_service_name(event->service));
	putchar('\n');
}

static void show_text(struct browse *b, const struct sdreg_event *event)
{
	switch (event->kind) {
	case SDREG_EVENT_ADDED:
	case SDREG_EVENT_RESOLVED:
	case SDREG_EVENT_CHANGED:
	case SDREG_EVENT_REMOVED:
		if (!b->options.snapshot && !b->lines)
			show_live(b, event);
		break;
	case SDREG_EVENT_FAILED:
		say_failed(event);
		break;
	case SDREG_EVENT_DAEMON_LOST:
	case SDREG_EVENT_ERROR:
		if (event->error != NULL)
			cli_error(event->error);
		break;
	case SDREG_EVENT_DAEMON_BACK:
		fputs("sdreg: the daemon is back\n", stderr);
		break;
	case SDREG_EVENT_END:
		if (!b->lines)
			show_snapshot(b);
		break;
	case SDREG_EVENT_PLACE_ADDED:
	case SDREG_EVENT_PLACE_RESOLVED:
	case SDREG_EVENT_PLACE_REMOVED:
		if (browse_print_line(event) < 0)
			b->status = STATUS_TROUBLE;
		break;
	}
}

/* Those that this machine announces itself may be left out: as a whole, or place by place. */
static int is_ignored(const struct browse *b, const struct sdreg_event *event)
{
	if (!b->no_local || event->service == NULL)
		return 0;
	return event->place != NULL ? event->place->is_local
				    : sdreg_service_is_local(event->service);
}

static void take_event(struct browse *b, const struct sdreg_event *event)
{
	browse_progress_clear(&b->progress);
	if (b->cli->json) {
		if (event_print_json(b->cli, event) != 0)
			b->status = STATUS_TROUBLE;
	} else {
		show_text(b, event);
	}
	b->found += event->kind == SDREG_EVENT_ADDED;
	b->failed += event->kind == SDREG_EVENT_FAILED;
	if (event->kind == SDREG_EVENT_DAEMON_LOST || event->kind == SDREG_EVENT_DAEMON_BACK)
		b->lost = event->kind == SDREG_EVENT_DAEMON_LOST;
	if (event->kind == SDREG_EVENT_ADDED && b->options.snapshot)
		keep(b, event->service);
	if (event->kind == SDREG_EVENT_REMOVED && b->options.snapshot)
		forget(b, event->service);
	if (event->kind == SDREG_EVENT_END || cli_flush(b->cli) != 0)
		sdreg_loop_quit(b->loop);
	else
		browse_progress_show(&b->progress, b->browser);
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
	if (b->options.snapshot && event->kind != SDREG_EVENT_END)
		browse_guard_go_on(&guard);
}

/* ---- the command ---- */

static int start(struct browse *b)
{
	static const int signals[] = {SIGINT, SIGTERM};
	struct sdreg_error err = {0};
	b->options.registry = b->cli->registry;
	b->options.supplement = b->cli->supplement;
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
	sdreg_loop_quit_on_hangup(b->loop, STDOUT_FILENO);
	if (sdreg_loop_run(b->loop) < 0)
		b->status = STATUS_TROUBLE;
	/* What has no end of its own may be ended; a snapshot that was cut short is none. */
	const int signal = sdreg_loop_signal(b->loop);
	if (b->options.snapshot || signal == SIGPIPE)
		b->cli->signal = signal;
	browse_progress_clear(&b->progress);
	sdreg_browser_free(b->browser);
	if (b->verbose)
		fprintf(stderr, "sdreg: %zu services, of which %zu did not answer\n", b->found,
			b->failed);
	if (b->status != STATUS_FOUND || b->lost)
		return STATUS_TROUBLE;
	if (b->options.snapshot && (b->found == 0 || b->failed > 0))
		return STATUS_NOT_FOUND;
	return STATUS_FOUND;
}

/* ---- options ---- */

static const struct option own_options[] = {
	{"all", no_argument, NULL, 'a'},
	{"cache", no_argument, NULL, 'c'},
	{"domain", required_argument, NULL, 'd'},
	{"ignore-local", no_argument, NULL, 'l'},
	{"no-db-lookup", no_argument, NULL, 'k'},
	{"no-fail", no_argument, NULL, 'f'},
	{"parsable", no_argument, NULL, 'p'},
	{"resolve", no_argument, NULL, 'r'},
	{"terminate", no_argument, NULL, 't'},
	{"verbose", no_argument, NULL, 'v'},
	{"interface", required_argument, NULL, OPTION_INTERFACE},
	{"malformed", no_argument, NULL, OPTION_MALFORMED},
	{"no-resolve", no_argument, NULL, OPTION_NO_RESOLVE},
	{"registered", no_argument, NULL, OPTION_REGISTERED},
	{"subtype", required_argument, NULL, OPTION_SUBTYPE},
	{"timeout", required_argument, NULL, OPTION_TIMEOUT},
	{"type", required_argument, NULL, OPTION_TYPE},
	{"unregistered", no_argument, NULL, OPTION_UNREGISTERED},
	{NULL, 0, NULL, 0},
};

/* Options of our own. -1 for a value that is none. */
static int set_filter(struct browse *b, int option)
{
	switch (option) {
	case OPTION_INTERFACE:
		b->options.interface = optarg;
		break;
	case OPTION_TYPE:
		b->filter.pattern = optarg;
		break;
	case OPTION_SUBTYPE:
		b->subtype = optarg;
		break;
	case OPTION_REGISTERED:
		b->filter.registered = 1;
		break;
	case OPTION_UNREGISTERED:
		b->filter.unregistered = 1;
		break;
	case OPTION_MALFORMED:
		b->filter.malformed = 1;
		break;
	case OPTION_NO_RESOLVE:
		b->options.no_resolve = 1;
		break;
	case OPTION_TIMEOUT:
		return seconds_read(optarg, &b->options.timeout_ms);
	}
	return 0;
}

/* avahi-browse's; *resolve is -r. */
static int set_option(struct browse *b, int option, int *resolve)
{
	switch (option) {
	case 'c':
		b->options.cached = 1;
		b->options.snapshot = 1;
		break;
	case 't':
		b->options.snapshot = 1;
		break;
	case 'd':
		b->options.domain = optarg;
		break;
	case 'f':
		b->options.wait_for_daemon = 1;
		break;
	case 'l':
		b->no_local = 1;
		break;
	case 'p':
		b->lines = 1;
		break;
	case 'r':
		*resolve = 1;
		break;
	case 'v':
		b->verbose = 1;
		break;
	case '4':
	case '6':
		b->options.protocol = option - '0';
		break;
	default: /* -a and -k: it is so anyway */
		return set_filter(b, option);
	}
	return 0;
}

/* The types in the arguments, as subtypes where one is asked for. */
static int set_types(struct browse *b, char **types, size_t count)
{
	b->options.types = (const char *const *)types;
	b->options.types_count = count;
	if (b->subtype == NULL)
		return 0;
	for (size_t i = 0; i < count; i++) {
		const size_t size = strlen(b->subtype) + strlen("._sub.") + strlen(types[i]) + 1;
		char *const full = malloc(size);
		if (full == NULL)
			return -1;
		snprintf(full, size, "%s._sub.%s", b->subtype, types[i]);
		types[i] = full; /* lives as long as the program */
	}
	return 0;
}

static int run(struct cli *cli, const struct command *self, int argc, char **argv)
{
	struct browse b = {.cli = cli, .options.timeout_ms = TIMEOUT_MS};
	int resolve = 0;
	int option;
	optind = 0; /* from here on options may follow types, as they may with avahi-browse */
	while ((option = cli_option(cli, self, argc, argv, "acd:fklprtv46", own_options)) != -1)
		if (set_option(&b, option, &resolve) < 0)
			return cli_usage(self, "--timeout takes 1 to 3600 seconds");
	if (b.lines && cli->json)
		return cli_usage(self, "-p and --json are two forms of output: choose one");
	if (b.subtype != NULL && optind == argc)
		return cli_usage(self, "--subtype goes with a type");
	if (set_types(&b, argv + optind, (size_t)(argc - optind)) < 0) {
		fputs("sdreg: no memory for the types\n", stderr);
		return STATUS_TROUBLE;
	}
	if (cli_open(cli) != 0)
		return STATUS_TROUBLE;
	b.progress.is_on = b.options.snapshot && !b.lines && !cli->json &&
		!b.options.no_resolve && isatty(STDERR_FILENO);
	b.options.places = b.lines;
	b.options.no_resolve |= b.lines && !resolve;
	b.options.want = browse_filter_wants;
	b.options.want_user = &b.filter;
	const int status = start(&b);
	sdreg_loop_free(b.loop);
	free(b.services);
	return status;
}

const struct command command_browse = {
	.name = "browse",
	.arguments = "[OPTIONS] [TYPE...]",
	.summary = "what is on this network, in words",
	.help =
		"Browses the network through avahi-daemon and tells of each service what the\n"
		"registry knows: all types, or those named, subtypes too\n"
		"(_printer._sub._http._tcp).\n\n"
		"As avahi-browse:\n"
		"  -t, --terminate     end when all that is there now has been shown; exit\n"
		"                      status 1 when there was nothing, or no answer\n"
		"  -c, --cache         end when the daemon's cache has been shown\n"
		"  -d, --domain D      browse this domain\n"
		"  -f, --no-fail       wait for the daemon if it is not there yet\n"
		"  -l, --ignore-local  not what this machine announces\n"
		"  -p, --parsable      avahi-browse's lines (those of its -pk); with -r, hosts\n"
		"                      and TXT records too\n"
		"  -v, --verbose       say at the end how many services there were\n"
		"  -a, -k, -r          all types; no titles of Avahi's in -p; hosts and TXT\n"
		"                      records: without -p it is so anyway\n\n"
		"Of its own:\n"
		"  -4, -6              over IPv4 or IPv6 only\n"
		"  --interface NAME    on this network interface only\n"
		"  --type PATTERN      types like this, with * and ?: '_ipp*'\n"
		"  --subtype S         of the types named, this subtype\n"
		"  --registered, --unregistered, --malformed\n"
		"                      types that are registered, are not, break a rule\n"
		"  --no-resolve        ask for neither hosts nor TXT records\n"
		"  --timeout S         with -t: end after S seconds at the latest (20)\n",
	.run = run,
};
