/* SPDX-License-Identifier: MIT */
#ifndef SDREG_CHECK_H
#define SDREG_CHECK_H

/** @file
 * Whether a service is as the rules want it: its type (RFC 6335 section 5.1, RFC 6763 sections 4
 * and 7), its TXT record (RFC 6763 section 6), and for link-local messaging its profile (XEP-0174,
 * Clique). All functions may be called from any thread.
 */

#include <sdreg/api.h>
#include <sdreg/registry.h>
#include <sdreg/txt.h>
#include <sdreg/type.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sdreg_annotation;

struct sdreg_report; /**< findings */
struct sdreg_finding; /**< one thing that is to be said of a service */

/** How much a finding matters. */
enum sdreg_severity {
	SDREG_SEVERITY_NOTE = 1, /**< legal, and good to know */
	SDREG_SEVERITY_WARNING, /**< some reader will not do what was meant */
	SDREG_SEVERITY_ERROR, /**< cannot be, or means nothing to anyone */
};

enum {
	SDREG_FINDINGS_MAX =
		256, /**< those that a report keeps; sdreg_report_left_out() counts more */
};

/** A string's number in findings that are about none. */
#define SDREG_NO_STRING ((size_t)-1)

/** The rule that a finding is about. The values never change; new ones come behind. */
enum sdreg_finding_rule {
	SDREG_FINDING_NAME_EMPTY = 1, /**< the type has no service name */
	SDREG_FINDING_NAME_LONG, /**< the service name is over 15 characters */
	SDREG_FINDING_NAME_CHARACTER, /**< the service name has another character than A-Z, a-z, 0-9
					 and hyphen */
	SDREG_FINDING_NAME_LETTER, /**< the service name has no letter */
	SDREG_FINDING_NAME_HYPHEN_EDGE, /**< the service name begins or ends with a hyphen */
	SDREG_FINDING_NAME_HYPHEN_TWICE, /**< the service name has two hyphens side by side */
	SDREG_FINDING_PROTO, /**< the second label is neither _tcp nor _udp */
	SDREG_FINDING_INSTANCE_CONTROL, /**< the instance name has control characters */
	SDREG_FINDING_INSTANCE_UTF8, /**< the instance name is not UTF-8 */
	SDREG_FINDING_OTHER_TRANSPORT, /**< the service name is registered for the other transport
					  only */
	SDREG_FINDING_NOT_REGISTERED, /**< the service name is not registered */
	SDREG_FINDING_NOT_KNOWN, /**< only a part of the registry is at hand, and the name is not in
				    it */
	SDREG_FINDING_PORT_ZERO, /**< port 0: there is nothing to connect to */
	SDREG_FINDING_STRING_LONG, /**< a TXT string is over 255 bytes */
	SDREG_FINDING_STRING_EMPTY, /**< a TXT string is empty */
	SDREG_FINDING_KEY_MISSING, /**< a TXT string begins with `=` */
	SDREG_FINDING_KEY_ILLEGAL, /**< a TXT key has characters that none may have */
	SDREG_FINDING_KEY_LONG, /**< a TXT key is over 9 characters */
	SDREG_FINDING_KEY_TWICE, /**< a TXT key is there more than once */
	SDREG_FINDING_VALUE_BINARY, /**< a value holds control characters or is not UTF-8 */
	SDREG_FINDING_VALUE_QUOTED, /**< a value stands in quotes */
	SDREG_FINDING_TXTVERS_LATE, /**< `txtvers` is not the first key */
	SDREG_FINDING_RECORD_OVER_400, /**< the TXT record is over 400 bytes */
	SDREG_FINDING_RECORD_OVER_1300, /**< the TXT record is over 1,300 bytes */
	SDREG_FINDING_RECORD_OVER_8900, /**< the TXT record is over 8,900 bytes */
	SDREG_FINDING_RECORD_LONG, /**< the TXT record is over 65,535 bytes */
	SDREG_FINDING_KEY_UNKNOWN, /**< a TXT key is not registered for this type */
	SDREG_FINDING_KEY_FORMER, /**< a TXT key was registered formerly */
	SDREG_FINDING_KEY_REQUIRED, /**< a TXT key that is required is missing */
	SDREG_FINDING_VALUE_FORM, /**< a value is not written as its key wants it */
	SDREG_FINDING_KEY_NEAR, /**< a TXT key is nearly a registered one */
	SDREG_FINDING_KEY_CASE, /**< a TXT key is spelled in another case than the registered one */
	SDREG_FINDING_TXTVERS, /**< `txtvers` has another value than it must have */
	SDREG_FINDING_TXTVERS_MISSING, /**< `txtvers` is missing */
	SDREG_FINDING_STATUS, /**< `status` has a value that means nothing */
	SDREG_FINDING_PHSH, /**< `phsh` is no SHA-1 hash */
	SDREG_FINDING_PORT_NUMBER, /**< `port.p2pj` is no port */
	SDREG_FINDING_PORT_DIFFERS, /**< `port.p2pj` differs from the port of the SRV record */
	SDREG_FINDING_HASH_ALONE, /**< `hash` without `ver` or `node` */
	SDREG_FINDING_VER_ALONE, /**< `ver` without `hash` or `node` */
	SDREG_FINDING_INSTANCE_FORM, /**< the instance name is not `user@machine` */
	SDREG_FINDING_INSTANCE_MACHINE, /**< the machine of the instance name is not the host */
	SDREG_FINDING_PRESENCE_UDP, /**< presence over UDP */
	SDREG_FINDING_CLIQUE_HOST, /**< the host name is not that of the room */
	SDREG_FINDING_CLIQUE_GROUP, /**< the address is no multicast group */
	SDREG_FINDING_INSTANCE_UNDERSCORE, /**< the instance name begins with an underscore */
	SDREG_FINDING_DOMAIN_UNDERSCORE, /**< the domain has a label that begins with an underscore
					  */
	SDREG_FINDING_WARNED, /**< the supplement warns of the type */
	SDREG_FINDING_VALUE_UTF8, /**< a value that is UTF-8 by its key is not */
	SDREG_FINDING_KEYS_JOINED, /**< a value holds what looks like more keys */
	SDREG_FINDING_RECORD_EMPTY, /**< the TXT record has not even one zero byte */
	SDREG_FINDING_TYPE_SYNTAX, /**< the text is no service type; of sdreg_check_text() only */
	SDREG_FINDING_VALUE_EMPTY, /**< the value of a key that is required is empty */
	SDREG_FINDING_VALUE_UNKNOWN, /**< a value is none of those that its key can have */
	SDREG_FINDING_VALUE_LACKS, /**< a list lacks a value that it has to have */
	SDREG_FINDING_VALUE_SEPARATOR, /**< the parts of a value are not separated by commas */
};

/** What is known of a service. Everything but the size may be missing: zeros are nothing at all. */
struct sdreg_subject {
	size_t size; /**< sizeof(struct sdreg_subject): what lies behind it is taken as zero */
	const struct sdreg_type *type; /**< with instance and subtype, where they are known */
	const struct sdreg_registry *registry; /**< says whether the type is registered; or NULL */
	const struct sdreg_registry *supplement; /**< says what keys a type has; or NULL */
	const struct sdreg_txt *txt; /**< NULL if it is not known; not the same as empty */
	struct sdreg_text host; /**< target of the SRV record; empty if it is not known */
	int has_port; /**< 1 if port is known */
	uint16_t port; /**< of the SRV record */
	const struct sdreg_text *addresses; /**< the host's, as text; a scope may follow `%` */
	size_t address_count; /**< how many addresses there are */
};

/**
 * Checks what is known of a service.
 * @param subject  not kept
 * @return a report to free, its findings in the order of type, instance, TXT strings, the record,
 *         the profile; NULL on error: SDREG_E_MEMORY, SDREG_E_ARGUMENT (the
 *         subject's size)
 */
SDREG_API struct sdreg_report *sdreg_check(const struct sdreg_subject *subject,
	struct sdreg_error *err);

/**
 * Checks a service type or a whole instance name that is given as text, and its TXT record:
 * sdreg_type_parse() and sdreg_check() in one. A text that cannot be read as a type is a finding,
 * too: SDREG_FINDING_TYPE_SYNTAX, an error; the TXT record is then checked by the rules for all.
 * @param registry    may be NULL, and so may supplement: as in struct sdreg_subject
 * @param text        len bytes, as sdreg_type_parse() reads them
 * @param txt         NULL if it is not known; not the same as empty
 * @return a report to free, as of sdreg_check(); NULL on error: SDREG_E_MEMORY
 */
SDREG_API struct sdreg_report *sdreg_check_text(const struct sdreg_registry *registry,
	const struct sdreg_registry *supplement, const char *text, size_t len,
	const struct sdreg_txt *txt, struct sdreg_error *err);

/** NULL is fine. */
SDREG_API void sdreg_report_free(struct sdreg_report *report);

/** How many findings there are. */
SDREG_API size_t sdreg_report_count(const struct sdreg_report *report);

/** The nth finding, from 0; NULL past the last. It lives as long as the report. */
SDREG_API const struct sdreg_finding *sdreg_report_finding(const struct sdreg_report *report,
	size_t nth);

/** Findings that were made after SDREG_FINDINGS_MAX of them. */
SDREG_API size_t sdreg_report_left_out(const struct sdreg_report *report);

/** The highest severity of all that was found, left out or not; 0 if nothing was. */
SDREG_API enum sdreg_severity sdreg_report_worst(const struct sdreg_report *report);

/** What is known of the type: the annotation that the check made for itself, which lives as long as
 * the report. NULL where no type or no registry was given. */
SDREG_API const struct sdreg_annotation *sdreg_report_annotation(const struct sdreg_report *report);

/* ---- a finding; all texts live as long as the report ---- */

/** How much it matters. */
SDREG_API enum sdreg_severity sdreg_finding_severity(const struct sdreg_finding *finding);

/** The rule that it is about. */
SDREG_API enum sdreg_finding_rule sdreg_finding_rule(const struct sdreg_finding *finding);

/** Where the rule stands, such as "RFC 6763 section 6.4". Never NULL. */
SDREG_API const char *sdreg_finding_source(const struct sdreg_finding *finding);

/** Number of the TXT string that it is about, from 0, or SDREG_NO_STRING. */
SDREG_API size_t sdreg_finding_string(const struct sdreg_finding *finding);

/**
 * The TXT key that it is about: raw bytes, ended by a NUL.
 * @param len  set to its length, 0 for none; may be NULL
 * @return never NULL
 */
SDREG_API const char *sdreg_finding_key(const struct sdreg_finding *finding, size_t *len);

/** A sentence in English; may quote raw bytes of what was checked. Never NULL. */
SDREG_API const char *sdreg_finding_text(const struct sdreg_finding *finding);

/** The rule as one stable word for programs, such as "key-long". Never NULL. */
SDREG_API const char *sdreg_finding_rule_word(enum sdreg_finding_rule rule);

/** "note", "warning", "error". Never NULL. */
SDREG_API const char *sdreg_severity_text(enum sdreg_severity severity);

#ifdef __cplusplus
}
#endif

#endif
