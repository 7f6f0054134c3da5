/* SPDX-License-Identifier: MIT */
#include "supplement-words.h"

#include "common/ascii.h"
#include "supplement-tell.h"

#include <string.h>

const char *word_attribute(const struct attributes *attributes, const char *name, size_t *len)
{
	for (int i = 0; i < attributes->count; i++) {
		const xmlChar **const a = attributes->at + 5 * (size_t)i;
		if (a[2] != NULL || strcmp((const char *)a[0], name) != 0)
			continue;
		*len = (size_t)(a[4] - a[3]);
		return (const char *)a[3];
	}
	return NULL;
}

static int is_word(const char *at, size_t len, const char *word)
{
	return strlen(word) == len && memcmp(word, at, len) == 0;
}

enum sdreg_known word_known(struct reader *r, const struct attributes *attributes)
{
	size_t len = 0;
	const char *const at = word_attribute(attributes, "known", &len);
	for (int i = SDREG_KNOWN_DOCUMENTED; at != NULL && i <= SDREG_KNOWN_SEEN; i++)
		if (is_word(at, len, sdreg_known_word((enum sdreg_known)i)))
			return (enum sdreg_known)i;
	if (at != NULL)
		tell(r, "known is none of documented, source, seen: taken as unsaid");
	return SDREG_KNOWN_UNSAID;
}

enum sdreg_key_need word_need(struct reader *r, const struct attributes *attributes)
{
	size_t len = 0;
	const char *const at = word_attribute(attributes, "need", &len);
	for (int i = SDREG_KEY_NEED_UNSAID; at != NULL && i <= SDREG_KEY_NEED_FORMER; i++)
		if (is_word(at, len, sdreg_key_need_text((enum sdreg_key_need)i)))
			return (enum sdreg_key_need)i;
	if (at != NULL)
		tell(r,
			"need is none of required, recommended, optional, deprecated, former: "
			"taken as unsaid");
	return SDREG_KEY_NEED_UNSAID;
}

enum sdreg_key_form word_form(struct reader *r, const struct attributes *attributes)
{
	size_t len = 0;
	const char *const at = word_attribute(attributes, "form", &len);
	for (int i = SDREG_KEY_FORM_TEXT; at != NULL && i <= SDREG_KEY_FORM_PATH; i++)
		if (is_word(at, len, sdreg_key_form_text((enum sdreg_key_form)i)))
			return (enum sdreg_key_form)i;
	if (at != NULL)
		tell(r,
			"form is none of text, number, hex, flags, list, url, uuid, mac, binary, "
			"be-number, be-flags, prefix, hex-flags, version, words, parts, path: "
			"taken as text");
	return SDREG_KEY_FORM_TEXT;
}

enum sdreg_key_tells word_tells(struct reader *r, const struct attributes *attributes)
{
	size_t len = 0;
	const char *const at = word_attribute(attributes, "tells", &len);
	for (int i = SDREG_KEY_TELLS_MODEL; at != NULL && i <= SDREG_KEY_TELLS_PAGE; i++)
		if (is_word(at, len, sdreg_key_tells_text((enum sdreg_key_tells)i)))
			return (enum sdreg_key_tells)i;
	if (at != NULL)
		tell(r,
			"tells is none of model, maker, name, serial, mac, firmware, kind, page: "
			"taken as unsaid");
	return SDREG_KEY_TELLS_NOTHING;
}

int word_is_closed(struct reader *r, const struct attributes *attributes)
{
	size_t len = 0;
	const char *const at = word_attribute(attributes, "values", &len);
	if (at != NULL && !is_word(at, len, "only"))
		tell(r, "values is not only: taken as unsaid");
	return at != NULL && is_word(at, len, "only");
}

/* ---- bits ---- */

enum { NUMBER_NONE = 1 << 20 };

/* Reads digits up to the end, or to a sign; NUMBER_NONE if there are none, or too many. */
static unsigned read_number(const char **at, const char *end, char sign)
{
	unsigned number = 0;
	const char *const begin = *at;
	for (; *at < end && **at != sign; (*at)++) {
		if (!ascii_is_digit((unsigned char)**at) || number >= NUMBER_NONE / 16)
			return NUMBER_NONE;
		number = 10 * number + (unsigned)(**at - '0');
	}
	return *at > begin ? number : NUMBER_NONE;
}

static unsigned read_attribute(const struct attributes *attributes, const char *name)
{
	size_t len = 0;
	const char *at = word_attribute(attributes, name, &len);
	return at != NULL ? read_number(&at, at + len, '\0') : NUMBER_NONE;
}

void word_bits(int is_flag, const struct attributes *attributes, struct supplement_value *value)
{
	size_t len = 0;
	const char *at = word_attribute(attributes, "bits", &len);
	if (is_flag || at == NULL) {
		value->bit = read_attribute(attributes, "bit");
		return;
	}
	const char *const end = at + len;
	value->bit = read_number(&at, end, '-');
	value->bits = 1;
	if (at < end && value->bit < 64) {
		at++;
		const unsigned last = read_number(&at, end, '-');
		value->bits = last >= value->bit ? last - value->bit + 1 : 64;
	}
	value->number = read_attribute(attributes, "is");
}
