/* SPDX-License-Identifier: MIT */

/*
 * Who is on this network (XEP-0174)? A live list of buddies, a line for each that comes (+),
 * changes (~), falls silent (?) or goes (-). Needs libsdreg-browse:
 *
 *   cc roster.c $(pkg-config --cflags --libs libsdreg-browse) -o roster
 *   ./roster
 */

#include <sdreg.h>
#include <sdreg/browse.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>

/* What the network said goes to no terminal as it is. */
static void print(const char *before, const char *bytes, size_t len)
{
	char shown[4 * 256 + 1];
	sdreg_text_show(bytes, len, shown, sizeof(shown));
	printf("%s%s", before, shown);
}

/* Name, status, instance name, host and port, message: with tabs between them. */
static void show(char mark, const struct sdreg_service *service, struct sdreg_txt *txt)
{
	struct sdreg_presence presence = {.size = sizeof(presence)};
	const char *const instance = sdreg_service_name(service);
	const char *const host = sdreg_service_host(service);
	char name[256];
	if (sdreg_service_read_txt(service, txt) < 0)
		return;
	sdreg_presence_read(txt, &presence);
	putchar(mark);
	print(" ", name,
		sdreg_presence_name(&presence, instance, strlen(instance), name, sizeof(name)));
	printf("\t%s", sdreg_status_text(presence.status));
	print("\t", instance, strlen(instance));
	print("\t", host, strlen(host));
	printf(":%u", (unsigned)sdreg_service_port(service));
	print("\t", presence.message.at, presence.message.len);
	putchar('\n');
	fflush(stdout);
}

static void on_event(void *user, const struct sdreg_event *event)
{
	struct sdreg_txt *const txt = user;
	const struct sdreg_service *const service = sdreg_event_service(event);
	switch (sdreg_event_kind(event)) {
	case SDREG_EVENT_RESOLVED:
		show('+', service, txt);
		break;
	case SDREG_EVENT_CHANGED:
		show('~', service, txt);
		break;
	case SDREG_EVENT_FAILED: /* no answer; one that went without a goodbye ends so, too */
		show('?', service, txt);
		break;
	case SDREG_EVENT_REMOVED:
		show('-', service, txt);
		break;
	case SDREG_EVENT_DAEMON_LOST:
	case SDREG_EVENT_ERROR:
	case SDREG_EVENT_WARNING:
		fprintf(stderr, "roster: %s\n", sdreg_event_error(event)->text);
		break;
	default: /* ADDED: nothing is known as yet; DAEMON_BACK: the others follow */
		break;
	}
}

int main(void)
{
	static const int signals[] = {SIGINT, SIGTERM};
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_registry *const registry = sdreg_registry_embedded(&err);
	struct sdreg_txt *const txt = sdreg_txt_new();
	struct sdreg_loop *const loop = sdreg_loop_new();
	const struct sdreg_text type = sdreg_text_of("_presence._tcp");
	const struct sdreg_browse_options options = {.size = sizeof(options),
		.registry = registry,
		.types = &type,
		.types_count = 1};
	struct sdreg_browser *browser = NULL;
	int status = 2;
	if (registry != NULL && txt != NULL && loop != NULL &&
		sdreg_loop_quit_on_signals(loop, signals, 2) == SDREG_OK)
		browser = sdreg_browser_new(sdreg_loop_poll(loop), &options, on_event, txt, &err);
	if (browser == NULL)
		fprintf(stderr, "roster: %s\n", err.text);
	else if (sdreg_loop_run(loop) == SDREG_OK)
		status = 0;
	sdreg_browser_free(browser);
	sdreg_loop_free(loop);
	sdreg_txt_free(txt);
	sdreg_registry_close(registry);
	return status;
}
