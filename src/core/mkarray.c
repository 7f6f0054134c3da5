/* SPDX-License-Identifier: MIT */

/* mkarray NAME <BYTES >C: bytes as a C array, for the build. */

#include <stdio.h>

int main(int argc, char **argv)
{
	if (argc != 2)
		return 1;
	printf("#include \"embedded.h\"\n\nconst unsigned char %s[] = {", argv[1]);
	int c;
	for (unsigned long n = 0; (c = getchar()) != EOF; n++)
		printf("%s%d,", n % 20 == 0 ? "\n" : "", c);
	puts("\n};");
	return ferror(stdin) || fflush(stdout) != 0;
}
