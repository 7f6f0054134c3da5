/* SPDX-License-Identifier: MIT */

/* The event loop's time: what is set goes off after so long, whatever becomes of the wall clock. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sdreg/browse.h>

#include <avahi-common/watch.h>
#include <sys/time.h>
#include <unistd.h>

static long ahead_s; /* of the real wall clock */
int __real_gettimeofday(struct timeval *now, void *zone);
int __wrap_gettimeofday(struct timeval *now, void *zone);

int __wrap_gettimeofday(struct timeval *now, void *zone)
{
	const int result = __real_gettimeofday(now, zone);
	now->tv_sec += ahead_s;
	return result;
}

static struct timeval in_ms(long ms)
{
	struct timeval when;
	__wrap_gettimeofday(&when, NULL);
	when.tv_usec += ms * 1000;
	when.tv_sec += when.tv_usec / 1000000;
	when.tv_usec %= 1000000;
	return when;
}

struct rung {
	struct sdreg_loop *loop;
	char order[8];
	size_t count;
	size_t last; /* the loop ends with so many */
};

static void ring(struct rung *rung, char what)
{
	assert_true(rung->count + 1 < sizeof(rung->order));
	rung->order[rung->count++] = what;
	if (rung->count == rung->last)
		sdreg_loop_quit(rung->loop);
}

static void on_first(AvahiTimeout *timeout, void *user)
{
	struct rung *const rung = user;
	ring(rung, '1');
	ahead_s = -7200; /* the wall clock is set back */
	sdreg_loop_poll(rung->loop)->timeout_free(timeout);
}

static void on_second(AvahiTimeout *timeout, void *user)
{
	struct rung *const rung = user;
	const struct timeval again = in_ms(20);
	ring(rung, '2');
	sdreg_loop_poll(rung->loop)->timeout_update(timeout, &again);
}

static void on_input(AvahiWatch *watch, int fd, AvahiWatchEvent event, void *user)
{
	char byte;
	(void)watch;
	assert_int_equal(event, AVAHI_WATCH_IN);
	assert_int_equal(read(fd, &byte, 1), 1);
	ring(user, 'i');
}

static void test_set_back(void **state)
{
	struct rung rung = {.loop = sdreg_loop_new(), .last = 3};
	const AvahiPoll *const poll = sdreg_loop_poll(rung.loop);
	(void)state;
	ahead_s = 7200;
	const struct timeval soon = in_ms(30);
	const struct timeval later = in_ms(60);
	AvahiTimeout *const never = poll->timeout_new(poll, &soon, on_first, &rung);
	AvahiTimeout *const second = poll->timeout_new(poll, &later, on_second, &rung);
	assert_non_null(poll->timeout_new(poll, &soon, on_first, &rung));
	poll->timeout_update(never, NULL);
	assert_int_equal(sdreg_loop_run(rung.loop), SDREG_OK);
	assert_string_equal(rung.order, "122");
	poll->timeout_free(second);
	sdreg_loop_free(rung.loop); /* and what is left */
}

/* What is due at once, again and again, leaves room for descriptors: D-Bus is like that. */
static void on_always(AvahiTimeout *timeout, void *user)
{
	static const struct timeval at_once;
	struct rung *const rung = user;
	sdreg_loop_poll(rung->loop)->timeout_update(timeout, &at_once);
}

static void test_descriptors(void **state)
{
	struct rung rung = {.loop = sdreg_loop_new(), .last = 1};
	const AvahiPoll *const poll = sdreg_loop_poll(rung.loop);
	static const struct timeval at_once;
	int ends[2];
	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_non_null(poll->timeout_new(poll, &at_once, on_always, &rung));
	AvahiWatch *const watch = poll->watch_new(poll, ends[0], AVAHI_WATCH_IN, on_input, &rung);
	assert_int_equal(write(ends[1], "x", 1), 1);
	assert_int_equal(sdreg_loop_run(rung.loop), SDREG_OK);
	assert_string_equal(rung.order, "i");
	poll->watch_free(watch);
	sdreg_loop_free(rung.loop);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set_back),
		cmocka_unit_test(test_descriptors),
	};
	alarm(20); /* a loop that waits for ever */
	return cmocka_run_group_tests_name("loop", tests, NULL, NULL);
}
