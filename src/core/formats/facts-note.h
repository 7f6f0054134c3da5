/* SPDX-License-Identifier: MIT */
#ifndef CORE_FORMATS_FACTS_NOTE_H
#define CORE_FORMATS_FACTS_NOTE_H

#include <sdreg/registry.h>

/* Of a registry of facts the notes are left out. What they say of TXT keys is said again in a note
 * of our own, from which a reader of the export tells the same. */

enum { FACTS_NOTE_SIZE = 4096 };

/* An entry's note, or what stands for it, written into buf. */
const char *facts_note(const struct sdreg_entry *entry, char buf[FACTS_NOTE_SIZE]);

#endif
