/* SPDX-License-Identifier: MIT */

/* sdreg check --live: every service on the network against the rules. */

#include "check.h"
#include "cli/common/cli.h"
#include "cli/common/print.h"
#include "cli/live/guard.h"
#include "cli/live/leave.h"
#include "cli/show/question.h"

#include <sdreg/browse.h>

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct check_live {
	struct cli *cli;
	struct sdreg_loop *loop;
	struct sdreg_txt *txt;
	int strict;
	int syntax_only;
	size_t found;
	int status;
};

enum {
	ADDRESSES_MAX = 64,
};

/* ---- a service ---- */

/* The instance name in full, which is what the answer is about. */
static int name_of(const struct sdreg_service *service, char name[SDREG_NAME_SIZE])
{
	struct sdreg_type type = *sdreg_service_type(service);
	const char *const instance = sdreg_service_name(service);
	const char *const domain = sdreg_service_domain(service);
	if (strlen(instance) >= sizeof(type.instance) || strlen(domain) >= sizeof(type.domain))
		return -1;
	type.instance_len = (unsigned char)strlen(instance);
	memcpy(type.instance, instance, type.instance_len + 1U);
	memcpy(type.domain, domain, strlen(domain) + 1);
	return sdreg_type_format(&type, SDREG_TYPE_PART_ALL, name, SDREG_NAME_SIZE);
}

static int check_service(const struct check_live *live, const struct sdreg_service *service)
{
	char name[SDREG_NAME_SIZE];
	struct sdreg_text addresses[ADDRESSES_MAX];
	const char *address;
	size_t count = 0;
	if (name_of(service, name) < 0 || sdreg_service_read_txt(service, live->txt) < 0) {
		fputs("sdreg: a service cannot be checked: out of memory\n", stderr);
		return STATUS_TROUBLE;
	}
	while (count < ADDRESSES_MAX && (address = sdreg_service_address(service, count)) != NULL)
		addresses[count++] = sdreg_text_of(address);
	struct sdreg_subject subject = {
		.size = sizeof(subject),
		.txt = live->txt,
		.host = sdreg_text_of(sdreg_service_host(service)),
		.has_port = 1,
		.port = sdreg_service_port(service),
		.addresses = addresses,
		.address_count = count,
	};
	struct question q = {.text = name,
		.strict = live->strict,
		.syntax_only = live->syntax_only};
	question_read(&q);
	int status = STATUS_TROUBLE;
	if (question_answer(&live->cli->sources, &q, &subject) == 0 &&
		question_print(live->cli->output.json, &live->cli->sources, &q) == 0)
		status = question_is_valid(&q) ? STATUS_FOUND : STATUS_NOT_FOUND;
	question_clear(&q);
	return status;
}

static void say_silent(const struct sdreg_service *service)
{
	fputs("sdreg: not checked, as it does not answer: \"", stderr);
	print_text(stderr, sdreg_service_name(service));
	fputs("\" of type ", stderr);
	print_text(stderr, sdreg_service_type_text(service));
	fputc('\n', stderr);
}

/* What cannot be read breaks a rule, too, and is no trouble of ours. */
static int say_error(const struct sdreg_error *error)
{
	cli_error(error);
	return error->code == SDREG_E_SYNTAX ? STATUS_NOT_FOUND : STATUS_TROUBLE;
}

static void take_event(struct check_live *live, const struct sdreg_event *event)
{
	int status = STATUS_FOUND;
	const struct sdreg_service *const service = sdreg_event_service(event);
	switch (sdreg_event_kind(event)) {
	case SDREG_EVENT_ADDED:
		live->found++;
		break;
	case SDREG_EVENT_RESOLVED:
		status = check_service(live, service);
		break;
	case SDREG_EVENT_FAILED:
		say_silent(service);
		status = STATUS_NOT_FOUND;
		break;
	case SDREG_EVENT_DAEMON_LOST:
	case SDREG_EVENT_ERROR:
		status = say_error(sdreg_event_error(event));
		break;
	case SDREG_EVENT_WARNING:
		cli_error(sdreg_event_error(event));
		break;
	case SDREG_EVENT_CHANGED:
	case SDREG_EVENT_REMOVED:
	case SDREG_EVENT_DAEMON_BACK:
	case SDREG_EVENT_END:
	case SDREG_EVENT_PLACE_ADDED:
	case SDREG_EVENT_PLACE_RESOLVED:
	case SDREG_EVENT_PLACE_REMOVED:
	case SDREG_EVENT_DOMAIN_ADDED:
	case SDREG_EVENT_DOMAIN_REMOVED:
		break;
	}
	live->status = status > live->status ? status : live->status;
	if (sdreg_event_kind(event) == SDREG_EVENT_END || cli_flush(live->cli) != 0)
		sdreg_loop_quit(live->loop);
}

static void on_event(void *user, const struct sdreg_event *event)
{
	struct browse_guard guard;
	browse_guard_hold(&guard);
	take_event(user, event);
	if (sdreg_event_kind(event) != SDREG_EVENT_END)
		browse_guard_go_on(&guard);
}

/* ---- the command ---- */

static int look(struct check_live *live, const struct sdreg_browse_options *options)
{
	static const int signals[] = {SIGINT, SIGTERM};
	struct sdreg_error err = {.size = sizeof(err)};
	live->loop = sdreg_loop_new();
	live->txt = sdreg_txt_new();
	if (live->loop == NULL || live->txt == NULL) {
		fputs("sdreg: no event loop can be made\n", stderr);
		return STATUS_TROUBLE;
	}
	browse_guard_start(options->timeout_ms);
	struct sdreg_browser *const browser =
		sdreg_browser_new(sdreg_loop_poll(live->loop), options, on_event, live, &err);
	if (browser == NULL)
		return cli_error(&err);
	if (sdreg_loop_quit_on_signals(live->loop, signals, 2) < 0)
		live->status = STATUS_TROUBLE;
	browse_leave_start(&(struct browse_leave){.signals = {SIGINT, SIGTERM}, .status = -1});
	sdreg_loop_quit_on_hangup(live->loop, STDOUT_FILENO);
	if (sdreg_loop_run(live->loop) < 0)
		live->status = STATUS_TROUBLE;
	live->cli->output.signal = sdreg_loop_signal(live->loop);
	sdreg_browser_free(browser);
	if (live->found > 0 || live->status != STATUS_FOUND || live->cli->output.signal != 0)
		return live->status;
	fputs("sdreg: there is no such service on the network\n", stderr);
	return STATUS_NOT_FOUND;
}

static int look_for(struct check_live *live, struct sdreg_browse_options *options,
	const struct arguments *types)
{
	struct sdreg_text *const named = calloc(types->count + 1, sizeof(*named));
	if (named == NULL) {
		fputs("sdreg: out of memory for the types\n", stderr);
		return STATUS_TROUBLE;
	}
	for (size_t i = 0; i < types->count; i++)
		named[i] = sdreg_text_of(types->words[i]);
	options->types = named;
	options->types_count = types->count;
	const int status = look(live, options);
	free(named);
	return status;
}

static int run(struct cli *cli, const struct command *self, struct arguments *arguments)
{
	struct check_options o;
	if (check_read_options(cli, self, arguments, &o) != 0)
		return STATUS_TROUBLE;
	struct check_live live = {.cli = cli, .strict = o.strict, .syntax_only = o.syntax_only};
	struct sdreg_browse_options options = {.size = sizeof(options),
		.snapshot = 1,
		.one_address = 1,
		.timeout_ms = o.timeout_ms != 0 ? o.timeout_ms : SNAPSHOT_MS,
		.domain = sdreg_text_of(o.domain)};
	if (cli_open(cli) != 0)
		return STATUS_TROUBLE;
	options.registry = cli->sources.registry;
	options.supplement = cli->sources.supplement;
	const int status = look_for(&live, &options, arguments);
	sdreg_loop_free(live.loop);
	sdreg_txt_free(live.txt);
	return status;
}

const struct command command_check_live = {
	.name = "check",
	.arguments = CHECK_ARGUMENTS,
	.summary = CHECK_SUMMARY,
	.help = CHECK_HELP,
	.run = run,
};
