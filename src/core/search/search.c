/* SPDX-License-Identifier: MIT */

/* Searching: every entry is asked whether it keeps the filters, and how well it answers to the
 * words; where these stand is known before, from one look at the image's strings. */

#include "words.h"

#include "common/ascii.h"
#include "common/error.h"
#include "common/grow.h"
#include "common/sized.h"

#include <sdreg/key.h>
#include <sdreg/search.h>
#include <sdreg/type.h>

#include <stdlib.h>
#include <string.h>

struct sdreg_found {
	const struct sdreg_entry *entry;
	const struct sdreg_match *matches; /* one for each word, in their order */
	size_t matches_count;
	size_t best; /* which of them is the strongest */
	unsigned score;
};

struct sdreg_results {
	struct sdreg_found *found;
	size_t count;
	size_t room;
	struct sdreg_match *matches; /* of each found entry as many as there are words */
	size_t matches_count;
	size_t matches_room;
	size_t words;
};

enum { SINCE_SIZE = 12 }; /* a date, a byte that is too much, and a NUL */

/* A search in progress. */
struct search {
	const struct sdreg_query *query;
	struct scan scan;
	struct search_words words;
	const struct scan_pattern *assignee; /* NULL: any */
	char since[SINCE_SIZE]; /* empty: any */
};

/* ---- dates ---- */

static int two_digits(const char *text, int most)
{
	if (!ascii_is_digit((unsigned char)text[0]) || !ascii_is_digit((unsigned char)text[1]))
		return 0;
	const int number = 10 * (text[0] - '0') + (text[1] - '0');
	return number >= 1 && number <= most;
}

/* Length of a date: 4, 7 or 10; 0 when it is none. */
static size_t date_length(const char *text)
{
	for (size_t i = 0; i < 4; i++)
		if (!ascii_is_digit((unsigned char)text[i]))
			return 0;
	if (text[4] == '\0')
		return 4;
	if (text[4] != '-' || !two_digits(text + 5, 12))
		return 0;
	if (text[7] == '\0')
		return 7;
	return text[7] == '-' && two_digits(text + 8, 31) && text[10] == '\0' ? 10 : 0;
}

/* The number that two digits make. */
static int number_of(const char *digits)
{
	return 10 * (digits[0] - '0') + digits[1] - '0';
}

/* Whether the month of a date has the day, if it has one. */
static int is_day(const char *date)
{
	static const char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (date_length(date) != 10)
		return 1;
	const int year = 100 * number_of(date) + number_of(date + 2);
	const int month = number_of(date + 5);
	const int is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return number_of(date + 8) <= days[month - 1] + (month == 2 && is_leap);
}

/* Whether a date of the registry is not before another, as far as both go. */
static int is_since(const char *date, const char *since)
{
	const size_t len = date_length(date);
	const size_t least = date_length(since);
	return len > 0 && strncmp(date, since, len < least ? len : least) >= 0;
}

/* ---- filters ---- */

/* What costs nothing to ask. */
static int keeps_numbers(const struct sdreg_query *q, const struct sdreg_entry *e)
{
	uint16_t first = 0;
	uint16_t last = 0;
	const int has_port = sdreg_entry_port(e, &first, &last);
	if (q->transports != 0 && (q->transports & 1U << sdreg_entry_transport(e)) == 0)
		return 0;
	if (q->portless && has_port)
		return 0;
	return !q->by_port || (has_port && first <= q->port_last && last >= q->port_first);
}

static int has_key(const struct sdreg_query *q, const struct sdreg_entry *e)
{
	const char *const wanted = q->txt_key.at;
	const size_t len = q->txt_key.len;
	struct sdreg_type type;
	const char *key;
	for (unsigned i = 0; q->dictionary != NULL && sdreg_entry_type(e, i, &type); i++)
		if (sdreg_find_key(q->dictionary, &type, wanted, len) != NULL)
			return 1;
	for (size_t i = 0; (key = sdreg_entry_txt_key(e, i)) != NULL; i++)
		if (strnlen(key, len + 1) == len && ascii_equal(key, wanted, len))
			return 1;
	return 0;
}

static int has_assignee(const struct scan *s, const struct scan_pattern *p,
	const struct sdreg_entry *e)
{
	size_t count;
	const char *const assignee = sdreg_entry_assignee(e);
	if (scan_hit(s, p, assignee) != NULL)
		return 1;
	const struct scan_credit *const credits = scan_credits(s, assignee, &count);
	for (size_t i = 0; i < count; i++)
		if (scan_hit(s, p, sdreg_person_name(credits[i].person)) != NULL ||
			scan_hit(s, p, sdreg_person_organization(credits[i].person)) != NULL)
			return 1;
	return 0;
}

static int keeps_filters(const struct search *search, const struct sdreg_entry *e)
{
	if (!keeps_numbers(search->query, e))
		return 0;
	if (search->since[0] != '\0' && !is_since(sdreg_entry_registered(e), search->since) &&
		!is_since(sdreg_entry_modified(e), search->since))
		return 0;
	if (search->query->txt_key.len > 0 && !has_key(search->query, e))
		return 0;
	return search->assignee == NULL || has_assignee(&search->scan, search->assignee, e);
}

/* ---- the query ---- */

static int read_since(struct search *search, struct sdreg_text since, struct sdreg_error *err)
{
	const int shown = since.len < 40 ? (int)since.len : 40;
	const size_t len = since.len < SINCE_SIZE ? since.len : SINCE_SIZE - 1;
	if (len == 0)
		return SDREG_OK;
	memcpy(search->since, since.at, len);
	if (strlen(search->since) != since.len || date_length(search->since) == 0)
		return error_set(err, SDREG_E_SYNTAX,
			"\"%.*s\" is no date: write YYYY, YYYY-MM or YYYY-MM-DD", shown, since.at);
	if (!is_day(search->since))
		return error_set(err, SDREG_E_SYNTAX,
			"\"%.*s\" is no date: its month has no such day", shown, since.at);
	return SDREG_OK;
}

static int read_query(struct search *search, struct sdreg_error *err)
{
	const struct sdreg_query *const q = search->query;
	if (q->by_port && q->port_first > q->port_last)
		return error_set(err, SDREG_E_ARGUMENT, "ports %u to %u: the first is the greater",
			q->port_first, q->port_last);
	if (read_since(search, q->since, err) < 0)
		return SDREG_E_SYNTAX;
	if (q->assignee.len > SDREG_WORD_MAX)
		return error_set(err, SDREG_E_LIMIT,
			"the assignee is over %d bytes: search for a part of it", SDREG_WORD_MAX);
	if (q->assignee.len > 0)
		search->assignee = scan_add(&search->scan, q->assignee.at, q->assignee.len, 1);
	return search_words_read(&search->words, &search->scan, q->words, err);
}

/* ---- results ---- */

/* Adds an entry with room for a match of each word. NULL for want of memory. */
static struct sdreg_found *add_found(struct sdreg_results *r, size_t words)
{
	struct sdreg_match *const matches =
		grow(r->matches, &r->matches_room, r->matches_count + words + 1, sizeof(*matches));
	if (matches != NULL)
		r->matches = matches;
	struct sdreg_found *const found = grow(r->found, &r->room, r->count + 1, sizeof(*found));
	if (found != NULL)
		r->found = found;
	return matches != NULL && found != NULL ? &found[r->count] : NULL;
}

static int compare_found(const void *a, const void *b)
{
	const struct sdreg_found *const x = a;
	const struct sdreg_found *const y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->matches < y->matches ? -1 : 1; /* these lie in the registry's order */
}

static int collect(const struct search *search, struct sdreg_results *r)
{
	const struct sdreg_registry *const registry = search->scan.registry;
	const size_t words = search->words.count;
	for (size_t i = 0; i < registry->entries_count; i++) {
		const struct sdreg_entry *const e = sdreg_registry_entry(registry, i);
		if (!keeps_filters(search, e))
			continue;
		struct sdreg_found *const found = add_found(r, words);
		if (found == NULL)
			return SDREG_E_MEMORY;
		*found = (struct sdreg_found){.entry = e, .matches_count = words};
		if (words > 0)
			found->score = search_words_score(&search->words, &search->scan, e,
				r->matches + r->matches_count, &found->best);
		if (words > 0 && found->score == 0)
			continue;
		r->count++;
		r->matches_count += words;
	}
	return SDREG_OK;
}

static int search_one(const struct sdreg_registry *registry, const struct sdreg_query *query,
	struct sdreg_results *r, struct sdreg_error *err)
{
	struct search search = {.query = query, .scan = {.registry = registry}};
	int result = read_query(&search, err);
	if (result == SDREG_OK && search.scan.count > 0)
		result = scan_run(&search.scan);
	if (result == SDREG_OK)
		result = collect(&search, r);
	r->words = search.words.count;
	scan_free(&search.scan);
	return result;
}

/* The best first, now that the matches stay where they are. */
static void sort(struct sdreg_results *r)
{
	for (size_t i = 0; i < r->count; i++)
		r->found[i].matches = r->matches + r->words * i;
	if (r->words > 0 && r->count > 1)
		qsort(r->found, r->count, sizeof(*r->found), compare_found);
}

struct sdreg_results *sdreg_search(const struct sdreg_registry *registry,
	const struct sdreg_query *query, struct sdreg_error *err)
{
	struct sdreg_query sized;
	error_begin(err);
	if (!sized_take(&sized, sizeof(sized), query)) {
		error_set(err, SDREG_E_ARGUMENT, "a query begins with its size");
		return NULL;
	}
	struct sdreg_results *const r = calloc(1, sizeof(*r));
	int result = r != NULL ? SDREG_OK : SDREG_E_MEMORY;
	for (; registry != NULL && result == SDREG_OK; registry = registry->further)
		result = search_one(registry, &sized, r, err);
	if (result == SDREG_OK) {
		sort(r);
		return r;
	}
	error_set(err, result, "no memory for a search");
	sdreg_results_free(r);
	return NULL;
}

size_t sdreg_results_count(const struct sdreg_results *results)
{
	return results->count;
}

const struct sdreg_found *sdreg_results_at(const struct sdreg_results *results, size_t nth)
{
	return nth < results->count ? &results->found[nth] : NULL;
}

void sdreg_results_free(struct sdreg_results *results)
{
	if (results == NULL)
		return;
	free(results->found);
	free(results->matches);
	free(results);
}

const struct sdreg_entry *sdreg_found_entry(const struct sdreg_found *found)
{
	return found->entry;
}

unsigned sdreg_found_score(const struct sdreg_found *found)
{
	return found->score;
}

const struct sdreg_match *sdreg_found_match(const struct sdreg_found *found, size_t nth)
{
	return nth < found->matches_count ? &found->matches[nth] : NULL;
}

const struct sdreg_match *sdreg_found_best(const struct sdreg_found *found)
{
	return sdreg_found_match(found, found->best);
}

enum sdreg_column sdreg_match_column(const struct sdreg_match *match)
{
	return match->column;
}

const char *sdreg_match_text(const struct sdreg_match *match)
{
	return match->text;
}

size_t sdreg_match_offset(const struct sdreg_match *match)
{
	return match->offset;
}

size_t sdreg_match_len(const struct sdreg_match *match)
{
	return match->len;
}

const struct sdreg_person *sdreg_match_person(const struct sdreg_match *match)
{
	return match->person;
}

const char *sdreg_column_word(enum sdreg_column column)
{
	static const char *const words[] = {
		[SDREG_COLUMN_NONE] = "",
		[SDREG_COLUMN_NAME] = "name",
		[SDREG_COLUMN_PORT] = "port",
		[SDREG_COLUMN_DESCRIPTION] = "description",
		[SDREG_COLUMN_TXT_KEY] = "txt_key",
		[SDREG_COLUMN_ASSIGNEE] = "assignee",
		[SDREG_COLUMN_CONTACT] = "contact",
		[SDREG_COLUMN_REFERENCE] = "reference",
		[SDREG_COLUMN_SERVICE_CODE] = "service_code",
		[SDREG_COLUMN_UNAUTHORIZED_USE] = "unauthorized_use",
		[SDREG_COLUMN_NOTES] = "notes",
	};
	const size_t i = (size_t)column;
	return i < sizeof(words) / sizeof(words[0]) ? words[i] : "";
}
