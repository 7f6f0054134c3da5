/* SPDX-License-Identifier: MIT */

/* What stands around the type in a name, and was meant for a part of it. */

#include "check.h"

#include "common/ascii.h"
#include "core/base/labels.h"

#include <string.h>

/* The type as text, if it breaks no rule; else empty. */
static const char *show(const struct sdreg_type *type, unsigned parts, char out[SDREG_NAME_SIZE])
{
	if (sdreg_type_faults(type) != 0 ||
		sdreg_type_format(type, parts, out, SDREG_NAME_SIZE) < 0)
		out[0] = '\0';
	return out;
}

/* "_printer._http._tcp" is an instance name, and seldom meant to be one. */
static void check_instance(const struct check *c)
{
	static const struct check_rule rule = {SDREG_FINDING_INSTANCE_UNDERSCORE,
		SDREG_SEVERITY_WARNING, "RFC 6763 section 7.1"};
	const struct sdreg_type *const type = c->subject->type;
	struct sdreg_type meant = *type;
	char text[SDREG_NAME_SIZE];
	if (type->instance_len == 0 || type->instance[0] != '_' ||
		ascii_compare(type->name, "dns-sd") == 0)
		return; /* _services._dns-sd._udp is the query of RFC 6763 section 9 */
	memcpy(meant.subtype, type->instance, sizeof(meant.subtype));
	meant.subtype_len = type->instance_len;
	meant.instance_len = 0;
	show(&meant, SDREG_TYPE_PART_SUBTYPE, text);
	report_add(c->report, &rule, NULL, "the instance name begins with an underscore%s%s%s",
		text[0] != '\0' ? ": is the subtype " : "", text, text[0] != '\0' ? " meant?" : "");
}

static int is_proto(const struct label *label)
{
	return label->kind == LABEL_TCP || label->kind == LABEL_UDP;
}

/* A second type in the domain: its name, if it has one, at nth, and its protocol behind it. */
static void report_two(const struct check *c, const struct labels *labels, size_t nth)
{
	static const struct check_rule rule = {SDREG_FINDING_DOMAIN_UNDERSCORE,
		SDREG_SEVERITY_WARNING, "RFC 6763 section 4.1.2"};
	const int has_name = !is_proto(&labels->label[nth]);
	const struct label *const first = &labels->label[nth];
	const struct label *const last = first + has_name;
	struct sdreg_type other = *c->subject->type;
	char one[SDREG_NAME_SIZE];
	char two[SDREG_NAME_SIZE];
	char found[REPORT_QUOTE_SIZE];
	if (has_name && labels_type(labels, nth, &other, NULL) < 0)
		return;
	other.proto = last->kind == LABEL_TCP ? SDREG_PROTO_TCP : SDREG_PROTO_UDP;
	show(c->subject->type, SDREG_TYPE_PART_TYPE, one);
	show(&other, SDREG_TYPE_PART_TYPE, two);
	const int is_choice = one[0] != '\0' && two[0] != '\0' && strcmp(one, two) != 0;
	report_add(c->report, &rule, NULL,
		"the domain has a label that begins with an underscore (%s): two types in one "
		"name%s"
		"%s%s%s%s",
		report_quote(first->at, (size_t)(last->at + last->len - first->at), found),
		one[0] != '\0' ? ": is " : "", one, is_choice ? " or " : "", is_choice ? two : "",
		one[0] != '\0' ? " meant?" : "");
}

/* "_http._tcp._printer", or "_http._tcp._sub._printer". */
static void report_behind(const struct check *c, const struct label *label)
{
	static const struct check_rule rule = {SDREG_FINDING_DOMAIN_UNDERSCORE,
		SDREG_SEVERITY_WARNING, "RFC 6763 section 7.1"};
	struct sdreg_type meant = *c->subject->type;
	char text[SDREG_NAME_SIZE];
	char found[REPORT_QUOTE_SIZE];
	const int n = label_read(label, meant.subtype, NULL);
	meant.subtype_len = (unsigned char)(n > 0 ? n : 0);
	meant.instance_len = 0;
	show(&meant, SDREG_TYPE_PART_SUBTYPE, text);
	report_add(c->report, &rule, NULL,
		"the domain has a label that begins with an underscore (%s): a subtype stands "
		"before"
		" the type%s%s%s",
		report_quote(label->at, label->len, found), text[0] != '\0' ? ": is " : "", text,
		text[0] != '\0' ? " meant?" : "");
}

/* A domain may have labels with an underscore, but none of these. */
static void check_domain(const struct check *c)
{
	const char *const domain = c->subject->type->domain;
	struct labels labels;
	if (domain[0] == '\0' || labels_split(domain, strlen(domain), &labels, NULL) < 0)
		return;
	for (size_t i = 0; i < labels.count; i++) {
		if (!is_proto(&labels.label[i]))
			continue;
		const int has_name = i > 0 && labels.label[i - 1].kind != LABEL_PLAIN;
		report_two(c, &labels, i - (size_t)has_name);
		return;
	}
	const int is_sub = labels.label[0].kind == LABEL_SUB && labels.count > 1;
	if (labels.label[0].kind == LABEL_UNDERSCORE || is_sub)
		report_behind(c, &labels.label[is_sub]);
}

void check_name(const struct check *c)
{
	check_instance(c);
	check_domain(c);
}
