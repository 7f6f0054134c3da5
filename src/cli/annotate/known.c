/* SPDX-License-Identifier: MIT */
#include "known.h"

#include "cli/annotate/avahi/names.h"
#include "common/bytes.h"
#include "common/grow.h"
#include "common/hash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	SLOTS = 4096, /* a power of two */
	KNOWN_MAX = SLOTS / 2, /* then all are forgotten */
};

struct knowns {
	const struct sources *from;
	struct known *slots[SLOTS]; /* each as near behind its hash as is free */
	size_t count;
	struct avahi_names *names; /* loaded when the first title comes */
	int names_loaded;
};

struct knowns *knowns_new(const struct sources *from)
{
	struct knowns *const knowns = calloc(1, sizeof(*knowns));
	if (knowns != NULL)
		knowns->from = from;
	return knowns;
}

static void known_free(struct known *known)
{
	if (known == NULL)
		return;
	free((char *)known->field.at);
	free((char *)known->added.at);
	for (size_t i = 0; i < KNOWN_PORT_VERDICTS; i++)
		free((char *)known->added_port[i].at);
	free(known->ports);
	sdreg_annotation_free(known->annotation);
	free(known);
}

static void forget(struct knowns *knowns)
{
	for (size_t i = 0; i < SLOTS; i++)
		known_free(knowns->slots[i]);
	memset(knowns->slots, 0, sizeof(knowns->slots));
	knowns->count = 0;
}

void knowns_free(struct knowns *knowns)
{
	if (knowns == NULL)
		return;
	forget(knowns);
	avahi_names_free(knowns->names);
	free(knowns);
}

/* ---- what a field means ---- */

static const char *type_of_title(struct knowns *knowns, struct sdreg_text title)
{
	if (!knowns->names_loaded)
		knowns->names = avahi_names_load();
	knowns->names_loaded = 1;
	return avahi_names_type(knowns->names, title);
}

int knowns_has_title(struct knowns *knowns, struct sdreg_text title)
{
	return type_of_title(knowns, title) != NULL;
}

/* The port of what the name is in use for: what IANA has is another protocol's. 0, or -1 if there
 * is no memory. */
static int read_usual_port(struct known *known)
{
	struct known_range range;
	if (!sdreg_entry_port(sdreg_annotation_supplement(known->annotation), &range.first,
		    &range.last))
		return 0;
	known->ports = malloc(sizeof(range));
	if (known->ports == NULL)
		return -1;
	known->ports[0] = range;
	known->port_count = 1;
	return 0;
}

/* 0, or -1 if there is no memory. */
static int read_ports(const struct knowns *knowns, struct known *known)
{
	size_t room = 0;
	const struct sdreg_entry *e = NULL;
	if (sdreg_annotation_instead(known->annotation) != NULL)
		return read_usual_port(known);
	while ((e = sdreg_find_type(knowns->from->registry, &known->type, e)) != NULL) {
		struct known_range range;
		if (!sdreg_entry_port(e, &range.first, &range.last))
			continue;
		struct known_range *const grown =
			grow(known->ports, &room, known->port_count + 1, sizeof(*grown));
		if (grown == NULL)
			return -1;
		known->ports = grown;
		known->ports[known->port_count++] = range;
	}
	return 0;
}

/* 0, or -1 if there is no memory. */
static int explain(struct knowns *knowns, struct known *known)
{
	struct sdreg_text type = known->field;
	known->verdict = "not-well-formed";
	if (type.at[0] != '_') {
		known->verdict = "unknown-title";
		const char *const text = type_of_title(knowns, type);
		type = (struct sdreg_text){text, text != NULL ? strlen(text) : 0};
	}
	known->is_type = type.len > 0 &&
		sdreg_type_parse(type.at, type.len, &known->type, NULL) == 0;
	if (!known->is_type)
		return 0;
	known->annotation = sdreg_annotate_type(knowns->from->registry, knowns->from->supplement,
		&known->type, NULL);
	if (known->annotation == NULL)
		return -1;
	known->verdict = sdreg_verdict_word(sdreg_annotation_verdict(known->annotation));
	return read_ports(knowns, known);
}

/* 0, or -1 if there is no memory. A title of a registry of one's own may be a megabyte: it is cut.
 */
static int write_added(struct known *known)
{
	const char *const title = known->is_type ? sdreg_annotation_title(known->annotation) : "";
	const size_t title_len = strlen(title);
	const size_t front = strlen(known->verdict) + 1;
	size_t size = front + 1 + 4 * title_len + 1;
	size = size < KNOWN_ADDED_MAX ? size : KNOWN_ADDED_MAX;
	char *const text = malloc(size + SINK_ROOM);
	if (text == NULL)
		return -1;
	text[0] = '\t';
	memcpy(text + 1, known->verdict, front - 1);
	known->added.at = text;
	known->added.len = front;
	if (!known->is_type)
		return 0;
	text[front] = '\t';
	known->added.len +=
		1 + sdreg_text_show(title, title_len, text + front + 1, size - front - 1);
	return 0;
}

/* Writes the same for each answer that a port can have. 0, or -1 if there is no memory. */
static int write_added_ports(struct known *known)
{
	const size_t front = known->added.len;
	const unsigned registered = known->port_count > 0 ? known->ports[0].first : 0;
	for (unsigned verdict = 0; verdict < KNOWN_PORT_VERDICTS; verdict++) {
		char *const text = malloc(front + KNOWN_PORT_MAX + SINK_ROOM);
		if (text == NULL)
			return -1;
		memcpy(text, known->added.at, front);
		const char *const word = sdreg_port_verdict_word((enum sdreg_port_verdict)verdict);
		const int len = verdict == SDREG_PORT_VERDICT_OTHER
			? snprintf(text + front, KNOWN_PORT_MAX, "\t%s (registered %u)\t", word,
				  registered)
			: snprintf(text + front, KNOWN_PORT_MAX, "\t%s\t", word);
		known->added_port[verdict] = (struct sdreg_text){text, front + (size_t)len};
	}
	return 0;
}

static struct known *known_new(struct knowns *knowns, struct sdreg_text field)
{
	struct known *const known = calloc(1, sizeof(*known));
	char *const copy = malloc(field.len + 1);
	if (known == NULL || copy == NULL)
		goto fail;
	memcpy(copy, field.at, field.len);
	copy[field.len] = '\0';
	known->field = (struct sdreg_text){copy, field.len};
	if (explain(knowns, known) == 0 && write_added(known) == 0 && write_added_ports(known) == 0)
		return known;
	known_free(known);
	return NULL;
fail:
	free(copy);
	free(known);
	return NULL;
}

/* ---- finding ---- */

/* Fields are short, so they are read in words; KNOWN_ROOM bytes behind one may be read. */
static inline uint64_t hash_of(struct sdreg_text field)
{
	uint64_t hash = 0;
	for (size_t i = 0; i < field.len; i += sizeof(hash))
		hash = hash_step(hash, word_first(word_at(field.at + i), field.len - i));
	return hash;
}

/* Looks up what comes for the first time. */
static struct known *add(struct knowns *knowns, uint64_t hash, struct sdreg_text field)
{
	uint64_t i = hash;
	if (knowns->count == KNOWN_MAX)
		forget(knowns);
	struct known *const known = known_new(knowns, field);
	if (known == NULL)
		return NULL;
	known->hash = hash;
	while (knowns->slots[i % SLOTS] != NULL)
		i++;
	knowns->slots[i % SLOTS] = known;
	knowns->count++;
	return known;
}

struct known *knowns_find(struct knowns *knowns, struct sdreg_text field)
{
	const uint64_t hash = hash_of(field);
	struct known *known;
	for (uint64_t i = hash; (known = knowns->slots[i % SLOTS]) != NULL; i++)
		if (known->hash == hash && known->field.len == field.len &&
			memcmp(known->field.at, field.at, field.len) == 0)
			return known;
	return add(knowns, hash, field);
}

/* ---- ports ---- */

struct sdreg_text known_added_port(const struct known *known, uint16_t port)
{
	const int is_else = sdreg_annotation_instead(known->annotation) != NULL;
	if (port == 0)
		return known->added_port[SDREG_PORT_VERDICT_ZERO];
	for (size_t i = 0; i < known->port_count; i++)
		if (port >= known->ports[i].first && port <= known->ports[i].last)
			return known->added_port[is_else ? SDREG_PORT_VERDICT_AS_USUAL
							 : SDREG_PORT_VERDICT_AS_REGISTERED];
	return known->added_port[known->port_count > 0 && !is_else
			? SDREG_PORT_VERDICT_OTHER
			: SDREG_PORT_VERDICT_NONE_REGISTERED];
}
