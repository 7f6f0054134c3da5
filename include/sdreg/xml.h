/* SPDX-License-Identifier: MIT */
#ifndef SDREG_XML_H
#define SDREG_XML_H

/** @file
 * Reading IANA's XML with libxml2, as a stream: no network, no entity expansion, no DTD, no
 * XInclude. Part of libsdreg-xml. Any thread may read; libxml2 must have been initialised
 * (xmlInitParser()) by a program that reads from several threads at once.
 */

#include <sdreg/api.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sdreg_builder;
struct sdreg_error;
struct sdreg_reading;
struct sdreg_registry;

/** What an XML file holds. */
enum sdreg_xml_kind {
	SDREG_XML_KIND_REGISTRY = 0, /**< IANA's registry, whole */
	SDREG_XML_KIND_PART, /**< the same, known to be a part of it */
	SDREG_XML_KIND_SUPPLEMENT, /**< a supplement in sdreg's own vocabulary */
};

/**
 * Reads XML from a file descriptor to its end. The descriptor stays the caller's.
 * Limits: 64 MiB, depth 32, 1 MiB a text, 16 KiB a tag or a comment. A record with a bad port or
 * transport, or with two of an element that may stand once, is left out and told to reading->warn
 * with its line; everything else that is wrong refuses the whole file.
 * @param reading  may be NULL; reading->name names the input in messages
 * @return a registry to close, or NULL (SDREG_E_IO, SDREG_E_FORMAT, SDREG_E_LIMIT,
 *         SDREG_E_MEMORY)
 */
SDREG_API struct sdreg_registry *sdreg_xml_read(int fd, enum sdreg_xml_kind kind,
	const struct sdreg_reading *reading, struct sdreg_error *err);

/**
 * Reads XML from memory; see sdreg_xml_read(). The bytes stay the caller's and are not needed
 * afterwards.
 * @param bytes  len bytes
 * @return a registry to close, or NULL (SDREG_E_FORMAT, SDREG_E_LIMIT, SDREG_E_MEMORY)
 */
SDREG_API struct sdreg_registry *sdreg_xml_read_bytes(const void *bytes, size_t len,
	enum sdreg_xml_kind kind, const struct sdreg_reading *reading, struct sdreg_error *err);

/**
 * Reads XML into a builder (<sdreg/builder.h>), behind what it holds, so that several files make
 * one registry: of two that say the same thing the first counts, of titles and dates the last. See
 * sdreg_xml_read().
 * @return 0, or SDREG_E_IO, SDREG_E_FORMAT, SDREG_E_LIMIT, SDREG_E_MEMORY: the builder then holds a
 *         part of the file, and is to be freed
 */
SDREG_API int sdreg_xml_add(struct sdreg_builder *builder, int fd, enum sdreg_xml_kind kind,
	const struct sdreg_reading *reading, struct sdreg_error *err);

/** Opens and reads an XML file; see sdreg_xml_read(). */
SDREG_API struct sdreg_registry *sdreg_xml_open(const char *path, enum sdreg_xml_kind kind,
	const struct sdreg_reading *reading, struct sdreg_error *err);

#ifdef __cplusplus
}
#endif

#endif
