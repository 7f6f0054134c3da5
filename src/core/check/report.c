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
	f->rule = rule->rule;
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

const struct sdreg_annotation *sdreg_report_annotation(const struct sdreg_report *report)
{
	return report->is_annotated ? &report->annotation : NULL;
}

enum sdreg_severity sdreg_finding_severity(const struct sdreg_finding *finding)
{
	return finding->severity;
}

enum sdreg_finding_rule sdreg_finding_rule(const struct sdreg_finding *finding)
{
	return finding->rule;
}

const char *sdreg_finding_source(const struct sdreg_finding *finding)
{
	return finding->source;
}

size_t sdreg_finding_string(const struct sdreg_finding *finding)
{
	return finding->string;
}

const char *sdreg_finding_key(const struct sdreg_finding *finding, size_t *len)
{
	if (len != NULL)
		*len = finding->key_len;
	return finding->key;
}

const char *sdreg_finding_text(const struct sdreg_finding *finding)
{
	return finding->text;
}

const char *sdreg_finding_rule_word(enum sdreg_finding_rule rule)
{
	static const char *const words[] = {
		[SDREG_FINDING_NAME_EMPTY] = "name-empty",
		[SDREG_FINDING_NAME_LONG] = "name-long",
		[SDREG_FINDING_NAME_CHARACTER] = "name-character",
		[SDREG_FINDING_NAME_LETTER] = "name-letter",
		[SDREG_FINDING_NAME_HYPHEN_EDGE] = "name-hyphen-edge",
		[SDREG_FINDING_NAME_HYPHEN_TWICE] = "name-hyphen-twice",
		[SDREG_FINDING_PROTO] = "proto",
		[SDREG_FINDING_INSTANCE_CONTROL] = "instance-control",
		[SDREG_FINDING_INSTANCE_UTF8] = "instance-utf8",
		[SDREG_FINDING_OTHER_TRANSPORT] = "other-transport",
		[SDREG_FINDING_NOT_REGISTERED] = "not-registered",
		[SDREG_FINDING_NOT_KNOWN] = "not-known",
		[SDREG_FINDING_PORT_ZERO] = "port-zero",
		[SDREG_FINDING_STRING_LONG] = "string-long",
		[SDREG_FINDING_STRING_EMPTY] = "string-empty",
		[SDREG_FINDING_KEY_MISSING] = "key-missing",
		[SDREG_FINDING_KEY_ILLEGAL] = "key-illegal",
		[SDREG_FINDING_KEY_LONG] = "key-long",
		[SDREG_FINDING_KEY_TWICE] = "key-twice",
		[SDREG_FINDING_VALUE_BINARY] = "value-binary",
		[SDREG_FINDING_VALUE_QUOTED] = "value-quoted",
		[SDREG_FINDING_TXTVERS_LATE] = "txtvers-late",
		[SDREG_FINDING_RECORD_OVER_400] = "record-over-400",
		[SDREG_FINDING_RECORD_OVER_1300] = "record-over-1300",
		[SDREG_FINDING_RECORD_OVER_8900] = "record-over-8900",
		[SDREG_FINDING_RECORD_LONG] = "record-long",
		[SDREG_FINDING_KEY_UNKNOWN] = "key-unknown",
		[SDREG_FINDING_KEY_FORMER] = "key-former",
		[SDREG_FINDING_KEY_REQUIRED] = "key-required",
		[SDREG_FINDING_VALUE_FORM] = "value-form",
		[SDREG_FINDING_KEY_NEAR] = "key-near",
		[SDREG_FINDING_KEY_CASE] = "key-case",
		[SDREG_FINDING_TXTVERS] = "txtvers",
		[SDREG_FINDING_TXTVERS_MISSING] = "txtvers-missing",
		[SDREG_FINDING_STATUS] = "status",
		[SDREG_FINDING_PHSH] = "phsh",
		[SDREG_FINDING_PORT_NUMBER] = "port-number",
		[SDREG_FINDING_PORT_DIFFERS] = "port-differs",
		[SDREG_FINDING_HASH_ALONE] = "hash-alone",
		[SDREG_FINDING_VER_ALONE] = "ver-alone",
		[SDREG_FINDING_INSTANCE_FORM] = "instance-form",
		[SDREG_FINDING_INSTANCE_MACHINE] = "instance-machine",
		[SDREG_FINDING_PRESENCE_UDP] = "presence-udp",
		[SDREG_FINDING_CLIQUE_HOST] = "clique-host",
		[SDREG_FINDING_CLIQUE_GROUP] = "clique-group",
		[SDREG_FINDING_INSTANCE_UNDERSCORE] = "instance-underscore",
		[SDREG_FINDING_DOMAIN_UNDERSCORE] = "domain-underscore",
		[SDREG_FINDING_WARNED] = "warned",
		[SDREG_FINDING_TYPE_SYNTAX] = "type-syntax",
		[SDREG_FINDING_VALUE_UTF8] = "value-utf8",
		[SDREG_FINDING_KEYS_JOINED] = "keys-joined",
		[SDREG_FINDING_RECORD_EMPTY] = "record-empty",
		[SDREG_FINDING_VALUE_EMPTY] = "value-empty",
		[SDREG_FINDING_VALUE_UNKNOWN] = "value-unknown",
		[SDREG_FINDING_VALUE_LACKS] = "value-lacks",
		[SDREG_FINDING_VALUE_SEPARATOR] = "value-separator",
	};
	const size_t i = (size_t)rule;
	return i > 0 && i < sizeof(words) / sizeof(words[0]) ? words[i] : "";
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
