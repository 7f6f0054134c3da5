/* SPDX-License-Identifier: MIT */

/*
 * Services on the network in a program that runs GLib's main loop, as GTK's do: Avahi's adaptor
 * makes it an event loop for libsdreg-browse. Needs libsdreg-browse and avahi-glib:
 *
 *   cc glib-browse.c $(pkg-config --cflags --libs libsdreg-browse avahi-glib) -o glib-browse
 *   ./glib-browse _presence._tcp
 *
 * Shows all that is there now, then ends.
 */

#include <sdreg.h>
#include <sdreg/browse.h>

#include <avahi-glib/glib-watch.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>

struct app {
	GMainLoop *loop;
	int is_lost; /* the daemon went */
};

static void on_event(void *user, const struct sdreg_event *event)
{
	struct app *const app = user;
	const struct sdreg_service *const service = sdreg_event_service(event);
	const struct sdreg_error *const error = sdreg_event_error(event);
	char name[4 * SDREG_LABEL_SIZE];
	if (sdreg_event_kind(event) == SDREG_EVENT_RESOLVED) {
		const char *const instance = sdreg_service_name(service);
		sdreg_text_show(instance, strlen(instance), name, sizeof(name));
		g_print("%s: %s\n", name,
			sdreg_annotation_title(sdreg_service_annotation(service)));
	} else if (error != NULL) {
		g_printerr("glib-browse: %s\n", error->text);
	}
	app->is_lost |= sdreg_event_kind(event) == SDREG_EVENT_DAEMON_LOST;
	if (sdreg_event_kind(event) == SDREG_EVENT_END)
		g_main_loop_quit(app->loop);
}

int main(int argc, char **argv)
{
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_registry *const registry = sdreg_registry_embedded(&err);
	struct app app = {g_main_loop_new(NULL, FALSE), 0};
	AvahiGLibPoll *const poll = avahi_glib_poll_new(NULL, G_PRIORITY_DEFAULT);
	struct sdreg_text *const types = g_new(struct sdreg_text, argc);
	for (int i = 1; i < argc; i++)
		types[i - 1] = sdreg_text_of(argv[i]);
	const struct sdreg_browse_options options = {.size = sizeof(options),
		.registry = registry,
		.snapshot = 1,
		.types = types,
		.types_count = (size_t)(argc - 1)};
	struct sdreg_browser *const browser = registry == NULL
		? NULL
		: sdreg_browser_new(avahi_glib_poll_get(poll), &options, on_event, &app, &err);
	if (browser != NULL)
		g_main_loop_run(app.loop);
	else
		g_printerr("glib-browse: %s\n", err.text);
	sdreg_browser_free(browser);
	g_free(types);
	avahi_glib_poll_free(poll);
	g_main_loop_unref(app.loop);
	sdreg_registry_close(registry);
	return browser != NULL && !app.is_lost ? 0 : 2;
}
