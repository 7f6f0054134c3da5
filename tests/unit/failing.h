/* SPDX-License-Identifier: MIT */
#ifndef FAILING_H
#define FAILING_H

/* Allocations that fail when they are told to: those of the library, not of other libraries. For
 * programs that are linked with --wrap of these four, one source each. */

#include <stdlib.h>
#include <string.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
char *__wrap_strdup(const char *text);

static long left = -1; /* allocations before the one that fails; -1: none does */
static long blocks; /* that were allocated; who wraps free() as well can count down */

static int fails(void)
{
	return left >= 0 && left-- == 0;
}

static void *count(void *block)
{
	blocks += block != NULL;
	return block;
}

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : count(__real_malloc(size));
}

void *__wrap_calloc(size_t number, size_t size)
{
	return fails() ? NULL : count(__real_calloc(number, size));
}

void *__wrap_realloc(void *old, size_t size)
{
	return fails()        ? NULL
		: old != NULL ? __real_realloc(old, size)
			      : count(__real_malloc(size));
}

char *__wrap_strdup(const char *text)
{
	return fails() ? NULL : count(__real_strdup(text));
}

/* Lets the nth allocation of a run fail, for each n, until there are no more. A run gives 0 or an
 * error. Gives the number of allocations that a whole run takes. */
static inline long run_failing(int run(void *user), void *user, int wanted)
{
	for (long n = 0;; n++) {
		left = n;
		const int code = run(user);
		const int failed = left < 0;
		left = -1;
		if (!failed) {
			assert_int_equal(code, 0);
			return n;
		}
		if (code != wanted)
			fail_msg("allocation %ld: %d", n, code);
	}
}

#endif
