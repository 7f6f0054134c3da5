/* SPDX-License-Identifier: MIT */

/* Fuzzes the exports by what they promise: CSV comes out as the same bytes; XML comes out equal to
 * what went in, so that a second time changes nothing; and a CSV that went through XML still says
 * the same, as far as XML can hold it. */

#include "fuzz.h"
#include "memory-file.h"

#include <sdreg/error.h>
#include <sdreg/export.h>
#include <sdreg/registry.h>
#include <sdreg/xml.h>

/* Bytes that came out, in a block of just their size. */
struct exported {
	char *at;
	size_t len;
};

static int collect(void *user, const char *bytes, size_t len)
{
	struct exported *const x = user;
	char *const grown = realloc(x->at, x->len + len);
	require(len > 0 && grown != NULL);
	memcpy(grown + x->len, bytes, len);
	x->at = grown;
	x->len += len;
	return 0;
}

static struct exported export_csv(const struct sdreg_registry *r)
{
	struct exported x = {NULL, 0};
	const struct sdreg_sink sink = {sizeof(sink), collect, &x};
	require(sdreg_export_csv(r, &sink, NULL) == SDREG_OK && x.len > 0);
	return x;
}

static struct exported export_xml(const struct sdreg_registry *r)
{
	struct exported x = {NULL, 0};
	const struct sdreg_sink sink = {sizeof(sink), collect, &x};
	require(sdreg_export_xml(r, &sink, NULL) == SDREG_OK && x.len > 0);
	return x;
}

static void count_warning(void *user, const struct sdreg_error *warning)
{
	require(warning->code == SDREG_E_RECORD && warning->line > 0 && warning->text[0] != '\0');
	++*(size_t *)user;
}

static struct sdreg_registry *read_csv(const void *bytes, size_t len, size_t *warnings)
{
	const struct sdreg_reading reading = {.size = sizeof(reading),
		.warn = count_warning,
		.user = warnings};
	*warnings = 0;
	return sdreg_registry_read_csv(bytes, len, &reading, NULL);
}

static struct sdreg_registry *read_xml(const void *bytes, size_t len, size_t *warnings)
{
	const struct sdreg_reading reading = {.size = sizeof(reading),
		.warn = count_warning,
		.user = warnings};
	*warnings = 0;
	return sdreg_xml_read(memory_file(bytes, len), SDREG_XML_KIND_REGISTRY, &reading, NULL);
}

static void same_bytes(struct exported x, const void *bytes, size_t len)
{
	require(x.len == len && memcmp(x.at, bytes, len) == 0);
}

/* ---- the twelve columns ---- */

/* Whether XML has all characters of a text. It lacks the control characters, save white space, and
 * U+FFFE and U+FFFF. */
static int is_xml(const char *text)
{
	for (size_t i = 0; text[i] != '\0'; i++) {
		if ((unsigned char)text[i] < 0x20 && text[i] != '\n')
			return 0;
		if (strncmp(text + i, "\xef\xbf\xbe", 3) == 0 ||
			strncmp(text + i, "\xef\xbf\xbf", 3) == 0)
			return 0;
	}
	return 1;
}

/* Whether a column is bracketed items and nothing else: XML has an element for each, and no place
 * for text between them. */
static int is_items(const char *text)
{
	const char *rest = text;
	size_t len;
	while (*rest == '[' && sdreg_bracketed(&rest, &len) != NULL)
		;
	return *rest == '\0';
}

static void same_column(const char *column(const struct sdreg_entry *), const struct sdreg_entry *a,
	const struct sdreg_entry *b)
{
	require(!is_xml(column(a)) || strcmp(column(a), column(b)) == 0);
}

static void same_items(const char *column(const struct sdreg_entry *), const struct sdreg_entry *a,
	const struct sdreg_entry *b)
{
	if (is_items(column(a)))
		same_column(column, a, b);
}

static void same_entry(const struct sdreg_entry *a, const struct sdreg_entry *b)
{
	uint16_t port[4] = {0, 0, 0, 0};
	same_column(sdreg_entry_name, a, b);
	same_column(sdreg_entry_description, a, b);
	same_items(sdreg_entry_assignee, a, b);
	same_items(sdreg_entry_contact, a, b);
	same_column(sdreg_entry_registered, a, b);
	same_column(sdreg_entry_modified, a, b);
	same_items(sdreg_entry_reference, a, b);
	same_column(sdreg_entry_service_code, a, b);
	same_column(sdreg_entry_unauthorized_use, a, b);
	same_column(sdreg_entry_notes, a, b);
	require(sdreg_entry_port(a, &port[0], &port[1]) == sdreg_entry_port(b, &port[2], &port[3]));
	require(port[0] == port[2] && port[1] == port[3]);
	require(sdreg_entry_transport(a) == sdreg_entry_transport(b));
}

static void same_entries(const struct sdreg_registry *a, const struct sdreg_registry *b)
{
	require(sdreg_registry_size(a) == sdreg_registry_size(b));
	for (size_t i = 0; i < sdreg_registry_size(a); i++)
		same_entry(sdreg_registry_entry(a, i), sdreg_registry_entry(b, i));
}

/* ---- */

static void start_with_csv(const uint8_t *data, size_t size)
{
	size_t warnings;
	char *const bytes = block(data, size);
	struct sdreg_registry *const r = read_csv(bytes, size, &warnings);
	free(bytes);
	if (r == NULL)
		return;
	struct exported csv = export_csv(r);
	if (warnings == 0)
		same_bytes(csv, data, size);
	const struct exported xml = export_xml(r);
	struct sdreg_registry *const of_xml = read_xml(xml.at, xml.len, &warnings);
	require(of_xml != NULL && warnings == 0);
	same_entries(r, of_xml);
	free(csv.at);
	csv = export_csv(of_xml);
	struct sdreg_registry *const of_csv = read_csv(csv.at, csv.len, &warnings);
	require(of_csv != NULL && warnings == 0);
	same_entries(r, of_csv);
	free(csv.at);
	free(xml.at);
	sdreg_registry_close(of_csv);
	sdreg_registry_close(of_xml);
	sdreg_registry_close(r);
}

static void start_with_xml(const uint8_t *data, size_t size)
{
	size_t warnings;
	struct sdreg_registry *const r = read_xml(data, size, &warnings);
	if (r == NULL)
		return;
	const struct exported xml = export_xml(r);
	const struct exported csv = export_csv(r);
	struct sdreg_registry *const again = read_xml(xml.at, xml.len, &warnings);
	require(again != NULL && warnings == 0);
	same_entries(r, again);
	require(sdreg_registry_people(r) == sdreg_registry_people(again));
	require(strcmp(sdreg_registry_title(r), sdreg_registry_title(again)) == 0);
	require(strcmp(sdreg_registry_updated(r), sdreg_registry_updated(again)) == 0);
	const struct exported xml_again = export_xml(again);
	const struct exported csv_again = export_csv(again);
	same_bytes(xml_again, xml.at, xml.len);
	same_bytes(csv_again, csv.at, csv.len);
	struct sdreg_registry *const of_csv = read_csv(csv.at, csv.len, &warnings);
	require(of_csv != NULL && warnings == 0);
	require(sdreg_registry_size(of_csv) == sdreg_registry_size(r));
	free(xml.at);
	free(csv.at);
	free(xml_again.at);
	free(csv_again.at);
	sdreg_registry_close(of_csv);
	sdreg_registry_close(again);
	sdreg_registry_close(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	start_with_csv(data, size);
	start_with_xml(data, size);
	return 0;
}
