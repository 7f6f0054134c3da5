/* SPDX-License-Identifier: MIT */
#include "report.h"

#include "common/ascii.h"
#include "common/grow.h"
#include "common/utf8.h"

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

const char *report_quote(const char *value, size_t len, char buf[REPORT_QUOTE_SIZE])
{
	enum { ROOM = REPORT_QUOTE_SIZE - 4 };
	size_t n = len <= ROOM ? len : ROOM;
	if (len > ROOM) /* not amid a character; amid bytes that are none, anywhere */
		while (n > ROOM - 3 && utf8_is_inside(value[n]))
			n--;
	for (size_t i = 0; i < n; i++)
		buf[i] = value[i] != '\0' ? value[i] : '?';
	memcpy(buf + n, len > ROOM ? "..." : "", len > ROOM ? 4 : 1);
	return buf;
}

struct check_place report_place_of(const struct sdreg_txt *txt, const char *key)
{
	struct check_place place = {SDREG_NO_STRING, NULL, 0};
	struct sdreg_txt_item item;
	for (size_t next = 0; sdreg_txt_next(txt, &next, &item);)
		if (item.key_len == strlen(key) && ascii_equal(item.key, key, item.key_len))
			return (struct check_place){next - 1, item.key, item.key_len};
	return place;
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
	case SDREG_SEVERITY_NOTE:
		return "note";
	case SDREG_SEVERITY_WARNING:
		return "warning";
	case SDREG_SEVERITY_ERROR:
		return "error";
	}
	return "unknown severity";
}
