/* SPDX-License-Identifier: MIT */
#ifndef CORE_SEARCH_WORDS_H
#define CORE_SEARCH_WORDS_H

#include "scan.h"

/* The words of a search, and how well an entry answers to them. */

struct sdreg_match {
	enum sdreg_column column;
	const char *text;
	size_t offset; /* of the match in text */
	size_t len; /* of the match */
	const struct sdreg_person *person; /* whose text it is, or NULL */
};

struct search_word {
	const struct scan_pattern *text; /* as it stands */
	const struct scan_pattern *name; /* of a service type, the name; else NULL */
	uint32_t transports; /* bits of those that give the type; 0: any */
	int is_number;
	uint16_t number;
};

struct search_words {
	struct search_word words[SDREG_WORDS_MAX];
	size_t count;
	const struct scan_pattern *alias; /* what tells entries that are hardly ever meant */
	const struct scan_pattern *historic;
};

/* Reads words and adds their patterns to the scan. 0 or SDREG_E_LIMIT. */
int search_words_read(struct search_words *w, struct scan *s, struct sdreg_text text,
	struct sdreg_error *err);

/* Scores an entry, after scan_run(); 0 when a word is not in it. One match for each word, and
 * which of them is the best. */
unsigned search_words_score(const struct search_words *w, const struct scan *s,
	const struct sdreg_entry *entry, struct sdreg_match *matches, size_t *best);

#endif
