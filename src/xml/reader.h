/* SPDX-License-Identifier: MIT */
#ifndef XML_READER_H
#define XML_READER_H

#include "markup-write.h"
#include "record.h"

#include <libxml/parser.h>
#include <sdreg/error.h>
#include <sdreg/registry.h>
#include <sdreg/xml.h>

/* The elements that matter, in IANA's vocabulary; the commonest first, for they are searched in
 * this order. */
enum element {
	ELEMENT_OTHER,
	ELEMENT_XREF,
	ELEMENT_NAME,
	ELEMENT_RECORD,
	ELEMENT_DESCRIPTION,
	ELEMENT_NUMBER,
	ELEMENT_PROTOCOL,
	ELEMENT_PERSON,
	ELEMENT_URI,
	ELEMENT_UPDATED,
	ELEMENT_NOTE,
	ELEMENT_ASSIGNEE,
	ELEMENT_ORG,
	ELEMENT_BR,
	ELEMENT_PARAGRAPH,
	ELEMENT_UNAUTHORIZED,
	ELEMENT_SC,
	ELEMENT_TITLE,
	ELEMENT_PEOPLE,
	ELEMENT_REGISTRY, /* the root */
	ELEMENTS,
};

/* The attributes that matter. */
enum attribute {
	ATTRIBUTE_TYPE,
	ATTRIBUTE_DATA,
	ATTRIBUTE_DATE,
	ATTRIBUTE_UPDATED,
	ATTRIBUTE_ID,
	ATTRIBUTES,
};

/* The attributes of an element as libxml2 gives them, five pointers each: name, prefix, namespace,
 * value, end of the value. */
struct attributes {
	const xmlChar **at;
	int count;
};

/* Where the parser is. */
enum place {
	PLACE_OUTSIDE,
	PLACE_REGISTRY,
	PLACE_RECORD,
	PLACE_PEOPLE,
	PLACE_PERSON,
};

/* An xref that is open. */
struct open_xref {
	int is_open;
	int depth; /* of its element */
	enum column column;
	size_t from; /* length of the column behind its bracket */
	size_t data_len; /* its attribute, put there for when it has no text of its own */
};

/* How the source wrote what is read, so that an export can give it back. Records and people are
 * written down one by one, what is around them as the frame. An element for which one byte may
 * stand is written out only when it turns out to be more than that. */
struct original {
	struct markup frame;
	struct markup item; /* the record or the person that is open */
	int item_depth; /* of its element, 0 if none is open */
	/* The element of the item that is open: */
	int depth; /* 0 if none is */
	char byte; /* that may stand for it, which is not written yet; 0: it is written out */
	const xmlChar *name;
	size_t text_from; /* where its text begins in its column */
	unsigned literal; /* bits of columns of which an item was written out: no byte may stand for
			   * a later one, for it would be taken for the earlier */
};

/* ---- of a supplement ---- */

/* Where each name was given first. Names are one when their hashes are: what comes of it is words.
 */
struct given {
	struct given_at {
		uint64_t hash;
		unsigned long line; /* 0: free */
	} * slots;
	size_t size; /* a power of two, or 0 */
	size_t count;
};

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
	unsigned bits; /* 0 of one that is set */
	unsigned number; /* that more bits have to be */
	enum sdreg_key_need need;
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
	enum sdreg_known known; /* of the type that is open */
	enum sdreg_key_need need;
	enum sdreg_key_form form;
	enum sdreg_key_tells tells;
	int is_closed;
	struct supplement_value *values;
	size_t values_count;
	size_t values_size;
};

/* ---- of both ---- */

/* What the handlers know: of libxml2's, of the input, and of where in it they are. */
struct reader {
	xmlParserCtxtPtr parser;
	struct sdreg_builder *builder;
	enum sdreg_xml_kind kind;
	const struct sdreg_reading *reading;
	struct sdreg_error *err;
	const xmlChar *names[ELEMENTS]; /* in the parser's dictionary: equal names are one */
	const xmlChar *attributes[ATTRIBUTES]; /* the same way */
	const xmlChar *space; /* the namespace, the same way */
	enum place place;
	size_t unheard; /* bytes that were read since the parser told of something */
	int depth; /* of the innermost open element; the root has 1 */
	int text_depth; /* of the element whose text is kept, 0 if none */
	int skip_depth; /* of the outermost element that is passed over, 0 if none */
	enum column column; /* where text goes */
	struct open_xref xref;
	struct texts texts;
	unsigned long record_line;
	char trouble[64]; /* why the open record is left out; empty if it is not */
	int assignee_depth; /* of an open assignee, 0 if none */
	struct original original;
	struct supplement supplement; /* where a supplement is read */
};

enum {
	READER_DEPTH_MAX = 32,
	READER_SPACES_MAX = 16, /* namespaces that one element declares */
};

/* The line where the parser is. */
static inline unsigned long reader_line(const struct reader *r)
{
	return (unsigned long)r->parser->input->line;
}

/* Refuses the input, with an error that stands at a line, 0 for none. */
void reader_fail(struct reader *r, int code, unsigned long line, const char *text);

/* The same at the current line. The parser goes on until the handler that found it is done:
 * stopping frees the bytes that attributes lie in. */
void reader_refuse(struct reader *r, int code, const char *text);

/* Tells of a record that is left out; its line is the reader's. */
void reader_warn(struct reader *r, struct sdreg_error *warning);

/* Refuses the input for a text that could not be added to. */
void reader_refuse_text(struct reader *r, int code);

/* Adds bytes to a text; refuses the input where that cannot be. */
static inline void reader_add(struct reader *r, struct texts *texts, enum column column,
	const char *at, size_t len)
{
	const int result = texts_add(texts, column, at, len);
	if (result < 0)
		reader_refuse_text(r, result);
}

/* The same of an attribute's value. libxml2 leaves an ampersand in it as a reference. */
void reader_add_value(struct reader *r, struct texts *texts, enum column column, const char *at,
	size_t len);

/* Goes into an element. 1 if that was refused. */
int reader_enter(struct reader *r, int spaces_count);

/* The last act of a handler: stops the parser if the input was refused. */
static inline void reader_settle(struct reader *r)
{
	r->unheard = 0;
	if (r->err->code != 0)
		xmlStopParser(r->parser);
}

#endif
