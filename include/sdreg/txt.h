/* SPDX-License-Identifier: MIT */
#ifndef SDREG_TXT_H
#define SDREG_TXT_H

/** @file
 * TXT records of DNS-SD (RFC 6763 section 6): read from whatever form they come in, looked up,
 * built, written. Nothing here needs a registry or reads the locale. A record may be read by any
 * number of threads, and changed by one that is alone with it. What is wrong with a record,
 * sdreg_check() says (check.h); nothing here refuses to read what only breaks a rule.
 */

#include <sdreg/api.h>
#include <sdreg/text.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sdreg_error;
struct sdreg_txt; /**< a TXT record: strings, in their order */

/* Sizes in bytes. */
enum {
	SDREG_TXT_STRING_MAX = 255, /**< of a string in a record (RFC 1035 section 3.3) */
	SDREG_TXT_RECORD_MAX = 65535, /**< of a record (RFC 6763 section 6.1) */
	SDREG_TXT_MEMORY_MAX = 1 << 20, /**< of what a struct sdreg_txt keeps, right or wrong */
};

/** One string of a TXT record, cut at its first `=` (RFC 6763 section 6.3). */
struct sdreg_txt_item {
	const char *key; /**< key_len bytes inside the string; a legal key has one at least */
	size_t key_len; /**< bytes in key */
	const char *value; /**< NULL for a key without `=`: not the same as empty */
	size_t value_len; /**< bytes in value */
};

/**
 * Cuts a string of a TXT record into key and value. The bytes stay the caller's.
 * @return 0, or SDREG_E_SYNTAX for a string that readers ignore: empty, or `=` first (RFC 6763
 *         section 6.4); item is then left alone
 */
SDREG_API int sdreg_txt_item(const char *string, size_t len, struct sdreg_txt_item *item);

/** @return an empty record to free, or NULL for want of memory */
SDREG_API struct sdreg_txt *sdreg_txt_new(void);

/** NULL is fine. */
SDREG_API void sdreg_txt_free(struct sdreg_txt *txt);

/** Takes all strings out, and forgets where they came from. */
SDREG_API void sdreg_txt_clear(struct sdreg_txt *txt);

/* ---- reading; each adds strings behind those that are there, or on an error nothing ---- */

/**
 * Adds one string as it is, `key=value` or not.
 * @param string  len bytes, any bytes; copied
 * @return 0, SDREG_E_LIMIT (the record would be over SDREG_TXT_MEMORY_MAX), SDREG_E_MEMORY
 */
SDREG_API int sdreg_txt_add(struct sdreg_txt *txt, const char *string, size_t len);

/**
 * Adds the strings of a record as it is on the wire: each a length byte and so many bytes (RFC 1035
 * section 3.3.14). No byte at all, and a single zero byte, are records without strings (RFC 6763
 * section 6.1); of the first sdreg_check() says that it is wrong.
 * @return 0, SDREG_E_SYNTAX (a string is longer than what is left), SDREG_E_LIMIT, SDREG_E_MEMORY
 */
SDREG_API int sdreg_txt_add_wire(struct sdreg_txt *txt, const void *bytes, size_t len,
	struct sdreg_error *err);

/**
 * Adds the strings that avahi-browse prints: each in double quotes, blanks between them. From 0.8
 * on it escapes with `\"`, `\\` and `\DDD` (three decimal digits), the last for bytes below 32
 * and, not in every version, from 127 on; up to 0.7 it escapes nothing. A text that no later
 * version prints is read as 0.7's, as a whole: `"x=C:\"` has one string, which ends with a
 * backslash, and `"x=\065"` has no escape. The two cannot always be told apart: what both can
 * have printed, such as `"x=\\host"`, is read with escapes; and without them a string ends at a
 * quote, blanks and a quote, though they may be its own. The order of such strings is not the
 * record's in most versions of Avahi, so it is unknown from here on.
 * @return 0, SDREG_E_SYNTAX, SDREG_E_LIMIT, SDREG_E_MEMORY
 */
SDREG_API int sdreg_txt_add_printed(struct sdreg_txt *txt, const char *text, size_t len,
	struct sdreg_error *err);

/** Says that the order of the strings need not be that of the record, as with all that came through
 * Avahi: which of two equal keys was the first is unknown then. */
SDREG_API void sdreg_txt_lose_order(struct sdreg_txt *txt);

/* ---- looking up; pointers live until the record is changed ---- */

SDREG_API int sdreg_txt_has_order(
	const struct sdreg_txt *txt); /**< 0 after sdreg_txt_lose_order() */
SDREG_API size_t sdreg_txt_count(
	const struct sdreg_txt *txt); /**< strings, those that readers ignore too */

/** The nth string, from 0. @return 1 with string written, or 0 past the last */
SDREG_API int sdreg_txt_string(const struct sdreg_txt *txt, size_t nth, struct sdreg_text *string);

/**
 * The next key, in order, without the strings that readers ignore. A key that is there twice comes
 * twice; sdreg_txt_find() finds the one that counts.
 * @param nth  0 before the first call; where the iteration stands
 * @return 1 with item written, or 0 at the end
 */
SDREG_API int sdreg_txt_next(const struct sdreg_txt *txt, size_t *nth, struct sdreg_txt_item *item);

/**
 * Looks up a key without regard to ASCII case; the first one counts (RFC 6763 section 6.4).
 * No key, a key without value (item->value is NULL) and an empty value are three things.
 * @param key  len bytes
 * @return 1 with item written, or 0 if there is none
 */
SDREG_API int sdreg_txt_find(const struct sdreg_txt *txt, const char *key, size_t len,
	struct sdreg_txt_item *item);

/* ---- building ---- */

/**
 * Sets a key, in the place that it has, or behind the others; `txtvers` goes to the first place
 * (RFC 6763 section 6.7). If the key was there more than once, it is not afterwards.
 * @param key    key_len bytes, 1 at least, of 0x20 to 0x7E without `=` (RFC 6763 section 6.4)
 * @param value  len bytes, any bytes; NULL for a key without `=`
 * @return 0; SDREG_E_SYNTAX (the key), SDREG_E_LIMIT (the string is over SDREG_TXT_STRING_MAX, or
 *         the record over SDREG_TXT_RECORD_MAX), SDREG_E_MEMORY: nothing has changed
 */
SDREG_API int sdreg_txt_set(struct sdreg_txt *txt, const char *key, size_t key_len,
	const char *value, size_t len);

/** Takes a key of len bytes out, wherever it is. @return how many strings went */
SDREG_API size_t sdreg_txt_remove(struct sdreg_txt *txt, const char *key, size_t len);

/* ---- writing ---- */

/** Bytes that sdreg_txt_wire() writes: 1 at least. */
SDREG_API size_t sdreg_txt_wire_size(const struct sdreg_txt *txt);

/**
 * Writes the record as it is on the wire; one zero byte if it has no strings (RFC 6763 section
 * 6.1).
 * @param buf  size bytes
 * @return length; SDREG_E_LIMIT (buf is too small, a string is over SDREG_TXT_STRING_MAX or the
 *         record over SDREG_TXT_RECORD_MAX): nothing was written
 */
SDREG_API int sdreg_txt_wire(const struct sdreg_txt *txt, void *buf, size_t size);

/**
 * Writes the record as text: the form that sdreg_txt_add_printed() reads, in ASCII.
 * @param buf  size bytes; four times the record and four is enough
 * @return length without the NUL, or SDREG_E_LIMIT when buf is too small (buf is then empty)
 */
SDREG_API int sdreg_txt_print(const struct sdreg_txt *txt, char *buf, size_t size);

#ifdef __cplusplus
}
#endif

#endif
