/* SPDX-License-Identifier: MIT */
#ifndef SDREG_REGISTRY_H
#define SDREG_REGISTRY_H

/** @file
 * A registry: IANA's Service Name and Transport Protocol Port Number Registry, or a part of it,
 * opened to be read. It never changes, so any number of threads may read one at the same time;
 * all strings and entries belong to it and live until sdreg_registry_close().
 */

#include <sdreg/api.h>

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sdreg_error;
struct sdreg_type;

struct sdreg_registry; /**< an open registry */
struct sdreg_entry; /**< one row of a registry */
struct sdreg_person; /**< somebody named as assignee or contact */

/** Transport protocols of RFC 6335, as the registry states them. */
enum sdreg_transport {
	SDREG_TRANSPORT_NONE = 0, /**< the entry does not state one */
	SDREG_TRANSPORT_TCP,
	SDREG_TRANSPORT_UDP,
	SDREG_TRANSPORT_SCTP,
	SDREG_TRANSPORT_DCCP,
	SDREG_TRANSPORT_ANY, /**< in look-ups: do not care */
};

/** What bytes hold, as told from the bytes themselves. */
enum sdreg_format {
	SDREG_FORMAT_UNKNOWN = 0,
	SDREG_FORMAT_XML, /**< XML of some kind: libsdreg-xml reads it */
	SDREG_FORMAT_CSV, /**< text that can be IANA's CSV */
	SDREG_FORMAT_IMAGE, /**< a registry in sdreg's own binary form */
};

/** How a supplement knows of a service type. */
enum sdreg_known {
	SDREG_KNOWN_UNSAID = 0, /**< the supplement does not say */
	SDREG_KNOWN_DOCUMENTED, /**< documented by its maker or a specification */
	SDREG_KNOWN_SOURCE, /**< a public program announces it or looks for it */
	SDREG_KNOWN_SEEN, /**< seen on networks, not documented */
};

/** What a note says of TXT keys ("Defined TXT keys: ..."). */
enum sdreg_txt_kind {
	SDREG_TXT_KIND_ABSENT = 0, /**< there is no such note */
	SDREG_TXT_KIND_NONE, /**< "None": no keys are defined */
	SDREG_TXT_KIND_LIST, /**< a list of keys */
	SDREG_TXT_KIND_REFERENCE, /**< "See ...": keys are defined elsewhere */
	SDREG_TXT_KIND_PROPRIETARY, /**< keys exist and are not all published */
	SDREG_TXT_KIND_UNSPECIFIED, /**< "TBD", "Varies", "Contact ...", or nothing at all */
	SDREG_TXT_KIND_PROSE, /**< text that is no list */
};

/** Whom `sdreg update` installed a registry for. */
enum sdreg_installed_for {
	SDREG_INSTALLED_FOR_USER = 1, /**< `$XDG_DATA_HOME/sdreg`, or `~/.local/share/sdreg` */
	SDREG_INSTALLED_FOR_ALL, /**< `$SDREG_STATEDIR`, or LOCALSTATEDIR/lib/sdreg */
};

/** How far a reader may go on after trouble, and whom it tells. Its size alone, and zeros for the
 * rest, are a good default. */
struct sdreg_reading {
	size_t size; /**< sizeof(struct sdreg_reading): what lies behind it is taken as zero */
	/** Called for each record that is left out (code SDREG_E_RECORD), with file and line, and
	 * for each installed file that is passed over. May be NULL. The struct lives only during
	 * the call. */
	void (*warn)(void *user, const struct sdreg_error *warning);
	void *user; /**< handed to warn */
	const char *name; /**< name of the input for messages and as its source; NULL: the path */
};

/* ---- opening ---- */

/**
 * The registry that answers where the user names none, as it does in the command sdreg: the newest,
 * by its date, of what `sdreg update` installed for this user and for all, and of the embedded one;
 * of two of one day the first of these. An embedded registry that is a part answers only where no
 * whole one is installed. Reads the environment variables XDG_DATA_HOME, HOME and SDREG_STATEDIR
 * (but not in a setuid program); a thread may not change them meanwhile.
 * @param reading  may be NULL; its warn is told of each file that is there and cannot be used, with
 *                 the reason; the one before it, which an update keeps, is tried then
 * @return a registry to close, or NULL (SDREG_E_MEMORY, SDREG_E_ARGUMENT)
 */
SDREG_API struct sdreg_registry *sdreg_registry_latest(const struct sdreg_reading *reading,
	struct sdreg_error *err);

/**
 * The registry that `sdreg update` installed in a directory: the image, or the one before if that
 * cannot be used. Only a whole registry can.
 * @param directory  such as sdreg_installed_directory() gives
 * @param reading    as in sdreg_registry_latest()
 * @return a registry to close, or NULL (SDREG_E_IO where there is none, SDREG_E_ARGUMENT)
 */
SDREG_API struct sdreg_registry *sdreg_registry_installed(const char *directory,
	const struct sdreg_reading *reading, struct sdreg_error *err);

/**
 * Where `sdreg update` installs; a program may watch it, for files in it are replaced as a whole.
 * Reads the environment as sdreg_registry_latest() does.
 * @param buf  size bytes
 * @return length without the NUL; 0 for a user without a home; SDREG_E_LIMIT when buf is too small;
 *         buf is empty then
 */
SDREG_API int sdreg_installed_directory(enum sdreg_installed_for whom, char *buf, size_t size);

/**
 * The registry compiled into the library: every entry of IANA's, as facts
 * (sdreg_registry_is_abridged()). Costs nothing but a small allocation.
 * @return a registry to close, or NULL (SDREG_E_MEMORY)
 */
SDREG_API struct sdreg_registry *sdreg_registry_embedded(struct sdreg_error *err);

/**
 * The supplement compiled into the library: types in common use that IANA does not list, and TXT
 * keys that it leaves to other documents. A registry of its own, for sdreg_annotate_type().
 * @return a registry to close, or NULL (SDREG_E_MEMORY)
 */
SDREG_API struct sdreg_registry *sdreg_supplement_embedded(struct sdreg_error *err);

/**
 * Puts a supplement behind another, which from then on answers for both: annotation, keys, look-up,
 * search and the walk over all entries ask the first, then the further one, and of two that say the
 * same thing the first counts. Title, date, people and image stay those of the first alone. To be
 * done before threads share either.
 * @param further  belongs to the first on success, and is closed with it; others may stand behind
 * it
 * @return 0, or SDREG_E_ARGUMENT when it stands behind the first already, or the first behind it
 */
SDREG_API int sdreg_supplement_add(struct sdreg_registry *supplement,
	struct sdreg_registry *further, struct sdreg_error *err);

/** Tells what kind of input begins with these bytes; the first 512 are enough. */
SDREG_API enum sdreg_format sdreg_format_detect(const void *bytes, size_t len);

/**
 * Opens an image in a file: maps it, checks all of it once, and trusts it after that. The file
 * may be renamed or unlinked while it is open, but must not be changed in place.
 * @return a registry to close, or NULL (SDREG_E_IO, SDREG_E_FORMAT, SDREG_E_LIMIT,
 *         SDREG_E_MEMORY)
 */
SDREG_API struct sdreg_registry *sdreg_registry_open(const char *path, struct sdreg_error *err);

/**
 * Opens an image in memory, which is copied: the bytes stay the caller's and are not needed
 * afterwards.
 * @param bytes  len bytes
 * @param name   names the image in messages; may be NULL
 * @return a registry to close, or NULL (SDREG_E_FORMAT, SDREG_E_MEMORY)
 */
SDREG_API struct sdreg_registry *sdreg_registry_open_bytes(const void *bytes, size_t len,
	const char *name, struct sdreg_error *err);

/**
 * Reads IANA's CSV. The bytes stay the caller's and are not needed afterwards. Rules: UTF-8
 * without NUL; columns by header name, in any order; a row with another number of cells or a bad
 * port or transport is left out and told to reading->warn.
 * @param reading  may be NULL
 */
SDREG_API struct sdreg_registry *sdreg_registry_read_csv(const char *bytes, size_t len,
	const struct sdreg_reading *reading, struct sdreg_error *err);

/** Closes a registry and frees all that belongs to it. NULL is fine. */
SDREG_API void sdreg_registry_close(struct sdreg_registry *registry);

/* ---- the registry as a whole ---- */

/** The file that it was opened from, as it was named to sdreg_registry_open(), or found by
 * sdreg_registry_latest(); NULL for one that is embedded or was read from memory. */
SDREG_API const char *sdreg_registry_file(const struct sdreg_registry *registry);

/** IANA's date of this registry, such as "2025-02-25"; empty for a CSV, which has none. */
SDREG_API const char *sdreg_registry_updated(const struct sdreg_registry *registry);

/** The title; may be empty. */
SDREG_API const char *sdreg_registry_title(const struct sdreg_registry *registry);

/** 1 if it is said to be the whole registry, 0 if a part: then nothing is ever "not registered". */
SDREG_API int sdreg_registry_is_complete(const struct sdreg_registry *registry);

/**
 * 1 if only facts of it are here, as in the embedded registry: each entry has its name, port,
 * transport, title, dates, references, service code and TXT keys, but only few have assignee,
 * contact and notes, and an unauthorized use is told without words.
 */
SDREG_API int sdreg_registry_is_abridged(const struct sdreg_registry *registry);

/** The image: what to write into a file that sdreg_registry_open() opens. */
SDREG_API const void *sdreg_registry_image(const struct sdreg_registry *registry, size_t *len);

/** Number of entries. */
SDREG_API size_t sdreg_registry_size(const struct sdreg_registry *registry);

/* ---- look-up ---- */

/** The nth entry in the registry's own order, from 0; NULL past the last. */
SDREG_API const struct sdreg_entry *sdreg_registry_entry(const struct sdreg_registry *registry,
	size_t nth);

/*
 * A search that can find several entries gives one at a call, in the registry's order: the first
 * one for NULL, then the one behind the entry that was found last:
 *
 *     const struct sdreg_entry *entry = NULL;
 *     while ((entry = sdreg_find_name(registry, "presence", 8, entry)) != NULL)
 *
 * Any entry of the registry will do: the search goes on behind its place. One of another registry
 * ends the search.
 */

/**
 * The entries of a service name, compared without regard to ASCII case (RFC 6335 section 5.1).
 * @param name   len bytes
 * @param after  the entry found last, or NULL
 * @return the next one, or NULL at the end
 */
SDREG_API const struct sdreg_entry *sdreg_find_name(const struct sdreg_registry *registry,
	const char *name, size_t len, const struct sdreg_entry *after);

/**
 * The entries of a port number, those of ranges that hold it included. With a transport: entries
 * of this transport and entries that state none.
 * @param port       0 to 65535
 * @param transport  SDREG_TRANSPORT_ANY for all
 * @param after      the entry found last, or NULL
 * @return the next one, or NULL at the end
 */
SDREG_API const struct sdreg_entry *sdreg_find_port(const struct sdreg_registry *registry,
	uint16_t port, enum sdreg_transport transport, const struct sdreg_entry *after);

/**
 * The entries that give this service type: those of its name whose transport maps to its second
 * label, and those that state no transport. Subtype, instance and domain do not matter. A type
 * that is not well formed has none.
 * @param after  the entry found last, or NULL
 * @return the next one, or NULL at the end
 */
SDREG_API const struct sdreg_entry *sdreg_find_type(const struct sdreg_registry *registry,
	const struct sdreg_type *type, const struct sdreg_entry *after);

/* ---- an entry: the twelve columns ---- */

/* Of a supplement: name, port and transport are what is in use, description is the title; assignee
 * is who makes it, notes who uses it, reference where it is known from, and unauthorized use what
 * IANA registered the name for instead. */

/* Strings are UTF-8 as in the registry, white space collapsed (a note keeps its lines), never
 * NULL, empty where the registry says nothing. */

SDREG_API const char *sdreg_entry_name(const struct sdreg_entry *entry); /**< Service Name */
SDREG_API const char *sdreg_entry_description(const struct sdreg_entry *entry); /**< Description */
SDREG_API const char *sdreg_entry_assignee(
	const struct sdreg_entry *entry); /**< Assignee: "[id]..." */
SDREG_API const char *sdreg_entry_contact(
	const struct sdreg_entry *entry); /**< Contact: "[id]..." */
SDREG_API const char *sdreg_entry_registered(
	const struct sdreg_entry *entry); /**< Registration Date */
SDREG_API const char *sdreg_entry_modified(
	const struct sdreg_entry *entry); /**< Modification Date */
SDREG_API const char *sdreg_entry_reference(
	const struct sdreg_entry *entry); /**< Reference: "[RFC6120]" */
SDREG_API const char *sdreg_entry_service_code(
	const struct sdreg_entry *entry); /**< DCCP Service Code */
SDREG_API const char *sdreg_entry_unauthorized_use(
	const struct sdreg_entry *entry); /**< as reported */
SDREG_API const char *sdreg_entry_notes(const struct sdreg_entry *entry); /**< Assignment Notes */

/** How a supplement knows of the type; SDREG_KNOWN_UNSAID of IANA's entries. */
SDREG_API enum sdreg_known sdreg_entry_known(const struct sdreg_entry *entry);

/** What a supplement warns users of the type of: that it is not a service type, or not one to
 * discover services with. Never NULL; empty where there is nothing to warn of. */
SDREG_API const char *sdreg_entry_warning(const struct sdreg_entry *entry);

/** Transport Protocol; SDREG_TRANSPORT_NONE where the entry does not state one. */
SDREG_API enum sdreg_transport sdreg_entry_transport(const struct sdreg_entry *entry);

/**
 * Port Number. A range has first < last, a single port first == last. Either pointer may be NULL.
 * @return 1, or 0 for an entry without a port
 */
SDREG_API int sdreg_entry_port(const struct sdreg_entry *entry, uint16_t *first, uint16_t *last);

/** Position in the registry's order, from 0. */
SDREG_API size_t sdreg_entry_index(const struct sdreg_registry *registry,
	const struct sdreg_entry *entry);

/** 1 if IANA says more of this entry in a note, a description or a reference, and that was left
 * out; see sdreg_registry_is_abridged(). Assignee and contact do not count. */
SDREG_API int sdreg_entry_is_abridged(const struct sdreg_entry *entry);

/**
 * A service type that this entry gives. tcp gives `_name._tcp`, udp, sctp and dccp `_name._udp`; an
 * entry that states no transport covers both and confirms neither (RFC 6763 section 7). A name
 * outside RFC 6335 section 5.1 gives none.
 * @param nth   0 or 1
 * @param type  written on success, with neither instance nor domain
 * @return 1, or 0 when there is no such type
 */
SDREG_API int sdreg_entry_type(const struct sdreg_entry *entry, unsigned nth,
	struct sdreg_type *type);

/** What the note says of TXT keys. */
SDREG_API enum sdreg_txt_kind sdreg_entry_txt_kind(const struct sdreg_entry *entry);

/** The nth TXT key named by the note as registered, from 0; NULL past the last. */
SDREG_API const char *sdreg_entry_txt_key(const struct sdreg_entry *entry, size_t nth);

/** The nth document or URL that the note refers to for its keys, from 0; NULL past the last. */
SDREG_API const char *sdreg_entry_txt_reference(const struct sdreg_entry *entry, size_t nth);

/* ---- names of values ---- */

/** "tcp", "udp", "sctp", "dccp"; "" for SDREG_TRANSPORT_NONE. Never NULL. */
SDREG_API const char *sdreg_transport_text(enum sdreg_transport transport);

/** Reads a transport without regard to ASCII case. @return 0, or SDREG_E_SYNTAX */
SDREG_API int sdreg_transport_parse(const char *text, size_t len, enum sdreg_transport *transport);

/** "none", "list", "reference", "proprietary", "unspecified", "prose"; "" for absent. */
SDREG_API const char *sdreg_txt_kind_text(enum sdreg_txt_kind kind);

/** "documented", "source", "seen"; "" for unsaid. Never NULL. */
SDREG_API const char *sdreg_known_word(enum sdreg_known known);

/* ---- people ---- */

/**
 * Finds a person by the id that stands in brackets in assignee and contact. Ids are compared byte
 * by byte.
 * @return NULL if the registry does not describe this person, which happens
 */
SDREG_API const struct sdreg_person *sdreg_find_person(const struct sdreg_registry *registry,
	const char *id, size_t len);

SDREG_API const char *sdreg_person_id(const struct sdreg_person *person); /**< as in brackets */
SDREG_API const char *sdreg_person_name(const struct sdreg_person *person); /**< may be empty */
SDREG_API const char *sdreg_person_organization(
	const struct sdreg_person *person); /**< may be empty */
SDREG_API const char *sdreg_person_uris(
	const struct sdreg_person *person); /**< a line each, `&` for `@` */
SDREG_API const char *sdreg_person_updated(
	const struct sdreg_person *person); /**< date; may be empty */

/** Number of people described. */
SDREG_API size_t sdreg_registry_people(const struct sdreg_registry *registry);

/** The nth person, from 0, in the order of their ids by bytes; NULL past the last. */
SDREG_API const struct sdreg_person *sdreg_registry_person(const struct sdreg_registry *registry,
	size_t nth);

/**
 * Walks over "[a][b]" columns (assignee, contact, reference).
 * @param text  in: where to look; out: behind what was found
 * @param len   length of the result in bytes
 * @return the text between the next brackets, not ended by a NUL; NULL at the end
 */
SDREG_API const char *sdreg_bracketed(const char **text, size_t *len);

#ifdef __cplusplus
}
#endif

#endif
