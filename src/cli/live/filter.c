/* SPDX-License-Identifier: MIT */
#include "filter.h"

#include "common/ascii.h"

#include <string.h>

/* Whether a text is as the pattern has it, without regard to ASCII case. Where a star has matched
 * too little, only the last one has to take more. */
static int fits(const char *pattern, const char *text)
{
	const char *star = NULL;
	const char *rest = NULL;
	while (*text != '\0') {
		if (*pattern == '*') {
			star = ++pattern;
			rest = text;
		} else if (*pattern == '?' || (*pattern != '\0' && ascii_equal(pattern, text, 1))) {
			pattern++;
			text++;
		} else if (star != NULL) {
			pattern = star;
			text = ++rest;
		} else {
			return 0;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}

static int has_verdict(const struct browse_filter *f, enum sdreg_verdict verdict)
{
	switch (verdict) {
	case SDREG_VERDICT_REGISTERED:
	case SDREG_VERDICT_TRANSPORT_NOT_STATED:
		return f->registered;
	case SDREG_VERDICT_NOT_WELL_FORMED:
		return f->malformed;
	case SDREG_VERDICT_OTHER_TRANSPORT:
	case SDREG_VERDICT_IN_COMMON_USE:
	case SDREG_VERDICT_SEEN:
	case SDREG_VERDICT_NOT_REGISTERED:
	case SDREG_VERDICT_NOT_IN_PART:
		return f->unregistered;
	}
	return 0;
}

int browse_filter_wants(void *user, const struct sdreg_type *type,
	const struct sdreg_annotation *annotation)
{
	const struct browse_filter *const f = user;
	char text[SDREG_NAME_SIZE];
	sdreg_type_format(type, SDREG_TYPE_PART_TYPE, text, sizeof(text));
	if (f->pattern != NULL && !fits(f->pattern, text))
		return 0;
	return (!f->registered && !f->unregistered && !f->malformed) ||
		has_verdict(f, sdreg_annotation_verdict(annotation));
}
