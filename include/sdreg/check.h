/* SPDX-License-Identifier: MIT */
#ifndef SDREG_CHECK_H
#define SDREG_CHECK_H

/** @file
 * Whether a service is as the rules want it: its type (RFC 6335 section 5.1, RFC 6763 sections 4
 * and 7), its TXT record (RFC 6763 section 6), and for link-local messaging its profile (XEP-0174,
 * Clique). All functions may be called from any thread.
 */

#include <sdreg/registry.h>
#include <sdreg/txt.h>
#include <sdreg/type.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sdreg_report; /**< findings */

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

/** One thing that is to be said of a service. */
struct sdreg_finding {
	enum sdreg_severity severity; /**< how much it matters */
	const char *rule; /**< a stable word for programs, such as "key-long" */
	const char *source; /**< where the rule stands, such as "RFC 6763 section 6.4" */
	size_t string; /**< number of the TXT string, from 0, or SDREG_NO_STRING */
	unsigned char key_len; /**< bytes of key */
	char key[256]; /**< the TXT key that it is about; raw bytes and a NUL; empty for none */
	char text[256]; /**< a sentence in English; may quote raw bytes of what was checked */
};

/** What is known of a service. Everything may be missing: all zeros is nothing at all. */
struct sdreg_subject {
	const struct sdreg_type *type; /**< with instance and subtype, where they are known */
	const struct sdreg_registry *registry; /**< says whether the type is registered; or NULL */
	const struct sdreg_registry *supplement; /**< says what keys a type has; or NULL */
	const struct sdreg_txt *txt; /**< NULL if it is not known; not the same as empty */
	const char *host; /**< target of the SRV record, or NULL */
	int has_port; /**< 1 if port is known */
	uint16_t port; /**< of the SRV record */
	const char *const *addresses; /**< those of the host, as text; a scope may follow `%` */
	size_t address_count; /**< how many addresses there are */
};

/**
 * Checks what is known of a service.
 * @param subject  not kept
 * @return a report to free, its findings in the order of type, instance, TXT strings, the record,
 *         the profile; NULL for want of memory, with err
 */
struct sdreg_report *sdreg_check(const struct sdreg_subject *subject, struct sdreg_error *err);

/** NULL is fine. */
void sdreg_report_free(struct sdreg_report *report);

/** How many findings there are. */
size_t sdreg_report_count(const struct sdreg_report *report);

/** The nth finding, from 0; NULL past the last. It lives as long as the report. */
const struct sdreg_finding *sdreg_report_finding(const struct sdreg_report *report, size_t nth);

/** Findings that were made after SDREG_FINDINGS_MAX of them. */
size_t sdreg_report_left_out(const struct sdreg_report *report);

/** The highest severity of all that was found, left out or not; 0 if nothing was. */
enum sdreg_severity sdreg_report_worst(const struct sdreg_report *report);

/** "note", "warning", "error". Never NULL. */
const char *sdreg_severity_text(enum sdreg_severity severity);

#ifdef __cplusplus
}
#endif

#endif
