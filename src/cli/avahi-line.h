/* SPDX-License-Identifier: MIT */
#ifndef AVAHI_LINE_H
#define AVAHI_LINE_H

#include <sdreg.h>

/* A line that avahi-browse -p prints for a service. All texts are parts of the line, escaped as
 * they stand there. */
struct avahi_line {
	char event; /* '+', '-' or '=' */
	struct sdreg_text interface;
	struct sdreg_text protocol;
	struct sdreg_text name;
	struct sdreg_text type; /* "_http._tcp" with -k, else a title of Avahi's database */
	struct sdreg_text domain;
	struct sdreg_text host; /* this and the others with '=' only */
	struct sdreg_text address;
	struct sdreg_text port;
	struct sdreg_text txt;
};

/* Reads a line without its line break. 1, or 0 when it is no such line. */
int avahi_line_read(const char *at, size_t len, struct avahi_line *line);

/* Takes the escapes out of a label as Avahi writes them. out has room for text.len bytes. Gives the
 * length. What is no escape stays as it is. */
size_t avahi_unescape(struct sdreg_text text, char *out);

/* The next quoted string of a TXT field, its escapes taken out; rest moves on. out has room for
 * rest->len bytes. Gives 1 with *len written, or 0 at the end. */
int avahi_txt_next(struct sdreg_text *rest, char *out, size_t *len);

#endif
