/* SPDX-License-Identifier: MIT */
#include "scan.h"

#include "common/ascii.h"
#include "common/grow.h"
#include "common/hash.h"

#include <sdreg/error.h>

#include <stdlib.h>
#include <string.h>

enum {
	CREDITS_MAX = 8, /* of a string; the registry names two people at most */
	SIEVE_BITS = 1 << 16,
};

const struct scan_pattern *scan_add(struct scan *s, const char *bytes, size_t len, int people)
{
	struct scan_pattern *const p = &s->patterns[s->count++];
	memcpy(p->bytes, bytes, len);
	p->len = len;
	p->people = people;
	return p;
}

void scan_free(struct scan *s)
{
	for (size_t i = 0; i < s->count; i++)
		free(s->patterns[i].hits);
	free(s->credits);
	free(s->marks);
}

/* ---- marks ---- */

static void mark(struct scan *s, uint32_t string)
{
	const uint32_t bit = string - IMAGE_HEADER_SIZE;
	s->marks[bit >> 3] |= (unsigned char)(1U << (bit & 7));
}

static int is_marked(const struct scan *s, uint32_t string)
{
	const uint32_t bit = string - IMAGE_HEADER_SIZE;
	return (s->marks[bit >> 3] & 1U << (bit & 7)) != 0;
}

/* ---- hits ---- */

/* What a word is made of; an underscore parts the words of people's ids. */
static int is_word_byte(unsigned char c)
{
	return ascii_is_alnum(c) || c >= 0x80;
}

static enum scan_fit fit_of(const struct scan_pattern *p, const unsigned char *string,
	const unsigned char *at)
{
	const unsigned char *const end = at + p->len;
	if (at == string && *end == '\0')
		return SCAN_WHOLE;
	const int begins = at == string || !is_word_byte(at[-1]) || !is_word_byte(at[0]);
	const int ends = !is_word_byte(end[0]) || !is_word_byte(end[-1]);
	if (begins && ends)
		return SCAN_WORD;
	if (at == string)
		return SCAN_HEAD;
	return begins ? SCAN_WORD_HEAD : SCAN_INSIDE;
}

static int keep_hit(struct scan *s, struct scan_pattern *p, uint32_t string, uint32_t at)
{
	const unsigned char *const image = s->registry->image;
	const enum scan_fit fit = fit_of(p, image + string, image + at);
	struct scan_hit *const last = p->count > 0 ? &p->hits[p->count - 1] : NULL;
	if (last != NULL && last->string == string) {
		if (fit > last->fit) {
			last->at = at;
			last->fit = (uint8_t)fit;
		}
		return SDREG_OK;
	}
	struct scan_hit *const hits = grow(p->hits, &p->room, p->count + 1, sizeof(*hits));
	if (hits == NULL)
		return SDREG_E_MEMORY;
	p->hits = hits;
	hits[p->count++] = (struct scan_hit){string, at, (uint8_t)fit, at == string};
	mark(s, string);
	return SDREG_OK;
}

/* Patterns that are looked for at the same time. */
struct pass {
	uint64_t bits[256]; /* of the places in patterns where a byte may stand */
	uint64_t firsts;
	uint64_t lasts;
	size_t from; /* the patterns */
	size_t to;
};

/* A pattern's bytes from a bit on, with what they stand for. */
static void allow(struct pass *pass, struct scan_pattern *p, unsigned bit)
{
	pass->firsts |= UINT64_C(1) << bit;
	for (size_t i = 0; i < p->len; i++, bit++) {
		const unsigned char c = ascii_lower(p->bytes[i]);
		p->last = UINT64_C(1) << bit;
		pass->bits[c] |= p->last;
		if (ascii_is_letter(c))
			pass->bits[c & ~0x20U] |= p->last;
		if (c == '@')
			pass->bits['&'] |= p->last; /* the registry's mail addresses */
		if (c == ' ')
			pass->bits['_'] |= p->last; /* people's names in their ids */
	}
	pass->lasts |= p->last;
}

/* As many patterns from pass->from on as 64 bits hold. */
static void start_pass(struct scan *s, struct pass *pass, size_t from)
{
	unsigned bits = 0;
	memset(pass, 0, sizeof(*pass));
	pass->from = from;
	for (pass->to = from; pass->to < s->count; pass->to++) {
		struct scan_pattern *const p = &s->patterns[pass->to];
		if (bits + p->len > 64)
			break;
		allow(pass, p, bits);
		bits += (unsigned)p->len;
	}
}

/* Whether a hit is nothing but a part of "mailto:" at the beginning of a line: that is how nearly
 * all addresses of people begin, and says nothing of them. */
static int is_scheme(const unsigned char *string, const unsigned char *at, size_t len)
{
	static const char scheme[] = "mailto:";
	const size_t size = sizeof(scheme) - 1;
	if (len > size)
		return 0;
	for (size_t i = 0; i <= size - len; i++) {
		const unsigned char *const line = at - i;
		if (line == string || line[-1] == '\n')
			return strncmp((const char *)line, scheme, size) == 0;
	}
	return 0;
}

static int keep_hits(struct scan *s, const struct pass *pass, uint64_t state, uint32_t string,
	uint32_t end)
{
	const unsigned char *const image = s->registry->image;
	int result = SDREG_OK;
	for (size_t i = pass->from; i < pass->to && result == SDREG_OK; i++) {
		struct scan_pattern *const p = &s->patterns[i];
		const uint32_t at = end - (uint32_t)p->len;
		if ((state & p->last) != 0 && !is_scheme(image + string, image + at, p->len))
			result = keep_hit(s, p, string, at);
	}
	return result;
}

static uint32_t strings_end(const struct sdreg_registry *r)
{
	return (uint32_t)(r->entries - r->image);
}

static int run_pass(struct scan *s, const struct pass *pass)
{
	const unsigned char *const image = s->registry->image;
	const uint32_t end = strings_end(s->registry);
	for (uint32_t i = IMAGE_HEADER_SIZE; i < end; i++) {
		const uint32_t string = i;
		uint64_t state = 0;
		for (; image[i] != '\0'; i++) {
			state = (state << 1 | pass->firsts) & pass->bits[image[i]];
			if ((state & pass->lasts) != 0 &&
				keep_hits(s, pass, state, string, i + 1) < 0)
				return SDREG_E_MEMORY;
		}
	}
	return SDREG_OK;
}

static uint32_t place(const struct scan *s, const char *string)
{
	return (uint32_t)((const unsigned char *)string - s->registry->image);
}

/* The first of the records, which begin with their string, that is not before a string. */
static size_t lower_bound(const void *records, size_t count, size_t size, uint32_t string)
{
	size_t from = 0;
	size_t to = count;
	while (from < to) {
		const size_t middle = from + (to - from) / 2;
		uint32_t at;
		memcpy(&at, (const unsigned char *)records + size * middle, sizeof(at));
		if (at < string)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

const struct scan_hit *scan_hit(const struct scan *s, const struct scan_pattern *pattern,
	const char *string)
{
	const uint32_t wanted = place(s, string);
	if (pattern->count == 0 || !is_marked(s, wanted))
		return NULL;
	const size_t i = lower_bound(pattern->hits, pattern->count, sizeof(*pattern->hits), wanted);
	return i < pattern->count && pattern->hits[i].string == wanted ? &pattern->hits[i] : NULL;
}

/* ---- people ---- */

static int is_found(const struct scan *s, const struct sdreg_person *person)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct scan_pattern *const p = &s->patterns[i];
		if (p->people &&
			(scan_hit(s, p, sdreg_person_name(person)) != NULL ||
				scan_hit(s, p, sdreg_person_organization(person)) != NULL ||
				scan_hit(s, p, sdreg_person_uris(person)) != NULL))
			return 1;
	}
	return 0;
}

/* A bit for each hash of an id: most ids need not be looked up. */
struct sieve {
	unsigned char bits[SIEVE_BITS / 8];
};

static uint32_t sieve_bit(const char *id, size_t len)
{
	return hash_bytes(id, len) % SIEVE_BITS;
}

/* Gives whether any person was found. */
static int fill_sieve(const struct scan *s, struct sieve *sieve)
{
	int any = 0;
	memset(sieve, 0, sizeof(*sieve));
	const struct sdreg_person *person;
	for (size_t i = 0; (person = sdreg_registry_person(s->registry, i)) != NULL; i++) {
		const char *const id = sdreg_person_id(person);
		if (!is_found(s, person))
			continue;
		const uint32_t bit = sieve_bit(id, strlen(id));
		sieve->bits[bit >> 3] |= (unsigned char)(1U << (bit & 7));
		any = 1;
	}
	return any;
}

static int keep_credit(struct scan *s, uint32_t string, const struct sdreg_person *person)
{
	size_t same = 0;
	for (size_t i = s->credits_count; i > 0 && s->credits[i - 1].string == string; i--, same++)
		if (s->credits[i - 1].person == person)
			return SDREG_OK;
	if (same == CREDITS_MAX)
		return SDREG_OK;
	struct scan_credit *const credits =
		grow(s->credits, &s->credits_room, s->credits_count + 1, sizeof(*credits));
	if (credits == NULL)
		return SDREG_E_MEMORY;
	s->credits = credits;
	credits[s->credits_count++] = (struct scan_credit){string, person};
	return SDREG_OK;
}

/* The people in the brackets of a string. They are noted where a column can refer to them, which
 * is cheaper than asking for each entry. */
static int credit_string(struct scan *s, const struct sieve *sieve, uint32_t string)
{
	const char *text = (const char *)s->registry->image + string;
	const char *id;
	size_t len;
	while ((id = sdreg_bracketed(&text, &len)) != NULL) {
		const uint32_t bit = sieve_bit(id, len);
		if ((sieve->bits[bit >> 3] & 1U << (bit & 7)) == 0)
			continue;
		const struct sdreg_person *const person = sdreg_find_person(s->registry, id, len);
		if (person != NULL && is_found(s, person) && keep_credit(s, string, person) < 0)
			return SDREG_E_MEMORY;
	}
	return SDREG_OK;
}

static int credit_people(struct scan *s)
{
	struct sieve sieve;
	if (!fill_sieve(s, &sieve))
		return SDREG_OK;
	const char *const image = (const char *)s->registry->image;
	const uint32_t end = strings_end(s->registry);
	for (uint32_t i = IMAGE_HEADER_SIZE; i < end; i += (uint32_t)strlen(image + i) + 1)
		if (credit_string(s, &sieve, i) < 0)
			return SDREG_E_MEMORY;
	for (size_t i = 0; i < s->credits_count; i++)
		mark(s, s->credits[i].string);
	return SDREG_OK;
}

const struct scan_credit *scan_credits(const struct scan *s, const char *column, size_t *count)
{
	const uint32_t wanted = place(s, column);
	*count = 0;
	if (s->credits_count == 0 || !is_marked(s, wanted))
		return NULL;
	const size_t i = lower_bound(s->credits, s->credits_count, sizeof(*s->credits), wanted);
	while (i + *count < s->credits_count && s->credits[i + *count].string == wanted)
		++*count;
	return *count > 0 ? &s->credits[i] : NULL;
}

int scan_run(struct scan *s)
{
	int result = SDREG_OK;
	s->marks = calloc((strings_end(s->registry) - IMAGE_HEADER_SIZE) / 8 + 1, 1);
	if (s->marks == NULL)
		return SDREG_E_MEMORY;
	for (size_t i = 0; i < s->count && result == SDREG_OK;) {
		struct pass pass;
		start_pass(s, &pass, i);
		result = run_pass(s, &pass);
		i = pass.to;
	}
	return result == SDREG_OK ? credit_people(s) : result;
}
