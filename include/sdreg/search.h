/* SPDX-License-Identifier: MIT */
#ifndef SDREG_SEARCH_H
#define SDREG_SEARCH_H

/** @file
 * Searching a registry for words, in all that it says of an entry, and narrowing it down. All
 * functions may be called from any thread.
 */

#include <sdreg/api.h>
#include <sdreg/registry.h>
#include <sdreg/text.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
	SDREG_WORD_MAX = 64, /**< bytes of a word, or of a text for an assignee */
	SDREG_WORDS_MAX = 16, /**< words of a search */
};

/** What of an entry a word was found in. */
enum sdreg_column {
	SDREG_COLUMN_NONE = 0,
	SDREG_COLUMN_NAME,
	SDREG_COLUMN_PORT, /**< the word is a number: the port, or one of the range */
	SDREG_COLUMN_DESCRIPTION,
	SDREG_COLUMN_TXT_KEY, /**< a TXT key that the note names */
	SDREG_COLUMN_ASSIGNEE,
	SDREG_COLUMN_CONTACT,
	SDREG_COLUMN_REFERENCE,
	SDREG_COLUMN_SERVICE_CODE,
	SDREG_COLUMN_UNAUTHORIZED_USE,
	SDREG_COLUMN_NOTES,
};

/**
 * What to search for. All conditions must hold; the size alone, and zeros, find every entry.
 *
 * Words are parted by blanks, and each must be found, anywhere in the entry. They compare without
 * regard to ASCII case; `@` in a word also finds the `&` that the registry writes in mail
 * addresses. A word of digits is also a port, alone or in a range. A word with an underscore first,
 * `_ipp` or `_ipp._tcp`, is also a service type: then the name counts without it, and the transport
 * as in sdreg_find_type().
 *
 * A date is YYYY, YYYY-MM or YYYY-MM-DD. Dates compare as far as both go: an entry of 2020-03 is
 * one since 2020-03-15, for it may well be.
 */
struct sdreg_query {
	size_t size; /**< sizeof(struct sdreg_query): what lies behind it is taken as zero */
	struct sdreg_text words; /**< empty: no words */
	unsigned transports; /**< bits 1 << enum sdreg_transport; 0: any */
	int by_port; /**< 1: entries with a port from port_first to port_last, or a range there */
	uint16_t port_first; /**< see by_port */
	uint16_t port_last; /**< see by_port */
	int portless; /**< 1: entries without a port */
	struct sdreg_text assignee; /**< part of its id, name or organization; empty: any */
	struct sdreg_text since; /**< registered or modified on this date or later; empty: any */
	struct sdreg_text txt_key; /**< a TXT key that the note names, in any case; empty: any */
	/** A supplement whose keys count as if the note named them (sdreg_find_key()), or NULL. */
	const struct sdreg_registry *dictionary;
};

struct sdreg_results; /**< what a search found */
struct sdreg_found; /**< an entry that was found; lives as long as the results */
struct sdreg_match; /**< where a word was found best; lives as long as the results */

/**
 * Searches a registry. Results come best first: names before descriptions, TXT keys, people,
 * references and notes, whole words before parts of them; entries that are hardly ever meant, for
 * they are unnamed, aliases or historic, get a tenth of their score. Of equal ones, and without
 * words, the registry's order counts.
 *
 * Takes time and memory in proportion to the registry's image, whatever stands in it.
 * @param query     its texts need not outlive the call
 * @return results to free, also when nothing was found; NULL on error: SDREG_E_SYNTAX (a date that
 *         is none), SDREG_E_LIMIT (too many words, too long a text), SDREG_E_ARGUMENT (ports that
 *         end before they begin; the query's size), SDREG_E_MEMORY
 */
SDREG_API struct sdreg_results *sdreg_search(const struct sdreg_registry *registry,
	const struct sdreg_query *query, struct sdreg_error *err);

/** Number of entries found. */
SDREG_API size_t sdreg_results_count(const struct sdreg_results *results);

/** The nth entry found, from 0, the best one; NULL past the last. */
SDREG_API const struct sdreg_found *sdreg_results_at(const struct sdreg_results *results,
	size_t nth);

/** Frees results, which must not outlive their registry. NULL is fine. */
SDREG_API void sdreg_results_free(struct sdreg_results *results);

/* ---- an entry that was found ---- */

/** The entry; belongs to the registry. */
SDREG_API const struct sdreg_entry *sdreg_found_entry(const struct sdreg_found *found);

/** How well it answers: 1 to 1000; 0 in a search without words. */
SDREG_API unsigned sdreg_found_score(const struct sdreg_found *found);

/** Where the nth word was found, from 0, in the order of the query; NULL past the last. */
SDREG_API const struct sdreg_match *sdreg_found_match(const struct sdreg_found *found, size_t nth);

/** The strongest of the matches, the first of several; NULL in a search without words. */
SDREG_API const struct sdreg_match *sdreg_found_best(const struct sdreg_found *found);

/* ---- a match ---- */

/** What of the entry the word was found in. */
SDREG_API enum sdreg_column sdreg_match_column(const struct sdreg_match *match);

/** The text that holds the word: the column, a TXT key, or the name, organization or URIs of a
 * person; empty for a port. Never NULL. Belongs to the registry. */
SDREG_API const char *sdreg_match_text(const struct sdreg_match *match);

/** Where in the text the match begins, in bytes. */
SDREG_API size_t sdreg_match_offset(const struct sdreg_match *match);

/** Length of the match, in bytes; 0 for a port. */
SDREG_API size_t sdreg_match_len(const struct sdreg_match *match);

/** Whose text it is, or NULL. Belongs to the registry. */
SDREG_API const struct sdreg_person *sdreg_match_person(const struct sdreg_match *match);

/** The column as one stable word for programs, such as "description". Never NULL. */
SDREG_API const char *sdreg_column_word(enum sdreg_column column);

#ifdef __cplusplus
}
#endif

#endif
