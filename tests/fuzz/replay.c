/* SPDX-License-Identifier: MIT */

/* Runs files, or all files of directories, through a fuzz target that has no fuzzer in it; with -p
 * what they begin with, too, for many lengths, as if they were torn off. */

#include "fuzz.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

enum { PREFIXES = 250 };

static unsigned long inputs;
static int with_prefixes;

static void die(const char *path)
{
	fprintf(stderr, "%s: %s\n", path, strerror(errno));
	exit(2);
}

static void replay_file(const char *path)
{
	uint8_t *bytes = NULL;
	size_t size = 0;
	size_t len = 0;
	FILE *const in = fopen(path, "rb");
	if (in == NULL)
		die(path);
	do {
		size = size > 0 ? 2 * size : 4096;
		uint8_t *const grown = realloc(bytes, size);
		if (grown == NULL)
			die(path);
		bytes = grown;
		len += fread(bytes + len, 1, size - len, in);
	} while (len == size);
	if (ferror(in))
		die(path);
	fclose(in);
	for (size_t i = 0; with_prefixes && i < len; i += 1 + len / PREFIXES)
		LLVMFuzzerTestOneInput(bytes, i);
	LLVMFuzzerTestOneInput(bytes, len);
	inputs++;
	free(bytes);
}

static void replay_directory(const char *path)
{
	DIR *const directory = opendir(path);
	const struct dirent *entry;
	if (directory == NULL)
		die(path);
	while ((entry = readdir(directory)) != NULL) {
		char file[4096];
		const int n = snprintf(file, sizeof(file), "%s/%s", path, entry->d_name);
		if (entry->d_name[0] != '.' && n > 0 && (size_t)n < sizeof(file))
			replay_file(file);
	}
	closedir(directory);
}

int main(int argc, char **argv)
{
	with_prefixes = argc > 1 && strcmp(argv[1], "-p") == 0;
	if (argc < 2 + with_prefixes) {
		fprintf(stderr, "usage: %s [-p] FILE|DIRECTORY...\n", argv[0]);
		return 2;
	}
	for (int i = 1 + with_prefixes; i < argc; i++) {
		struct stat st;
		if (stat(argv[i], &st) < 0)
			die(argv[i]);
		if (S_ISDIR(st.st_mode))
			replay_directory(argv[i]);
		else
			replay_file(argv[i]);
	}
	printf("%lu inputs\n", inputs);
	return 0;
}
