/* SPDX-License-Identifier: MIT */
#ifndef SDREG_KEY_H
#define SDREG_KEY_H

/** @file
 * What TXT keys mean (RFC 6763 section 6): the dictionary of a supplement. Any number of threads
 * may read it; all strings belong to the supplement and live as long.
 */

#include <sdreg/api.h>
#include <sdreg/registry.h>
#include <sdreg/type.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sdreg_key; /**< what a supplement says of a TXT key of a service type */
struct sdreg_key_value; /**< one of the values that a key is known to have, or what bits of it say
			 */

/** Whether a service has to have the key, as its document says. */
enum sdreg_key_need {
	SDREG_KEY_NEED_UNSAID = 0,
	SDREG_KEY_NEED_REQUIRED,
	SDREG_KEY_NEED_RECOMMENDED,
	SDREG_KEY_NEED_OPTIONAL,
	SDREG_KEY_NEED_DEPRECATED, /**< still sent, no longer of use */
	SDREG_KEY_NEED_FORMER, /**< an earlier version had it */
};

/** How the value is written. */
enum sdreg_key_form {
	SDREG_KEY_FORM_TEXT = 0,
	SDREG_KEY_FORM_NUMBER, /**< decimal */
	SDREG_KEY_FORM_HEX, /**< hexadecimal, with or without 0x */
	SDREG_KEY_FORM_FLAGS, /**< a decimal or 0x number, or two with a comma, the low 32 bits
				 first */
	SDREG_KEY_FORM_LIST, /**< values with commas between them */
	SDREG_KEY_FORM_URL,
	SDREG_KEY_FORM_UUID,
	SDREG_KEY_FORM_MAC, /**< a hardware address */
	SDREG_KEY_FORM_BINARY, /**< bytes, shown in hexadecimal */
	SDREG_KEY_FORM_BE_NUMBER, /**< 1 to 8 bytes: a number, the highest byte first */
	SDREG_KEY_FORM_BE_FLAGS, /**< bits in such a number */
	SDREG_KEY_FORM_PREFIX, /**< bytes: an IPv6 prefix, the number of its bits first */
	SDREG_KEY_FORM_HEX_FLAGS, /**< bits in a 0x number */
	SDREG_KEY_FORM_VERSION, /**< decimal numbers with dots between them */
	SDREG_KEY_FORM_WORDS, /**< values with blanks between them */
	SDREG_KEY_FORM_PARTS, /**< "part=value" with commas between them; of each part there is a
				 key of its own, named "key,part" */
	SDREG_KEY_FORM_PATH, /**< a path without a slash before it */
};

/** What the key tells of the device behind the service. */
enum sdreg_key_tells {
	SDREG_KEY_TELLS_NOTHING = 0,
	SDREG_KEY_TELLS_MODEL, /**< its model */
	SDREG_KEY_TELLS_MAKER, /**< who made it */
	SDREG_KEY_TELLS_NAME, /**< the name that its owner gave it */
	SDREG_KEY_TELLS_SERIAL, /**< its serial number */
	SDREG_KEY_TELLS_MAC, /**< its hardware address */
	SDREG_KEY_TELLS_FIRMWARE, /**< the version of its software */
	SDREG_KEY_TELLS_KIND, /**< what kind of device it is */
	SDREG_KEY_TELLS_PAGE, /**< address of its web page */
};

/**
 * The keys that a supplement explains for a type, one at a call, in its order; those of the
 * subtype, if there is one, come first. Instance and domain of the type do not matter. A key may
 * come twice, from two sources; the first is the better one.
 * @param after  NULL for the first one, else the key found last. Any key of the supplement will do:
 *               the search goes on behind its place. One of another supplement ends it.
 * @return the next one, or NULL at the end
 */
SDREG_API const struct sdreg_key *sdreg_type_key(const struct sdreg_registry *supplement,
	const struct sdreg_type *type, const struct sdreg_key *after);

/**
 * What the supplement says of a key of a type. Keys compare without regard to ASCII case (RFC 6763
 * section 6.4); a "#" in the supplement's key stands for a decimal number.
 * @return NULL if it says nothing
 */
SDREG_API const struct sdreg_key *sdreg_find_key(const struct sdreg_registry *supplement,
	const struct sdreg_type *type, const char *key, size_t len);

SDREG_API const char *sdreg_key_name(
	const struct sdreg_key *key); /**< as the supplement spells it */
SDREG_API const char *sdreg_key_meaning(const struct sdreg_key *key); /**< in words */
SDREG_API const char *sdreg_key_source(
	const struct sdreg_key *key); /**< the document that defines it */
SDREG_API enum sdreg_key_need sdreg_key_need(
	const struct sdreg_key *key); /**< whether it must be there */
SDREG_API enum sdreg_key_form sdreg_key_form(
	const struct sdreg_key *key); /**< how its value is written */

/** What it tells of the device. */
SDREG_API enum sdreg_key_tells sdreg_key_tells(const struct sdreg_key *key);

/** 1 if the key has no other values than those that are known. */
SDREG_API int sdreg_key_is_closed(const struct sdreg_key *key);

/**
 * The nth known value or bit, from 0. It belongs to the supplement, as the key does.
 * @return NULL past the last
 */
SDREG_API const struct sdreg_key_value *sdreg_key_value(const struct sdreg_registry *supplement,
	const struct sdreg_key *key, size_t nth);

/** The value as sent; empty for bits. Never NULL. */
SDREG_API const char *sdreg_key_value_text(const struct sdreg_key_value *value);

/** Number of the lowest of its bits, 0 to 63, where the text is empty. */
SDREG_API unsigned sdreg_key_value_bit(const struct sdreg_key_value *value);

/** How many bits it has: 1 for a flag, more for a field; 0 where the text is not empty. */
SDREG_API unsigned sdreg_key_value_bits(const struct sdreg_key_value *value);

/** The number that the bits have to be: 1 for a flag; 0 where the text is not empty. */
SDREG_API unsigned sdreg_key_value_number(const struct sdreg_key_value *value);

/** Whether a list has to have the value: SDREG_KEY_NEED_REQUIRED, else SDREG_KEY_NEED_UNSAID. */
SDREG_API enum sdreg_key_need sdreg_key_value_need(const struct sdreg_key_value *value);

/** What the value, or what the bits are, means, in words. Never NULL. */
SDREG_API const char *sdreg_key_value_meaning(const struct sdreg_key_value *value);

/**
 * Says in words what a value means: the meaning of a known value, those of each value of a list,
 * those of the bits; of bytes that are no text the number, the prefix or the hexadecimal digits.
 * What is not known adds nothing; of a value that does not have the key's form it says that.
 * @param value  len bytes from the network, any bytes
 * @param buf    size bytes; the words are cut to fit, at a character's end, and end with a NUL
 * @return length of the words in buf, 0 when there is nothing to say
 */
SDREG_API size_t sdreg_key_explain(const struct sdreg_registry *supplement,
	const struct sdreg_key *key, const char *value, size_t len, char *buf, size_t size);

/** Whether a value is written as its key wants it. An empty one is. @return 1, or 0 */
SDREG_API int sdreg_key_has_form(const struct sdreg_key *key, const char *value, size_t len);

/** Whether the values of a form are bytes that are no text, to be shown in hexadecimal: 1, or 0. */
SDREG_API int sdreg_key_form_is_bytes(enum sdreg_key_form form);

/** "required", "recommended", "optional", "deprecated", "former"; "" for unsaid. Never NULL. */
SDREG_API const char *sdreg_key_need_text(enum sdreg_key_need need);

/** "text", "number", "hex", "flags", "list", "url", "uuid", "mac", "binary", "be-number",
 * "be-flags", "prefix", "hex-flags", "version", "words", "parts", "path". Never NULL. */
SDREG_API const char *sdreg_key_form_text(enum sdreg_key_form form);

/** "model", "maker", "name", "serial", "mac", "firmware", "kind", "page"; "" for nothing. */
SDREG_API const char *sdreg_key_tells_text(enum sdreg_key_tells tells);

#ifdef __cplusplus
}
#endif

#endif
