/* SPDX-License-Identifier: MIT */

/* The event loop for programs that have none, and TXT records from and to Avahi's lists. Neither
 * takes a daemon. */

#include "table.h"

#include <avahi-common/strlst.h>
#include <avahi-common/watch.h>
#include <sdreg/avahi.h>
#include <sdreg/browse.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>

/* Ends a loop, after it has noted that it was called. */
struct call {
	struct sdreg_loop *loop;
	int count;
	int raises; /* signal, or 0 */
	int hangs_up; /* descriptor to close, or -1 */
};

static void on_timeout(AvahiTimeout *timeout, void *user)
{
	struct call *const call = user;
	(void)timeout;
	call->count++;
	if (call->raises != 0)
		assert_int_equal(kill(getpid(), call->raises), 0);
	else if (call->hangs_up >= 0)
		close(call->hangs_up);
	else
		sdreg_loop_quit(call->loop);
}

/* Runs with a call that comes at once, and with one that ends it after a second in any case. */
static int run(struct call *call)
{
	const AvahiPoll *const poll = sdreg_loop_poll(call->loop);
	struct call late = {.loop = call->loop, .hangs_up = -1};
	struct timeval now;
	struct timeval second;
	gettimeofday(&now, NULL);
	second = (struct timeval){now.tv_sec + 1, now.tv_usec};
	AvahiTimeout *const soon = poll->timeout_new(poll, &now, on_timeout, call);
	AvahiTimeout *const end = poll->timeout_new(poll, &second, on_timeout, &late);
	assert_int_equal(sdreg_loop_run(call->loop), 0);
	assert_int_equal(call->count, 1);
	poll->timeout_free(soon);
	poll->timeout_free(end);
	return late.count;
}

static void test_quit(void **state)
{
	struct call call = {.loop = sdreg_loop_new(), .hangs_up = -1};
	(void)state;
	assert_non_null(call.loop);
	for (int again = 0; again < 2; again++) {
		assert_int_equal(run(&call), 0);
		assert_int_equal(sdreg_loop_signal(call.loop), 0);
		call.count = 0;
	}
	sdreg_loop_free(call.loop);
	sdreg_loop_free(NULL);
}

static int is_blocked(int signal)
{
	sigset_t now;
	assert_int_equal(sigprocmask(SIG_BLOCK, NULL, &now), 0);
	return sigismember(&now, signal);
}

static volatile sig_atomic_t caught;

static void catch (int signal)
{
	caught = signal;
}

/* A signal that is waited for ends the loop, and is blocked as long as there is one; sent twice, it
 * does nothing afterwards. */
static void test_signals(void **state)
{
	static const int first[] = {SIGUSR1};
	static const int second[] = {SIGUSR2, SIGHUP};
	static const int bad[] = {12345};
	struct call call = {.loop = sdreg_loop_new(), .hangs_up = -1, .raises = SIGUSR1};
	sigset_t hup;
	(void)state;
	caught = 0;
	signal(SIGUSR1, catch);
	signal(SIGUSR2, SIG_IGN);
	signal(SIGHUP, SIG_DFL); /* of nohup */
	sigemptyset(&hup);
	sigaddset(&hup, SIGHUP);
	assert_int_equal(sigprocmask(SIG_BLOCK, &hup, NULL), 0);
	assert_int_equal(sdreg_loop_quit_on_signals(call.loop, bad, 1), SDREG_E_IO);
	assert_int_equal(sdreg_loop_quit_on_signals(call.loop, first, 1), 0);
	assert_int_equal(sdreg_loop_quit_on_signals(call.loop, second, 2), 0);
	assert_true(is_blocked(SIGUSR1));
	assert_false(is_blocked(SIGUSR2)); /* which is ignored, and stays so */
	assert_int_equal(run(&call), 0);
	assert_int_equal(sdreg_loop_signal(call.loop), SIGUSR1);
	call = (struct call){call.loop, 0, SIGHUP, -1};
	assert_int_equal(run(&call), 0);
	assert_int_equal(sdreg_loop_signal(call.loop), SIGHUP);
	assert_int_equal(kill(getpid(), SIGUSR1), 0); /* timeout(1) sends one twice */
	sdreg_loop_free(call.loop);
	assert_int_equal(caught, 0);
	assert_false(is_blocked(SIGUSR1));
	assert_true(is_blocked(SIGHUP)); /* as it was */
	/* without one that ended it, a signal is not lost */
	call.loop = sdreg_loop_new();
	assert_int_equal(sdreg_loop_quit_on_signals(call.loop, first, 1), 0);
	assert_int_equal(kill(getpid(), SIGUSR1), 0);
	sdreg_loop_free(call.loop);
	assert_int_equal(caught, SIGUSR1);
	sigprocmask(SIG_UNBLOCK, &hup, NULL);
	signal(SIGUSR1, SIG_DFL);
	signal(SIGUSR2, SIG_DFL);
}

/* Who reads what is written has gone. */
static void test_hangup(void **state)
{
	int ends[2];
	(void)state;
	assert_int_equal(pipe(ends), 0);
	struct call call = {.loop = sdreg_loop_new(), .hangs_up = ends[0]};
	assert_int_equal(sdreg_loop_quit_on_hangup(call.loop, -1), SDREG_E_IO);
	assert_int_equal(sdreg_loop_quit_on_hangup(call.loop, ends[1]), 0);
	assert_int_equal(sdreg_loop_quit_on_hangup(call.loop, ends[1]), SDREG_E_IO);
	assert_int_equal(run(&call), 0);
	assert_int_equal(sdreg_loop_signal(call.loop), SIGPIPE);
	sdreg_loop_free(call.loop);
	close(ends[1]);
	/* as long as it is read, nothing happens */
	assert_int_equal(pipe(ends), 0);
	call = (struct call){.loop = sdreg_loop_new(), .hangs_up = -1};
	assert_int_equal(sdreg_loop_quit_on_hangup(call.loop, ends[1]), 0);
	assert_int_equal(run(&call), 0);
	assert_int_equal(sdreg_loop_signal(call.loop), 0);
	sdreg_loop_free(call.loop);
	close(ends[0]);
	close(ends[1]);
}

/* ---- TXT records ---- */

static AvahiStringList *list_of(size_t count, size_t len)
{
	static const uint8_t bytes[300];
	AvahiStringList *list = NULL;
	while (count-- > 0)
		list = avahi_string_list_add_arbitrary(list, bytes, len);
	return list;
}

static void test_from_list(void **state)
{
	static const struct {
		size_t count, len;
		int result;
	} rows[] = {
		{0, 0, 0},
		{1, 0, 0},
		{1, 255, 0},
		{1, 256, SDREG_E_LIMIT},
		{3, 255, 0},
		{2, 256, SDREG_E_LIMIT},
	};
	struct sdreg_txt *const txt = sdreg_txt_new();
	struct sdreg_text text;
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		AvahiStringList *const list = list_of(rows[i].count, rows[i].len);
		sdreg_txt_clear(txt);
		assert_int_equal(sdreg_txt_add_avahi(txt, list), rows[i].result);
		/* one empty string is an empty record (RFC 6763 section 6.1) */
		assert_int_equal(sdreg_txt_count(txt),
			rows[i].result == 0 && rows[i].len > 0 ? rows[i].count : 0);
		avahi_string_list_free(list);
	}
	AvahiStringList *const list = avahi_string_list_new("b=2", "a=1", "", NULL);
	sdreg_txt_clear(txt);
	assert_int_equal(sdreg_txt_add_avahi(txt, list), 0);
	assert_int_equal(sdreg_txt_count(txt), 3);
	size_t found = 0;
	for (size_t i = 0; sdreg_txt_string(txt, i, &text); i++)
		found |= text.len == 0 ? 1U : text.at[0] == 'a' ? 2U : text.at[0] == 'b' ? 4U : 8U;
	assert_int_equal(found, 7);
	avahi_string_list_free(list);
	/* all the memory that a record may take, and a string more */
	AvahiStringList *const most = list_of(SDREG_TXT_MEMORY_MAX / 256 + 2, 255);
	sdreg_txt_clear(txt);
	assert_int_equal(sdreg_txt_add_avahi(txt, most), SDREG_E_LIMIT);
	avahi_string_list_free(most);
	sdreg_txt_free(txt);
}

static void test_to_list(void **state)
{
	struct sdreg_txt *const txt = sdreg_txt_new();
	AvahiStringList *list = NULL;
	char text[32];
	char bytes[255] = "";
	(void)state;
	assert_int_equal(sdreg_txt_add(txt, "a=1", 3), 0);
	assert_int_equal(sdreg_txt_add(txt, "b=\"\1", 4), 0);
	assert_int_equal(sdreg_txt_to_avahi(txt, &list), 0);
	assert_int_equal(avahi_string_list_length(list), 2);
	assert_memory_equal(list->text, "b=\"\1", 4); /* the first is the last */
	avahi_string_list_free(list);
	const int len = sdreg_txt_print_avahi(txt, text, sizeof(text));
	/* Avahi prints a list from its end */
	assert_string_equal(text, "\"b=\\\"\\001\" \"a=1\"");
	assert_int_equal(len, strlen(text));
	assert_int_equal(sdreg_txt_print_avahi(txt, text, (size_t)len + 1), len);
	assert_int_equal(sdreg_txt_print_avahi(txt, text, (size_t)len), SDREG_E_LIMIT);
	assert_string_equal(text, "");
	text[0] = 'x';
	assert_int_equal(sdreg_txt_print_avahi(txt, text, 0), SDREG_E_LIMIT);
	assert_int_equal(text[0], 'x');
	sdreg_txt_clear(txt);
	for (size_t i = 0; i < 255; i++) /* 65,280 bytes */
		assert_int_equal(sdreg_txt_add(txt, bytes, 255), 0);
	assert_int_equal(sdreg_txt_add(txt, bytes, 254), 0); /* 65,535 */
	assert_int_equal(sdreg_txt_to_avahi(txt, &list), 0);
	assert_int_equal(avahi_string_list_length(list), 256);
	avahi_string_list_free(list);
	assert_int_equal(sdreg_txt_add(txt, bytes, 0), 0); /* one more */
	assert_int_equal(sdreg_txt_to_avahi(txt, &list), SDREG_E_LIMIT);
	sdreg_txt_free(txt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quit),
		cmocka_unit_test(test_signals),
		cmocka_unit_test(test_hangup),
		cmocka_unit_test(test_from_list),
		cmocka_unit_test(test_to_list),
	};
	return cmocka_run_group_tests_name("loop", tests, NULL, NULL);
}
