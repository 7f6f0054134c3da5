/* SPDX-License-Identifier: MIT */
#ifndef XML_READER_H
#define XML_READER_H

#include "original.h"
#include "record.h"
#include "supplement.h"

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

/* What an error calls the input: its name, or NULL. */
const char *reader_name(const struct reader *r);

/* The line where the parser is. */
static inline unsigned long reader_line(const struct reader *r)
{
	return (unsigned long)r->parser->input->line;
}

/* Refuses the input, with an error that stands at the current line. The parser goes on until the
 * handler that found it is done: stopping frees the bytes that attributes lie in. */
void reader_refuse(struct reader *r, int code, const char *text);

/* Tells of a record that is left out; its line is the reader's. */
void reader_warn(struct reader *r, struct sdreg_error *warning);

/* Goes into an element. 1 if that was refused. */
int reader_enter(struct reader *r, int spaces_count);

/* The last act of a handler: stops the parser if the input was refused. */
static inline void reader_settle(struct reader *r)
{
	r->unheard = 0;
	if (r->err->code != 0)
		xmlStopParser(r->parser);
}

/* The handlers for libxml2; user data is the reader. */
void reader_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
	int spaces_count, const xmlChar **spaces, int count, int defaulted, const xmlChar **at);
void reader_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space);
void reader_characters(void *user, const xmlChar *text, int len);
void reader_instruction(void *user, const xmlChar *target, const xmlChar *data);
void reader_comment(void *user, const xmlChar *text);

#endif
