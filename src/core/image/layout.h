/* SPDX-License-Identifier: MIT */
#ifndef CORE_IMAGE_LAYOUT_H
#define CORE_IMAGE_LAYOUT_H

#include "common/bytes.h"

#include <stddef.h>

/*
 * The image: a registry as one block of bytes, the same compiled in, in a file and in memory.
 *
 * Numbers are little-endian. Every section begins at a multiple of four. A string is UTF-8 with a
 * final NUL in the string section; entries, people and TXT records lie behind it and refer to a
 * string by how far before their own first byte it begins, so that a pointer to a record is enough
 * to read it.
 *
 *   header     IMAGE_HEADER_SIZE bytes, fields below
 *   strings    its first byte is a NUL, the empty string; ends with NULs
 *   entries    IMAGE_ENTRY_SIZE bytes each, in the registry's order
 *   people     IMAGE_PERSON_SIZE bytes each, sorted by id
 *   slots      hash table of names, a power of two of slots: u32 hash_name(), u32 list, u32 the
 *              name, as a distance from the first byte of the image; list 0 is a free slot;
 *              collisions go to the next slot; at least one slot is free
 *   ports      256 u32: the page of each high byte of a port
 *   pages      256 u32 each: the list of each low byte
 *   lists      u32 words; a list is named by the index of its first word: a count, then that many
 *              indices of entries in ascending order; word 0 is the empty list
 *   subjects   IMAGE_SUBJECT_SIZE bytes each: a service type, or a subtype of one, of less than
 *              IMAGE_TYPE_TEXT_MAX bytes, and its keys, at least one; sorted by type without
 *              regard to case, then by their keys, of which two subjects of one type share none
 *   keys       IMAGE_KEY_SIZE bytes each: a TXT key, what it means and which values it has
 *   values     IMAGE_VALUE_SIZE bytes each
 *   txt        TXT records, to the end of the image: u32 kind, u16 number of keys, u16 number of
 *              references, then a u32 for each, its string
 *
 * Version rule: a reader opens its own version only. Whoever changes the layout, or a hash, or what
 * a field means, counts the version up. An image depends on its input alone, byte for byte.
 */

#define IMAGE_MAGIC "\x93sdreg\r\n"

enum {
	IMAGE_VERSION = 4,
	IMAGE_HEADER_SIZE = 108,
	IMAGE_ENTRY_SIZE = 56,
	IMAGE_PERSON_SIZE = 28,
	IMAGE_SUBJECT_SIZE = 12,
	IMAGE_KEY_SIZE = 24,
	IMAGE_VALUE_SIZE = 12,
	IMAGE_SLOT_SIZE = 12,
	IMAGE_PORTS_SIZE = 1024,
	IMAGE_PAGE_SIZE = 1024,
	IMAGE_TXT_SIZE = 8,
	IMAGE_BYTES_MAX = 256 << 20,
	IMAGE_TYPE_TEXT_MAX = 256, /* what a builder writes is far shorter */
	IMAGE_TYPE_KEYS_MAX = 1 << 20, /* keys of all subjects together, for types may share them */
};

/* Header: where each field is. Offsets count from the first byte of the image. */
enum {
	HEADER_MAGIC = 0,
	HEADER_VERSION = 8,
	HEADER_SIZE = 12, /* bytes of the whole image */
	HEADER_SUM = 16, /* u64: hash_image() of all bytes after this field */
	HEADER_FLAGS = 24,
	HEADER_ENTRIES = 28, /* count */
	HEADER_ENTRIES_AT = 32, /* the strings lie before them, behind the header */
	HEADER_PEOPLE = 36, /* count */
	HEADER_PEOPLE_AT = 40,
	HEADER_SLOTS = 44, /* count */
	HEADER_SLOTS_AT = 48,
	HEADER_PORTS_AT = 52,
	HEADER_PAGES = 56, /* count; they follow the ports */
	HEADER_LISTS = 60, /* words */
	HEADER_LISTS_AT = 64,
	HEADER_TXT_AT = 68,
	HEADER_TITLE = 72, /* string, from the first byte of the image */
	HEADER_UPDATED = 76, /* the same */
	HEADER_FRAME = 80, /* the same: how the source wrote what is around the records */
	HEADER_SUBJECTS = 84, /* count */
	HEADER_SUBJECTS_AT = 88,
	HEADER_KEYS = 92, /* count */
	HEADER_KEYS_AT = 96,
	HEADER_VALUES = 100, /* count */
	HEADER_VALUES_AT = 104,
};

/* Flags. */
enum {
	IMAGE_PARTIAL = 1, /* only a part of the registry */
	IMAGE_FROM_XML = 2, /* the frame and the markup of records and people are XML's */
	IMAGE_FROM_CSV = 4, /* they are CSV's */
	IMAGE_ABRIDGED = 8, /* every entry, but people, notes and IANA's sentences of few */
};

/* Entry: strings first, in the order of the columns. */
enum {
	ENTRY_NAME = 0,
	ENTRY_DESCRIPTION = 4,
	ENTRY_ASSIGNEE = 8,
	ENTRY_CONTACT = 12, /* with ENTRY_WARNS: the warning, for a supplement has no contacts */
	ENTRY_REGISTERED = 16,
	ENTRY_MODIFIED = 20,
	ENTRY_REFERENCE = 24,
	ENTRY_SERVICE_CODE = 28,
	ENTRY_UNAUTHORIZED = 32,
	ENTRY_NOTES = 36,
	ENTRY_MARKUP = 40, /* how the source wrote it; empty: as an export would */
	ENTRY_STRINGS_END = 44,
	ENTRY_TXT = 44, /* how far behind the entry its TXT record begins; 0 if there is none */
	ENTRY_PORT_FIRST = 48, /* u16 */
	ENTRY_PORT_LAST = 50, /* u16 */
	ENTRY_TRANSPORT = 52, /* u8 */
	ENTRY_FLAGS = 53, /* u8 */
	ENTRY_KNOWN = 54, /* u8; a byte of zero follows */
};

/* At the end of the frame of CSV: the last row had no line end. */
#define CSV_NO_LAST_END '\x01'

enum {
	ENTRY_HAS_PORT = 1,
	ENTRY_GIVES_TYPE = 2, /* a name, and one that keeps RFC 6335 section 5.1 */
	ENTRY_WARNS = 4, /* ENTRY_CONTACT is a warning */
	ENTRY_ABRIDGED = 8, /* the source says more in a note, a description or a reference */
};

/* Person: strings first. */
enum {
	PERSON_ID = 0,
	PERSON_NAME = 4,
	PERSON_ORGANIZATION = 8,
	PERSON_URIS = 12,
	PERSON_UPDATED = 16,
	PERSON_MARKUP = 20,
	PERSON_STRINGS_END = 24,
	PERSON_POSITION = 24, /* in the source's order, from 0 */
};

/* Subject: a string, then where its keys are. */
enum {
	SUBJECT_TYPE = 0, /* "_ipp._tcp" */
	SUBJECT_FIRST = 4, /* index of its first key */
	SUBJECT_COUNT = 8,
};

/* Key: strings first. */
enum {
	KEY_NAME = 0,
	KEY_MEANING = 4,
	KEY_SOURCE = 8,
	KEY_STRINGS_END = 12,
	KEY_FIRST = 12, /* index of its first value */
	KEY_COUNT = 16, /* u16 */
	KEY_NEED = 18, /* u8 */
	KEY_FORM = 19, /* u8 */
	KEY_TELLS = 20, /* u8 */
	KEY_CLOSED = 21, /* u8, 0 or 1; two bytes of zero follow */
};

/* Value: strings, and the bit. */
enum {
	VALUE_TEXT = 0, /* empty for bits */
	VALUE_MEANING = 4,
	VALUE_STRINGS_END = 8,
	VALUE_BIT = 8, /* u8, 0 to 63: the lowest of its bits */
	VALUE_BITS = 9, /* u8, how many: 1 to 16, and none behind bit 63; 0 of a text */
	VALUE_NUMBER = 10, /* u16, what they have to be; of a text 1 if a list has to have it */
};

enum { VALUE_BITS_MAX = 16 };

/* The string that a record's field refers to. */
static inline const char *image_string(const unsigned char *record, size_t field)
{
	return (const char *)record - le32(record + field);
}

#endif
