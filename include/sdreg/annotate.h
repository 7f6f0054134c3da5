/* SPDX-License-Identifier: MIT */
#ifndef SDREG_ANNOTATE_H
#define SDREG_ANNOTATE_H

/** @file
 * What the registry and the supplement say of a service type, its port and its TXT keys. All
 * functions may be called from any thread.
 */

#include <sdreg/registry.h>
#include <sdreg/type.h>

#ifdef __cplusplus
extern "C" {
#endif

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
};

/** What is said of a service type. Pointers belong to the registry or the supplement. */
struct sdreg_annotation {
	enum sdreg_verdict verdict; /**< how well it is known */
	unsigned faults; /**< bits of enum sdreg_rule, 0 for a well-formed type */
	/** What the service is; never NULL, may be empty. The registry's word, or the supplement's
	 * where the registry has none or where the name is in use for something else. */
	const char *title;
	/** What IANA registered the name for, where what is seen is most likely something else;
	 * else NULL. */
	const char *instead;
	const struct sdreg_entry *entry; /**< the entry that speaks best for the type, or NULL */
	/** What the supplement adds, or NULL. Its name may stand for many: "%" in it is a
	 * hexadecimal digit, "#" a decimal number. */
	const struct sdreg_entry *supplement;
};

/** How a port compares with what is registered. */
enum sdreg_port_verdict {
	SDREG_PORT_VERDICT_NONE_REGISTERED = 1, /**< the type has no registered port: any will do */
	SDREG_PORT_VERDICT_AS_REGISTERED,
	SDREG_PORT_VERDICT_OTHER, /**< same name, other port: perhaps another protocol */
	SDREG_PORT_VERDICT_ZERO, /**< port 0: a placeholder, there is nothing to connect to (RFC
				    6763 8) */
};

/** What is known of a TXT key of a type. */
enum sdreg_key_verdict {
	SDREG_KEY_VERDICT_DEFINED = 1, /**< named by the registry's note */
	SDREG_KEY_VERDICT_SUPPLEMENT, /**< known to the supplement */
	SDREG_KEY_VERDICT_UNKNOWN, /**< named by neither; which is legal (RFC 6763 section 6.4) */
};

/**
 * Says what is known of a type.
 * @param registry    what answers
 * @param supplement  may be NULL
 */
void sdreg_annotate_type(const struct sdreg_registry *registry,
	const struct sdreg_registry *supplement, const struct sdreg_type *type,
	struct sdreg_annotation *annotation);

/**
 * Compares a port seen with the ports registered for a type.
 * @param registered  set to the registered port that this one is, else to the first registered one,
 *                    else to 0; may be NULL
 */
enum sdreg_port_verdict sdreg_annotate_port(const struct sdreg_registry *registry,
	const struct sdreg_type *type, uint16_t port, uint16_t *registered);

/** Says whether a TXT key of a type is known. Keys compare without case (RFC 6763 6.4). */
enum sdreg_key_verdict sdreg_annotate_key(const struct sdreg_registry *registry,
	const struct sdreg_registry *supplement, const struct sdreg_type *type, const char *key,
	size_t len);

/** The verdict in words, such as "registered, transport not stated". Never NULL. */
const char *sdreg_verdict_text(enum sdreg_verdict verdict);

/** The verdict as one stable word for programs, such as "transport-not-stated". Never NULL. */
const char *sdreg_verdict_word(enum sdreg_verdict verdict);

/** As sdreg_verdict_word(), of a port. */
const char *sdreg_port_verdict_word(enum sdreg_port_verdict verdict);

/** As sdreg_verdict_word(), of a TXT key. */
const char *sdreg_key_verdict_word(enum sdreg_key_verdict verdict);

#ifdef __cplusplus
}
#endif

#endif
