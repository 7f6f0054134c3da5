/* SPDX-License-Identifier: MIT */

/* Writing IANA's CSV. */

#include "common/ascii.h"
#include "common/error.h"
#include "common/grow.h"
#include "common/sized.h"
#include "core/image/image.h"
#include "facts-note.h"
#include "markup.h"
#include "output.h"

#include <sdreg/markup.h>

#include <stdio.h>
#include <stdlib.h>

enum {
	NAME,
	PORT,
	TRANSPORT,
	DESCRIPTION,
	ASSIGNEE,
	CONTACT,
	REGISTERED,
	MODIFIED,
	REFERENCE,
	SERVICE_CODE,
	UNAUTHORIZED,
	NOTES,
	CELLS,
	PARAGRAPH_INDENT = 8,
};

/* How IANA's conversion treats markup. It has changed; each was found by comparing XML and CSV of
 * the same days: 2017-08 to 2018-07, 2020-02 to 2020-07, 2020-07 to 2025-01, 2025-04 to 2026-04. */
struct style {
	const char *from; /* the first date of it */
	const char *unauthorized; /* the name of that column */
	int breaks; /* whether <br/> is a line break, or nothing */
	int collapses; /* whether blanks around a line break make it a space */
	int indents; /* whether a <paragraph> begins with eight blanks more */
};

static const struct style styles[] = {
	{"", "Known Unauthorized Uses", 0, 0, 0},
	{"2019-01-01", "Unauthorized Use Reported", 1, 0, 0},
	{"2020-07-20", "Unauthorized Use Reported", 1, 1, 0},
	{"2025-03-01", "Unauthorized Use Reported", 0, 1, 1},
};

/* A cell that is put together. */
struct cell {
	char *at;
	size_t len;
	size_t size;
};

struct csv_export {
	const struct style *style;
	const char *line_end;
	const char *last_end; /* that of the last row */
	struct cell cells[CELLS];
	int no_memory;
	struct output output;
};

/* That of a date; without one, the newest. */
static const struct style *style_of(const char *updated)
{
	size_t i = sizeof(styles) / sizeof(styles[0]) - 1;
	while (updated[0] != '\0' && i > 0 && strcmp(updated, styles[i].from) < 0)
		i--;
	return &styles[i];
}

static void put_byte(struct csv_export *x, struct cell *cell, char c)
{
	char *const at = grow(cell->at, &cell->size, cell->len + 1, 1);
	if (at == NULL) {
		x->no_memory = 1;
		return;
	}
	cell->at = at;
	cell->at[cell->len++] = c;
}

static void put_bytes(struct csv_export *x, struct cell *cell, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		put_byte(x, cell, bytes[i]);
}

static void put_text(struct csv_export *x, struct cell *cell, const char *text)
{
	put_bytes(x, cell, text, strlen(text));
}

static void put_escaped(struct csv_export *x, struct cell *cell, const char *text, size_t len)
{
	size_t taken;
	for (size_t i = 0; i < len; i += taken)
		put_byte(x, cell, markup_unescape(text + i, len - i, &taken));
}

/* Removes blanks at the ends of a cell from an offset on, and as the style has it around its line
 * breaks. */
static void trim(const struct csv_export *x, struct cell *cell, size_t from)
{
	size_t to = from;
	size_t i = from;
	while (cell->len > from && ascii_is_blank((unsigned char)cell->at[cell->len - 1]))
		cell->len--;
	while (i < cell->len && ascii_is_blank((unsigned char)cell->at[i]))
		i++;
	while (i < cell->len) {
		size_t end = i;
		int breaks = 0; /* line breaks with a blank before them and one behind */
		while (ascii_is_blank((unsigned char)cell->at[end])) /* the last byte is none */
			end++;
		for (size_t k = i + 1; k + 1 < end; k++)
			breaks += cell->at[k] == '\n';
		if (breaks > 0 && x->style->collapses) {
			cell->at[to++] = ' ';
			i = end;
			continue;
		}
		do
			cell->at[to++] = cell->at[i++];
		while (i < end);
	}
	cell->len = to;
}

/* ---- from XML ---- */

/* Whether what was added since an offset is blank. */
static int is_blank_since(const struct cell *cell, size_t from)
{
	for (size_t i = from; i < cell->len; i++)
		if (!ascii_is_blank((unsigned char)cell->at[i]))
			return 0;
	return 1;
}

/* Writes an xref as "[...]": its own text, else what it refers to. The tag was read. */
static void put_xref(struct csv_export *x, struct cell *cell, const struct markup_piece *tag,
	const char **text)
{
	size_t len = 0;
	size_t depth = 1;
	put_byte(x, cell, '[');
	const size_t from = cell->len;
	while (depth > 0) {
		const struct markup_piece piece = markup_next(text);
		if (piece.kind == MARKUP_END)
			break;
		depth += piece.kind == MARKUP_START;
		depth -= piece.kind == MARKUP_STOP;
		if (piece.kind == MARKUP_TEXT)
			put_escaped(x, cell, piece.at, piece.len);
	}
	if (is_blank_since(cell, from)) {
		cell->len = from;
		const char *const data = markup_attribute(tag, "data", &len);
		if (data != NULL)
			put_escaped(x, cell, data, len);
		const char *const type = markup_attribute(tag, "type", &len);
		if (type != NULL && len == 3 && memcmp(type, "rfc", 3) == 0 &&
			cell->len - from >= 3 && memcmp(cell->at + from, "rfc", 3) == 0)
			memcpy(cell->at + from, "RFC", 3);
	}
	put_byte(x, cell, ']');
}

/* Puts an element's text into a cell. Its start tag was read. */
static void read_element(struct csv_export *x, struct cell *cell, const char **text)
{
	size_t depth = 1;
	cell->len = 0;
	while (depth > 0) {
		const struct markup_piece piece = markup_next(text);
		if (piece.kind == MARKUP_END)
			break;
		depth -= piece.kind == MARKUP_STOP;
		if (piece.kind == MARKUP_TEXT)
			put_escaped(x, cell, piece.at, piece.len);
		if (piece.kind != MARKUP_START)
			continue;
		if (markup_is(&piece, "xref")) {
			put_xref(x, cell, &piece, text);
			continue;
		}
		depth++;
		if (markup_is(&piece, "br") && x->style->breaks)
			put_byte(x, cell, '\n');
		for (int i = 0;
			markup_is(&piece, "paragraph") && x->style->indents && i < PARAGRAPH_INDENT;
			i++)
			put_byte(x, cell, ' ');
	}
	trim(x, cell, 0);
}

/* Puts the next item of a column of bracketed items into a cell. */
static void put_item(struct csv_export *x, struct cell *cell, const char **items)
{
	size_t len;
	const char *const item = sdreg_bracketed(items, &len);
	if (item == NULL) {
		*items = ""; /* not to be looked through again */
		return;
	}
	put_byte(x, cell, '[');
	put_bytes(x, cell, item, len);
	put_byte(x, cell, ']');
}

/* What is left of an entry's columns of bracketed items. */
struct csv_items {
	const char *assignee;
	const char *contact;
	const char *reference;
};

static void put_assignee(struct csv_export *x, struct csv_items *items, const char **text)
{
	struct cell *const cell = &x->cells[ASSIGNEE];
	const size_t from = cell->len; /* 0, unless forged markup has many of these */
	size_t depth = 1;
	while (depth > 0) {
		const struct markup_piece piece = markup_next(text);
		if (piece.kind == MARKUP_END)
			break;
		depth -= piece.kind == MARKUP_STOP;
		if (piece.kind == MARKUP_BYTE && piece.at[0] == SDREG_RECORD_MARKUP_ASSIGNEE)
			put_item(x, cell, &items->assignee);
		if (piece.kind != MARKUP_START)
			continue;
		if (depth == 1 && markup_is(&piece, "xref"))
			put_xref(x, cell, &piece, text);
		else
			depth++;
	}
	trim(x, cell, from);
}

/* An element of the record that was written out. */
static void put_written_out(struct csv_export *x, const struct markup_piece *tag,
	struct csv_items *items, const char **text, int *has_assignee)
{
	static const struct {
		const char *name;
		size_t cell;
	} elements[] = {{"name", NAME}, {"number", PORT}, {"protocol", TRANSPORT},
		{"description", DESCRIPTION}, {"sc", SERVICE_CODE}, {"unauthorized", UNAUTHORIZED},
		{"note", NOTES}};
	struct cell nowhere = {NULL, 0, 0};
	if (markup_is(tag, "assignee")) {
		*has_assignee = 1;
		put_assignee(x, items, text);
		return;
	}
	if (markup_is(tag, "xref")) {
		size_t len = 0;
		const char *const type = markup_attribute(tag, "type", &len);
		const int person = type != NULL && len == 6 && memcmp(type, "person", 6) == 0;
		struct cell *const cell = &x->cells[person ? CONTACT : REFERENCE];
		const size_t from = cell->len;
		put_xref(x, cell, tag, text);
		trim(x, cell, from);
		return;
	}
	for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++) {
		if (!markup_is(tag, elements[i].name))
			continue;
		read_element(x, &x->cells[elements[i].cell], text);
		return;
	}
	read_element(x, &nowhere, text);
	free(nowhere.at);
}

/* Makes cells of how XML wrote the record; those whose text is that of the column are there. */
static void read_markup(struct csv_export *x, const struct sdreg_entry *entry)
{
	const char *text = image_string(entry->bytes, ENTRY_MARKUP);
	struct csv_items items = {sdreg_entry_assignee(entry), sdreg_entry_contact(entry),
		sdreg_entry_reference(entry)};
	int has_assignee = 0;
	size_t starts = 0;
	x->cells[ASSIGNEE].len = 0;
	x->cells[CONTACT].len = 0;
	x->cells[REFERENCE].len = 0;
	for (;;) {
		const struct markup_piece piece = markup_next(&text);
		if (piece.kind == MARKUP_END)
			break;
		if (piece.kind == MARKUP_START && starts++ > 0)
			put_written_out(x, &piece, &items, &text, &has_assignee);
		if (piece.kind != MARKUP_BYTE)
			continue;
		if (piece.at[0] == SDREG_RECORD_MARKUP_CONTACT)
			put_item(x, &x->cells[CONTACT], &items.contact);
		if (piece.at[0] == SDREG_RECORD_MARKUP_RFC ||
			piece.at[0] == SDREG_RECORD_MARKUP_DRAFT ||
			piece.at[0] == SDREG_RECORD_MARKUP_URI)
			put_item(x, &x->cells[REFERENCE], &items.reference);
	}
	if (!has_assignee)
		put_bytes(x, &x->cells[ASSIGNEE], x->cells[CONTACT].at, x->cells[CONTACT].len);
}

/* ---- cells ---- */

static void set(struct csv_export *x, size_t cell, const char *text)
{
	x->cells[cell].len = 0;
	put_text(x, &x->cells[cell], text);
}

static void set_columns(struct csv_export *x, const struct sdreg_entry *entry)
{
	char note[FACTS_NOTE_SIZE];
	char port[16] = "";
	uint16_t first;
	uint16_t last;
	if (sdreg_entry_port(entry, &first, &last)) {
		snprintf(port, sizeof(port), "%u", (unsigned)first);
		if (first < last)
			snprintf(port, sizeof(port), "%u-%u", (unsigned)first, (unsigned)last);
	}
	set(x, NAME, sdreg_entry_name(entry));
	set(x, PORT, port);
	set(x, TRANSPORT, sdreg_transport_text(sdreg_entry_transport(entry)));
	set(x, DESCRIPTION, sdreg_entry_description(entry));
	set(x, ASSIGNEE, sdreg_entry_assignee(entry));
	set(x, CONTACT, sdreg_entry_contact(entry));
	set(x, REGISTERED, sdreg_entry_registered(entry));
	set(x, MODIFIED, sdreg_entry_modified(entry));
	set(x, REFERENCE, sdreg_entry_reference(entry));
	set(x, SERVICE_CODE, sdreg_entry_service_code(entry));
	set(x, UNAUTHORIZED, sdreg_entry_unauthorized_use(entry));
	set(x, NOTES, facts_note(entry, note));
}

/* A cell is quoted only where it has to be. */
static void write_cell(struct output *o, const struct cell *cell)
{
	int quoted = 0;
	for (size_t i = 0; i < cell->len && !quoted; i++)
		quoted = strchr(",\"\n\r", cell->at[i]) != NULL;
	if (!quoted) {
		output_bytes(o, cell->at, cell->len);
		return;
	}
	output_text(o, "\"");
	for (size_t i = 0; i < cell->len; i++) {
		if (cell->at[i] == '"')
			output_text(o, "\"");
		output_bytes(o, cell->at + i, 1);
	}
	output_text(o, "\"");
}

static void write_row(struct csv_export *x)
{
	for (size_t i = 0; i < CELLS; i++) {
		if (i > 0)
			output_text(&x->output, ",");
		write_cell(&x->output, &x->cells[i]);
	}
}

static void write_header(struct csv_export *x, const struct sdreg_registry *registry)
{
	const char *const frame =
		(const char *)registry->image + le32(registry->image + HEADER_FRAME);
	size_t len = strlen(frame);
	x->line_end = "\r\n";
	x->last_end = x->line_end;
	if ((registry->flags & IMAGE_FROM_CSV) == 0 || len < 2) {
		output_text(&x->output,
			"Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,"
			"Registration Date,Modification Date,Reference,Service Code,");
		output_text(&x->output, x->style->unauthorized);
		output_text(&x->output, ",Assignment Notes\r\n");
		return;
	}
	const int no_last_end = frame[len - 1] == CSV_NO_LAST_END;
	len -= (size_t)no_last_end;
	if (len < 2 || frame[len - 2] != '\r')
		x->line_end = "\n";
	x->last_end = no_last_end ? "" : x->line_end;
	output_bytes(&x->output, frame, len);
}

static void write_entry(struct csv_export *x, const struct sdreg_registry *registry,
	const struct sdreg_entry *entry, int is_last)
{
	const char *const markup = image_string(entry->bytes, ENTRY_MARKUP);
	if ((registry->flags & IMAGE_FROM_CSV) != 0 && markup[0] != '\0') {
		const size_t len = strlen(markup);
		output_bytes(&x->output, markup, len);
		if (markup[len - 1] == '\n') /* an end of its own */
			return;
	} else {
		set_columns(x, entry);
		if ((registry->flags & IMAGE_FROM_XML) != 0 && markup[0] != '\0')
			read_markup(x, entry);
		write_row(x);
	}
	output_text(&x->output, is_last ? x->last_end : x->line_end);
}

int sdreg_export_csv(const struct sdreg_registry *registry, const struct sdreg_sink *sink,
	struct sdreg_error *err)
{
	const struct sdreg_entry *e;
	error_begin(err);
	if (sink == NULL || !sized_is_valid(sink))
		return error_set(err, SDREG_E_ARGUMENT, "a sink begins with its size");
	struct csv_export *const x = calloc(1, sizeof(*x));
	if (x == NULL)
		return error_set(err, SDREG_E_MEMORY, "no memory for an export");
	const size_t size = sdreg_registry_size(registry);
	x->style = style_of(sdreg_registry_updated(registry));
	sized_read(&x->output.sink, sizeof(x->output.sink), sink);
	write_header(x, registry);
	for (size_t i = 0; (e = sdreg_registry_entry(registry, i)) != NULL; i++) {
		if (x->output.failed || x->no_memory)
			break;
		write_entry(x, registry, e, i + 1 == size);
	}
	output_flush(&x->output);
	int result = SDREG_OK;
	if (x->no_memory)
		result = error_set(err, SDREG_E_MEMORY, "no memory for an export");
	else if (x->output.failed)
		result = error_set(err, SDREG_E_IO, "the export cannot be written");
	for (size_t i = 0; i < CELLS; i++)
		free(x->cells[i].at);
	free(x);
	return result;
}
