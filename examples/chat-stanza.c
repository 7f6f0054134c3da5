/* SPDX-License-Identifier: MIT */
#include "chat-stanza.h"

#include <libxml/parser.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	VALUE_SIZE = 256,
	STANZA_MAX = 65536, /* bytes of a stanza: what is longer ends the stream */
	BODY_MAX = 16384,
};

/* How well the language of a body suits (RFC 6121 section 5.2.3). */
enum rank {
	RANK_NONE, /* there is no body as yet */
	RANK_OTHER,
	RANK_UNSAID,
	RANK_WANTED,
};

struct stanza_reader {
	struct stanza_calls calls;
	void *user;
	xmlParserCtxtPtr parser;
	char language[3];
	char body[BODY_MAX + 1];
	size_t body_len;
	enum rank rank; /* of the body that is kept */
	size_t stanza_len; /* bytes since the last stanza */
	int depth; /* of elements */
	int in_message;
	int in_body;
	int is_over;
};

static void end_reading(struct stanza_reader *r)
{
	r->is_over = 1;
	xmlStopParser(r->parser);
}

/* An attribute with this prefix, or NULL for none; empty if it is not there. */
static void get_attribute(const xmlChar **attributes, int count, const char *prefix,
	const char *name, char value[VALUE_SIZE])
{
	value[0] = '\0';
	for (int i = 0; i < count; i++, attributes += 5) {
		const size_t len = (size_t)(attributes[4] - attributes[3]);
		const char *const given = (const char *)attributes[1];
		if ((given == NULL) != (prefix == NULL) ||
			(prefix != NULL && strcmp(given, prefix) != 0) ||
			strcmp((const char *)attributes[0], name) != 0 || len >= VALUE_SIZE)
			continue;
		memcpy(value, attributes[3], len);
		value[len] = '\0';
	}
}

static enum rank rank_of(const struct stanza_reader *r, const xmlChar **attributes, int count)
{
	char language[VALUE_SIZE];
	get_attribute(attributes, count, "xml", "lang", language);
	if (language[0] == '\0')
		return RANK_UNSAID;
	return r->language[0] != '\0' && strncasecmp(language, r->language, 2) == 0 &&
			(language[2] == '\0' || language[2] == '-')
		? RANK_WANTED
		: RANK_OTHER;
}

/* Of several bodies the first of those that suit best is taken. */
static void begin_body(struct stanza_reader *r, const xmlChar **attributes, int count)
{
	const enum rank rank = rank_of(r, attributes, count);
	r->in_body = rank > r->rank;
	if (!r->in_body)
		return;
	r->rank = rank;
	r->body_len = 0;
}

static void on_header(struct stanza_reader *r, const xmlChar **attributes, int count)
{
	char from[VALUE_SIZE];
	char version[VALUE_SIZE];
	get_attribute(attributes, count, NULL, "from", from);
	get_attribute(attributes, count, NULL, "version", version);
	if (r->calls.header(r->user, from, version) < 0)
		end_reading(r);
}

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
	int namespace_count, const xmlChar **namespaces, int count, int defaulted,
	const xmlChar **attributes)
{
	struct stanza_reader *const r = user;
	(void)prefix;
	(void)uri;
	(void)namespace_count;
	(void)namespaces;
	(void)defaulted;
	r->depth++;
	if (r->depth == 1) {
		on_header(r, attributes, count);
	} else if (r->depth == 2) {
		r->in_message = strcmp((const char *)name, "message") == 0;
		r->body_len = 0;
		r->rank = RANK_NONE;
	} else if (r->depth == 3 && r->in_message && strcmp((const char *)name, "body") == 0) {
		begin_body(r, attributes, count);
	}
}

static void on_text(void *user, const xmlChar *text, int len)
{
	struct stanza_reader *const r = user;
	if (!r->in_body || r->depth != 3)
		return;
	if ((size_t)len > BODY_MAX - r->body_len) {
		end_reading(r);
		return;
	}
	memcpy(r->body + r->body_len, text, (size_t)len);
	r->body_len += (size_t)len;
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct stanza_reader *const r = user;
	(void)name;
	(void)prefix;
	(void)uri;
	if (r->depth == 3)
		r->in_body = 0;
	if (r->depth == 2 && r->in_message && r->body_len > 0 && !r->is_over) {
		r->body[r->body_len] = '\0';
		r->calls.message(r->user, r->body);
	}
	if (r->depth == 2)
		r->stanza_len = 0;
	r->depth--;
	if (r->depth == 0) {
		r->calls.end(r->user);
		r->is_over = 1;
	}
}

/* No document type: XMPP forbids it, and entities are an attack (RFC 6120 section 11.1). */
static void on_doctype(void *user, const xmlChar *name, const xmlChar *external,
	const xmlChar *system)
{
	(void)name;
	(void)external;
	(void)system;
	end_reading(user);
}

/* What libxml2 hands to a handler of errors is const since 2.12. */
#if LIBXML_VERSION >= 21200
typedef const xmlError handed_error;
#else
typedef xmlError handed_error;
#endif

static void on_trouble(void *user, handed_error *error)
{
	struct stanza_reader *const r = user;
	if (error->level == XML_ERR_FATAL)
		r->is_over = 1;
}

struct stanza_reader *stanza_reader_new(const struct stanza_calls *calls, const char *language,
	void *user)
{
	xmlSAXHandler sax = {.initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.cdataBlock = on_text,
		.internalSubset = on_doctype,
		.serror = on_trouble};
	struct stanza_reader *const r = calloc(1, sizeof(*r));
	if (r == NULL)
		return NULL;
	r->calls = *calls;
	r->user = user;
	snprintf(r->language, sizeof(r->language), "%s", language);
	r->parser = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
	if (r->parser == NULL) {
		free(r);
		return NULL;
	}
	xmlCtxtUseOptions(r->parser, XML_PARSE_NONET);
	return r;
}

void stanza_reader_free(struct stanza_reader *r)
{
	if (r == NULL)
		return;
	xmlFreeParserCtxt(r->parser);
	free(r);
}

int stanza_read(struct stanza_reader *r, const char *bytes, size_t len)
{
	r->stanza_len += len;
	if (r->stanza_len > STANZA_MAX || xmlParseChunk(r->parser, bytes, (int)len, 0) != 0)
		r->is_over = 1;
	return r->is_over ? -1 : 0;
}
