/* SPDX-License-Identifier: MIT */

/* Reading IANA's CSV (RFC 4180, line breaks inside quoted cells). */

#include "common/ascii.h"
#include "common/error.h"
#include "common/sized.h"
#include "common/utf8.h"
#include "core/image/image.h"

#include <sdreg/builder.h>
#include <sdreg/registry.h>

#include <stdlib.h>
#include <string.h>

enum {
	CELLS_MAX = 64, /* IANA's file has 12 columns */
	BYTES_MAX = 64 << 20,
};

/* How a row ends. */
enum row_end {
	ROW_LINE, /* with a line break */
	ROW_FILE, /* with the file */
};

struct csv {
	const char *start;
	const char *at;
	const char *end;
	unsigned long line; /* of at, from 1 */
	unsigned long row_line; /* where the row began */
	struct sdreg_text row; /* its bytes without its end */
	struct sdreg_text cells[CELLS_MAX];
	size_t count; /* cells of the row; may be over CELLS_MAX, which are then not kept */
	enum row_end row_end;
	char *scratch; /* cells with doubled quotes, made single */
	size_t scratch_used;
	struct sdreg_error *err;
};

static int refuse(struct csv *csv, unsigned long line, const char *why)
{
	csv->err->line = line;
	return error_set(csv->err, SDREG_E_FORMAT, "%s", why);
}

static void keep_cell(struct csv *csv, const char *at, size_t len)
{
	if (csv->count < CELLS_MAX)
		csv->cells[csv->count] = (struct sdreg_text){at, len};
	csv->count++;
}

/* Copies a cell with its doubled quotes made single. The copies of a file are never longer than
 * the file, and those of a row are done with when the next one begins. */
static void keep_quoted(struct csv *csv, const char *at, size_t len)
{
	char *const to = csv->scratch + csv->scratch_used;
	size_t n = 0;
	for (size_t i = 0; i < len; i++) {
		to[n++] = at[i];
		i += at[i] == '"';
	}
	csv->scratch_used += n;
	keep_cell(csv, to, n);
}

static int read_quoted(struct csv *csv)
{
	const unsigned long line = csv->line;
	const char *const from = ++csv->at;
	int doubled = 0;
	for (; csv->at < csv->end; csv->at++) {
		csv->line += *csv->at == '\n';
		if (*csv->at != '"')
			continue;
		if (csv->at + 1 == csv->end || csv->at[1] != '"')
			break;
		doubled = 1;
		csv->at++;
	}
	if (csv->at == csv->end)
		return refuse(csv, line, "a quote that opens here is never closed");
	const size_t len = (size_t)(csv->at - from);
	csv->at++;
	if (doubled)
		keep_quoted(csv, from, len);
	else
		keep_cell(csv, from, len);
	if (csv->at < csv->end && *csv->at != ',' && *csv->at != '\n' && *csv->at != '\r')
		return refuse(csv, csv->line, "there is text after a closing quote");
	return SDREG_OK;
}

static int read_plain(struct csv *csv)
{
	const char *const from = csv->at;
	while (csv->at < csv->end && *csv->at != ',' && *csv->at != '\n' && *csv->at != '\r') {
		if (*csv->at == '"')
			return refuse(csv, csv->line, "a cell without quotes has a quote in it");
		csv->at++;
	}
	keep_cell(csv, from, (size_t)(csv->at - from));
	return SDREG_OK;
}

/* Reads a row. 1, 0 at the end of the file, or a negative result. */
static int read_row(struct csv *csv)
{
	csv->count = 0;
	csv->scratch_used = 0;
	csv->row_line = csv->line;
	csv->row.at = csv->at;
	if (csv->at == csv->end)
		return 0;
	for (;;) {
		const int quoted = csv->at < csv->end && *csv->at == '"';
		const int result = quoted ? read_quoted(csv) : read_plain(csv);
		if (result < 0)
			return result;
		if (csv->at == csv->end || *csv->at != ',')
			break;
		csv->at++;
	}
	csv->row.len = (size_t)(csv->at - csv->row.at);
	csv->row_end = csv->at == csv->end ? ROW_FILE : ROW_LINE;
	if (csv->row_end == ROW_FILE)
		return 1;
	if (*csv->at == '\r' && (++csv->at == csv->end || *csv->at != '\n'))
		return refuse(csv, csv->line, "a row ends in CR without LF");
	csv->at++;
	csv->line++;
	return 1;
}

/* ---- columns ---- */

struct column {
	const char *name;
	const char *old_name;
	size_t offset; /* in struct sdreg_record */
	int needed;
};

#define COLUMN(field) offsetof(struct sdreg_record, field)

static const struct column columns[] = {
	{"Service Name", NULL, COLUMN(name), 1},
	{"Port Number", NULL, COLUMN(port), 1},
	{"Transport Protocol", NULL, COLUMN(transport), 1},
	{"Description", NULL, COLUMN(description), 1},
	{"Assignee", NULL, COLUMN(assignee), 0},
	{"Contact", NULL, COLUMN(contact), 0},
	{"Registration Date", NULL, COLUMN(registered), 0},
	{"Modification Date", NULL, COLUMN(modified), 0},
	{"Reference", NULL, COLUMN(reference), 0},
	{"Service Code", NULL, COLUMN(service_code), 0},
	{"Unauthorized Use Reported", "Known Unauthorized Uses", COLUMN(unauthorized_use), 0},
	{"Assignment Notes", NULL, COLUMN(notes), 0},
};

enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };

/* Which cell holds which column: 1 + its index, or 0. */
struct header {
	size_t cell[COLUMNS];
	size_t count; /* cells of the header */
	size_t end_len; /* bytes of its line end */
	int is_iana; /* whether the columns are IANA's, all and in order */
};

static int text_is(struct sdreg_text text, const char *name)
{
	return name != NULL && text.len == strlen(name) && ascii_equal(text.at, name, text.len);
}

/* Bytes of the end of the row that was read. */
static size_t end_length(const struct csv *csv)
{
	return (size_t)(csv->at - csv->row.at) - csv->row.len;
}

static int read_header(struct csv *csv, struct header *header)
{
	const int row = read_row(csv);
	if (row < 0)
		return row;
	if (row == 0 || csv->count > CELLS_MAX)
		return refuse(csv, 1, "the first row is no header of IANA's registry");
	memset(header, 0, sizeof(*header));
	header->count = csv->count;
	header->end_len = end_length(csv);
	for (size_t i = 0; i < csv->count; i++) {
		size_t c = 0;
		while (c < COLUMNS && !text_is(csv->cells[i], columns[c].name) &&
			!text_is(csv->cells[i], columns[c].old_name))
			c++;
		if (c == COLUMNS)
			continue;
		if (header->cell[c] != 0) {
			csv->err->line = 1;
			return error_set(csv->err, SDREG_E_FORMAT, "the column \"%s\" stands twice",
				columns[c].name);
		}
		header->cell[c] = i + 1;
	}
	header->is_iana = csv->count == COLUMNS;
	for (size_t c = 0; c < COLUMNS; c++)
		header->is_iana = header->is_iana && header->cell[c] == c + 1;
	for (size_t c = 0; c < COLUMNS; c++) {
		if (!columns[c].needed || header->cell[c] != 0)
			continue;
		csv->err->line = 1;
		return error_set(csv->err, SDREG_E_FORMAT,
			"there is no column \"%s\": this is not IANA's registry as CSV",
			columns[c].name);
	}
	return SDREG_OK;
}

static void warn(const struct sdreg_reading *reading, unsigned long line,
	struct sdreg_error *warning)
{
	if (reading == NULL || reading->warn == NULL)
		return;
	error_at(warning, reading->name, line);
	warning->line = line;
	reading->warn(reading->user, warning);
}

static void fill_record(const struct csv *csv, const struct header *header,
	struct sdreg_record *record)
{
	memset(record, 0, sizeof(*record));
	record->size = sizeof(*record);
	for (size_t c = 0; c < COLUMNS; c++)
		if (header->cell[c] != 0)
			memcpy((char *)record + columns[c].offset, &csv->cells[header->cell[c] - 1],
				sizeof(struct sdreg_text));
}

/* Whether a cell without quotes comes out of an export as it went in: without blanks that are
 * collapsed. */
static int is_plain(struct sdreg_text cell)
{
	if (cell.len > 0 && (cell.at[0] == ' ' || cell.at[cell.len - 1] == ' '))
		return 0;
	for (size_t i = 0; i < cell.len; i++)
		if ((unsigned char)cell.at[i] < 0x20 ||
			(cell.at[i] == ' ' && cell.at[i + 1] == ' '))
			return 0;
	return 1;
}

/* The same of a row: without quotes, and a port or a transport in a spelling of its own. */
static int is_plain_row(const struct csv *csv, const struct header *header,
	const struct sdreg_record *record)
{
	if (!header->is_iana || memchr(csv->row.at, '"', csv->row.len) != NULL ||
		memchr(record->port.at, '-', record->port.len) != NULL)
		return 0;
	for (size_t i = 0; i < record->transport.len; i++)
		if (record->transport.at[i] < 'a' || record->transport.at[i] > 'z')
			return 0;
	for (size_t c = 0; c < COLUMNS; c++)
		if (!is_plain(
			    *(const struct sdreg_text *)((const char *)record + columns[c].offset)))
			return 0;
	return 1;
}

static int add_row(struct csv *csv, const struct header *header, struct sdreg_builder *builder,
	const struct sdreg_reading *reading)
{
	struct sdreg_error trouble = {.size = sizeof(trouble)};
	if (csv->count != header->count) {
		if (csv->row_end == ROW_FILE)
			return refuse(csv, csv->row_line,
				"the file ends in the middle of a row: it was cut short");
		error_set(&trouble, SDREG_E_RECORD,
			"row left out: %zu cells, and the header has %zu", csv->count,
			header->count);
		warn(reading, csv->row_line, &trouble);
		return SDREG_OK;
	}
	struct sdreg_record record;
	fill_record(csv, header, &record);
	if (csv->row_end == ROW_LINE && end_length(csv) != header->end_len)
		record.markup = (struct sdreg_text){csv->row.at, csv->row.len + end_length(csv)};
	else if (!is_plain_row(csv, header, &record))
		record.markup = csv->row;
	const int result = sdreg_builder_add(builder, &record, &trouble);
	if (result == SDREG_E_RECORD) {
		warn(reading, csv->row_line, &trouble);
		return SDREG_OK;
	}
	if (result < 0) {
		error_set(csv->err, result, "%s", trouble.text);
		error_at(csv->err, reading != NULL ? reading->name : NULL, csv->row_line);
	}
	return result;
}

/* What can be said of the bytes before a row is read. */
static int check_bytes(struct csv *csv, size_t len)
{
	if (len > BYTES_MAX)
		return error_set(csv->err, SDREG_E_LIMIT, "the input is over 64 MiB");
	const size_t valid = utf8_valid(csv->at, len);
	const char *const nul = len > 0 ? memchr(csv->at, '\0', len) : NULL;
	const size_t text = nul != NULL ? (size_t)(nul - csv->at) : len;
	const size_t bad = text < valid ? text : valid;
	if (bad == len)
		return SDREG_OK;
	unsigned long line = 1;
	for (size_t i = 0; i < bad; i++)
		line += csv->at[i] == '\n';
	return refuse(csv, line,
		bad == valid ? "there is a byte that is not UTF-8" : "there is a NUL byte");
}

/* Keeps how the header was written, and the end of the last row if that is not as the others'. */
static int keep_frame(struct csv *csv, struct sdreg_builder *builder, struct sdreg_text header)
{
	char *const frame = malloc(header.len + 1);
	int result = SDREG_E_MEMORY;
	if (frame != NULL) {
		memcpy(frame, header.at, header.len);
		frame[header.len] = CSV_NO_LAST_END;
		const size_t more = csv->row_end == ROW_FILE ? 1 : 0;
		result = sdreg_builder_frame(builder, SDREG_FORMAT_CSV,
			(struct sdreg_text){frame, header.len + more});
	}
	free(frame);
	return result == SDREG_OK ? SDREG_OK
				  : error_set(csv->err, SDREG_E_MEMORY, "no memory to read CSV");
}

static int read_rows(struct csv *csv, struct sdreg_builder *builder,
	const struct sdreg_reading *reading)
{
	const char *const from = csv->start;
	struct header header;
	int result = read_header(csv, &header);
	const struct sdreg_text written = {from, (size_t)(csv->at - from)};
	while (result == SDREG_OK) {
		const int row = read_row(csv);
		if (row < 0)
			return row;
		if (row == 0)
			return keep_frame(csv, builder, written);
		result = add_row(csv, &header, builder, reading);
	}
	return result;
}

struct sdreg_registry *sdreg_registry_read_csv(const char *bytes, size_t len,
	const struct sdreg_reading *given, struct sdreg_error *err)
{
	struct sdreg_reading sized = {0};
	const struct sdreg_reading *const reading = given != NULL ? &sized : NULL;
	struct sdreg_error own = {
		.size = sizeof(own)}; /* lines are counted in it, so there must be one */
	struct csv csv = {.start = bytes, .at = bytes, .end = bytes + len, .line = 1, .err = &own};
	struct sdreg_registry *registry = NULL;
	error_begin(err);
	if (given != NULL && !sized_take(&sized, sizeof(sized), given)) {
		error_set(err, SDREG_E_ARGUMENT, "how to read begins with its size");
		return NULL;
	}
	struct sdreg_builder *builder = sdreg_builder_new();
	int result = check_bytes(&csv, len);
	if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
		csv.at += 3;
	csv.scratch = malloc(len + 1);
	if (csv.scratch == NULL || builder == NULL)
		result = error_set(&own, SDREG_E_MEMORY, "no memory to read CSV");
	if (result == SDREG_OK)
		result = read_rows(&csv, builder, reading);
	if (result == SDREG_OK) {
		registry = sdreg_builder_finish(builder, &own);
		builder = NULL;
	}
	sdreg_builder_free(builder);
	free(csv.scratch);
	error_at(&own, reading != NULL ? reading->name : NULL, own.line);
	error_pass(err, &own);
	return registry;
}
