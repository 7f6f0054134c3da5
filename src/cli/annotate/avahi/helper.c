/* SPDX-License-Identifier: MIT */

/* sdreg-avahi-names: the types of Avahi's own database and their titles, in every language, as
 * "type TAB title". A program of its own, so that sdreg itself never loads gdbm. */

#include "config.h"

#include <gdbm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A key is "_http._tcp" or, in another language, "_http._tcp[de]"; some count their NUL. */
static size_t type_length(datum key)
{
	size_t n = 0;
	while (n < (size_t)key.dsize && key.dptr[n] != '[' && key.dptr[n] != '\0')
		n++;
	return n;
}

static void print_pair(datum key, datum title)
{
	const size_t type = type_length(key);
	const size_t len = strnlen(title.dptr, (size_t)title.dsize);
	const int is_line = memchr(title.dptr, '\n', len) == NULL &&
		memchr(title.dptr, '\t', len) == NULL;
	if (type > 0 && key.dptr[0] == '_' && is_line)
		printf("%.*s\t%.*s\n", (int)type, key.dptr, (int)len, title.dptr);
}

int main(void)
{
	char path[] = AVAHI_DATABASE;
	const GDBM_FILE db = gdbm_open(path, 0, GDBM_READER | GDBM_NOLOCK, 0, NULL);
	if (db == NULL)
		return 1;
	datum key = gdbm_firstkey(db);
	while (key.dptr != NULL) {
		const datum title = gdbm_fetch(db, key);
		if (title.dptr != NULL)
			print_pair(key, title);
		free(title.dptr);
		const datum next = gdbm_nextkey(db, key);
		free(key.dptr);
		key = next;
	}
	gdbm_close(db);
	return fflush(stdout) == 0 ? 0 : 1;
}
