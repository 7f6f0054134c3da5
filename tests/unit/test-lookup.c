/* SPDX-License-Identifier: MIT */

/* Look-ups and clean-up against plain code that does the same slowly, on made-up records. */

#include "table.h"

#include <stdlib.h>

enum {
	RECORDS = 400,
	FOUND = 8192,
	TEXTS = 20000,
};

/* The same numbers in every run. */
static unsigned random_below(unsigned bound)
{
	static uint32_t state = 1;
	state = state * 1664525U + 1013904223U;
	return (unsigned)(((uint64_t)state * bound) >> 32);
}

struct plain {
	char name[24];
	char port[16];
	const char *transport;
	unsigned first;
	unsigned last; /* before first: no port */
};

static struct plain plain[RECORDS];

/* Names of few letters in any case, so that many are alike; ports on both sides of a page. */
static struct sdreg_registry *make_plain(void)
{
	static const char *const transports[] = {"", "tcp", "UDP", "Sctp", "dccp"};
	struct sdreg_builder *const b = sdreg_builder_new();
	assert_non_null(b);
	for (size_t i = 0; i < RECORDS; i++) {
		struct plain *const p = &plain[i];
		const size_t len = random_below(20);
		memset(p, 0, sizeof(*p));
		for (size_t k = 0; k < len; k++)
			p->name[k] = k < 2 ? "aAbB-"[random_below(5)] : 'x';
		p->transport = transports[random_below(5)];
		p->first = random_below(4) == 0 ? random_below(65536) : 250 + random_below(12);
		p->last = p->first;
		if (random_below(3) == 0)
			p->last += random_below(random_below(2) == 0 ? 8 : 65536 - p->first);
		if (p->last > 65535)
			p->last = 65535;
		if (random_below(5) == 0) {
			p->first = 1;
			p->last = 0;
		} else {
			snprintf(p->port, sizeof(p->port), p->first == p->last ? "%u" : "%u-%u",
				p->first, p->last);
		}
		const struct sdreg_record record = {.size = sizeof(record),
			.name = table_text(p->name),
			.port = table_text(p->port),
			.transport = table_text(p->transport)};
		assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	}
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	assert_non_null(r);
	return r;
}

static int same_name(const char *a, const char *b)
{
	for (; *a != '\0' && (*a | 0x20) == (*b | 0x20); a++)
		b++;
	return *a == *b;
}

/* What was found, as text. */
struct got {
	char text[FOUND];
	size_t used;
};

static void add_got(struct got *got, const struct sdreg_registry *r, const struct sdreg_entry *e)
{
	assert_true(got->used < sizeof(got->text) - 12);
	got->used += (size_t)sprintf(got->text + got->used, " %zu", sdreg_entry_index(r, e));
}

static void expect(const char *what, const char *got, const char *wanted)
{
	if (strcmp(got, wanted) != 0)
		fail_msg("%s: records%s, not%s", what, got, wanted);
}

static void test_plain_ports(void **state)
{
	static const enum sdreg_transport transports[] = {SDREG_TRANSPORT_NONE, SDREG_TRANSPORT_TCP,
		SDREG_TRANSPORT_UDP, SDREG_TRANSPORT_SCTP, SDREG_TRANSPORT_DCCP,
		SDREG_TRANSPORT_ANY};
	struct sdreg_registry *const r = make_plain();
	(void)state;
	for (unsigned port = 0; port < 65536; port += port < 700 ? 1 : 37) {
		const enum sdreg_transport t = transports[random_below(6)];
		const struct sdreg_entry *e = NULL;
		struct got got = {"", 0};
		char wanted[FOUND] = "";
		char what[40];
		size_t used = 0;
		snprintf(what, sizeof(what), "port %u, transport %d", port, (int)t);
		for (size_t i = 0; i < RECORDS; i++) {
			enum sdreg_transport own = SDREG_TRANSPORT_NONE;
			sdreg_transport_parse(plain[i].transport, strlen(plain[i].transport), &own);
			if (port >= plain[i].first && port <= plain[i].last &&
				(t == SDREG_TRANSPORT_ANY || own == t ||
					own == SDREG_TRANSPORT_NONE))
				used += (size_t)sprintf(wanted + used, " %zu", i);
		}
		while ((e = sdreg_find_port(r, (uint16_t)port, t, e)) != NULL)
			add_got(&got, r, e);
		expect(what, got.text, wanted);
	}
	sdreg_registry_close(r);
}

static void test_plain_names(void **state)
{
	struct sdreg_registry *const r = make_plain();
	(void)state;
	for (size_t n = 0; n < RECORDS; n++) {
		const struct sdreg_entry *e = NULL;
		struct got got = {"", 0};
		char wanted[FOUND] = "";
		size_t used = 0;
		char name[24];
		strcpy(name, plain[n].name);
		if (name[0] >= 'A')
			name[0] ^= 0x20; /* the other case */
		for (size_t i = 0; i < RECORDS; i++)
			if (name[0] != '\0' && same_name(name, plain[i].name))
				used += (size_t)sprintf(wanted + used, " %zu", i);
		char *const block = malloc(strlen(name) + 1);
		assert_non_null(block);
		memcpy(block, name, strlen(name));
		while ((e = sdreg_find_name(r, block, strlen(name), e)) != NULL)
			add_got(&got, r, e);
		expect(name, got.text, wanted);
		free(block);
	}
	sdreg_registry_close(r);
}

/* What text is without its needless blanks, by the rule as it is written. */
static void collapse_plainly(const char *text, int keep_lines, char *out)
{
	size_t n = 0;
	for (size_t i = 0; text[i] != '\0';) {
		const size_t run = strspn(text + i, " \t\r\n");
		if (run == 0) {
			out[n++] = text[i++];
			continue;
		}
		if (n > 0 && text[i + run] != '\0')
			out[n++] = keep_lines && memchr(text + i, '\n', run) != NULL ? '\n' : ' ';
		i += run;
	}
	out[n] = '\0';
}

/* A text of up to 25 bytes, for they are read as words of eight. */
static size_t make_text(char text[40])
{
	const size_t len = random_below(26);
	const unsigned blanks = 1 + random_below(12);
	memset(text, 0, 40);
	for (size_t i = 0; i < len; i++)
		text[i] = random_below(blanks) != 0 ? "aZ~!"[random_below(4)]
						    : "  \t\r\n"[random_below(5)];
	return len;
}

static void test_plain_blanks(void **state)
{
	static char texts[TEXTS][40];
	struct sdreg_builder *const b = sdreg_builder_new();
	const struct sdreg_entry *e;
	size_t n = 0;
	(void)state;
	assert_non_null(b);
	for (size_t i = 0; i < TEXTS; i++) {
		const size_t len = make_text(texts[i]);
		char *const block = malloc(len > 0 ? len : 1); /* no byte after the text */
		assert_non_null(block);
		memcpy(block, texts[i], len);
		const struct sdreg_record record = {.size = sizeof(record),
			.description = {block, len},
			.notes = {block, len}};
		assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
		free(block);
	}
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	assert_non_null(r);
	for (size_t i = 0; (e = sdreg_registry_entry(r, i)) != NULL; i++) {
		char line[40];
		char note[40];
		const char *const text = texts[n++];
		collapse_plainly(text, 0, line);
		collapse_plainly(text, 1, note);
		if (strcmp(sdreg_entry_description(e), line) != 0 ||
			strcmp(sdreg_entry_notes(e), note) != 0)
			fail_msg("\"%s\": [%s] [%s]", text, sdreg_entry_description(e),
				sdreg_entry_notes(e));
	}
	assert_int_equal(n, TEXTS);
	sdreg_registry_close(r);
}

/* A text of 1 MiB is the longest, of one more byte it is not kept. */
static void test_longest_text(void **state)
{
	const size_t size = 1 << 20;
	char *const text = malloc(size + 1);
	struct sdreg_builder *const b = sdreg_builder_new();
	struct sdreg_error err = {.size = sizeof(err)};
	(void)state;
	assert_non_null(text);
	memset(text, 'x', size + 1);
	struct sdreg_record record = {.size = sizeof(record), .description = {text, size + 1}};
	assert_int_equal(sdreg_builder_add(b, &record, &err), SDREG_E_LIMIT);
	assert_string_equal(err.text, "a text is over 1 MiB");
	record.description.len = size;
	assert_int_equal(sdreg_builder_add(b, &record, NULL), SDREG_OK);
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	assert_int_equal(strlen(sdreg_entry_description(sdreg_registry_entry(r, 0))), size);
	sdreg_registry_close(r);
	free(text);
}

static void test_bracketed(void **state)
{
	static const struct {
		const char *text;
		const char *parts; /* each with its brackets and a bar */
		const char *rest;
	} rows[] = {
		{"", "", ""},
		{"text", "", "text"},
		{"[a]", "a|", ""},
		{"[a][b c]", "a|b c|", ""},
		{"x [a] y [b] z", "a|b|", " z"},
		{"[]", "|", ""},
		{"[a", "", "[a"},
		{"a]", "", "a]"},
		{"][", "", "]["},
		{"]a[b]", "b|", ""},
		{"[a[b]c]", "a[b|", "c]"},
		{"[a][b", "a|", "[b"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *text = rows[i].text;
		const char *part;
		char parts[64] = "";
		size_t len = 0;
		while ((part = sdreg_bracketed(&text, &len)) != NULL) {
			strncat(parts, part, len);
			strcat(parts, "|");
		}
		if (strcmp(parts, rows[i].parts) != 0 || strcmp(text, rows[i].rest) != 0)
			fail_msg("%s: %s, rest %s", rows[i].text, parts, text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_ports),
		cmocka_unit_test(test_plain_names),
		cmocka_unit_test(test_plain_blanks),
		cmocka_unit_test(test_longest_text),
		cmocka_unit_test(test_bracketed),
	};
	return cmocka_run_group_tests_name("lookup", tests, NULL, NULL);
}
