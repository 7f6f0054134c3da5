/* SPDX-License-Identifier: MIT */

/* The rules that a service type must keep, and their names. */

#include "common/ascii.h"
#include "common/utf8.h"

#include <sdreg/type.h>

#include <string.h>

enum {
	NAME_MAX_LEN = 15 /* RFC 6335 section 5.1 */
};

unsigned sdreg_service_name_faults(const char *name, size_t len)
{
	if (len == 0)
		return SDREG_RULE_NAME_EMPTY;
	unsigned faults = len > NAME_MAX_LEN ? SDREG_RULE_NAME_LONG : 0;
	int has_letter = 0;
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)name[i];
		if (c == '-' && i > 0 && name[i - 1] == '-')
			faults |= SDREG_RULE_NAME_HYPHEN_TWICE;
		if (c != '-' && !ascii_is_alnum(c))
			faults |= SDREG_RULE_NAME_CHARACTER;
		has_letter |= ascii_is_letter(c);
	}
	if (name[0] == '-' || name[len - 1] == '-')
		faults |= SDREG_RULE_NAME_HYPHEN_EDGE;
	if (!has_letter)
		faults |= SDREG_RULE_NAME_LETTER;
	return faults;
}

static unsigned instance_faults(const char *instance, size_t len)
{
	unsigned faults = 0;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)instance[i] < 0x20 || instance[i] == 0x7f)
			faults |= SDREG_RULE_INSTANCE_CONTROL;
	if (utf8_valid(instance, len) < len)
		faults |= SDREG_RULE_INSTANCE_UTF8;
	return faults;
}

unsigned sdreg_type_faults(const struct sdreg_type *type)
{
	unsigned faults = sdreg_service_name_faults(type->name, type->name_len);
	if (type->proto == SDREG_PROTO_OTHER)
		faults |= SDREG_RULE_PROTO;
	return faults | instance_faults(type->instance, type->instance_len);
}

static const struct rule {
	enum sdreg_rule rule;
	const char *text;
	const char *source;
} rules[] = {
	{SDREG_RULE_NAME_EMPTY, "the service name is empty", "RFC 6335 section 5.1"},
	{SDREG_RULE_NAME_LONG, "the service name is over 15 characters", "RFC 6335 section 5.1"},
	{SDREG_RULE_NAME_CHARACTER,
		"the service name has a character other than A-Z, a-z, 0-9 and hyphen",
		"RFC 6335 section 5.1"},
	{SDREG_RULE_NAME_LETTER, "the service name has no letter", "RFC 6335 section 5.1"},
	{SDREG_RULE_NAME_HYPHEN_EDGE, "the service name begins or ends with a hyphen",
		"RFC 6335 section 5.1"},
	{SDREG_RULE_NAME_HYPHEN_TWICE, "the service name has two hyphens side by side",
		"RFC 6335 section 5.1"},
	{SDREG_RULE_PROTO,
		"the second label is neither _tcp nor _udp (_udp stands for all but TCP)",
		"RFC 6763 section 7"},
	{SDREG_RULE_INSTANCE_CONTROL, "the instance name has a control character",
		"RFC 6763 section 4.1.1"},
	{SDREG_RULE_INSTANCE_UTF8, "the instance name is not UTF-8", "RFC 6763 section 4.1.1"},
};

static const struct rule *find_rule(enum sdreg_rule rule)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (rules[i].rule == rule)
			return &rules[i];
	return NULL;
}

const char *sdreg_rule_text(enum sdreg_rule rule)
{
	const struct rule *const found = find_rule(rule);
	return found != NULL ? found->text : "unknown rule";
}

const char *sdreg_rule_source(enum sdreg_rule rule)
{
	const struct rule *const found = find_rule(rule);
	return found != NULL ? found->source : "";
}
