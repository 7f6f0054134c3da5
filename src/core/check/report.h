/* SPDX-License-Identifier: MIT */
#ifndef CORE_CHECK_REPORT_H
#define CORE_CHECK_REPORT_H

#include "common/error.h"
#include "core/query/annotate.h"

#include <sdreg/check.h>

/* Findings being made. */

struct sdreg_finding {
	enum sdreg_severity severity;
	enum sdreg_finding_rule rule;
	const char *source;
	size_t string;
	unsigned char key_len;
	char key[256];
	char text[256];
};

struct sdreg_report {
	struct sdreg_annotation annotation;
	int is_annotated;
	struct sdreg_finding *findings;
	size_t count;
	size_t room;
	size_t left_out;
	enum sdreg_severity worst;
	int no_memory; /* some finding was lost: the report is worth nothing */
};

/* A rule that can be broken. */
struct check_rule {
	enum sdreg_finding_rule rule;
	enum sdreg_severity severity;
	const char *source;
};

/* What a finding is about: the number of a string, and its key; NULL stands for neither. */
struct check_place {
	size_t string;
	const char *key;
	size_t key_len;
};

void report_add(struct sdreg_report *report, const struct check_rule *rule,
	const struct check_place *place, const char *format, ...) ERROR_PRINTF(4, 5);

/* The place of the first string with the key, for a finding about it. */
struct check_place report_place_of(const struct sdreg_txt *txt, const char *key);

/* Writes the start of a value that is quoted in a finding, at most 40 bytes and to a character's
 * end, with "..." where something was left out. */
enum { REPORT_QUOTE_SIZE = 44 };
const char *report_quote(const char *value, size_t len, char buf[REPORT_QUOTE_SIZE]);

#endif
