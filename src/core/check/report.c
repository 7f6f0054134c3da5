/* SPDX-License-Identifier: MIT */
#include "report.h"

#include "common/grow.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void report_add(struct sdreg_report *report, const struct check_rule *rule,
	const struct check_place *place, const char *format, ...)
{
	va_list arguments;
	if (rule->severity > report->worst)
		report->worst = rule->severity;
	if (report->count == SDREG_FINDINGS_MAX) {
		report->left_out++;
		return;
	}
	struct sdreg_finding *const grown =
		grow(report->findings, &report->room, report->count + 1, sizeof(*grown));
	if (grown == NULL) {
		report->no_memory = 1;
		return;
	}
	report->findings = grown;
	struct sdreg_finding *const f = &grown[report->count++];
	memset(f, 0, sizeof(*f));
	f->severity = rule->severity;
	f->rule = rule->word;
	f->source = rule->source;
	f->string = place != NULL ? place->string : SDREG_NO_STRING;
	if (place != NULL && place->key_len > 0) {
		const size_t len = place->key_len < sizeof(f->key) ? place->key_len
								   : sizeof(f->key) - 1;
		memcpy(f->key, place->key, len);
		f->key_len = (unsigned char)len;
	}
	va_start(arguments, format);
	vsnprintf(f->text, sizeof(f->text), format, arguments);
	va_end(arguments);
}

void sdreg_report_free(struct sdreg_report *report)
{
	if (report == NULL)
		return;
	free(report->findings);
	free(report);
}

size_t sdreg_report_count(const struct sdreg_report *report)
{
	return report->count;
}

const struct sdreg_finding *sdreg_report_finding(const struct sdreg_report *report, size_t nth)
{
	return nth < report->count ? &report->findings[nth] : NULL;
}

size_t sdreg_report_left_out(const struct sdreg_report *report)
{
	return report->left_out;
}

enum sdreg_severity sdreg_report_worst(const struct sdreg_report *report)
{
	return report->worst;
}

const char *sdreg_severity_text(enum sdreg_severity severity)
{
	switch (severity) {
	case SDREG_NOTE:
		return "note";
	case SDREG_WARNING:
		return "warning";
	case SDREG_ERROR:
		return "error";
	}
	return "unknown severity";
}
