/* SPDX-License-Identifier: MIT */
#ifndef XML_SUPPLEMENT_H
#define XML_SUPPLEMENT_H

#include "record.h"
#include "supplement-tell.h"

#include <libxml/parser.h>

/* Reading a supplement: service types and TXT keys in sdreg's own vocabulary, which
 * data/supplement.rng describes. */

enum supplement_place {
	SUPPLEMENT_OUTSIDE,
	SUPPLEMENT_ROOT,
	SUPPLEMENT_TYPE,
	SUPPLEMENT_KEYS,
	SUPPLEMENT_KEY,
};

/* A value of the key that is open: where its texts are among the key's notes. */
struct supplement_value {
	size_t text;
	size_t text_len;
	size_t meaning;
	size_t meaning_len;
	unsigned long line;
	unsigned bit;
};

struct supplement {
	enum supplement_place place;
	int text_depth; /* of the element whose text is kept, 0 if none */
	int skip_depth; /* of the outermost element that is passed over, 0 if none */
	struct texts *texts; /* where text goes */
	enum column column;
	struct texts type; /* also the title and the date of the whole */
	struct texts keys; /* name: the types; reference: the documents */
	struct texts key; /* notes: the texts of its values */
	unsigned long line; /* where the type or the key that is open begins */
	int has_title;
	int has_updated;
	int keys_begun;
	int no_source_told; /* of the keys that are open */
	struct given types_given;
	struct given keys_given; /* of the keys that are open */
	enum sdreg_key_need need;
	enum sdreg_key_form form;
	struct supplement_value *values;
	size_t values_count;
	size_t values_size;
};

void supplement_free(struct supplement *s);

/* The handlers for libxml2; user data is the reader. */
void supplement_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
	int spaces_count, const xmlChar **spaces, int count, int defaulted, const xmlChar **at);
void supplement_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space);
void supplement_characters(void *user, const xmlChar *text, int len);

#endif
