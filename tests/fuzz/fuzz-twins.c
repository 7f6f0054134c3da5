/* SPDX-License-Identifier: MIT */

/* Fuzzes two ways to one registry: the input is twelve texts a row, with NULs between; of these an
 * XML and a CSV are made, as IANA would publish both. What is read of them must be the same. */

#include "fuzz.h"
#include "memory-file.h"

#include <sdreg/error.h>
#include <sdreg/registry.h>
#include <sdreg/text.h>
#include <sdreg/type.h>
#include <sdreg/xml.h>

#include <stdio.h>

enum {
	CELLS = 12,
	ROWS = 16,
};

static const char head[] =
	"Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,"
	"Registration Date,Modification Date,Reference,Service Code,Unauthorized Use Reported,"
	"Assignment Notes\r\n";
static const char root[] =
	"<?xml version='1.0' encoding='UTF-8'?><registry "
	"xmlns=\"http://www.iana.org/assignments\" id=\"service-names-port-numbers\">";

/* ---- a row in both ---- */

/* A text that both can hold: UTF-8 without the characters that XML lacks. */
static void make_plain(char *text)
{
	for (size_t left = strlen(text); left > 0;) {
		unsigned long point;
		const size_t n = sdreg_text_character(text, left, &point);
		const int bad = n == 0 || (point < 0x20 && point != '\n' && point != '\t') ||
			point == 0xfffe || point == 0xffff;
		if (bad)
			memset(text, '?', n > 0 ? n : 1);
		text += n > 0 ? n : 1;
		left -= n > 0 ? n : 1;
	}
}

static void put_escaped(FILE *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (strchr("&<>\"'\n\t", *text) != NULL)
			fprintf(out, "&#%d;", *text);
		else
			putc(*text, out);
	}
}

static void put_element(FILE *out, const char *name, const char *text)
{
	if (text[0] == '\0')
		return;
	fprintf(out, "<%s>", name);
	put_escaped(out, text);
	fprintf(out, "</%s>", name);
}

static void put_reference(FILE *out, const char *type, const char *data)
{
	if (data[0] == '\0')
		return;
	fprintf(out, "<xref type=\"%s\" data=\"", type);
	put_escaped(out, data);
	fputs("\"/>", out);
}

static void put_xml(FILE *out, char *const cells[CELLS])
{
	fputs("<record date=\"", out);
	put_escaped(out, cells[6]);
	fputs("\" updated=\"", out);
	put_escaped(out, cells[7]);
	fputs("\">", out);
	put_element(out, "name", cells[0]);
	put_element(out, "protocol", cells[2]);
	put_element(out, "description", cells[3]);
	put_element(out, "number", cells[1]);
	fputs("<assignee>", out); /* without it, the contact is the assignee */
	put_reference(out, "person", cells[4]);
	fputs("</assignee>", out);
	put_reference(out, "person", cells[5]);
	put_reference(out, "uri", cells[8]);
	put_element(out, "sc", cells[9]);
	put_element(out, "unauthorized", cells[10]);
	put_element(out, "note", cells[11]);
	fputs("</record>", out);
}

static void put_cell(FILE *out, const char *text, int bracketed)
{
	fputs(bracketed && text[0] != '\0' ? "\"[" : "\"", out);
	for (const char *c = text; *c != '\0'; c++)
		fputs(*c == '"' ? "\"\"" : (char[]){*c, '\0'}, out);
	fputs(bracketed && text[0] != '\0' ? "]\"" : "\"", out);
}

static void put_csv(FILE *out, char *const cells[CELLS])
{
	for (size_t i = 0; i < CELLS; i++) {
		if (i > 0)
			putc(',', out);
		put_cell(out, cells[i], i == 4 || i == 5 || i == 8);
	}
	fputs("\r\n", out);
}

/* ---- the same in both ---- */

static void same_texts(const struct sdreg_entry *a, const struct sdreg_entry *b)
{
	static const char *(*const columns[])(const struct sdreg_entry *) = {sdreg_entry_name,
		sdreg_entry_description, sdreg_entry_assignee, sdreg_entry_contact,
		sdreg_entry_registered, sdreg_entry_modified, sdreg_entry_reference,
		sdreg_entry_service_code, sdreg_entry_unauthorized_use, sdreg_entry_notes};
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		require(strcmp(columns[i](a), columns[i](b)) == 0);
}

static void same_entry(const struct sdreg_entry *a, const struct sdreg_entry *b)
{
	uint16_t port[4] = {0, 0, 0, 0};
	const char *key;
	require(a != NULL && b != NULL);
	same_texts(a, b);
	require(sdreg_entry_port(a, &port[0], &port[1]) == sdreg_entry_port(b, &port[2], &port[3]));
	require(port[0] == port[2] && port[1] == port[3]);
	require(sdreg_entry_transport(a) == sdreg_entry_transport(b));
	require(sdreg_entry_txt_kind(a) == sdreg_entry_txt_kind(b));
	size_t i = 0;
	for (; (key = sdreg_entry_txt_key(a, i)) != NULL; i++)
		require(sdreg_entry_txt_key(b, i) != NULL &&
			strcmp(key, sdreg_entry_txt_key(b, i)) == 0);
	require(sdreg_entry_txt_key(b, i) == NULL);
}

static void same_registry(const struct sdreg_registry *a, const struct sdreg_registry *b)
{
	require(sdreg_registry_size(a) == sdreg_registry_size(b));
	for (size_t i = 0; i < sdreg_registry_size(a); i++) {
		const struct sdreg_entry *const left = sdreg_registry_entry(a, i);
		const struct sdreg_entry *const right = sdreg_registry_entry(b, i);
		const char *const name = sdreg_entry_name(left);
		const size_t len = strlen(name);
		same_entry(left, right);
		if (len > 0)
			same_entry(sdreg_find_name(a, name, len, NULL),
				sdreg_find_name(b, name, len, NULL));
	}
}

static void count_warning(void *user, const struct sdreg_error *warning)
{
	require(warning->code == SDREG_E_RECORD);
	++*(size_t *)user;
}

static void compare(const char *csv, size_t csv_len, const char *xml, size_t xml_len)
{
	size_t warnings[2] = {0, 0};
	struct sdreg_error err[2] = {{.size = sizeof(err[0])}, {.size = sizeof(err[1])}};
	const struct sdreg_reading of_csv = {.size = sizeof(of_csv),
		.warn = count_warning,
		.user = &warnings[0]};
	const struct sdreg_reading of_xml = {.size = sizeof(of_xml),
		.warn = count_warning,
		.user = &warnings[1]};
	struct sdreg_registry *const a = sdreg_registry_read_csv(csv, csv_len, &of_csv, &err[0]);
	struct sdreg_registry *const b = sdreg_xml_read(memory_file(xml, xml_len),
		SDREG_XML_KIND_REGISTRY, &of_xml, &err[1]);
	require((a == NULL) == (b == NULL) && err[0].code == err[1].code);
	require(warnings[0] == warnings[1]);
	if (a != NULL)
		same_registry(a, b);
	sdreg_registry_close(b);
	sdreg_registry_close(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *texts[2] = {NULL, NULL};
	size_t lens[2] = {0, 0};
	FILE *const csv = open_memstream(&texts[0], &lens[0]);
	FILE *const xml = open_memstream(&texts[1], &lens[1]);
	char *const bytes = block(NULL, size + 1);
	char *at = bytes;
	require(csv != NULL && xml != NULL);
	memcpy(bytes, data, size);
	bytes[size] = '\0';
	fputs(head, csv);
	fputs(root, xml);
	for (size_t row = 0; row < ROWS && at < bytes + size; row++) {
		char *cells[CELLS];
		for (size_t i = 0; i < CELLS; i++) { /* those that are missing are empty */
			cells[i] = at < bytes + size ? at : bytes + size;
			at += at < bytes + size ? strlen(at) + 1 : 0;
			make_plain(cells[i]);
		}
		put_csv(csv, cells);
		put_xml(xml, cells);
	}
	fputs("</registry>", xml);
	require(fclose(csv) == 0 && fclose(xml) == 0);
	compare(texts[0], lens[0], texts[1], lens[1]);
	free(texts[0]);
	free(texts[1]);
	free(bytes);
	return 0;
}
