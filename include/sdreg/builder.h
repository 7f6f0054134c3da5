/* SPDX-License-Identifier: MIT */
#ifndef SDREG_BUILDER_H
#define SDREG_BUILDER_H

/** @file
 * Making a registry out of records, for readers of other formats. A builder belongs to one thread
 * at a time.
 */

#include <sdreg/api.h>
#include <sdreg/key.h>
#include <sdreg/registry.h>
#include <sdreg/text.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sdreg_builder; /**< a registry in the making */

/** A record: the twelve columns as text in IANA's CSV manner, before any clean-up. */
struct sdreg_record {
	size_t size; /**< sizeof(struct sdreg_record): what lies behind it is taken as zero */
	struct sdreg_text name; /**< Service Name */
	struct sdreg_text port; /**< empty, "N" or "A-B" */
	struct sdreg_text transport; /**< empty, or tcp, udp, sctp, dccp in any case */
	struct sdreg_text description; /**< Description */
	struct sdreg_text assignee; /**< Assignee: "[id]..." */
	struct sdreg_text contact; /**< Contact: "[id]..." */
	struct sdreg_text registered; /**< Registration Date */
	struct sdreg_text modified; /**< Modification Date */
	struct sdreg_text reference; /**< Reference: "[RFC6120]" */
	struct sdreg_text service_code; /**< Service Code, of DCCP */
	struct sdreg_text unauthorized_use; /**< Unauthorized Use Reported */
	struct sdreg_text notes; /**< with its line breaks: TXT keys are told by them */
	/** How the source wrote the record, for an export that gives it back; empty: as an export
	 * would write it. Of XML as <sdreg/markup.h> says, of CSV the row; its end only where that
	 * is not the header's. */
	struct sdreg_text markup;
	struct sdreg_text warning; /**< of a supplement: what users must know; the contact is then
				      left out */
	enum sdreg_known known; /**< of a supplement: how it knows of the type */
};

/** A person of the registry. */
struct sdreg_person_record {
	size_t size; /**< sizeof(struct sdreg_person_record): what lies behind it is taken as zero
		      */
	struct sdreg_text id; /**< as in the brackets of assignee and contact */
	struct sdreg_text name; /**< may be empty */
	struct sdreg_text organization; /**< may be empty */
	struct sdreg_text uris; /**< a line each */
	struct sdreg_text updated; /**< date; may be empty */
	struct sdreg_text markup; /**< as that of a record */
};

/** @return a builder to free or finish, or NULL for want of memory */
SDREG_API struct sdreg_builder *sdreg_builder_new(void);

/** Frees a builder that was not finished. NULL is fine. */
SDREG_API void sdreg_builder_free(struct sdreg_builder *builder);

/** Sets the registry's title; the last one counts. @return 0 or SDREG_E_MEMORY */
SDREG_API int sdreg_builder_title(struct sdreg_builder *builder, struct sdreg_text title);

/** Sets the registry's date; the last one counts. @return 0 or SDREG_E_MEMORY */
SDREG_API int sdreg_builder_updated(struct sdreg_builder *builder, struct sdreg_text date);

/**
 * Says how the source wrote what is around the records and people.
 * @param format  SDREG_FORMAT_XML: frame is as <sdreg/markup.h> says; SDREG_FORMAT_CSV: it is the
 *                header row with its end
 * @return 0, SDREG_E_RECORD (it is no UTF-8 text; there is no frame then), SDREG_E_MEMORY
 */
SDREG_API int sdreg_builder_frame(struct sdreg_builder *builder, enum sdreg_format format,
	struct sdreg_text frame);

/** Says that this is a part of a registry only. */
SDREG_API void sdreg_builder_partial(struct sdreg_builder *builder);

/**
 * Adds a record. Its bytes are copied.
 * @param err  on SDREG_E_RECORD says what is wrong; file and line are the caller's to add
 * @return 0; SDREG_E_RECORD when port or transport cannot be read, a text is no UTF-8 or there is
 * no such way to know it (the record is left out, and the builder is as before); SDREG_E_LIMIT over
 * 1 MiB a text or 4,000,000 records; SDREG_E_MEMORY; SDREG_E_ARGUMENT (the record's size)
 */
SDREG_API int sdreg_builder_add(struct sdreg_builder *builder, const struct sdreg_record *record,
	struct sdreg_error *err);

/** Adds a person. Of two with one id the first counts.
 * @return 0, SDREG_E_RECORD (no id, or a text is no UTF-8; left out), SDREG_E_LIMIT,
 *         SDREG_E_MEMORY, SDREG_E_ARGUMENT (the record's size) */
SDREG_API int sdreg_builder_add_person(struct sdreg_builder *builder,
	const struct sdreg_person_record *person, struct sdreg_error *err);

/** What a supplement says of a TXT key. */
struct sdreg_key_record {
	size_t size; /**< sizeof(struct sdreg_key_record): what lies behind it is taken as zero */
	struct sdreg_text name; /**< as sent; "#" in it stands for a decimal number */
	struct sdreg_text meaning; /**< in words */
	struct sdreg_text source; /**< the document that defines it */
	enum sdreg_key_need need; /**< whether it must be there */
	enum sdreg_key_form form; /**< how its value is written */
	enum sdreg_key_tells tells; /**< what it tells of the device */
	int is_closed; /**< 1: it has no other values than those that are added */
};

/** One of the values of a TXT key, or one bit of its flags. */
struct sdreg_value_record {
	size_t size; /**< sizeof(struct sdreg_value_record): what lies behind it is taken as zero */
	struct sdreg_text text; /**< the value as sent; empty for a bit */
	unsigned bit; /**< 0 to 63, the lowest of its bits */
	struct sdreg_text meaning; /**< in words */
	unsigned bits; /**< how many bits, up to 16; 0 is one that is set */
	unsigned number; /**< what they have to be, where bits is not 0 */
	enum sdreg_key_need need; /**< of a text: SDREG_KEY_NEED_REQUIRED if a list has to have it
				   */
};

/**
 * Begins to explain the TXT keys of service types: sdreg_builder_add_key() adds to all of them.
 * @param types  "_name._tcp" or "_name._udp", several with blanks between them; of a subtype
 *               "_sub-name._sub._name._tcp"
 * @return 0; SDREG_E_RECORD when one is no service type, or has a blank in its name (nothing is
 *         begun); SDREG_E_MEMORY
 */
SDREG_API int sdreg_builder_begin_keys(struct sdreg_builder *builder, struct sdreg_text types,
	struct sdreg_error *err);

/**
 * Gives service types all keys that another has by now.
 * @param types  as in sdreg_builder_begin_keys()
 * @param like   one type
 * @return 0; SDREG_E_RECORD when one is no service type, or the other has no keys; SDREG_E_LIMIT,
 *         SDREG_E_MEMORY: nothing is given then
 */
SDREG_API int sdreg_builder_keys_like(struct sdreg_builder *builder, struct sdreg_text types,
	struct sdreg_text like, struct sdreg_error *err);

/** Adds a key to the types that were begun last. @return 0, SDREG_E_RECORD (no name, no meaning,
 * a need or a form that there is not, or no types were begun; left out, and its values with it),
 * SDREG_E_LIMIT (over 1,048,576 keys, counted once for each type), SDREG_E_MEMORY, SDREG_E_ARGUMENT
 * (the record's size) */
SDREG_API int sdreg_builder_add_key(struct sdreg_builder *builder,
	const struct sdreg_key_record *key, struct sdreg_error *err);

/** Adds a value to the key that was added last. @return as sdreg_builder_add_key() */
SDREG_API int sdreg_builder_add_value(struct sdreg_builder *builder,
	const struct sdreg_value_record *value, struct sdreg_error *err);

/**
 * Makes the registry and frees the builder, also on failure.
 * @return a registry to close, or NULL (SDREG_E_FORMAT when there is no record, SDREG_E_LIMIT,
 *         SDREG_E_MEMORY)
 */
SDREG_API struct sdreg_registry *sdreg_builder_finish(struct sdreg_builder *builder,
	struct sdreg_error *err);

#ifdef __cplusplus
}
#endif

#endif
