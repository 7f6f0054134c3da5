/* SPDX-License-Identifier: MIT */

/* sdreg browse: the network, annotated. A snapshot is shown at its end, in order; without an end,
 * each event is shown when it comes. */

#include "cli.h"
#include "print.h"
#include "seconds.h"
#include "service.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

struct browse {
	struct cli *cli;
	struct sdreg_browse_options options;
	struct sdreg_loop *loop;
	const struct sdreg_service **services; /* of a snapshot */
	size_t count;
	size_t room;
	size_t failed;
	size_t found;
	int lost; /* the daemon went during a snapshot */
	int status;
};

enum {
	OPTION_TIMEOUT = OPTION_OWN,
	OPTION_NO_RESOLVE,
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
		if (!b->options.snapshot)
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
		show_snapshot(b);
		break;
	}
}

static void on_event(void *user, const struct sdreg_event *event)
{
	struct browse *const b = user;
	if (b->cli->json) {
		if (event_print_json(b->cli, event) != 0)
			b->status = STATUS_TROUBLE;
	} else {
		show_text(b, event);
	}
	b->found += event->kind == SDREG_EVENT_ADDED;
	b->failed += event->kind == SDREG_EVENT_FAILED;
	b->lost |= event->kind == SDREG_EVENT_DAEMON_LOST;
	if (event->kind == SDREG_EVENT_ADDED && b->options.snapshot)
		keep(b, event->service);
	if (event->kind == SDREG_EVENT_REMOVED && b->options.snapshot)
		forget(b, event->service);
	if (event->kind == SDREG_EVENT_END || fflush(stdout) != 0)
		sdreg_loop_quit(b->loop);
}

/* ---- the command ---- */

static int start(struct browse *b)
{
	static const int signals[] = {SIGINT, SIGTERM};
	struct sdreg_error err = {0};
	b->options.registry = b->cli->registry;
	b->options.supplement = b->cli->supplement;
	b->loop = sdreg_loop_new();
	if (b->loop == NULL || sdreg_loop_quit_on_signals(b->loop, signals, 2) < 0) {
		fputs("sdreg: no event loop can be made\n", stderr);
		return STATUS_TROUBLE;
	}
	struct sdreg_browser *const browser =
		sdreg_browser_new(sdreg_loop_poll(b->loop), &b->options, on_event, b, &err);
	if (browser == NULL)
		return cli_error(&err);
	if (sdreg_loop_run(b->loop) < 0)
		b->status = STATUS_TROUBLE;
	sdreg_browser_free(browser);
	if (b->status != STATUS_FOUND || b->lost)
		return STATUS_TROUBLE;
	if (b->options.snapshot && (b->found == 0 || b->failed > 0))
		return STATUS_NOT_FOUND;
	return STATUS_FOUND;
}

static int run(struct cli *cli, const struct command *self, int argc, char **argv)
{
	static const struct option own[] = {
		{"all", no_argument, NULL, 'a'},
		{"resolve", no_argument, NULL, 'r'},
		{"terminate", no_argument, NULL, 't'},
		{"domain", required_argument, NULL, 'd'},
		{"no-fail", no_argument, NULL, 'f'},
		{"no-resolve", no_argument, NULL, OPTION_NO_RESOLVE},
		{"timeout", required_argument, NULL, OPTION_TIMEOUT},
		{NULL, 0, NULL, 0},
	};
	struct browse b = {.cli = cli};
	int option;
	while ((option = cli_option(cli, self, argc, argv, "artfd:", own)) != -1) {
		if (option == 't')
			b.options.snapshot = 1;
		else if (option == 'd')
			b.options.domain = optarg;
		else if (option == 'f')
			b.options.wait_for_daemon = 1;
		else if (option == OPTION_NO_RESOLVE)
			b.options.no_resolve = 1;
		else if (option == OPTION_TIMEOUT &&
			seconds_read(optarg, &b.options.timeout_ms) < 0)
			return cli_usage(self, "--timeout takes 1 to 3600 seconds");
	}
	b.options.types = (const char *const *)(argv + optind);
	b.options.types_count = (size_t)(argc - optind);
	if (cli_open(cli) != 0)
		return STATUS_TROUBLE;
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
		"  -t, --terminate  end when all that is there now has been shown; exit status\n"
		"                   1 when there was nothing, or something did not answer\n"
		"  -d, --domain D   browse this domain\n"
		"  -f, --no-fail    wait for the daemon if it is not there yet\n"
		"  --no-resolve     ask for neither hosts nor TXT records\n"
		"  --timeout S      with -t: end after S seconds at the latest (20)\n"
		"  -a, -r           as in avahi-browse; both are so anyway\n",
	.run = run,
};
