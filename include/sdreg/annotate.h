/* SPDX-License-Identifier: MIT */
#ifndef SDREG_ANNOTATE_H
#define SDREG_ANNOTATE_H

/** @file
 * What the registry and the supplement say of a service type, its port and its TXT keys. All
 * functions may be called from any thread.
 */

#include <sdreg/api.h>
#include <sdreg/registry.h>
#include <sdreg/type.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sdreg_error;

struct sdreg_annotation; /**< what is said of a service type */

/** What is known of a service type. */
enum sdreg_verdict {
	SDREG_VERDICT_REGISTERED = 1, /**< registered for this transport */
	SDREG_VERDICT_TRANSPORT_NOT_STATED, /**< registered, transport not stated */
	SDREG_VERDICT_OTHER_TRANSPORT, /**< registered for the other transport only */
	SDREG_VERDICT_IN_COMMON_USE, /**< in common use, not at IANA: the supplement knows it */
	SDREG_VERDICT_NOT_REGISTERED, /**< not in a complete registry */
	SDREG_VERDICT_NOT_IN_PART, /**< not in the part of the registry at hand: nothing can be said
				    */
	SDREG_VERDICT_NOT_WELL_FORMED, /**< breaks a rule; faults names which */
	SDREG_VERDICT_SEEN, /**< seen on networks, not documented: the supplement knows no more */
};

/** How a port compares with what is registered. */
enum sdreg_port_verdict {
	SDREG_PORT_VERDICT_NONE_REGISTERED = 1, /**< the type has no registered port: any will do */
	SDREG_PORT_VERDICT_AS_REGISTERED,
	SDREG_PORT_VERDICT_OTHER, /**< same name, other port: perhaps another protocol */
	SDREG_PORT_VERDICT_ZERO, /**< port 0: a placeholder, there is nothing to connect to (RFC
				    6763 8) */
	SDREG_PORT_VERDICT_AS_USUAL, /**< the name is in use for something else, whose port this is
				      */
};

/** What is known of a TXT key of a type. */
enum sdreg_key_verdict {
	SDREG_KEY_VERDICT_DEFINED = 1, /**< named by the registry's note */
	SDREG_KEY_VERDICT_SUPPLEMENT, /**< known to the supplement */
	SDREG_KEY_VERDICT_UNKNOWN, /**< named by neither; which is legal (RFC 6763 section 6.4) */
};

/**
 * Says what is known of a type.
 * @param registry    what answers; both registries must outlive the annotation
 * @param supplement  may be NULL
 * @param type        not kept
 * @return an annotation to free, or NULL (SDREG_E_MEMORY)
 */
SDREG_API struct sdreg_annotation *sdreg_annotate_type(const struct sdreg_registry *registry,
	const struct sdreg_registry *supplement, const struct sdreg_type *type,
	struct sdreg_error *err);

/** Frees an annotation that sdreg_annotate_type() gave. NULL is fine. */
SDREG_API void sdreg_annotation_free(struct sdreg_annotation *annotation);

/** How well the type is known. */
SDREG_API enum sdreg_verdict sdreg_annotation_verdict(const struct sdreg_annotation *annotation);

/** The rules of RFC 6335 section 5.1 and RFC 6763 section 7 that the type breaks, as bits of enum
 * sdreg_rule; 0 for a well-formed type. */
SDREG_API unsigned sdreg_annotation_faults(const struct sdreg_annotation *annotation);

/** What the service is; never NULL, may be empty. The registry's word, or the supplement's where
 * the registry has none or where the name is in use for something else. Belongs to one of them. */
SDREG_API const char *sdreg_annotation_title(const struct sdreg_annotation *annotation);

/** What IANA registered the name for, where what is seen is most likely something else; else NULL.
 * Belongs to the supplement. */
SDREG_API const char *sdreg_annotation_instead(const struct sdreg_annotation *annotation);

/** What users of the type must know, as the supplement says it: that it is not a service type, or
 * not one to discover services with; else NULL. Belongs to the supplement. */
SDREG_API const char *sdreg_annotation_warning(const struct sdreg_annotation *annotation);

/** The entry of the registry that speaks best for the type, or NULL. */
SDREG_API const struct sdreg_entry *sdreg_annotation_entry(
	const struct sdreg_annotation *annotation);

/** The entry of the supplement that adds to it, or NULL. Its name may stand for many: "%" in it is
 * a hexadecimal digit, "#" a decimal number. */
SDREG_API const struct sdreg_entry *sdreg_annotation_supplement(
	const struct sdreg_annotation *annotation);

/**
 * Compares a port seen with the ports registered for a type. Where the name is in use for something
 * else, IANA's port is no measure: then it is compared with the usual one of what it really is.
 * @param supplement  may be NULL
 * @param registered  set to the registered port that this one is, else to the first registered one,
 *                    else to 0; may be NULL
 */
SDREG_API enum sdreg_port_verdict sdreg_annotate_port(const struct sdreg_registry *registry,
	const struct sdreg_registry *supplement, const struct sdreg_type *type, uint16_t port,
	uint16_t *registered);

/** Says whether a TXT key of a type is known. Keys compare without case (RFC 6763 6.4). */
SDREG_API enum sdreg_key_verdict sdreg_annotate_key(const struct sdreg_registry *registry,
	const struct sdreg_registry *supplement, const struct sdreg_type *type, const char *key,
	size_t len);

/** The verdict in words, such as "registered, transport not stated". Never NULL. */
SDREG_API const char *sdreg_verdict_text(enum sdreg_verdict verdict);

/** The verdict as one stable word for programs, such as "transport-not-stated". Never NULL. */
SDREG_API const char *sdreg_verdict_word(enum sdreg_verdict verdict);

/** As sdreg_verdict_word(), of a port. */
SDREG_API const char *sdreg_port_verdict_word(enum sdreg_port_verdict verdict);

/** As sdreg_verdict_word(), of a TXT key. */
SDREG_API const char *sdreg_key_verdict_word(enum sdreg_key_verdict verdict);

#ifdef __cplusplus
}
#endif

#endif
