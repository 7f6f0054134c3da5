/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "common/ascii.h"
#include "common/error.h"

#include <sdreg/annotate.h>

#include <stdlib.h>
#include <string.h>

/* sdreg_check(): the type and the instance name; the rest is done by the parts of the check. */

/* ---- the type ---- */

static const char *fault_word(enum sdreg_rule rule)
{
	switch (rule) {
	case SDREG_RULE_NAME_EMPTY:
		return "name-empty";
	case SDREG_RULE_NAME_LONG:
		return "name-long";
	case SDREG_RULE_NAME_CHARACTER:
		return "name-character";
	case SDREG_RULE_NAME_LETTER:
		return "name-letter";
	case SDREG_RULE_NAME_HYPHEN_EDGE:
		return "name-hyphen-edge";
	case SDREG_RULE_NAME_HYPHEN_TWICE:
		return "name-hyphen-twice";
	case SDREG_RULE_PROTO:
		return "proto";
	case SDREG_RULE_INSTANCE_CONTROL:
		return "instance-control";
	case SDREG_RULE_INSTANCE_UTF8:
		return "instance-utf8";
	}
	return "unknown";
}

static void check_faults(const struct check *c, unsigned faults)
{
	for (unsigned bit = 1; bit != 0 && bit <= faults; bit <<= 1) {
		const enum sdreg_rule rule = (enum sdreg_rule)(faults & bit);
		if (rule == 0)
			continue;
		const struct check_rule broken = {fault_word(rule), SDREG_SEVERITY_ERROR,
			sdreg_rule_source(rule)};
		report_add(c->report, &broken, NULL, "%s", sdreg_rule_text(rule));
	}
}

static void check_registered(const struct check *c)
{
	static const struct check_rule other = {"other-transport", SDREG_SEVERITY_ERROR,
		"RFC 6763 section 7"};
	static const struct check_rule unregistered = {"not-registered", SDREG_SEVERITY_ERROR,
		"RFC 6763 section 7"};
	static const struct check_rule part = {"not-known", SDREG_SEVERITY_NOTE,
		"RFC 6763 section 7"};
	const struct sdreg_subject *const s = c->subject;
	struct sdreg_annotation a;
	sdreg_annotate_type(s->registry, s->supplement, s->type, &a);
	switch (a.verdict) {
	case SDREG_VERDICT_OTHER_TRANSPORT:
		report_add(c->report, &other, NULL,
			"the service name is registered for the other transport only: _%s._%s",
			s->type->name, s->type->proto == SDREG_PROTO_TCP ? "udp" : "tcp");
		break;
	case SDREG_VERDICT_IN_COMMON_USE:
	case SDREG_VERDICT_NOT_REGISTERED:
		report_add(c->report, &unregistered, NULL,
			a.verdict == SDREG_VERDICT_IN_COMMON_USE
				? "the service name is in common use, but not registered with IANA"
				: "the service name is not registered with IANA");
		break;
	case SDREG_VERDICT_NOT_IN_PART:
		report_add(c->report, &part, NULL,
			"whether the service name is registered is not "
			"known: it is not in the part of the registry at hand");
		break;
	case SDREG_VERDICT_REGISTERED:
	case SDREG_VERDICT_TRANSPORT_NOT_STATED:
	case SDREG_VERDICT_NOT_WELL_FORMED:
		break;
	}
}

static void check_type(const struct check *c)
{
	static const struct check_rule zero = {"port-zero", SDREG_SEVERITY_NOTE,
		"RFC 6763 section 8"};
	const unsigned faults = sdreg_type_faults(c->subject->type);
	const unsigned of_instance = SDREG_RULE_INSTANCE_CONTROL | SDREG_RULE_INSTANCE_UTF8;
	check_faults(c, faults & ~of_instance);
	if ((faults & ~of_instance) == 0 && c->subject->registry != NULL)
		check_registered(c);
	check_faults(c, faults & of_instance);
	check_name(c);
	if (c->subject->has_port && c->subject->port == 0)
		report_add(c->report, &zero, NULL,
			"port 0 is a placeholder: there is nothing to connect to");
}

static int is_name(const struct sdreg_type *type, const char *name)
{
	return type != NULL && type->proto != SDREG_PROTO_OTHER &&
		ascii_compare(type->name, name) == 0;
}

struct sdreg_report *sdreg_check(const struct sdreg_subject *subject, struct sdreg_error *err)
{
	struct sdreg_report *const report = calloc(1, sizeof(*report));
	const struct check c = {subject, report, is_name(subject->type, "presence"),
		is_name(subject->type, "clique")};
	error_begin(err);
	if (report == NULL)
		goto no_memory;
	if (subject->type != NULL)
		check_type(&c);
	if (subject->txt != NULL)
		check_txt(&c);
	if (subject->txt != NULL && subject->type != NULL && !c.is_presence && !c.is_clique)
		check_keys(&c);
	if (c.is_presence)
		check_presence(&c);
	if (c.is_clique)
		check_clique(&c);
	if (!report->no_memory)
		return report;
no_memory:
	sdreg_report_free(report);
	error_set(err, SDREG_E_MEMORY, "no memory for what a check finds");
	return NULL;
}
