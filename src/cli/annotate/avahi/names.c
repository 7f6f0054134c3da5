/* SPDX-License-Identifier: MIT */
#include "names.h"

#include "cli/common/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	LINES_MAX = 10000 /* Avahi 0.8 has a hundred */
};

struct avahi_name {
	char *title;
	char *type;
};

struct avahi_names {
	struct avahi_name *name; /* sorted by title */
	size_t count;
};

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct avahi_name *)a)->title, ((const struct avahi_name *)b)->title);
}

/* Adds a line "type TAB title LF" of the helper's. */
static int add_line(struct avahi_names *names, const char *line)
{
	const size_t type_len = strcspn(line, "\t\n");
	if (line[type_len] != '\t')
		return 0;
	const char *const title = line + type_len + 1;
	struct avahi_name *const grown = realloc(names->name, (names->count + 1) * sizeof(*grown));
	if (grown == NULL)
		return -1;
	names->name = grown;
	struct avahi_name *const name = &grown[names->count];
	name->title = strndup(title, strcspn(title, "\n"));
	name->type = strndup(line, type_len);
	names->count++;
	return name->title != NULL && name->type != NULL ? 0 : -1;
}

/* Starts the helper. Gives its standard output, or NULL. */
static FILE *start_helper(pid_t *child)
{
	int ends[2];
	char *const program = helper_path("sdreg-avahi-names");
	if (program == NULL || access(program, X_OK) != 0 || pipe(ends) < 0) {
		free(program);
		return NULL;
	}
	fflush(NULL); /* nothing that waits here may be written twice */
	*child = fork();
	if (*child == 0) {
		if (dup2(ends[1], STDOUT_FILENO) >= 0) {
			close(ends[0]);
			close(ends[1]);
			execl(program, "sdreg-avahi-names", (char *)NULL);
		}
		_exit(STATUS_TROUBLE);
	}
	free(program);
	close(ends[1]);
	FILE *const out = *child > 0 ? fdopen(ends[0], "r") : NULL;
	if (out == NULL)
		close(ends[0]);
	return out;
}

/* Reads what the helper prints. NULL for want of memory. */
static struct avahi_names *read_names(FILE *in)
{
	struct avahi_names *names = calloc(1, sizeof(*names));
	char *line = NULL;
	size_t size = 0;
	while (names != NULL && names->count < LINES_MAX && getline(&line, &size, in) > 0) {
		if (add_line(names, line) == 0)
			continue;
		avahi_names_free(names);
		names = NULL;
	}
	free(line);
	if (names != NULL && names->count > 0)
		qsort(names->name, names->count, sizeof(*names->name), compare);
	return names;
}

struct avahi_names *avahi_names_load(void)
{
	pid_t child = -1;
	FILE *const in = start_helper(&child);
	if (in == NULL)
		return NULL;
	struct avahi_names *const names = read_names(in);
	fclose(in);
	waitpid(child, NULL, 0);
	return names;
}

const char *avahi_names_type(const struct avahi_names *names, struct sdreg_text title)
{
	char key[256];
	if (names == NULL || names->count == 0 || title.len >= sizeof(key))
		return NULL;
	memcpy(key, title.at, title.len);
	key[title.len] = '\0';
	const struct avahi_name wanted = {key, NULL};
	const struct avahi_name *const found =
		bsearch(&wanted, names->name, names->count, sizeof(*names->name), compare);
	return found != NULL ? found->type : NULL;
}

void avahi_names_free(struct avahi_names *names)
{
	if (names == NULL)
		return;
	for (size_t i = 0; i < names->count; i++) {
		free(names->name[i].title);
		free(names->name[i].type);
	}
	free(names->name);
	free(names);
}
