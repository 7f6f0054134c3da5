/* SPDX-License-Identifier: MIT */
#ifndef SDREG_EXPORT_H
#define SDREG_EXPORT_H

/** @file
 * Giving a registry back in IANA's own formats. Any thread may export; a registry is only read.
 */

#include <sdreg/api.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sdreg_error;
struct sdreg_registry;

/** Where an export goes. */
struct sdreg_sink {
	size_t size; /**< sizeof(struct sdreg_sink): what lies behind it is taken as zero */
	/** Takes bytes, in blocks of some kilobytes. Returns 0, or -1 to end the export. */
	int (*write)(void *user, const char *bytes, size_t len);
	void *user; /**< handed to write */
};

/**
 * Writes a registry as IANA's CSV. One that was read from CSV comes out as the same bytes, save
 * rows that were left out; one that was read from XML as the CSV that IANA published with it: how
 * line breaks in a text come out has changed over the years, and the registry's date tells which
 * way holds.
 * @return 0; SDREG_E_IO when the sink failed, SDREG_E_MEMORY, SDREG_E_ARGUMENT (the sink's size)
 */
SDREG_API int sdreg_export_csv(const struct sdreg_registry *registry, const struct sdreg_sink *sink,
	struct sdreg_error *err);

/**
 * Writes a registry as IANA's XML. One that was read from XML comes out equal to it in canonical
 * form (W3C Canonical XML 1.0), save records that were left out, and people whose id an earlier one
 * has. One that was read from CSV comes out in the same vocabulary, without what a CSV lacks (date,
 * notes, people) and what XML lacks: text outside the brackets of assignee, contact and reference,
 * and control characters, U+FFFE and U+FFFF, for each of which U+FFFD stands.
 * @return 0; SDREG_E_IO when the sink failed, SDREG_E_MEMORY, SDREG_E_ARGUMENT (the sink's size)
 */
SDREG_API int sdreg_export_xml(const struct sdreg_registry *registry, const struct sdreg_sink *sink,
	struct sdreg_error *err);

#ifdef __cplusplus
}
#endif

#endif
