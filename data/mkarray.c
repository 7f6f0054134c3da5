/* SPDX-License-Identifier: MIT */

/* mkarray NAME HEADER <BYTES >C: bytes as a C array that HEADER declares, for the build. */

#include <stdio.h>

int main(int argc, char **argv)
{
	if (argc != 3)
		return 1;
	printf("#include \"%s\"\n\nconst unsigned char %s[] = {", argv[2], argv[1]);
	int c;
	for (unsigned long n = 0; (c = getchar()) != EOF; n++)
		printf("%s%d,", n % 20 == 0 ? "\n" : "", c);
	puts("\n};");
	return ferror(stdin) || fflush(stdout) != 0;
}
