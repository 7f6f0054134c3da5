/* SPDX-License-Identifier: MIT */

/* A result of a search for people: the match is shown where it stands. */

#include "search.h"

#include "cli/common/print.h"
#include "cli/show/columns.h"
#include "cli/show/entry.h"
#include "cli/show/snippet.h"

#include <string.h>

/* ---- the line of an entry ---- */

/* The next span at or after an offset of those that a column has. */
static int next_span(const struct sdreg_found *found, enum sdreg_column column, size_t after,
	struct snippet *span)
{
	int any = 0;
	const struct sdreg_match *m;
	for (size_t i = 0; (m = sdreg_found_match(found, i)) != NULL; i++) {
		const size_t offset = sdreg_match_offset(m);
		const size_t from = offset > after ? offset : after;
		const size_t to = offset + sdreg_match_len(m);
		if (sdreg_match_column(m) != column || to <= after || (any && from >= span->from))
			continue;
		*span = (struct snippet){from, to};
		any = 1;
	}
	return any;
}

static void print_column(int bold, const struct sdreg_found *found, enum sdreg_column column,
	const char *text)
{
	struct snippet span;
	size_t at = 0;
	while (next_span(found, column, at, &span)) {
		span = snippet_whole(text, span.from, span.to);
		span.from = span.from > at ? span.from : at;
		snippet_print_part(text, at, span.from, 0);
		snippet_print_strong(bold, text, span, 0);
		at = span.to;
	}
	print_text(stdout, text + at);
}

static void print_title(int bold, const struct sources *from, const struct search_row *rows,
	size_t first)
{
	const struct sdreg_found *const found = rows[first].found;
	const struct sdreg_entry *const e = sdreg_found_entry(found);
	if (sdreg_entry_name(e)[0] != '\0')
		print_column(bold, found, SDREG_COLUMN_NAME, sdreg_entry_name(e));
	else
		fputs("(no name)", stdout);
	fputs("  ", stdout);
	for (size_t i = first;; i = rows[i].next) {
		entry_print_place(stdout, sdreg_found_entry(rows[i].found));
		if (rows[i].next == 0)
			break;
		fputs(", ", stdout);
	}
	if (sdreg_entry_description(e)[0] != '\0') {
		fputs("  ", stdout);
		print_column(bold, found, SDREG_COLUMN_DESCRIPTION, sdreg_entry_description(e));
	}
	fputs(rows[first].registry == from->supplement ? "  (supplement)\n" : "\n", stdout);
}

/* ---- matches elsewhere ---- */

static void print_elsewhere(int bold, const struct sdreg_match *m)
{
	static const char *const labels[] = {
		[SDREG_COLUMN_TXT_KEY] = "TXT key",
		[SDREG_COLUMN_ASSIGNEE] = "assignee",
		[SDREG_COLUMN_CONTACT] = "contact",
		[SDREG_COLUMN_REFERENCE] = "reference",
		[SDREG_COLUMN_SERVICE_CODE] = "DCCP code",
		[SDREG_COLUMN_UNAUTHORIZED_USE] = "misuse",
		[SDREG_COLUMN_NOTES] = "note",
	};
	const char *const label = labels[sdreg_match_column(m)];
	const struct sdreg_person *const person = sdreg_match_person(m);
	const char *const text = sdreg_match_text(m);
	const size_t offset = sdreg_match_offset(m);
	const int as_address = person != NULL && text == sdreg_person_uris(person);
	printf("  %s: ", label);
	snippet_print(bold, text, snippet_whole(text, offset, offset + sdreg_match_len(m)),
		columns_of_terminal() - strlen(label) - 4, as_address);
	putchar('\n');
}

static int is_elsewhere(const struct sdreg_match *m)
{
	return sdreg_match_column(m) > SDREG_COLUMN_DESCRIPTION;
}

void search_print(int bold, const struct sources *from, const struct search_row *rows, size_t first)
{
	const struct sdreg_found *const found = rows[first].found;
	print_title(bold, from, rows, first);
	const struct sdreg_match *m;
	for (size_t i = 0; (m = sdreg_found_match(found, i)) != NULL; i++) {
		int shown = 0;
		for (size_t j = 0; j < i; j++)
			shown |= sdreg_match_text(sdreg_found_match(found, j)) ==
				sdreg_match_text(m);
		if (!shown && is_elsewhere(m))
			print_elsewhere(bold, m);
	}
}
