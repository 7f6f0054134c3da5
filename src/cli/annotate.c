/* SPDX-License-Identifier: MIT */

/* sdreg annotate: adds to each line of avahi-browse -p what is known of its service. */

#include "avahi-line.h"
#include "avahi-names.h"
#include "cli.h"
#include "json.h"
#include "print.h"
#include "suffix-cache.h"
#include "txt-key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	BUFFER = 1 << 18, /* a longer line passes through as it is */
	READ = 1 << 16, /* bytes taken at one time */
	OUT = 1 << 16,
	CACHE = 1024, /* types whose annotation is kept; a network has a few dozen */
	CACHE_TEXT = 80,
	KEYS = 2048, /* TXT keys whose verdict is kept */
	KEY_TEXT = 22,
};

/* A TXT key of a type, and its verdict. */
struct known_key {
	const struct known *known; /* NULL for none */
	unsigned char verdict;
	unsigned char len;
	char text[KEY_TEXT];
};

/* A type field and what it means. */
struct known {
	char text[CACHE_TEXT]; /* the field; an empty one is free */
	size_t len;
	int is_type; /* 0 for a title that no database explains */
	struct sdreg_type type;
	struct sdreg_annotation annotation;
};

struct annotator {
	struct cli *cli;
	struct known *cache;
	struct known_key *keys;
	struct avahi_names *names; /* loaded when the first title comes */
	int names_loaded;
	char *scratch; /* BUFFER bytes */
	char *buffer; /* BUFFER bytes */
	char *out; /* OUT bytes: what is not written as yet */
	size_t out_len;
	struct suffix_cache *suffixes;
	FILE *suffix; /* writes into the next two */
	char *suffix_text;
	size_t suffix_len;
	int status;
};

/* ---- output: whole blocks ---- */

static void write_out(struct annotator *a)
{
	fwrite(a->out, 1, a->out_len, stdout);
	a->out_len = 0;
}

static void put(struct annotator *a, const char *at, size_t len)
{
	if (len > OUT - a->out_len)
		write_out(a);
	if (len > OUT) {
		fwrite(at, 1, len, stdout);
		return;
	}
	memcpy(a->out + a->out_len, at, len);
	a->out_len += len;
}

/* ---- what a type field means ---- */

static void explain(struct annotator *a, struct sdreg_text field, struct known *known)
{
	const char *text = field.at;
	size_t len = field.len;
	if (text[0] != '_') {
		if (!a->names_loaded)
			a->names = avahi_names_load();
		a->names_loaded = 1;
		text = avahi_names_type(a->names, field);
		len = text != NULL ? strlen(text) : 0;
	}
	known->is_type = len > 0 && sdreg_type_parse(text, len, &known->type, NULL) == 0;
	if (known->is_type)
		sdreg_annotate_type(a->cli->registry, a->cli->supplement, &known->type,
			&known->annotation);
}

static const struct known *look_up(struct annotator *a, struct sdreg_text field)
{
	size_t hash = field.len;
	for (size_t i = 0; i < field.len; i++)
		hash = 31 * hash + (unsigned char)field.at[i];
	struct known *const known = &a->cache[(hash ^ hash >> 10) % CACHE];
	if (known->len == field.len && field.len < CACHE_TEXT &&
		memcmp(known->text, field.at, field.len) == 0)
		return known;
	explain(a, field, known);
	memset(a->keys, 0, KEYS * sizeof(*a->keys)); /* some were of what stood there */
	known->len = field.len < CACHE_TEXT ? field.len : 0;
	memcpy(known->text, field.at, known->len);
	return known;
}

/* 0 to 65535; 0 for what is none. */
static uint16_t port_number(struct sdreg_text text)
{
	unsigned long port = 0;
	for (size_t i = 0; i < text.len && port <= UINT16_MAX; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return 0;
		port = 10 * port + (unsigned long)(text.at[i] - '0');
	}
	return port <= UINT16_MAX ? (uint16_t)port : 0;
}

/* ---- text: the line, and fields parted by tabs behind it ---- */

static enum sdreg_key_verdict judge_key(const struct annotator *a, const struct known *known,
	const struct sdreg_txt_item *item)
{
	size_t hash = (size_t)(known - a->cache);
	for (size_t i = 0; i < item->key_len; i++)
		hash = 31 * hash + (unsigned char)item->key[i];
	struct known_key *const key = &a->keys[hash % KEYS];
	if (key->known == known && key->len == item->key_len && item->key_len <= KEY_TEXT &&
		memcmp(key->text, item->key, item->key_len) == 0)
		return (enum sdreg_key_verdict)key->verdict;
	const enum sdreg_key_verdict verdict = sdreg_annotate_key(a->cli->registry,
		a->cli->supplement, &known->type, item->key, item->key_len);
	if (item->key_len > KEY_TEXT)
		return verdict;
	key->known = known;
	key->verdict = (unsigned char)verdict;
	key->len = (unsigned char)item->key_len;
	memcpy(key->text, item->key, item->key_len);
	return verdict;
}

static void print_port(const struct annotator *a, const struct known *known, uint16_t port)
{
	uint16_t registered;
	const enum sdreg_port_verdict verdict =
		sdreg_annotate_port(a->cli->registry, &known->type, port, &registered);
	fputs(sdreg_port_verdict_word(verdict), a->suffix);
	if (verdict == SDREG_PORT_OTHER)
		fprintf(a->suffix, " (registered %u)", registered);
}

/* The keys of a TXT field that are known, or those that are not, parted by commas. */
static void print_keys(const struct annotator *a, const struct known *known,
	struct sdreg_text txt, int wanted)
{
	size_t len;
	int n = 0;
	while (avahi_txt_next(&txt, a->scratch, &len)) {
		struct sdreg_txt_item item;
		if (sdreg_txt_item(a->scratch, len, &item) < 0)
			continue;
		if ((judge_key(a, known, &item) != SDREG_KEY_UNKNOWN) != wanted)
			continue;
		if (n++ > 0)
			putc(',', a->suffix);
		print_bytes(a->suffix, item.key, item.key_len);
	}
}

static void print_annotation(const struct annotator *a, const struct avahi_line *line,
	const struct known *known)
{
	putc('\t', a->suffix);
	if (!known->is_type) {
		fputs("unknown-title", a->suffix);
		return;
	}
	fputs(sdreg_verdict_word(known->annotation.verdict), a->suffix);
	putc('\t', a->suffix);
	print_text(a->suffix, known->annotation.title);
	if (line->event != '=')
		return;
	putc('\t', a->suffix);
	print_port(a, known, port_number(line->port));
	putc('\t', a->suffix);
	print_keys(a, known, line->txt, 1);
	putc('\t', a->suffix);
	print_keys(a, known, line->txt, 0);
}

/* ---- JSON ---- */

static json_t *unescaped(const struct annotator *a, struct sdreg_text text)
{
	return json_bytes(a->scratch, avahi_unescape(text, a->scratch));
}

static json_t *txt_value(const struct annotator *a, const struct known *known,
	struct sdreg_text txt)
{
	json_t *const array = json_array();
	size_t len;
	while (avahi_txt_next(&txt, a->scratch, &len)) {
		struct sdreg_txt_item item;
		if (sdreg_txt_item(a->scratch, len, &item) < 0)
			continue;
		const enum sdreg_key_verdict verdict = !known->is_type
			? SDREG_KEY_UNKNOWN
			: judge_key(a, known, &item);
		json_t *const object = json_pack("{s:o, s:o, s:s}",
			"key", json_bytes(item.key, item.key_len),
			"value", item.value != NULL ? json_bytes(item.value, item.value_len)
						    : json_null(),
			"verdict", sdreg_key_verdict_word(verdict));
		if (known->is_type)
			txt_key_add_json(a->cli, &known->type, &item, object);
		json_array_append_new(array, object);
	}
	return array;
}

static void add_resolved(const struct annotator *a, const struct avahi_line *line,
	const struct known *known, json_t *object)
{
	uint16_t registered = 0;
	const uint16_t port = port_number(line->port);
	json_object_set_new(object, "host", unescaped(a, line->host));
	json_object_set_new(object, "address", unescaped(a, line->address));
	json_object_set_new(object, "port", json_integer(port));
	if (known->is_type) {
		const enum sdreg_port_verdict verdict = sdreg_annotate_port(a->cli->registry,
			&known->type, port, &registered);
		json_object_set_new(object, "port_verdict",
			json_string(sdreg_port_verdict_word(verdict)));
		json_object_set_new(object, "registered_port",
			registered != 0 ? json_integer(registered) : json_null());
	}
	json_object_set_new(object, "txt", txt_value(a, known, line->txt));
}

static void print_json(struct annotator *a, const struct avahi_line *line,
	const struct known *known)
{
	const char event[2] = {line->event, '\0'};
	char type[SDREG_NAME_SIZE] = "";
	if (known->is_type)
		sdreg_type_format(&known->type, SDREG_PART_TYPE, type, sizeof(type));
	json_t *const object = json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:s, s:o}",
		"event", event, "interface", json_bytes(line->interface.at, line->interface.len),
		"protocol", json_bytes(line->protocol.at, line->protocol.len),
		"name", unescaped(a, line->name),
		"type", known->is_type ? json_text(type)
				       : json_bytes(line->type.at, line->type.len),
		"domain", unescaped(a, line->domain),
		"verdict", known->is_type ? sdreg_verdict_word(known->annotation.verdict)
					  : "unknown-title",
		"title", json_text(known->is_type ? known->annotation.title : ""));
	if (object != NULL && known->is_type && known->annotation.instead != NULL)
		json_object_set_new(object, "instead", json_text(known->annotation.instead));
	if (object != NULL && line->event == '=')
		add_resolved(a, line, known, object);
	if (json_print_line(stdout, object) != 0)
		a->status = STATUS_TROUBLE;
}

/* ---- lines ---- */

/* What is no line of avahi-browse, or a piece of one that is too long to be. */
static void pass(struct annotator *a, const char *at, size_t len, const char *end)
{
	if (!a->cli->json) {
		put(a, at, len);
		put(a, end, strlen(end));
		return;
	}
	if (json_print_line(stdout, json_pack("{s:o}", "line", json_bytes(at, len))) != 0)
		a->status = STATUS_TROUBLE;
}

/* The fields of a line from the type on. 0 where there are fewer. */
static int tail_of(const char *at, size_t len, struct sdreg_text *tail)
{
	const char *const end = at + len;
	for (int i = 0; i < 4; i++) {
		const char *const semicolon = memchr(at, ';', (size_t)(end - at));
		if (semicolon == NULL)
			return 0;
		at = semicolon + 1;
	}
	*tail = (struct sdreg_text){at, (size_t)(end - at)};
	return 1;
}

/* What stands behind a line, for the first time. 0 for what is no line of avahi-browse. */
static int make_suffix(struct annotator *a, const char *at, size_t len, struct sdreg_text tail,
	struct sdreg_text *suffix)
{
	struct avahi_line line;
	if (!avahi_line_read(at, len, &line))
		return 0;
	rewind(a->suffix);
	print_annotation(a, &line, look_up(a, line.type));
	if (fflush(a->suffix) != 0) {
		fputs("sdreg: no memory to annotate\n", stderr);
		a->status = STATUS_TROUBLE;
		return 0;
	}
	*suffix = (struct sdreg_text){a->suffix_text, (size_t)ftell(a->suffix)};
	suffix_cache_keep(a->suffixes, at[0], tail, *suffix);
	return 1;
}

/* A CR before the line break belongs to the line as it is put out, and not to its last field. */
static size_t without_cr(const char *at, size_t len)
{
	return len - (len > 0 && at[len - 1] == '\r');
}

static void take_json(struct annotator *a, const char *at, size_t len)
{
	struct avahi_line line;
	const size_t text_len = without_cr(at, len);
	if (avahi_line_read(at, text_len, &line))
		print_json(a, &line, look_up(a, line.type));
	else
		pass(a, at, len, "");
}

/* A line without its line break; end is that break, or nothing at the end of the input. */
static void take_line(struct annotator *a, const char *at, size_t len, const char *end)
{
	struct sdreg_text tail;
	struct sdreg_text suffix;
	if (a->cli->json) {
		take_json(a, at, len);
		return;
	}
	const size_t text_len = without_cr(at, len);
	if (!tail_of(at, text_len, &tail) ||
		(!suffix_cache_find(a->suffixes, at[0], tail, &suffix) &&
			!make_suffix(a, at, text_len, tail, &suffix))) {
		pass(a, at, len, end);
		return;
	}
	put(a, at, len);
	put(a, suffix.at, suffix.len);
	put(a, end, strlen(end));
}

/* Takes the whole lines from the front of the buffer, of which the first bytes are known to have no
 * line break. Gives how many bytes they had. */
static size_t take_lines(struct annotator *a, size_t len, size_t known, int *in_long_line)
{
	size_t from = 0;
	const char *end;
	while ((end = memchr(a->buffer + known, '\n', len - known)) != NULL) {
		const size_t n = (size_t)(end - a->buffer) - from;
		if (*in_long_line)
			pass(a, a->buffer + from, n, "\n");
		else
			take_line(a, a->buffer + from, n, "\n");
		*in_long_line = 0;
		from += n + 1;
		known = from;
	}
	if (from > 0 || len < BUFFER)
		return from;
	pass(a, a->buffer, len, "");
	*in_long_line = 1;
	return len;
}

static int annotate_fd(struct annotator *a, int fd, const char *name)
{
	size_t len = 0;
	int in_long_line = 0;
	for (;;) {
		const size_t room = BUFFER - len;
		const ssize_t n = read(fd, a->buffer + len, room < READ ? room : READ);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return cli_system_error(name, errno);
		if (n == 0)
			break;
		const size_t taken = take_lines(a, len + (size_t)n, len, &in_long_line);
		len += (size_t)n;
		memmove(a->buffer, a->buffer + taken, len - taken);
		len -= taken;
		write_out(a);
		if (fflush(stdout) != 0) /* whoever follows sees each line when it comes */
			return STATUS_TROUBLE;
	}
	if (len > 0 && in_long_line)
		pass(a, a->buffer, len, "");
	else if (len > 0)
		take_line(a, a->buffer, len, "");
	write_out(a);
	return a->status;
}

static int annotate_file(struct annotator *a, const char *path)
{
	if (strcmp(path, "-") == 0)
		return annotate_fd(a, STDIN_FILENO, "standard input");
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return cli_system_error(path, errno);
	const int status = annotate_fd(a, fd, path);
	close(fd);
	return status;
}

static int begin(struct annotator *a)
{
	a->cache = calloc(CACHE, sizeof(*a->cache));
	a->keys = calloc(KEYS, sizeof(*a->keys));
	a->buffer = malloc(BUFFER);
	a->scratch = malloc(BUFFER);
	a->out = malloc(OUT);
	a->suffixes = suffix_cache_new();
	a->suffix = open_memstream(&a->suffix_text, &a->suffix_len);
	if (a->cache != NULL && a->keys != NULL && a->buffer != NULL && a->scratch != NULL &&
		a->out != NULL && a->suffixes != NULL && a->suffix != NULL)
		return STATUS_FOUND;
	fputs("sdreg: no memory to annotate\n", stderr);
	return STATUS_TROUBLE;
}

static void end(struct annotator *a)
{
	avahi_names_free(a->names);
	if (a->suffix != NULL)
		fclose(a->suffix);
	free(a->suffix_text);
	suffix_cache_free(a->suffixes);
	free(a->out);
	free(a->scratch);
	free(a->buffer);
	free(a->keys);
	free(a->cache);
}

static int run(struct cli *cli, const struct command *self, int argc, char **argv)
{
	if (cli_option(cli, self, argc, argv, "", NULL) != -1 || cli_open(cli) != 0)
		return STATUS_TROUBLE;
	struct annotator a = {.cli = cli};
	a.status = begin(&a);
	if (a.status == STATUS_FOUND && optind >= argc)
		a.status = annotate_fd(&a, STDIN_FILENO, "standard input");
	for (int i = optind; i < argc && a.status == STATUS_FOUND; i++)
		a.status = annotate_file(&a, argv[i]);
	end(&a);
	return a.status;
}

const struct command command_annotate = {
	.name = "annotate",
	.arguments = "[OPTIONS] [FILE...]",
	.summary = "add to avahi-browse -p what is known of each service",
	.help =
		"Reads what avahi-browse -p prints, with or without -r and -k, from files or\n"
		"from standard input (-), and adds fields to each line, parted by tabs: the\n"
		"verdict, the title and, with -r, how the port compares with the registered\n"
		"one, the TXT keys that are known and those that are not. Every other line\n"
		"passes through unchanged; in JSON it is {\"line\": ...}, in pieces if it is\n"
		"longer than 256 KiB.\n\n",
	.run = run,
};
