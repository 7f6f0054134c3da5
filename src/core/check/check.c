/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "common/ascii.h"
#include "common/error.h"
#include "common/sized.h"

#include <stdlib.h>
#include <string.h>

/* sdreg_check(): the type and the instance name; the rest is done by the parts of the check. */

/* ---- the type ---- */

static enum sdreg_finding_rule finding_of(enum sdreg_rule rule)
{
	switch (rule) {
	case SDREG_RULE_NAME_EMPTY:
		return SDREG_FINDING_NAME_EMPTY;
	case SDREG_RULE_NAME_LONG:
		return SDREG_FINDING_NAME_LONG;
	case SDREG_RULE_NAME_CHARACTER:
		return SDREG_FINDING_NAME_CHARACTER;
	case SDREG_RULE_NAME_LETTER:
		return SDREG_FINDING_NAME_LETTER;
	case SDREG_RULE_NAME_HYPHEN_EDGE:
		return SDREG_FINDING_NAME_HYPHEN_EDGE;
	case SDREG_RULE_NAME_HYPHEN_TWICE:
		return SDREG_FINDING_NAME_HYPHEN_TWICE;
	case SDREG_RULE_PROTO:
		return SDREG_FINDING_PROTO;
	case SDREG_RULE_INSTANCE_CONTROL:
		return SDREG_FINDING_INSTANCE_CONTROL;
	case SDREG_RULE_INSTANCE_UTF8:
		break;
	}
	return SDREG_FINDING_INSTANCE_UTF8;
}

static void check_faults(const struct check *c, unsigned faults)
{
	for (unsigned bit = 1; bit != 0 && bit <= faults; bit <<= 1) {
		const enum sdreg_rule rule = (enum sdreg_rule)(faults & bit);
		if (rule == 0)
			continue;
		const struct check_rule broken = {finding_of(rule), SDREG_SEVERITY_ERROR,
			sdreg_rule_source(rule)};
		report_add(c->report, &broken, NULL, "%s", sdreg_rule_text(rule));
	}
}

static void check_registered(const struct check *c)
{
	static const struct check_rule other = {SDREG_FINDING_OTHER_TRANSPORT, SDREG_SEVERITY_ERROR,
		"RFC 6763 section 7"};
	static const struct check_rule unregistered = {SDREG_FINDING_NOT_REGISTERED,
		SDREG_SEVERITY_ERROR, "RFC 6763 section 7"};
	static const struct check_rule part = {SDREG_FINDING_NOT_KNOWN, SDREG_SEVERITY_NOTE,
		"RFC 6763 section 7"};
	const struct sdreg_subject *const s = c->subject;
	const enum sdreg_verdict verdict = c->report->annotation.verdict;
	switch (verdict) {
	case SDREG_VERDICT_OTHER_TRANSPORT:
		report_add(c->report, &other, NULL,
			"the service name is registered for the other transport only: _%s._%s",
			s->type->name, s->type->proto == SDREG_PROTO_TCP ? "udp" : "tcp");
		break;
	case SDREG_VERDICT_SEEN:
		report_add(c->report, &unregistered, NULL,
			"the service name was seen on networks, but is not registered with IANA");
		break;
	case SDREG_VERDICT_IN_COMMON_USE:
	case SDREG_VERDICT_NOT_REGISTERED:
		report_add(c->report, &unregistered, NULL,
			verdict == SDREG_VERDICT_IN_COMMON_USE
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

/* What the supplement warns of. */
static void check_warned(const struct check *c)
{
	static const struct check_rule rule = {SDREG_FINDING_WARNED, SDREG_SEVERITY_WARNING,
		"sdreg's supplement"};
	const char *const warning = sdreg_annotation_warning(&c->report->annotation);
	if (warning != NULL)
		report_add(c->report, &rule, NULL, "%s", warning);
}

/* Whether port 0 is the custom: of what is no service type, and where the usual port is 0 or
 * discard's, as of _adisk. */
static int has_zero_port(const struct check *c)
{
	enum { PORT_DISCARD = 9 };
	uint16_t first;
	const struct sdreg_entry *const e =
		c->report->is_annotated ? c->report->annotation.supplement : NULL;
	if (e == NULL)
		return 0;
	if (sdreg_entry_warning(e)[0] != '\0')
		return 1;
	return sdreg_entry_port(e, &first, NULL) && (first == 0 || first == PORT_DISCARD);
}

static void check_type(const struct check *c)
{
	static const struct check_rule zero = {SDREG_FINDING_PORT_ZERO, SDREG_SEVERITY_NOTE,
		"RFC 6763 section 8"};
	const unsigned faults = sdreg_type_faults(c->subject->type);
	const unsigned of_instance = SDREG_RULE_INSTANCE_CONTROL | SDREG_RULE_INSTANCE_UTF8;
	if (c->subject->registry != NULL) {
		annotate(c->subject->registry, c->subject->supplement, c->subject->type,
			&c->report->annotation);
		c->report->is_annotated = 1;
	}
	check_faults(c, faults & ~of_instance);
	if ((faults & ~of_instance) == 0 && c->subject->registry != NULL)
		check_registered(c);
	if (c->subject->registry != NULL)
		check_warned(c);
	check_faults(c, faults & of_instance);
	check_name(c);
	if (c->subject->has_port && c->subject->port == 0 && !has_zero_port(c))
		report_add(c->report, &zero, NULL,
			"port 0 is a placeholder: there is nothing to connect to");
}

static int is_name(const struct sdreg_type *type, const char *name)
{
	return type != NULL && type->proto != SDREG_PROTO_OTHER &&
		ascii_compare(type->name, name) == 0;
}

/* Checks it all. What keeps the text of a type from being read comes first; NULL: nothing. */
static struct sdreg_report *check_all(const struct sdreg_subject *subject, const char *unreadable,
	struct sdreg_error *err)
{
	static const struct check_rule syntax = {SDREG_FINDING_TYPE_SYNTAX, SDREG_SEVERITY_ERROR,
		"RFC 6763 section 4.1"};
	struct sdreg_report *const report = calloc(1, sizeof(*report));
	const struct check c = {subject, report, is_name(subject->type, "presence"),
		is_name(subject->type, "clique")};
	if (report == NULL)
		goto no_memory;
	if (unreadable != NULL)
		report_add(report, &syntax, NULL, "%s", unreadable);
	if (subject->type != NULL)
		check_type(&c);
	if (subject->txt != NULL)
		check_txt(&c);
	if (subject->txt != NULL && subject->type != NULL && !c.is_presence && !c.is_clique)
		check_keys(&c);
	if (subject->txt == NULL && subject->type != NULL && subject->type->subtype_len > 0)
		check_needs(&c);
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

struct sdreg_report *sdreg_check(const struct sdreg_subject *subject, struct sdreg_error *err)
{
	struct sdreg_subject sized;
	error_begin(err);
	if (sized_take(&sized, sizeof(sized), subject))
		return check_all(&sized, NULL, err);
	error_set(err, SDREG_E_ARGUMENT, "what is checked begins with its size");
	return NULL;
}

struct sdreg_report *sdreg_check_text(const struct sdreg_registry *registry,
	const struct sdreg_registry *supplement, const char *text, size_t len,
	const struct sdreg_txt *txt, struct sdreg_error *err)
{
	struct sdreg_error why = {.size = sizeof(why)};
	struct sdreg_type type;
	struct sdreg_subject subject = {.size = sizeof(subject),
		.registry = registry,
		.supplement = supplement,
		.txt = txt};
	error_begin(err);
	if (sdreg_type_parse(text, len, &type, &why) == SDREG_OK)
		subject.type = &type;
	return check_all(&subject, subject.type == NULL ? why.text : NULL, err);
}
