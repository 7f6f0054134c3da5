/* SPDX-License-Identifier: MIT */
#ifndef CORE_QUERY_ANNOTATE_H
#define CORE_QUERY_ANNOTATE_H

#include <sdreg/annotate.h>

struct sdreg_annotation {
	enum sdreg_verdict verdict;
	unsigned faults; /* bits of enum sdreg_rule */
	const char *title;
	const char *instead; /* NULL where nothing else is meant */
	const struct sdreg_entry *entry; /* or NULL */
	const struct sdreg_entry *supplement; /* or NULL */
};

/* What sdreg_annotate_type() gives, written into memory of one's own. */
void annotate(const struct sdreg_registry *registry, const struct sdreg_registry *supplement,
	const struct sdreg_type *type, struct sdreg_annotation *annotation);

#endif
