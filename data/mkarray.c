/* SPDX-License-Identifier: MIT */

/* mkarray NAME HEADER <BYTES >C: bytes as a C array that HEADER declares, for the build, and a NUL
 * behind them. They are written as strings: a compiler takes a tenth of the time for those that it
 * takes for numbers. */

#include <stdio.h>

enum { WIDTH = 90 };

/* Whether a byte can stand for itself: not a digit, which would belong to an escape before it, and
 * nothing that is special in a string, or in a trigraph. */
static int is_plain(int c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '?' && (c < '0' || c > '9');
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 1;
	printf("#include \"%s\"\n\nconst unsigned char %s[] =\n\"", argv[2], argv[1]);
	int c;
	for (int column = 0; (c = getchar()) != EOF;) {
		if (column >= WIDTH) {
			fputs("\"\n\"", stdout);
			column = 0;
		}
		column += printf(is_plain(c) ? "%c" : "\\%o", (unsigned)c);
	}
	puts("\";");
	return ferror(stdin) || fflush(stdout) != 0;
}
