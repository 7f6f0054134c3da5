/* SPDX-License-Identifier: MIT */
#include "words.h"

#include "common/ascii.h"
#include "common/error.h"
#include "core/query/mapping.h"

#include <string.h>

enum {
	SCORE_PORT = 950,
	SCORE_PORT_RANGE = 880,
	SCORE_NAME_HEAD = 800,
	RARE_PART = 10, /* the least score is ten times this, so that the rare come last */
};

/* What a match is worth, by where it stands and how well it fits: what users mean first comes
 * first. A part of a word is worth little, but in a name. */
static const uint16_t scores[SDREG_COLUMN_NOTES + 1][SCAN_FITS] = {
	/* inside, word's head, head, word, whole */
	[SDREG_COLUMN_NAME] = {600, 700, SCORE_NAME_HEAD, 720, 1000},
	[SDREG_COLUMN_DESCRIPTION] = {200, 500, 500, 550, 570},
	[SDREG_COLUMN_TXT_KEY] = {190, 420, 420, 430, 450},
	[SDREG_COLUMN_ASSIGNEE] = {180, 390, 390, 400, 405},
	[SDREG_COLUMN_CONTACT] = {178, 380, 380, 395, 402},
	[SDREG_COLUMN_REFERENCE] = {170, 340, 340, 350, 350},
	[SDREG_COLUMN_SERVICE_CODE] = {165, 320, 320, 330, 330},
	[SDREG_COLUMN_UNAUTHORIZED_USE] = {130, 150, 150, 160, 160},
	[SDREG_COLUMN_NOTES] = {110, 140, 140, 145, 145},
};

/* ---- reading ---- */

static void read_number(struct search_word *word, const char *text, size_t len)
{
	uint32_t number = 0;
	for (size_t i = 0; i < len; i++) {
		if (!ascii_is_digit((unsigned char)text[i]))
			return;
		number = 10 * number + (uint32_t)(text[i] - '0');
		if (number > UINT16_MAX)
			return;
	}
	word->is_number = 1;
	word->number = (uint16_t)number;
}

/* "_ipp", "_ipp._tcp" and what else sdreg_type_parse() takes: the name is looked for without its
 * underscore. */
static void read_type(struct search_word *word, struct scan *s, const char *text, size_t len)
{
	struct sdreg_type type;
	if (sdreg_type_parse(text, len, &type, NULL) == SDREG_OK && type.name_len > 0 &&
		type.proto != SDREG_PROTO_OTHER) {
		word->name = scan_add(s, type.name, type.name_len, 0);
		word->transports = mapping_transports(type.proto) | 1U << SDREG_TRANSPORT_NONE;
		return;
	}
	if (text[0] == '_' && len > 1)
		word->name = scan_add(s, text + 1, len - 1, 0);
}

int search_words_read(struct search_words *w, struct scan *s, struct sdreg_text text,
	struct sdreg_error *err)
{
	struct sdreg_text at;
	static const char alias[] = "is an alias to";
	static const char historic[] = "historic";
	while ((at = ascii_next_word(&text)).len > 0) {
		struct search_word *const word = &w->words[w->count];
		if (at.len > SDREG_WORD_MAX)
			return error_set(err, SDREG_E_LIMIT,
				"a word is over %d bytes: search for a part of it", SDREG_WORD_MAX);
		if (w->count == SDREG_WORDS_MAX)
			return error_set(err, SDREG_E_LIMIT, "over %d words: search for fewer",
				SDREG_WORDS_MAX);
		memset(word, 0, sizeof(*word));
		word->text = scan_add(s, at.at, at.len, 1);
		read_number(word, at.at, at.len);
		read_type(word, s, at.at, at.len);
		w->count++;
	}
	if (w->count == 0)
		return SDREG_OK;
	w->alias = scan_add(s, alias, sizeof(alias) - 1, 0);
	w->historic = scan_add(s, historic, sizeof(historic) - 1, 0);
	return SDREG_OK;
}

/* ---- one word in one entry ---- */

/* The best match so far. */
struct candidate {
	unsigned score;
	struct sdreg_match match;
};

static void offer(struct candidate *best, unsigned score, enum sdreg_column column,
	const char *text, size_t offset, size_t len)
{
	if (score > best->score)
		*best = (struct candidate){score, {column, text, offset, len, NULL}};
}

static void try_text(struct candidate *best, const struct scan *s, const struct scan_pattern *p,
	enum sdreg_column column, const char *text)
{
	const struct scan_hit *const hit = scan_hit(s, p, text);
	if (hit != NULL)
		offer(best, scores[column][hit->fit], column, text, hit->at - hit->string, p->len);
}

static void try_name(struct candidate *best, const struct scan *s, const struct scan_pattern *p,
	const char *name)
{
	const struct scan_hit *const hit = scan_hit(s, p, name);
	if (hit == NULL)
		return;
	if (hit->head && hit->fit != SCAN_WHOLE)
		offer(best, SCORE_NAME_HEAD, SDREG_COLUMN_NAME, name, 0, p->len);
	else
		offer(best, scores[SDREG_COLUMN_NAME][hit->fit], SDREG_COLUMN_NAME, name,
			hit->at - hit->string, p->len);
}

static void try_port(struct candidate *best, uint16_t number, const struct sdreg_entry *e)
{
	uint16_t first;
	uint16_t last;
	if (!sdreg_entry_port(e, &first, &last) || number < first || number > last)
		return;
	offer(best, first == last ? SCORE_PORT : SCORE_PORT_RANGE, SDREG_COLUMN_PORT, "", 0, 0);
}

static void try_people(struct candidate *best, const struct scan *s, const struct scan_pattern *p,
	enum sdreg_column column, const char *text)
{
	size_t count;
	const struct scan_credit *const credits = scan_credits(s, text, &count);
	try_text(best, s, p, column, text);
	for (size_t i = 0; i < count; i++) {
		const struct sdreg_person *const person = credits[i].person;
		struct candidate own = {.score = best->score};
		try_text(&own, s, p, column, sdreg_person_name(person));
		try_text(&own, s, p, column, sdreg_person_organization(person));
		try_text(&own, s, p, column, sdreg_person_uris(person));
		if (own.score <= best->score)
			continue;
		*best = own;
		best->match.person = person;
	}
}

static void try_word(struct candidate *best, const struct search_word *word, const struct scan *s,
	const struct sdreg_entry *e)
{
	const struct scan_pattern *const p = word->text;
	const char *const assignee = sdreg_entry_assignee(e);
	const char *const contact = sdreg_entry_contact(e);
	const char *key;
	try_name(best, s, p, sdreg_entry_name(e));
	if (word->name != NULL &&
		(word->transports == 0 || (word->transports & 1U << sdreg_entry_transport(e)) != 0))
		try_name(best, s, word->name, sdreg_entry_name(e));
	if (word->is_number)
		try_port(best, word->number, e);
	if (best->score > scores[SDREG_COLUMN_DESCRIPTION][SCAN_WHOLE])
		return; /* nothing else could be better */
	try_text(best, s, p, SDREG_COLUMN_DESCRIPTION, sdreg_entry_description(e));
	if (best->score > scores[SDREG_COLUMN_TXT_KEY][SCAN_WHOLE])
		return;
	for (size_t i = 0; (key = sdreg_entry_txt_key(e, i)) != NULL; i++)
		try_text(best, s, p, SDREG_COLUMN_TXT_KEY, key);
	try_people(best, s, p, SDREG_COLUMN_ASSIGNEE, assignee);
	if (contact != assignee)
		try_people(best, s, p, SDREG_COLUMN_CONTACT, contact);
	try_text(best, s, p, SDREG_COLUMN_REFERENCE, sdreg_entry_reference(e));
	try_text(best, s, p, SDREG_COLUMN_SERVICE_CODE, sdreg_entry_service_code(e));
	try_text(best, s, p, SDREG_COLUMN_UNAUTHORIZED_USE, sdreg_entry_unauthorized_use(e));
	try_text(best, s, p, SDREG_COLUMN_NOTES, sdreg_entry_notes(e));
}

/* ---- all words ---- */

static int has_word(const struct scan *s, const struct scan_pattern *p, const char *text)
{
	const struct scan_hit *const hit = scan_hit(s, p, text);
	return hit != NULL && hit->fit >= SCAN_WORD;
}

/* Entries that users hardly ever mean: without a name, which are reserved, unassigned or given
 * back, and what the registry itself calls an alias or historic. */
static int is_rare(const struct search_words *w, const struct scan *s, const struct sdreg_entry *e)
{
	return sdreg_entry_name(e)[0] == '\0' || has_word(s, w->alias, sdreg_entry_notes(e)) ||
		has_word(s, w->historic, sdreg_entry_notes(e)) ||
		has_word(s, w->historic, sdreg_entry_description(e));
}

unsigned search_words_score(const struct search_words *w, const struct scan *s,
	const struct sdreg_entry *entry, struct sdreg_match *matches, size_t *best)
{
	unsigned sum = 0;
	unsigned most = 0;
	for (size_t i = 0; i < w->count; i++) {
		struct candidate found = {.score = 0};
		try_word(&found, &w->words[i], s, entry);
		if (found.score == 0)
			return 0;
		matches[i] = found.match;
		sum += found.score;
		if (found.score > most)
			*best = i;
		most = found.score > most ? found.score : most;
	}
	const unsigned score = sum / (unsigned)w->count;
	return is_rare(w, s, entry) ? score / RARE_PART : score;
}
