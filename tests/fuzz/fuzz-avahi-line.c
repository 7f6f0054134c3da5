/* SPDX-License-Identifier: MIT */

/* Fuzzes the readers of avahi-browse's lines: fields lie inside the line, taking their escapes out
 * never makes them longer, and what was read, written as any version of Avahi writes it, is read
 * as the same again. */

#include "fuzz.h"

#include "cli/annotate/avahi/human.h"
#include "cli/annotate/avahi/line.h"
#include "common/escape.h"
#include "common/printed-txt.h"

#include <sdreg.h>
#include <stdio.h>

enum {
	PRINTED = 4, /* bytes that one may become */
	NAME_COLUMN = 45,
};

/* A copy with a LF behind it and as many bytes as readers may read. They are such that it is seen
 * who takes them for a part of the text. */
static char *roomy(const void *bytes, size_t len)
{
	char *const copy = block(NULL, len + PLACES_ROOM);
	if (len > 0)
		memcpy(copy, bytes, len);
	copy[len] = '\n';
	for (size_t i = 1; i < PLACES_ROOM; i++)
		copy[len + i] = ";\""[i % 2];
	return copy;
}

/* ---- writing, as Avahi does ---- */

/* Which bytes of a TXT record a version writes as \DDD. */
enum version {
	V0_7, /* none, and neither quotes nor backslashes are escaped */
	V0_8_ARM,
	V0_8,
	V0_9,
};

static int is_numbered(enum version version, unsigned char byte)
{
	return version != V0_7 &&
		(byte < 32 || (version == V0_9 && byte == 127) ||
			(version != V0_8_ARM && byte >= 128));
}

static size_t put_byte(char *out, unsigned char byte, int numbered, int backslash)
{
	size_t n = 0;
	if (numbered || backslash)
		out[n++] = '\\';
	if (!numbered) {
		out[n++] = (char)byte;
		return n;
	}
	for (unsigned power = 100; power > 0; power /= 10)
		out[n++] = (char)('0' + byte / power % 10);
	return n;
}

static size_t put_string(char *out, enum version version, struct sdreg_text string)
{
	size_t n = 0;
	out[n++] = '"';
	for (size_t i = 0; i < string.len; i++) {
		const unsigned char byte = (unsigned char)string.at[i];
		n += put_byte(out + n, byte, is_numbered(version, byte),
			version != V0_7 && (byte == '"' || byte == '\\'));
	}
	out[n++] = '"';
	return n;
}

static size_t put_label(char *out, struct sdreg_text label)
{
	size_t n = 0;
	for (size_t i = 0; i < label.len; i++) {
		const unsigned char byte = (unsigned char)label.at[i];
		const unsigned char low = byte | 32;
		const int plain = (low >= 'a' && low <= 'z') || (byte >= '0' && byte <= '9') ||
			byte == '-' || byte == '_';
		const int backslash = byte == '.' || byte == '\\';
		n += put_byte(out + n, byte, !plain && !backslash, backslash);
	}
	return n;
}

/* ---- TXT records ---- */

/* Whether two fields have the same strings. */
static int same_strings(struct sdreg_text one, struct sdreg_text two)
{
	struct printed_txt a = printed_txt_read(one.at, one.len);
	struct printed_txt b = printed_txt_read(two.at, two.len);
	char *const room_a = block(NULL, one.len);
	char *const room_b = block(NULL, two.len);
	struct sdreg_text x;
	struct sdreg_text y;
	int same = 1;
	while (same && printed_txt_next(&a, room_a, &x))
		same = printed_txt_next(&b, room_b, &y) && x.len == y.len &&
			memcmp(x.at, y.at, x.len) == 0;
	same = same && !printed_txt_next(&b, room_b, &y);
	free(room_a);
	free(room_b);
	return same;
}

static void print_again(struct sdreg_text field, enum version version)
{
	struct printed_txt txt = printed_txt_read(field.at, field.len);
	char *const room = block(NULL, field.len);
	char *const out = block(NULL, PRINTED * field.len + 2);
	struct sdreg_text string;
	size_t len = 0;
	int is_plain = 1;
	while (printed_txt_next(&txt, room, &string)) {
		if (len > 0)
			out[len++] = ' ';
		len += put_string(out + len, version, string);
		is_plain &= memchr(string.at, '"', string.len) == NULL &&
			memchr(string.at, '\\', string.len) == NULL;
	}
	char *const printed = roomy(out, len);
	if (version != V0_7 || is_plain)
		require(same_strings(field, (struct sdreg_text){printed, len}));
	free(printed);
	free(out);
	free(room);
}

static void check_txt(struct sdreg_text txt)
{
	for (enum version version = V0_7; version <= V0_9; version++)
		print_again(txt, version);
}

/* ---- lines ---- */

static void check_label(struct sdreg_text text)
{
	char *const plain = block(NULL, text.len); /* as much room as is promised to be enough */
	const size_t len = escape_undo(text.at, text.len, plain);
	require(len <= text.len);
	char *const escaped = block(NULL, PRINTED * len);
	const size_t escaped_len = put_label(escaped, (struct sdreg_text){plain, len});
	char *const again = block(NULL, escaped_len);
	require(escape_undo(escaped, escaped_len, again) == len && memcmp(plain, again, len) == 0);
	free(again);
	free(escaped);
	free(plain);
}

static void check_field(struct sdreg_text field, const char *line, size_t size)
{
	require(field.len <= size && field.at >= line && field.at <= line + size - field.len);
	check_label(field);
}

static int is_same(struct sdreg_text one, struct sdreg_text two)
{
	return one.len == two.len && (one.len == 0 || memcmp(one.at, two.at, one.len) == 0);
}

/* Fields with semicolons between them are the line. */
static void check_parsable(const char *text, size_t size)
{
	struct avahi_line line = {0};
	struct avahi_cut cut;
	const char *const line_break = avahi_cut(text, text + size, &cut);
	require(line_break == memchr(text, '\n', size + 1));
	size = (size_t)(line_break - text);
	const enum avahi_kind kind = avahi_line_read(text, size, &cut, &line);
	if (kind == AVAHI_OTHER)
		return;
	require(kind == AVAHI_SERVICE || kind == AVAHI_DOMAIN);
	const struct sdreg_text service[] = {line.interface, line.protocol, line.name, line.type,
		line.domain, line.host, line.address, line.port, line.txt};
	const struct sdreg_text domain[] = {line.interface, line.protocol, line.domain};
	const int is_domain = kind == AVAHI_DOMAIN;
	const struct sdreg_text *const fields = is_domain ? domain : service;
	const size_t count = is_domain ? 3 : line.event == '=' ? 9 : 5;
	const char *at = text + 1;
	require(size > 0 && text[0] == line.event && line.domain.len > 0);
	for (size_t i = 0; i < count; i++) {
		require(*at == ';' && fields[i].at == at + 1);
		check_field(fields[i], text, size);
		at = fields[i].at + fields[i].len;
	}
	require(at == text + size);
	if (line.event == '=')
		check_txt(line.txt);
}

static int has_title(void *with, struct sdreg_text title)
{
	static const char *const titles[] = {"a", "b a", "Web Site", "Secure Web Site",
		"Secure Internet Printer", "iChat Presence", "a Secure Internet Printer"};
	(void)with;
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		if (title.len == strlen(titles[i]) && memcmp(title.at, titles[i], title.len) == 0)
			return 1;
	return 0;
}

static const struct avahi_titles titles = {has_title, NULL};

/* A service in columns again. */
static void check_columns(const struct avahi_line *line)
{
	const size_t room = line->interface.len + line->protocol.len + line->name.len +
		line->type.len + line->domain.len + 200;
	char *const text = block(NULL, room);
	struct avahi_line again;
	const int len = snprintf(text, room, "%c %6.*s %4.*s %-*.*s %-20.*s %.*s", line->event,
		(int)line->interface.len, line->interface.at, (int)line->protocol.len,
		line->protocol.at, NAME_COLUMN, (int)line->name.len, line->name.at,
		(int)line->type.len, line->type.at, (int)line->domain.len, line->domain.at);
	/* a byte of NUL ends what printf() is given */
	if (memchr(line->interface.at, '\0', line->interface.len) == NULL &&
		memchr(line->name.at, '\0', line->name.len) == NULL &&
		memchr(line->type.at, '\0', line->type.len) == NULL &&
		memchr(line->domain.at, '\0', line->domain.len) == NULL) {
		require(avahi_human_read(text, (size_t)len, &titles, &again) == AVAHI_SERVICE);
		require(line->event == again.event && is_same(line->interface, again.interface));
		require(is_same(line->protocol, again.protocol) && is_same(line->name, again.name));
		require(is_same(line->type, again.type) && is_same(line->domain, again.domain));
	}
	free(text);
}

static void check_human(const char *text, size_t size)
{
	struct avahi_line line = {0};
	const enum avahi_kind kind = avahi_human_read(text, size, &titles, &line);
	const struct sdreg_text fields[] = {line.interface, line.protocol, line.name, line.type,
		line.domain, line.host, line.address, line.port, line.txt};
	for (size_t i = 0; kind != AVAHI_OTHER && i < sizeof(fields) / sizeof(fields[0]); i++)
		if (fields[i].at != NULL)
			check_field(fields[i], text, size);
	if (kind == AVAHI_SERVICE)
		check_columns(&line);
	if (kind == AVAHI_TXT)
		check_txt(line.txt);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *const text = roomy(data, size);
	check_label((struct sdreg_text){text, size});
	check_txt((struct sdreg_text){text, size});
	check_parsable(text, size);
	check_human(text, size);
	free(text);
	return 0;
}
