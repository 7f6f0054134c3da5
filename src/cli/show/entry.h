/* SPDX-License-Identifier: MIT */
#ifndef CLI_SHOW_ENTRY_H
#define CLI_SHOW_ENTRY_H

#include "cli/common/sources.h"

#include <stdio.h>

/* Entries, shown to people and to programs. */

/* The port column: "", "5298" or "6000-6063". */
void entry_port_text(const struct sdreg_entry *entry, char buf[16]);

/* The nth type of an entry as text; 0 past the last. */
int entry_type_text(const struct sdreg_entry *entry, unsigned nth, char buf[SDREG_NAME_SIZE]);

/* "for tcp (port 5298)", "for udp, without a port", "with neither transport nor port". */
void entry_print_assignment(FILE *out, const struct sdreg_entry *entry);

/* The same in a word or two: "tcp 5298", "udp no port", "port 6000-6063", or "no port or
 * transport". */
void entry_print_place(FILE *out, const struct sdreg_entry *entry);

/* A block of lines: the entry with all its columns that are not empty, its name in bold type if so
 * asked. */
void entry_print_text(FILE *out, int bold, const struct sources *from,
	const struct sdreg_registry *registry, const struct sdreg_entry *entry);

/* The object of one entry, jansson's json_t; NULL for want of memory. */
struct json_t;
struct json_t *entry_json(const struct sources *from, const struct sdreg_registry *registry,
	const struct sdreg_entry *entry);

/* Adds "known" and "warning": how the supplement knows of a type, and what it warns of. Its entry
 * may be NULL. */
void entry_add_known(struct json_t *object, const struct sdreg_entry *supplement);

/* The same as one line. 0, or STATUS_TROUBLE for want of memory. */
int entry_print_json(FILE *out, const struct sources *from, const struct sdreg_registry *registry,
	const struct sdreg_entry *entry);

/* What answers with this entry, in words. */
const char *entry_source(const struct sources *from, const struct sdreg_registry *registry);

#endif
