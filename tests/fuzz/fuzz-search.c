/* SPDX-License-Identifier: MIT */

/* Fuzzes the search. The input is four lines, the words, an assignee, a TXT key and a date, and
 * behind them an image, whose size and checksum are made right; where it is none, a registry of our
 * own is searched. What is found must lie in its text. */

#include "fuzz.h"

#include "common/hash.h"
#include "core/image/image.h"

#include <sdreg.h>

enum {
	LINES = 4,
};

static struct sdreg_text text_of(const char *text)
{
	return (struct sdreg_text){text, strlen(text)};
}

static struct sdreg_registry *own_registry(void)
{
	struct sdreg_builder *const b = sdreg_builder_new();
	const struct sdreg_record print = {.size = sizeof(print),
		.name = text_of("print"),
		.port = text_of("515-520"),
		.transport = text_of("tcp"),
		.description = text_of("A print spooler"),
		.assignee = text_of("[Ann][Bea]"),
		.reference = text_of("[RFC6763]"),
		.modified = text_of("2001-02"),
		.notes = text_of("Defined TXT keys: a, bc")};
	const struct sdreg_record alias = {.size = sizeof(alias),
		.name = text_of("print_er"),
		.contact = text_of("[Ann][Ann]"),
		.notes = text_of("This entry is an alias to \"print\".")};
	const struct sdreg_person_record ann = {.size = sizeof(ann),
		.id = text_of("Ann"),
		.name = text_of("Ann Author"),
		.organization = text_of("Ink"),
		.uris = text_of("mailto:ann&example.com")};
	require(b != NULL && sdreg_builder_add(b, &print, NULL) == 0 &&
		sdreg_builder_add(b, &alias, NULL) == 0 &&
		sdreg_builder_add_person(b, &ann, NULL) == 0);
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	require(r != NULL);
	return r;
}

/* NULL when the bytes are no image. */
static struct sdreg_registry *open_image(const uint8_t *data, size_t size)
{
	if (size < IMAGE_HEADER_SIZE)
		return NULL;
	unsigned char *const image = block(data, size);
	put_le32(image + HEADER_SIZE, (uint32_t)size);
	put_le64(image + HEADER_SUM, hash_image(image + HEADER_SUM + 8, size - HEADER_SUM - 8));
	struct sdreg_registry *const r = sdreg_registry_open_bytes(image, size, "input", NULL);
	free(image);
	return r;
}

static void check_match(const struct sdreg_match *m)
{
	const enum sdreg_column column = sdreg_match_column(m);
	const struct sdreg_person *const person = sdreg_match_person(m);
	const char *const text = sdreg_match_text(m);
	const size_t offset = sdreg_match_offset(m);
	const size_t len = sdreg_match_len(m);
	require(column > SDREG_COLUMN_NONE && sdreg_column_word(column)[0] != '\0');
	require(offset <= strlen(text) && len <= strlen(text) - offset);
	require((column == SDREG_COLUMN_PORT) == (len == 0));
	require(person == NULL || text == sdreg_person_name(person) ||
		text == sdreg_person_organization(person) || text == sdreg_person_uris(person));
}

static void check_found(const struct sdreg_registry *r, const struct sdreg_found *found,
	const struct sdreg_found *before)
{
	const unsigned score = sdreg_found_score(found);
	const struct sdreg_match *const best = sdreg_found_best(found);
	const struct sdreg_match *match;
	int has_best = best == NULL;
	require(sdreg_entry_index(r, sdreg_found_entry(found)) < sdreg_registry_size(r));
	require(score <= 1000 && (score > 0) == (best != NULL));
	require(before == NULL || sdreg_found_score(before) > score ||
		(sdreg_found_score(before) == score &&
			sdreg_found_entry(before) < sdreg_found_entry(found)));
	for (size_t i = 0; (match = sdreg_found_match(found, i)) != NULL; i++) {
		has_best |= match == best;
		check_match(match);
	}
	require(has_best);
}

static void search(const struct sdreg_registry *r, const struct sdreg_query *query)
{
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_results *const results = sdreg_search(r, query, &err);
	require((results == NULL) == (err.code != 0) && (err.code == 0) == (err.text[0] == '\0'));
	if (results == NULL)
		return;
	const struct sdreg_found *before = NULL;
	const size_t count = sdreg_results_count(results);
	require(count <= sdreg_registry_size(r));
	for (size_t i = 0; i < count; i++) {
		const struct sdreg_found *const found = sdreg_results_at(results, i);
		check_found(r, found, before);
		before = found;
	}
	require(sdreg_results_at(results, count) == NULL);
	sdreg_results_free(results);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct sdreg_registry *own; /* kept: making it takes longer than a search */
	char *lines[LINES];
	for (size_t i = 0; i < LINES; i++) {
		const uint8_t *const end = size > 0 ? memchr(data, '\n', size) : NULL;
		const size_t len = end != NULL ? (size_t)(end - data) : size;
		lines[i] = calloc(len + 1, 1);
		require(lines[i] != NULL);
		if (len > 0)
			memcpy(lines[i], data, len);
		data += end != NULL ? len + 1 : len;
		size -= end != NULL ? len + 1 : len;
	}
	if (own == NULL)
		own = own_registry();
	struct sdreg_registry *const image = open_image(data, size);
	const struct sdreg_registry *const r = image != NULL ? image : own;
	search(r,
		&(struct sdreg_query){.size = sizeof(struct sdreg_query),
			.words = sdreg_text_of(lines[0])});
	search(r,
		&(struct sdreg_query){.size = sizeof(struct sdreg_query),
			.words = sdreg_text_of(lines[0]),
			.assignee = sdreg_text_of(lines[1]),
			.txt_key = sdreg_text_of(lines[2]),
			.since = sdreg_text_of(lines[3])});
	search(r,
		&(struct sdreg_query){.size = sizeof(struct sdreg_query),
			.assignee = sdreg_text_of(lines[1])});
	sdreg_registry_close(image);
	for (size_t i = 0; i < LINES; i++)
		free(lines[i]);
	return 0;
}
