/* SPDX-License-Identifier: MIT */

/* To be preloaded: puts a program that never asked for a locale into $SDREG_TEST_LOCALE, as an
 * application might that uses the library. The tools of the tests ask for theirs, and keep it. */

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

__attribute__((constructor)) static void enter_locale(void)
{
	const char *const name = getenv("SDREG_TEST_LOCALE");
	/* the system's messages stay English, which the tests compare */
	if (name == NULL ||
		(setlocale(LC_ALL, name) != NULL && setlocale(LC_MESSAGES, "C") != NULL))
		return;
	fprintf(stderr, "there is no locale %s\n", name);
	_Exit(99);
}
