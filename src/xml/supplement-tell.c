/* SPDX-License-Identifier: MIT */
#include "supplement-tell.h"

#include "common/ascii.h"
#include "common/hash.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	QUOTED_MAX = 64,
	PROBES_MAX = 64, /* names can be made up to meet in one slot */
	SLOTS_MIN = 64,
};

static int quoted(struct sdreg_text text)
{
	return (int)(text.len < QUOTED_MAX ? text.len : QUOTED_MAX);
}

void tell_trouble(struct reader *r, unsigned long line, const struct sdreg_error *trouble)
{
	struct sdreg_error warning = *trouble;
	if (trouble->code != SDREG_E_RECORD) {
		reader_refuse(r, trouble->code, trouble->text);
		return;
	}
	r->record_line = line;
	reader_warn(r, &warning);
}

static void tell_words(struct reader *r, unsigned long line, const char *format, va_list words)
{
	struct sdreg_error trouble = {.size = sizeof(trouble), .code = SDREG_E_RECORD};
	vsnprintf(trouble.text, sizeof(trouble.text), format, words);
	tell_trouble(r, line, &trouble);
}

void tell_at(struct reader *r, unsigned long line, const char *format, ...)
{
	va_list words;
	va_start(words, format);
	tell_words(r, line, format, words);
	va_end(words);
}

void tell(struct reader *r, const char *format, ...)
{
	va_list words;
	va_start(words, format);
	tell_words(r, reader_line(r), format, words);
	va_end(words);
}

/* ---- elements and attributes ---- */

void tell_passed_over(struct reader *r, const char *name)
{
	static const char *const places[] = {
		[SUPPLEMENT_OUTSIDE] = "",
		[SUPPLEMENT_ROOT] = "supplement",
		[SUPPLEMENT_TYPE] = "type",
		[SUPPLEMENT_KEYS] = "keys",
		[SUPPLEMENT_KEY] = "key",
	};
	r->supplement.skip_depth = r->depth;
	tell(r, "<%.64s> passed over: it has no place in <%s>, or is there already", name,
		places[r->supplement.place]);
}

static int is_known(const char *name, const char *const *known)
{
	while (*known != NULL && strcmp(*known, name) != 0)
		known++;
	return *known != NULL;
}

void tell_attributes(struct reader *r, const char *element, const struct attributes *attributes,
	const char *const *known)
{
	for (int i = 0; i < attributes->count; i++) {
		const xmlChar **const a = attributes->at + 5 * (size_t)i;
		if (a[2] == NULL && !is_known((const char *)a[0], known))
			tell(r, "attribute %.64s passed over: <%s> has none of that name",
				(const char *)a[0], element);
	}
}

/* ---- what is given twice ---- */

void given_free(struct given *given)
{
	free(given->slots);
	*given = (struct given){0};
}

/* What many names took is given back: clearing it for each few that follow could take forever. */
void given_clear(struct given *given)
{
	if (given->size > SLOTS_MIN)
		given_free(given);
	else if (given->count > 0)
		memset(given->slots, 0, given->size * sizeof(*given->slots));
	given->count = 0;
}

/* The slot of a hash, or the free one where it belongs. NULL when there is none nearby. */
static struct given_at *slot_of(struct given_at *slots, size_t size, uint64_t hash)
{
	for (size_t i = 0; i < PROBES_MAX; i++) {
		struct given_at *const slot = &slots[(hash + i) & (size - 1)];
		if (slot->line == 0 || slot->hash == hash)
			return slot;
	}
	return NULL;
}

/* Puts a name where it belongs; one that finds no place is forgotten. */
static void put(struct given_at *slots, size_t size, struct given_at given)
{
	struct given_at *const slot = slot_of(slots, size, given.hash);
	if (slot != NULL)
		*slot = given;
}

static int make_room(struct given *given)
{
	if (2 * given->count < given->size)
		return 0;
	const size_t size = given->size > 0 ? 2 * given->size : SLOTS_MIN;
	struct given_at *const slots = calloc(size, sizeof(*slots));
	if (slots == NULL)
		return -1;
	for (size_t i = 0; i < given->size; i++)
		if (given->slots[i].line > 0)
			put(slots, size, given->slots[i]);
	free(given->slots);
	given->slots = slots;
	given->size = size;
	return 0;
}

/* The line where a name was given first; 0 if that is here. */
static unsigned long given_before(struct reader *r, struct given *given, uint64_t hash)
{
	if (make_room(given) < 0) {
		reader_refuse(r, SDREG_E_MEMORY, "no memory for names");
		return 0;
	}
	const struct given_at *const slot = slot_of(given->slots, given->size, hash);
	if (slot != NULL && slot->line > 0)
		return slot->line;
	put(given->slots, given->size, (struct given_at){hash, r->supplement.line});
	given->count++;
	return 0;
}

static int ends_in(struct sdreg_text text, const char *end)
{
	const size_t len = strlen(end);
	return text.len >= len && ascii_equal(text.at + text.len - len, end, len);
}

void tell_type_again(struct reader *r, struct sdreg_text name, struct sdreg_text transport)
{
	const uint64_t hash =
		hash_add_lower((uint64_t)ends_in(transport, "tcp"), name.at, name.len);
	const unsigned long line = given_before(r, &r->supplement.types_given, hash);
	if (line > 0)
		tell_at(r, r->supplement.line,
			"type \"%.*s\" is given again: what line %lu says of it comes first",
			quoted(name), name.at, line);
}

void tell_key_again(struct reader *r, struct sdreg_text name)
{
	const unsigned long line =
		given_before(r, &r->supplement.keys_given, hash_add_lower(0, name.at, name.len));
	if (line > 0)
		tell_at(r, r->supplement.line,
			"key \"%.*s\" is given again: what line %lu says of it counts (case does "
			"not)",
			quoted(name), name.at, line);
}

/* ---- texts ---- */

int is_whole_type(struct sdreg_text name)
{
	return (name.len > 0 && name.at[0] == '_') || ends_in(name, "._tcp") ||
		ends_in(name, "._udp");
}

static int has_form(char c, char form)
{
	return form == '0' ? ascii_is_digit((unsigned char)c) : c == form;
}

struct sdreg_text tell_date(struct reader *r, struct sdreg_text date)
{
	static const char form[] = "0000-00-00";
	size_t i = 0;
	while (i < date.len && i < sizeof(form) - 1 && has_form(date.at[i], form[i]))
		i++;
	if (i != date.len || i != sizeof(form) - 1)
		tell(r, "updated: \"%.*s\" is no date such as 2026-11-23", quoted(date), date.at);
	return date;
}
