/* SPDX-License-Identifier: MIT */

/* Fuzzes look-ups by the plainest other way to the same answer: a walk over all entries. Each name,
 * port and type of a CSV, and some that are not in it, is asked of the registry in memory, and of
 * its image in a file, mapped. */

#include "fuzz.h"
#include "memory-file.h"

#include <sdreg/error.h>
#include <sdreg/registry.h>
#include <sdreg/type.h>

#include <stdio.h>

enum { ENTRIES = 64 /* that are asked for: each is a walk over all */ };

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static int is_name(const struct sdreg_entry *e, const char *name, size_t len)
{
	const char *const own = sdreg_entry_name(e);
	if (len == 0 || strlen(own) != len)
		return 0;
	for (size_t i = 0; i < len; i++)
		if (lower(own[i]) != lower(name[i]))
			return 0;
	return 1;
}

static int is_port(const struct sdreg_entry *e, uint16_t port, enum sdreg_transport transport)
{
	uint16_t first;
	uint16_t last;
	const enum sdreg_transport own = sdreg_entry_transport(e);
	return sdreg_entry_port(e, &first, &last) && first <= port && port <= last &&
		(transport == SDREG_TRANSPORT_ANY || own == transport ||
			own == SDREG_TRANSPORT_NONE);
}

static int gives_type(const struct sdreg_entry *e, const struct sdreg_type *type)
{
	const enum sdreg_transport own = sdreg_entry_transport(e);
	if (sdreg_type_faults(type) != 0 || !is_name(e, type->name, type->name_len))
		return 0;
	return own == SDREG_TRANSPORT_NONE ||
		(own == SDREG_TRANSPORT_TCP) == (type->proto == SDREG_PROTO_TCP);
}

/* ---- one question, asked both ways ---- */

struct question {
	const char *name; /* or NULL */
	size_t len;
	const struct sdreg_type *type; /* or NULL */
	uint16_t port;
	enum sdreg_transport transport;
};

static int answers(const struct sdreg_entry *e, const struct question *q)
{
	if (q->name != NULL)
		return is_name(e, q->name, q->len);
	return q->type != NULL ? gives_type(e, q->type) : is_port(e, q->port, q->transport);
}

static const struct sdreg_entry *find(const struct sdreg_registry *r, const struct question *q,
	const struct sdreg_entry *after)
{
	if (q->name != NULL)
		return sdreg_find_name(r, q->name, q->len, after);
	return q->type != NULL ? sdreg_find_type(r, q->type, after)
			       : sdreg_find_port(r, q->port, q->transport, after);
}

static void ask(const struct sdreg_registry *r, const struct question *q)
{
	const struct sdreg_entry *e;
	const struct sdreg_entry *found = find(r, q, NULL);
	for (size_t i = 0; (e = sdreg_registry_entry(r, i)) != NULL; i++) {
		if (answers(e, q)) {
			require(found == e);
			found = find(r, q, e);
		} else {
			require(found == find(r, q, e)); /* on from its place */
		}
	}
	require(found == NULL);
}

/* ---- all questions ---- */

static void ask_port(const struct sdreg_registry *r, uint16_t port)
{
	for (int t = SDREG_TRANSPORT_TCP; t <= SDREG_TRANSPORT_ANY; t++)
		ask(r, &(struct question){.port = port, .transport = (enum sdreg_transport)t});
}

static void ask_name(const struct sdreg_registry *r, const char *name)
{
	const size_t len = strlen(name);
	struct sdreg_type type;
	char text[SDREG_LABEL_SIZE + 8];
	char *const other = block(name, len);
	for (size_t i = 0; i < len; i++) /* in the other case */
		if (lower(name[i]) >= 'a' && lower(name[i]) <= 'z')
			other[i] = (char)(name[i] ^ 0x20);
	ask(r, &(struct question){.name = other, .len = len});
	if (len > 0)
		ask(r, &(struct question){.name = other, .len = len - 1});
	for (int tcp = 0; tcp < 2 && len < SDREG_LABEL_SIZE; tcp++) {
		snprintf(text, sizeof(text), "_%.*s._%s", (int)len, other, tcp ? "tcp" : "udp");
		if (sdreg_type_parse(text, strlen(text), &type, NULL) == SDREG_OK)
			ask(r, &(struct question){.type = &type});
	}
	free(other);
}

static void ask_all(const struct sdreg_registry *r)
{
	const struct sdreg_entry *e;
	size_t left = ENTRIES;
	for (size_t nth = 0; (e = sdreg_registry_entry(r, nth)) != NULL && left > 0;
		nth++, left--) {
		uint16_t first;
		uint16_t last;
		ask_name(r, sdreg_entry_name(e));
		if (!sdreg_entry_port(e, &first, &last))
			continue;
		ask_port(r, (uint16_t)(first - 1));
		ask_port(r, first);
		ask_port(r, (uint16_t)(first + (last - first) / 2));
		ask_port(r, last);
		ask_port(r, (uint16_t)(last + 1));
	}
	ask_port(r, 0);
	ask_port(r, UINT16_MAX);
	ask_name(r, "no-such-name");
}

static void ask_mapped(const struct sdreg_registry *r)
{
	char path[40];
	size_t len;
	const void *const image = sdreg_registry_image(r, &len);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", memory_file(image, len));
	struct sdreg_registry *const mapped = sdreg_registry_open(path, NULL);
	require(mapped != NULL);
	ask_all(mapped);
	sdreg_registry_close(mapped);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *const bytes = block(data, size);
	struct sdreg_registry *const r = sdreg_registry_read_csv(bytes, size, NULL, NULL);
	free(bytes);
	if (r == NULL)
		return 0;
	ask_all(r);
	ask_mapped(r);
	sdreg_registry_close(r);
	return 0;
}
