/* SPDX-License-Identifier: MIT */

/*
 * A peer that is not ours: a client without a face, made of libpurple and its Bonjour account.
 *
 *   purple-peer DIRECTORY USER PORT [OPTION=VALUE...]
 *
 * The options are the account's: first, last, jid, AIM.
 * Commands come on standard input, a line each: "status available|away|unavailable|invisible",
 * "send BUDDY TEXT", "quit". What happens goes to standard output, a line each:
 *   online · buddy NAME ALIAS STATUS · gone NAME · message FROM TEXT · error TEXT
 * with tabs between the words.
 */

#include <purple.h>

#include <glib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UI_ID "sdreg-test"

struct peer {
	GMainLoop *loop;
	PurpleAccount *account;
};

static void say(const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
	putchar('\n');
	fflush(stdout);
}

/* ---- libpurple's event loop is GLib's ---- */

struct input {
	PurpleInputFunction fn;
	gpointer data;
};

static gboolean on_io(GIOChannel *channel, GIOCondition condition, gpointer data)
{
	const struct input *const input = data;
	PurpleInputCondition what = 0;
	if ((condition & (G_IO_IN | G_IO_HUP | G_IO_ERR)) != 0)
		what |= PURPLE_INPUT_READ;
	if ((condition & (G_IO_OUT | G_IO_HUP | G_IO_ERR | G_IO_NVAL)) != 0)
		what |= PURPLE_INPUT_WRITE;
	input->fn(input->data, g_io_channel_unix_get_fd(channel), what);
	return TRUE;
}

static guint add_input(int fd, PurpleInputCondition condition, PurpleInputFunction fn,
	gpointer data)
{
	struct input *const input = g_new0(struct input, 1);
	GIOCondition what = 0;
	input->fn = fn;
	input->data = data;
	if ((condition & PURPLE_INPUT_READ) != 0)
		what |= G_IO_IN | G_IO_HUP | G_IO_ERR;
	if ((condition & PURPLE_INPUT_WRITE) != 0)
		what |= G_IO_OUT | G_IO_HUP | G_IO_ERR | G_IO_NVAL;
	GIOChannel *const channel = g_io_channel_unix_new(fd);
	const guint id =
		g_io_add_watch_full(channel, G_PRIORITY_DEFAULT, what, on_io, input, g_free);
	g_io_channel_unref(channel);
	return id;
}

static PurpleEventLoopUiOps loop_ops = {
	.timeout_add = g_timeout_add,
	.timeout_remove = g_source_remove,
	.input_add = add_input,
	.input_remove = g_source_remove,
	.timeout_add_seconds = g_timeout_add_seconds,
};

/* ---- what happens ---- */

static void on_online(PurpleConnection *connection, struct peer *peer)
{
	(void)connection;
	(void)peer;
	say("online");
}

static void on_connection_error(PurpleConnection *connection, PurpleConnectionError code,
	const char *text, struct peer *peer)
{
	(void)connection;
	(void)code;
	say("error\t%s", text);
	g_main_loop_quit(peer->loop);
}

static void say_buddy(PurpleBuddy *buddy)
{
	PurpleStatus *const status =
		purple_presence_get_active_status(purple_buddy_get_presence(buddy));
	const char *const message = purple_status_get_attr_string(status, "message");
	say("buddy\t%s\t%s\t%s\t%s", purple_buddy_get_name(buddy), purple_buddy_get_alias(buddy),
		purple_status_get_id(status), message != NULL ? message : "");
}

static void on_signed_on(PurpleBuddy *buddy, struct peer *peer)
{
	(void)peer;
	say_buddy(buddy);
}

static void on_status(PurpleBuddy *buddy, PurpleStatus *old, PurpleStatus *status,
	struct peer *peer)
{
	(void)old;
	(void)status;
	(void)peer;
	say_buddy(buddy);
}

static void on_gone(PurpleBuddy *buddy, struct peer *peer)
{
	(void)peer;
	say("gone\t%s", purple_buddy_get_name(buddy));
}

static void on_message(PurpleAccount *account, char *sender, char *message,
	PurpleConversation *conversation, PurpleMessageFlags flags, struct peer *peer)
{
	(void)account;
	(void)conversation;
	(void)flags;
	(void)peer;
	char *const text = purple_markup_strip_html(message);
	say("message\t%s\t%s", sender, text);
	g_free(text);
}

static void connect_signals(struct peer *peer)
{
	static int handle;
	void *const connections = purple_connections_get_handle();
	void *const buddies = purple_blist_get_handle();
	purple_signal_connect(connections, "signed-on", &handle, PURPLE_CALLBACK(on_online), peer);
	purple_signal_connect(connections, "connection-error", &handle,
		PURPLE_CALLBACK(on_connection_error), peer);
	purple_signal_connect(buddies, "buddy-signed-on", &handle, PURPLE_CALLBACK(on_signed_on),
		peer);
	purple_signal_connect(buddies, "buddy-status-changed", &handle, PURPLE_CALLBACK(on_status),
		peer);
	purple_signal_connect(buddies, "buddy-removed", &handle, PURPLE_CALLBACK(on_gone), peer);
	purple_signal_connect(purple_conversations_get_handle(), "received-im-msg", &handle,
		PURPLE_CALLBACK(on_message), peer);
}

/* ---- commands ---- */

static void send_text(struct peer *peer, char *line)
{
	char *const space = strchr(line, ' ');
	if (space == NULL)
		return;
	*space = '\0';
	PurpleConversation *conversation =
		purple_find_conversation_with_account(PURPLE_CONV_TYPE_IM, line, peer->account);
	if (conversation == NULL)
		conversation = purple_conversation_new(PURPLE_CONV_TYPE_IM, peer->account, line);
	char *const html = g_markup_escape_text(space + 1, -1);
	purple_conv_im_send(PURPLE_CONV_IM(conversation), html);
	g_free(html);
}

static gboolean on_command(GIOChannel *channel, GIOCondition condition, gpointer data)
{
	struct peer *const peer = data;
	char *line = NULL;
	(void)condition;
	if (g_io_channel_read_line(channel, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL) {
		g_main_loop_quit(peer->loop);
		return FALSE;
	}
	g_strchomp(line);
	if (strncmp(line, "status ", 7) == 0)
		purple_account_set_status(peer->account, line + 7, TRUE, NULL);
	else if (strncmp(line, "send ", 5) == 0)
		send_text(peer, line + 5);
	else
		g_main_loop_quit(peer->loop);
	g_free(line);
	return TRUE;
}

/* ---- beginning ---- */

static int begin(struct peer *peer, int argc, char **argv)
{
	purple_util_set_user_dir(argv[1]);
	purple_debug_set_enabled(FALSE);
	purple_eventloop_set_ui_ops(&loop_ops);
	if (!purple_core_init(UI_ID)) {
		say("error\tlibpurple does not start");
		return -1;
	}
	purple_set_blist(purple_blist_new());
	connect_signals(peer);
	peer->account = purple_account_new(argv[2], "prpl-bonjour");
	purple_account_set_int(peer->account, "port", atoi(argv[3]));
	for (int i = 4; i < argc; i++) {
		char **const pair = g_strsplit(argv[i], "=", 2);
		purple_account_set_string(peer->account, pair[0], pair[1]);
		g_strfreev(pair);
	}
	purple_accounts_add(peer->account);
	purple_account_set_enabled(peer->account, UI_ID, TRUE);
	purple_savedstatus_activate(purple_savedstatus_new(NULL, PURPLE_STATUS_AVAILABLE));
	return 0;
}

int main(int argc, char **argv)
{
	struct peer peer = {.loop = g_main_loop_new(NULL, FALSE)};
	if (argc < 4) {
		fputs("usage: purple-peer DIRECTORY USER PORT [OPTION=VALUE...]\n", stderr);
		return 2;
	}
	if (begin(&peer, argc, argv) < 0)
		return 1;
	GIOChannel *const input = g_io_channel_unix_new(0);
	g_io_channel_set_encoding(input, NULL, NULL);
	g_io_add_watch(input, G_IO_IN | G_IO_HUP, on_command, &peer);
	g_main_loop_run(peer.loop);
	purple_core_quit();
	return 0;
}
