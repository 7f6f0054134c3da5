/* SPDX-License-Identifier: MIT */

/* Running libxml2's SAX2 parser over a file descriptor, or bytes in memory. No handler for entities
 * or DTDs is set, a DOCTYPE ends the reading, and only bytes that were asked for are ever opened.
 */

#include "common/error.h"
#include "common/sized.h"
#include "iana.h"
#include "original.h"
#include "reader.h"
#include "supplement.h"

#include <sdreg/builder.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	BYTES_MAX = 64 << 20,
	CHUNK = 1 << 15,
	PIECE = 4096, /* bytes that libxml2 is given at a time; it asks for about as many */
	/* Bytes of a tag, a comment or a CDATA section, of which no event comes before its end. For
	 * libxml2 compares each attribute of a tag with all that came before. */
	TAG_MAX = 1 << 14,
};

#define IANA_SPACE "http://www.iana.org/assignments"
#define SUPPLEMENT_SPACE "urn:x-sdreg:supplement"

static const char *const element_names[ELEMENTS] = {
	[ELEMENT_REGISTRY] = "registry",
	[ELEMENT_TITLE] = "title",
	[ELEMENT_UPDATED] = "updated",
	[ELEMENT_RECORD] = "record",
	[ELEMENT_NAME] = "name",
	[ELEMENT_PROTOCOL] = "protocol",
	[ELEMENT_DESCRIPTION] = "description",
	[ELEMENT_NUMBER] = "number",
	[ELEMENT_ASSIGNEE] = "assignee",
	[ELEMENT_XREF] = "xref",
	[ELEMENT_NOTE] = "note",
	[ELEMENT_SC] = "sc",
	[ELEMENT_UNAUTHORIZED] = "unauthorized",
	[ELEMENT_BR] = "br",
	[ELEMENT_PARAGRAPH] = "paragraph",
	[ELEMENT_PEOPLE] = "people",
	[ELEMENT_PERSON] = "person",
	[ELEMENT_ORG] = "org",
	[ELEMENT_URI] = "uri",
};

static const char *const attribute_names[ATTRIBUTES] = {
	[ATTRIBUTE_TYPE] = "type",
	[ATTRIBUTE_DATA] = "data",
	[ATTRIBUTE_DATE] = "date",
	[ATTRIBUTE_UPDATED] = "updated",
	[ATTRIBUTE_ID] = "id",
};

static const char too_long[] = "the input is over 64 MiB";

/* The bytes of the input, as libxml2 asks for them. */
struct source {
	int fd;
	int is_memory; /* all bytes are there already */
	size_t total; /* bytes read so far */
	char chunk[CHUNK];
	const char *bytes; /* the chunk, or what is in memory */
	size_t from; /* what of it was not asked for yet */
	size_t to;
	size_t *unheard; /* the reader's */
	int code; /* why reading failed, or 0 */
	int error; /* errno, if it was the system */
	const char *refusal; /* what is said, if it was a limit */
};

static void on_doctype(void *user, const xmlChar *name, const xmlChar *external,
	const xmlChar *system)
{
	(void)external, (void)system;
	reader_refuse(user, SDREG_E_FORMAT,
		xmlStrcasecmp(name, (const xmlChar *)"html") == 0
			? "this is an HTML page, not IANA's XML"
			: "there is a DOCTYPE; IANA's XML has none, and entities are not read");
	reader_settle(user);
}

/* What libxml2 hands to a handler of errors is const since 2.12. */
#if LIBXML_VERSION >= 21200
typedef const xmlError handed_error;
#else
typedef xmlError handed_error;
#endif

static void on_error(void *user, handed_error *error)
{
	struct reader *const r = user;
	char text[200];
	if (error->level < XML_ERR_ERROR || r->err->code != 0)
		return;
	const char *const message = error->message != NULL ? error->message : "unknown error";
	snprintf(text, sizeof(text), "the XML is broken or cut short: %s", message);
	text[strcspn(text, "\n")] = '\0';
	reader_fail(r, SDREG_E_FORMAT, error->line > 0 ? (unsigned long)error->line : 0, text);
}

/* What it has to say where there is no parser, or no memory to say it of one, it would print. */
static void on_trouble(void *user, handed_error *error)
{
	(void)user, (void)error;
}

static void fill(struct source *source)
{
	ssize_t n;
	if (source->is_memory)
		return; /* there is no more */
	do
		n = read(source->fd, source->chunk, sizeof(source->chunk));
	while (n < 0 && errno == EINTR);
	source->bytes = source->chunk;
	source->from = 0;
	source->to = n > 0 ? (size_t)n : 0;
	source->total += source->to;
	source->error = errno;
	if (n < 0)
		source->code = SDREG_E_IO;
	else if (source->total > BYTES_MAX)
		source->code = SDREG_E_LIMIT;
	source->refusal = too_long;
}

static int read_bytes(void *context, char *buffer, int len)
{
	struct source *const source = context;
	if (source->code == SDREG_OK && source->from == source->to)
		fill(source);
	if (source->code != SDREG_OK)
		return -1;
	if (*source->unheard > TAG_MAX) {
		source->code = SDREG_E_LIMIT;
		source->refusal = "a tag, a comment or a CDATA section is over 16 KiB";
		return -1;
	}
	const size_t most = len < PIECE ? (size_t)len : PIECE;
	const size_t left = source->to - source->from;
	const size_t n = left < most ? left : most;
	*source->unheard += n;
	if (n > 0)
		memcpy(buffer, source->bytes + source->from, n);
	source->from += n;
	return (int)n;
}

/* Elements are told by pointers into libxml2's dictionary. */
static int learn(struct reader *r, const char *word, const xmlChar **known)
{
	*known = xmlDictLookup(r->parser->dict, (const xmlChar *)word, -1);
	return *known != NULL ? SDREG_OK : SDREG_E_MEMORY;
}

static int learn_all(struct reader *r)
{
	int result = learn(r, r->kind == SDREG_XML_KIND_SUPPLEMENT ? SUPPLEMENT_SPACE : IANA_SPACE,
		&r->space);
	for (int i = ELEMENT_OTHER + 1; i < ELEMENTS && result == SDREG_OK; i++)
		result = learn(r, element_names[i], &r->names[i]);
	for (int i = 0; i < ATTRIBUTES && result == SDREG_OK; i++)
		result = learn(r, attribute_names[i], &r->attributes[i]);
	return result;
}

static int open_parser(struct reader *r, struct source *source)
{
	xmlSAXHandler sax;
	memset(&sax, 0, sizeof(sax));
	source->unheard = &r->unheard;
	sax.initialized = XML_SAX2_MAGIC;
	if (r->kind == SDREG_XML_KIND_SUPPLEMENT) {
		sax.startElementNs = supplement_start;
		sax.endElementNs = supplement_end;
		sax.characters = supplement_characters;
	} else {
		sax.startElementNs = iana_start;
		sax.endElementNs = iana_end;
		sax.characters = iana_characters;
		sax.processingInstruction = iana_instruction;
		sax.comment = iana_comment;
	}
	sax.ignorableWhitespace = sax.characters;
	sax.cdataBlock = sax.characters;
	sax.internalSubset = on_doctype;
	sax.serror = on_error;
	r->parser =
		xmlCreateIOParserCtxt(&sax, r, read_bytes, NULL, source, XML_CHAR_ENCODING_NONE);
	if (r->parser == NULL)
		return SDREG_E_MEMORY;
	xmlCtxtUseOptions(r->parser, XML_PARSE_NONET);
	return learn_all(r);
}

/* Parses to the end. The reader's error tells how it went. */
static void parse(struct reader *r, struct source *source)
{
	const int result = xmlParseDocument(r->parser);
	if (source->code == SDREG_E_IO) {
		r->err->code = 0; /* what the parser said of the missing rest does not help */
		reader_fail(r, SDREG_E_IO, 0, error_system_text(source->error));
	} else if (source->code == SDREG_E_LIMIT) {
		r->err->code = 0;
		reader_refuse(r, SDREG_E_LIMIT, source->refusal);
	} else if (r->parser->errNo == XML_ERR_NO_MEMORY) {
		r->err->code = 0; /* it goes on without, and need not say that more was lost */
		reader_fail(r, SDREG_E_MEMORY, 0, "no memory to read XML");
	} else if (result != 0 || r->parser->wellFormed == 0) {
		reader_fail(r, SDREG_E_FORMAT, 0, "the XML is broken or cut short");
	}
}

/* Hands over how the source wrote what is around the records. */
static void keep_frame(struct reader *r)
{
	const struct sdreg_text frame = {r->original.frame.at, r->original.frame.len};
	if (r->kind == SDREG_XML_KIND_SUPPLEMENT)
		return;
	if (r->err->code == 0)
		original_check(r);
	if (r->err->code == 0 && sdreg_builder_frame(r->builder, SDREG_FORMAT_XML, frame) < 0)
		reader_fail(r, SDREG_E_MEMORY, 0, "no memory to read XML");
}

static void close_parser(struct reader *r)
{
	if (r->parser == NULL)
		return;
	if (r->parser->myDoc != NULL)
		xmlFreeDoc(r->parser->myDoc);
	xmlFreeParserCtxt(r->parser);
}

static int add(struct sdreg_builder *builder, struct source *source, enum sdreg_xml_kind kind,
	const struct sdreg_reading *given, struct sdreg_error *err)
{
	struct sdreg_reading sized = {0};
	const struct sdreg_reading *const reading = given != NULL ? &sized : NULL;
	struct sdreg_error own = {.size = sizeof(own)};
	struct reader r = {.builder = builder, .kind = kind, .reading = reading, .err = &own};
	if (given != NULL && !sized_take(&sized, sizeof(sized), given))
		return error_set(err, SDREG_E_ARGUMENT, "how to read begins with its size");
	/* of this thread, and put back */
	const xmlStructuredErrorFunc callers = xmlStructuredError;
	void *const callers_user = xmlStructuredErrorContext;
	xmlSetStructuredErrorFunc(NULL, on_trouble);
	if (open_parser(&r, source) < 0) {
		reader_fail(&r, SDREG_E_MEMORY, 0, "no memory to read XML");
	} else {
		if (kind != SDREG_XML_KIND_REGISTRY)
			sdreg_builder_partial(builder);
		parse(&r, source);
		keep_frame(&r);
	}
	close_parser(&r);
	xmlSetStructuredErrorFunc(callers_user, callers);
	texts_free(&r.texts);
	original_free(&r.original);
	supplement_free(&r.supplement);
	error_pass(err, &own);
	return own.code;
}

int sdreg_xml_add(struct sdreg_builder *builder, int fd, enum sdreg_xml_kind kind,
	const struct sdreg_reading *reading, struct sdreg_error *err)
{
	struct source source = {.fd = fd};
	error_begin(err);
	return add(builder, &source, kind, reading, err);
}

static struct sdreg_registry *read_source(struct source *source, enum sdreg_xml_kind kind,
	const struct sdreg_reading *reading, struct sdreg_error *err)
{
	struct sdreg_registry *registry = NULL;
	struct sdreg_builder *const builder = sdreg_builder_new();
	error_begin(err);
	if (builder == NULL)
		error_set(err, SDREG_E_MEMORY, "no memory to read XML");
	else if (add(builder, source, kind, reading, err) == SDREG_OK)
		registry = sdreg_builder_finish(builder, err);
	else
		sdreg_builder_free(builder);
	struct sdreg_reading sized = {0};
	if (registry == NULL && sized_take(&sized, sizeof(sized), reading))
		error_at(err, sized.name, 0);
	return registry;
}

struct sdreg_registry *sdreg_xml_read(int fd, enum sdreg_xml_kind kind,
	const struct sdreg_reading *reading, struct sdreg_error *err)
{
	struct source source = {.fd = fd};
	return read_source(&source, kind, reading, err);
}

struct sdreg_registry *sdreg_xml_read_bytes(const void *bytes, size_t len, enum sdreg_xml_kind kind,
	const struct sdreg_reading *reading, struct sdreg_error *err)
{
	struct source source = {.is_memory = 1, .bytes = bytes, .to = len};
	if (len > BYTES_MAX) {
		source.to = 0;
		source.code = SDREG_E_LIMIT;
		source.refusal = too_long;
	}
	return read_source(&source, kind, reading, err);
}

struct sdreg_registry *sdreg_xml_open(const char *path, enum sdreg_xml_kind kind,
	const struct sdreg_reading *reading, struct sdreg_error *err)
{
	struct sdreg_reading named = {.size = sizeof(named)};
	error_begin(err);
	if (reading != NULL && !sized_take(&named, sizeof(named), reading)) {
		error_set(err, SDREG_E_ARGUMENT, "how to read begins with its size");
		return NULL;
	}
	if (named.name == NULL)
		named.name = path;
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		error_set(err, SDREG_E_IO, "%s", error_system_text(errno));
		error_at(err, named.name, 0);
		return NULL;
	}
	struct sdreg_registry *const registry = sdreg_xml_read(fd, kind, &named, err);
	close(fd);
	return registry;
}
