/* SPDX-License-Identifier: MIT */
#include "supplement-words.h"

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
	for (int i = SDREG_KEY_FORM_TEXT; at != NULL && i <= SDREG_KEY_FORM_BINARY; i++)
		if (is_word(at, len, sdreg_key_form_text((enum sdreg_key_form)i)))
			return (enum sdreg_key_form)i;
	if (at != NULL)
		tell(r,
			"form is none of text, number, hex, flags, list, url, uuid, mac, binary: "
			"taken as text");
	return SDREG_KEY_FORM_TEXT;
}
