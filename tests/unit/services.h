/* SPDX-License-Identifier: MIT */
#ifndef SERVICES_H
#define SERVICES_H

/* Services and events in the place of the library's, with a registry and a supplement of their own:
 * what no network has to show. And files of what is wanted. For programs of one source each. */

#include "table.h"

#include "cli/common/sources.h"

#include <sdreg/browse.h>
#include <stdlib.h>

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

struct sdreg_service {
	const char *name;
	const char *type; /* with its domain, if that is not local */
	const char *host; /* NULL: it did not answer */
	uint16_t port;
	const char *addresses; /* with blanks between */
	const char *interfaces;
	const char *txt; /* with "|" between */
	int is_local;
	/* made of these */
	struct sdreg_type parsed;
	char type_text[64];
	struct sdreg_annotation *annotation;
};

struct sdreg_place {
	const char *interface; /* empty: none */
	int protocol;
	const struct sdreg_service *service; /* what it has here */
};

struct sdreg_event {
	enum sdreg_event_kind kind;
	const struct sdreg_service *service;
	const char *domain;
	struct sdreg_place place;
	int has_error;
	struct sdreg_error error;
};

/* The nth word of a text; NULL past the last. */
static const char *word(const char *text, size_t nth)
{
	static char out[100];
	while (text != NULL && nth-- > 0) {
		text = strchr(text, ' ');
		text = text != NULL ? text + 1 : NULL;
	}
	if (text == NULL || text[0] == '\0')
		return NULL;
	snprintf(out, sizeof(out), "%.*s", (int)strcspn(text, " "), text);
	return out;
}

const char *sdreg_service_name(const struct sdreg_service *s)
{
	return s->name;
}

const char *sdreg_service_domain(const struct sdreg_service *s)
{
	return s->parsed.domain[0] != '\0' ? s->parsed.domain : "local";
}

const char *sdreg_service_type_text(const struct sdreg_service *s)
{
	return s->type_text;
}

const struct sdreg_type *sdreg_service_type(const struct sdreg_service *s)
{
	return &s->parsed;
}

const struct sdreg_annotation *sdreg_service_annotation(const struct sdreg_service *s)
{
	return s->annotation;
}

int sdreg_service_is_resolved(const struct sdreg_service *s)
{
	return s->host != NULL;
}

const char *sdreg_service_host(const struct sdreg_service *s)
{
	return s->host != NULL ? s->host : "";
}

uint16_t sdreg_service_port(const struct sdreg_service *s)
{
	return s->port;
}

const char *sdreg_service_address(const struct sdreg_service *s, size_t nth)
{
	return word(s->addresses, nth);
}

const char *sdreg_service_interface(const struct sdreg_service *s, size_t nth)
{
	return word(s->interfaces, nth);
}

int sdreg_service_txt(const struct sdreg_service *s, size_t nth, struct sdreg_text *text)
{
	const char *at = s->txt;
	while (at != NULL && nth-- > 0) {
		at = strchr(at, '|');
		at = at != NULL ? at + 1 : NULL;
	}
	if (at == NULL)
		return 0;
	*text = (struct sdreg_text){at, strcspn(at, "|")};
	return 1;
}

int sdreg_service_read_txt(const struct sdreg_service *s, struct sdreg_txt *txt)
{
	struct sdreg_text text;
	for (size_t i = 0; sdreg_service_txt(s, i, &text); i++)
		assert_int_equal(sdreg_txt_add(txt, text.at, text.len), 0);
	return 0;
}

enum sdreg_event_kind sdreg_event_kind(const struct sdreg_event *event)
{
	return event->kind;
}

const struct sdreg_error *sdreg_event_error(const struct sdreg_event *event)
{
	return event->has_error ? &event->error : NULL;
}

int sdreg_service_is_local(const struct sdreg_service *s)
{
	return s->is_local;
}

const struct sdreg_service *sdreg_event_service(const struct sdreg_event *event)
{
	return event->service;
}

const char *sdreg_event_domain(const struct sdreg_event *event)
{
	return event->domain;
}

const struct sdreg_place *sdreg_event_place(const struct sdreg_event *event)
{
	return &event->place;
}

const char *sdreg_place_interface(const struct sdreg_place *place)
{
	return place->interface != NULL ? place->interface : "";
}

int sdreg_place_protocol(const struct sdreg_place *place)
{
	return place->protocol;
}

const char *sdreg_place_host(const struct sdreg_place *place)
{
	return sdreg_service_host(place->service);
}

const char *sdreg_place_address(const struct sdreg_place *place)
{
	const char *const address = sdreg_service_address(place->service, 0);
	return address != NULL ? address : "";
}

uint16_t sdreg_place_port(const struct sdreg_place *place)
{
	return place->service->port;
}

int sdreg_place_txt(const struct sdreg_place *place, size_t nth, struct sdreg_text *text)
{
	return sdreg_service_txt(place->service, nth, text);
}

static struct sources sources;

static const struct row registered_rows[] = {
	{"http", "80", "tcp", "World Wide Web HTTP", "Defined TXT keys: u, p, path"},
	{"ipp", "631", "tcp", "IPP (Internet Printing Protocol)", NULL},
	{"presence", "5298", "tcp", "XMPP Link-Local Messaging", NULL},
	{"clique", NULL, "udp", "Clique Chat Room", NULL},
	{"raop", NULL, NULL, "Remote Audio <Output>", NULL},
	{"ssh", "22", "tcp", "The Secure Shell (SSH) Protocol", NULL},
	{"hap", "661", "tcp", "HAP", NULL},
};

/* What is in common use, and what its keys mean. */
static void add_supplement(struct sdreg_builder *b)
{
	static const struct sdreg_record records[] = {
		{.name = {"googlecast", 10}, .transport = {"tcp", 3}, .description = {"Cast", 4}},
		{.name = {"hap", 3},
			.transport = {"tcp", 3},
			.description = {"HomeKit", 7},
			.unauthorized_use = {"IANA's hap is something else", 28}},
	};
	static const struct {
		const char *type, *name, *meaning;
		enum sdreg_key_form form;
	} keys[] = {
		{"_ipp._tcp", "qtotal", "number of queues", SDREG_KEY_FORM_NUMBER},
		{"_ipp._tcp", "Color", "whether it prints in colour", SDREG_KEY_FORM_TEXT},
		{"_presence._tcp", "status", "whether the user is there", SDREG_KEY_FORM_TEXT},
		{"_presence._tcp", "msg", "what the user says", SDREG_KEY_FORM_TEXT},
		{"_presence._tcp", "nick", "name of the user", SDREG_KEY_FORM_TEXT},
	};
	static const struct sdreg_value_record values[] = {
		{.text = {"T", 1}, .meaning = {"yes", 3}},
		{.text = {"away", 4}, .meaning = {"not there", 9}},
	};
	for (size_t i = 0; i < COUNT(records); i++) {
		struct sdreg_record record = records[i];
		record.size = sizeof(record);
		assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	}
	for (size_t i = 0; i < COUNT(keys); i++) {
		const struct sdreg_key_record key = {.size = sizeof(key),
			.name = table_text(keys[i].name),
			.meaning = table_text(keys[i].meaning),
			.form = keys[i].form};
		assert_int_equal(sdreg_builder_begin_keys(b, table_text(keys[i].type), NULL), 0);
		assert_int_equal(sdreg_builder_add_key(b, &key, NULL), 0);
		for (size_t k = 0; k < COUNT(values); k++) {
			struct sdreg_value_record value = values[k];
			value.size = sizeof(value);
			assert_int_equal(sdreg_builder_add_value(b, &value, NULL), 0);
		}
	}
}

static int services_set_up(void **state)
{
	struct sdreg_builder *const b = sdreg_builder_new();
	(void)state;
	assert_non_null(b);
	sources.registry = table_registry(registered_rows, COUNT(registered_rows), 1);
	add_supplement(b);
	sources.supplement = sdreg_builder_finish(b, NULL);
	return sources.supplement == NULL;
}

static int services_tear_down(void **state)
{
	(void)state;
	sdreg_registry_close(sources.registry);
	sdreg_registry_close(sources.supplement);
	return 0;
}

#define TWELVE_FLAGS "=|=|=|=|=|=|=|=|=|=|=|="

static struct sdreg_service services_many[] = {
	{.name = "juliet@pronto",
		.type = "_presence._tcp",
		.host = "Pronto.local",
		.port = 5298,
		.addresses = "10.0.0.1 fe80::1%eth0",
		.interfaces = "eth0 wlan0",
		.txt = "txtvers=1|status=away|msg=|nick|=x||balcony=<2>|port.p2pj=5562|vc=CA!"},
	{.name = "juliet@PRONTO", .type = "_http._tcp", .host = "pronto.local", .port = 8080},
	{.name = "a\"<&>'\n", .type = "_http._tcp", .host = "other.local", .port = 80},
	{.name = "b", .type = "_http._tcp", .host = "other.local", .port = 80, .txt = "path=/"},
	{.name = "silent", .type = "_http._tcp"},
	{.name = "silent", .type = "_ipp._tcp.example.org"},
	{.name = "printer",
		.type = "_ipp._tcp.example.org",
		.host = "printer.local",
		.port = 631,
		.txt = "qtotal=one|Color=T|rp=x"},
	{.name = "cast",
		.type = "_googlecast._tcp",
		.host = "cast.local",
		.port = 8009,
		.txt = "ca=5|ve=05"},
	{.name = "bad", .type = "_under_score._tcp", .host = "cast.local"},
	{.name = "worse", .type = "_-long-and-with--hyphens._tcp", .host = "a.local", .port = 1},
	{.name = "unknown", .type = "_sdreg-none._udp", .host = "b.local", .port = 7},
	{.name = "room",
		.type = "_clique._udp",
		.host = "c.local",
		.port = 9,
		.txt = "txtvers=1",
		.addresses = "224.0.0.1"},
	{.name = "other", .type = "_clique._tcp", .host = "d.local", .port = 9},
	{.name = "full",
		.type = "_raop._tcp",
		.host = "e.local",
		.port = 7000,
		.txt = TWELVE_FLAGS "|" TWELVE_FLAGS "|=|=|path="},
	{.name = "just",
		.type = "_raop._tcp",
		.host = "f.local",
		.port = 7000,
		.txt = TWELVE_FLAGS "|" TWELVE_FLAGS},
	{.name = "g", .type = "_ssh._tcp", .host = "g.local", .port = 22},
	{.name = "h", .type = "_smb._tcp", .host = "h.local", .port = 445},
	{.name = "i", .type = "_afpovertcp._tcp", .host = "i.local", .port = 548},
	{.name = "hap", .type = "_hap._tcp", .host = "i.local", .port = 5001},
};

/* Makes what a service has besides its row; to be freed by services_drop(). */
static void services_make(struct sdreg_service *services, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct sdreg_service *const s = &services[i];
		assert_int_equal(sdreg_type_parse(s->type, strlen(s->type), &s->parsed, NULL), 0);
		sdreg_type_format(&s->parsed, SDREG_TYPE_PART_TYPE, s->type_text,
			sizeof(s->type_text));
		s->annotation =
			sdreg_annotate_type(sources.registry, sources.supplement, &s->parsed, NULL);
		assert_non_null(s->annotation);
	}
}

static void services_drop(struct sdreg_service *services, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sdreg_annotation_free(services[i].annotation);
}

/* ---- files of what is wanted ---- */

static char *read_file(const char *path)
{
	char *bytes = NULL;
	size_t len = 0;
	FILE *const in = fopen(path, "r");
	FILE *const out = open_memstream(&bytes, &len);
	if (in == NULL)
		fail_msg("%s cannot be opened", path);
	for (int c; (c = getc(in)) != EOF;)
		putc(c, out);
	fclose(in);
	fclose(out);
	return bytes;
}

static void compare(const char *name, const char *got, const char *wanted)
{
	size_t line = 1;
	while (*got == *wanted && *got != '\0') {
		line += *got == '\n';
		got++;
		wanted++;
	}
	if (*got != *wanted)
		fail_msg("%s:%zu: wanted %.60s, got %.60s", name, line, wanted, got);
}

/* Compares with a file below $FIXTURES. $SDREG_WRITE_WANTED writes it anew. */
static void assert_wanted(const char *name, const char *got)
{
	char path[1024];
	snprintf(path, sizeof(path), "%s/%s", getenv("FIXTURES"), name);
	if (getenv("SDREG_WRITE_WANTED") != NULL) {
		FILE *const anew = fopen(path, "w");
		assert_non_null(anew);
		fputs(got, anew);
		fclose(anew);
	}
	char *const wanted = read_file(path);
	compare(name, got, wanted);
	free(wanted);
}

#endif
