/* SPDX-License-Identifier: MIT */
#ifndef CORE_CHECK_CHECK_H
#define CORE_CHECK_CHECK_H

#include "report.h"

#include <sdreg/key.h>
#include <sdreg/txt.h>

/* The parts of a check. Each adds to the report what it finds. */

/* What follows from the type, the same for all. */
struct check {
	const struct sdreg_subject *subject;
	struct sdreg_report *report;
	int is_presence; /* of either transport */
	int is_clique;
};

/* The instance name and the domain, where they look like parts of a type. */
void check_name(const struct check *c);
/* The strings of a TXT record, and the record (RFC 6763 section 6). */
void check_txt(const struct check *c);
/* What the supplement says of a key; NULL if that is nothing. */
const struct sdreg_key *check_find_key(const struct check *c, const char *key, size_t len);
/* Whether the registry or the supplement names a key. */
int check_is_known(const struct check *c, const char *key, size_t len);
/* Keys that stand in the value of another, which the supplement may know. */
void check_joined(const struct check *c, const struct check_place *place,
	const struct sdreg_txt_item *item, const struct sdreg_key *own);
/* What the registry and the supplement say of the keys. */
void check_keys(const struct check *c);
/* The value of one that the supplement knows. */
void check_value_of(const struct check *c, const struct check_place *place,
	const struct sdreg_txt_item *item, const struct sdreg_key *key);
/* What a subtype asks for, where the keys are not known. */
void check_needs(const struct check *c);
void check_presence(const struct check *c);
/* Whether a key of presence has a value that is UTF-8, of which check_presence() tells. */
int check_is_presence_text(const struct check *c, const char *key, size_t len);
void check_clique(const struct check *c);

#endif
