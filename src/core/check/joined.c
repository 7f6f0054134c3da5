/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "core/base/txt.h"

#include <sdreg/key.h>

#include <stdio.h>
#include <string.h>

/* Several keys in one string: "shelves=3,door=open". Each needs a string of its own (RFC 6763
 * section 6.3), and readers take all of it for the value of the first. */

enum {
	KEY_MAX = 40, /* bytes of what may be a key */
	SHOWN = 3, /* keys that are named */
};

/* Bytes that people put between keys; 0x01 was a length before Mac OS X 10.3. */
static int is_separator(char byte)
{
	return byte == ',' || byte == ';' || byte == ' ' || byte == '\001';
}

static int is_word(struct sdreg_text key)
{
	for (size_t i = 0; i < key.len; i++)
		if (is_separator(key.at[i]) || key.at[i] == '/' || key.at[i] == ':')
			return 0;
	return 1;
}

/* What to believe of a value. */
struct value {
	const struct check *check;
	int is_free; /* nothing is known of its key, and it is no URL: any word and "=" is a key */
};

static int is_key(const struct value *value, char separator, struct sdreg_text key)
{
	if (key.len == 0 || key.len > KEY_MAX || !txt_is_key(key.at, key.len))
		return 0;
	return check_is_known(value->check, key.at, key.len) ||
		(value->is_free && separator != ' ' && is_word(key));
}

/* The next key behind a separator, from *at on, which goes on to its "=". 0 if there is none. */
static int next_key(const struct value *value, struct sdreg_text text, size_t *at,
	struct sdreg_text *key)
{
	for (size_t i = *at; i < text.len; i++) {
		size_t from = i + 1;
		if (!is_separator(text.at[i]))
			continue;
		while (from < text.len && text.at[from] == ' ')
			from++;
		const char *const equals =
			from < text.len ? memchr(text.at + from, '=', text.len - from) : NULL;
		if (equals == NULL)
			return 0;
		*key = (struct sdreg_text){text.at + from, (size_t)(equals - text.at) - from};
		*at = from + key->len;
		if (is_key(value, text.at[i], *key))
			return 1;
	}
	return 0;
}

/* Whether values of a key hold separators and "=" by their form, as those of _adisk do. */
static int is_compound(const struct sdreg_key *key)
{
	switch (key != NULL ? sdreg_key_form(key) : SDREG_KEY_FORM_TEXT) {
	case SDREG_KEY_FORM_LIST:
	case SDREG_KEY_FORM_URL:
	case SDREG_KEY_FORM_BINARY:
		return 1;
	default:
		return 0;
	}
}

void check_joined(const struct check *c, const struct check_place *place,
	const struct sdreg_txt_item *item, const struct sdreg_key *own)
{
	static const struct check_rule rule = {SDREG_FINDING_KEYS_JOINED, SDREG_SEVERITY_WARNING,
		"RFC 6763 section 6.3"};
	const struct sdreg_text text = {item->value, item->value_len};
	const struct value value = {c, own == NULL && memmem(text.at, text.len, "://", 3) == NULL};
	char names[SHOWN * (KEY_MAX + sizeof("=, ")) + 1] = "";
	size_t len = 0;
	size_t count = 0;
	struct sdreg_text key;
	if (is_compound(own))
		return;
	for (size_t at = 0; next_key(&value, text, &at, &key); count++)
		if (count < SHOWN)
			len += (size_t)snprintf(names + len, sizeof(names) - len,
				"%s%.*s=", count > 0 ? ", " : "", (int)key.len, key.at);
	if (count > 0)
		report_add(c->report, &rule, place,
			"the value looks like more keys (%s%s): each key=value is a string of "
			"its own",
			names, count > SHOWN ? " ..." : "");
}
