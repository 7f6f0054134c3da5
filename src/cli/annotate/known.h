/* SPDX-License-Identifier: MIT */
#ifndef CLI_ANNOTATE_KNOWN_H
#define CLI_ANNOTATE_KNOWN_H

#include "cli/common/sources.h"
#include "port.h"

/* What is known of type fields and TXT keys, each looked up once: a network has a few dozen. */

enum { KNOWN_ADDED_MAX = 1 << 15 };

struct known {
	size_t hash;
	uint32_t number; /* no other has it */
	struct sdreg_text field; /* "_http._tcp", or a title of Avahi's database */
	int is_type; /* 0 for what leads to no type */
	const char *verdict; /* a word for programs */
	struct sdreg_type type;
	struct sdreg_annotation *annotation; /* of a type */
	struct sdreg_text added; /* "TAB verdict TAB title", below KNOWN_ADDED_MAX */
	struct port_words ports; /* of a type */
};

struct knowns;

/* NULL for want of memory. */
struct knowns *knowns_new(const struct sources *from);
void knowns_free(struct knowns *knowns);

/* What a field means; it lives until the next call. NULL for want of memory. */
struct known *knowns_find(struct knowns *knowns, struct sdreg_text field);

/* Whether a text is a title of Avahi's database. */
int knowns_has_title(struct knowns *knowns, struct sdreg_text title);

/* What is known of a TXT key of what knowns_find() gave last. */
enum sdreg_key_verdict knowns_key(struct knowns *knowns, const struct known *known,
	struct sdreg_text key);

#endif
