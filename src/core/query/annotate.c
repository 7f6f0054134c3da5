/* SPDX-License-Identifier: MIT */

/* What the registry says of what was seen. */

#include "annotate.h"

#include "common/ascii.h"
#include "common/error.h"
#include "find.h"
#include "mapping.h"
#include "pattern.h"

#include <sdreg/key.h>

#include <stdlib.h>
#include <string.h>

/* How well an entry speaks for a type. */
enum fit {
	FIT_NONE,
	FIT_OTHER_TRANSPORT,
	FIT_NOT_STATED,
	FIT_EXACT,
};

/* The entry of the type's name that fits best, of equal ones the first. The name need not be a
 * legal one: the registry keeps historic names that are not, and the wild has more. */
static const struct sdreg_entry *best_entry(const struct sdreg_registry *registry,
	const struct sdreg_type *type, enum fit *fit)
{
	struct find find;
	const struct sdreg_entry *best = NULL;
	const struct sdreg_entry *e;
	const uint32_t wanted = mapping_transports(type->proto);
	*fit = FIT_NONE;
	find_name(&find, registry, type->name, type->name_len);
	while ((e = find_next(&find)) != NULL) {
		const enum sdreg_transport transport = sdreg_entry_transport(e);
		enum fit this = FIT_OTHER_TRANSPORT;
		if (transport == SDREG_TRANSPORT_NONE)
			this = FIT_NOT_STATED;
		else if ((wanted & 1U << transport) != 0)
			this = FIT_EXACT;
		if (this <= *fit)
			continue;
		best = e;
		*fit = this;
	}
	return best;
}

/* The entry of the supplement whose name stands for many, this one among them. */
static const struct sdreg_entry *pattern_entry(const struct sdreg_registry *supplement,
	const struct sdreg_type *type)
{
	const struct sdreg_entry *e;
	const uint32_t wanted = mapping_transports(type->proto);
	for (size_t i = 0; (e = sdreg_registry_entry(supplement, i)) != NULL; i++) {
		const char *const name = sdreg_entry_name(e);
		if ((wanted & 1U << sdreg_entry_transport(e)) != 0 && pattern_is_one(name) &&
			pattern_matches(name, type->name, type->name_len))
			return e;
	}
	return NULL;
}

/* The supplement's word on a type: for this second label only. */
static const struct sdreg_entry *supplement_entry(const struct sdreg_registry *supplement,
	const struct sdreg_type *type)
{
	enum fit fit;
	if (supplement == NULL)
		return NULL;
	const struct sdreg_entry *const entry = best_entry(supplement, type, &fit);
	return fit >= FIT_NOT_STATED ? entry : pattern_entry(supplement, type);
}

static enum sdreg_verdict judge(const struct sdreg_registry *registry, enum fit fit,
	const struct sdreg_annotation *a)
{
	if (a->faults != 0)
		return SDREG_VERDICT_NOT_WELL_FORMED;
	if (fit == FIT_EXACT)
		return SDREG_VERDICT_REGISTERED;
	if (fit == FIT_NOT_STATED)
		return SDREG_VERDICT_TRANSPORT_NOT_STATED;
	if (fit == FIT_OTHER_TRANSPORT)
		return SDREG_VERDICT_OTHER_TRANSPORT;
	if (a->supplement != NULL)
		return sdreg_entry_known(a->supplement) == SDREG_KNOWN_SEEN
			? SDREG_VERDICT_SEEN
			: SDREG_VERDICT_IN_COMMON_USE;
	return sdreg_registry_is_complete(registry) ? SDREG_VERDICT_NOT_REGISTERED
						    : SDREG_VERDICT_NOT_IN_PART;
}

void annotate(const struct sdreg_registry *registry, const struct sdreg_registry *supplement,
	const struct sdreg_type *type, struct sdreg_annotation *annotation)
{
	enum fit fit;
	annotation->entry = best_entry(registry, type, &fit);
	annotation->supplement = supplement_entry(supplement, type);
	annotation->faults = sdreg_type_faults(type) &
		~(unsigned)(SDREG_RULE_INSTANCE_CONTROL | SDREG_RULE_INSTANCE_UTF8);
	annotation->title = "";
	annotation->instead = NULL;
	if (annotation->supplement != NULL &&
		sdreg_entry_unauthorized_use(annotation->supplement)[0] != '\0')
		annotation->instead = sdreg_entry_unauthorized_use(annotation->supplement);
	if (annotation->entry != NULL && annotation->instead == NULL)
		annotation->title = sdreg_entry_description(annotation->entry);
	if (annotation->title[0] == '\0' && annotation->supplement != NULL)
		annotation->title = sdreg_entry_description(annotation->supplement);
	annotation->verdict = judge(registry, fit, annotation);
}

struct sdreg_annotation *sdreg_annotate_type(const struct sdreg_registry *registry,
	const struct sdreg_registry *supplement, const struct sdreg_type *type,
	struct sdreg_error *err)
{
	struct sdreg_annotation *const annotation = malloc(sizeof(*annotation));
	error_begin(err);
	if (annotation != NULL)
		annotate(registry, supplement, type, annotation);
	else
		error_set(err, SDREG_E_MEMORY, "no memory for what is known of a service type");
	return annotation;
}

void sdreg_annotation_free(struct sdreg_annotation *annotation)
{
	free(annotation);
}

enum sdreg_verdict sdreg_annotation_verdict(const struct sdreg_annotation *annotation)
{
	return annotation->verdict;
}

unsigned sdreg_annotation_faults(const struct sdreg_annotation *annotation)
{
	return annotation->faults;
}

const char *sdreg_annotation_title(const struct sdreg_annotation *annotation)
{
	return annotation->title;
}

const char *sdreg_annotation_instead(const struct sdreg_annotation *annotation)
{
	return annotation->instead;
}

const char *sdreg_annotation_warning(const struct sdreg_annotation *annotation)
{
	const char *const warning =
		annotation->supplement != NULL ? sdreg_entry_warning(annotation->supplement) : "";
	return warning[0] != '\0' ? warning : NULL;
}

const struct sdreg_entry *sdreg_annotation_entry(const struct sdreg_annotation *annotation)
{
	return annotation->entry;
}

const struct sdreg_entry *sdreg_annotation_supplement(const struct sdreg_annotation *annotation)
{
	return annotation->supplement;
}

/* How a port compares with that of what the name is really in use for. */
static enum sdreg_port_verdict usual_port(const struct sdreg_entry *supplement, uint16_t port)
{
	uint16_t first;
	uint16_t last;
	if (port == 0)
		return SDREG_PORT_VERDICT_ZERO;
	return sdreg_entry_port(supplement, &first, &last) && port >= first && port <= last
		? SDREG_PORT_VERDICT_AS_USUAL
		: SDREG_PORT_VERDICT_NONE_REGISTERED;
}

enum sdreg_port_verdict sdreg_annotate_port(const struct sdreg_registry *registry,
	const struct sdreg_registry *supplement, const struct sdreg_type *type, uint16_t port,
	uint16_t *registered)
{
	const struct sdreg_entry *const added = supplement_entry(supplement, type);
	struct find find;
	const struct sdreg_entry *e;
	uint16_t known = 0;
	enum sdreg_port_verdict verdict = SDREG_PORT_VERDICT_NONE_REGISTERED;
	if (registered != NULL)
		*registered = 0;
	if (added != NULL && sdreg_entry_unauthorized_use(added)[0] != '\0')
		return usual_port(added, port);
	find_type(&find, registry, type);
	while ((e = find_next(&find)) != NULL) {
		uint16_t first;
		uint16_t last;
		if (!sdreg_entry_port(e, &first, &last))
			continue;
		if (verdict == SDREG_PORT_VERDICT_NONE_REGISTERED) {
			known = first;
			verdict = SDREG_PORT_VERDICT_OTHER;
		}
		if (port >= first && port <= last)
			verdict = SDREG_PORT_VERDICT_AS_REGISTERED;
	}
	if (registered != NULL)
		*registered = verdict == SDREG_PORT_VERDICT_AS_REGISTERED ? port : known;
	return port == 0 ? SDREG_PORT_VERDICT_ZERO : verdict;
}

static int names_key(const struct sdreg_entry *entry, const char *key, size_t len)
{
	const char *known;
	for (size_t i = 0; (known = sdreg_entry_txt_key(entry, i)) != NULL; i++)
		if (strlen(known) == len && ascii_equal(known, key, len))
			return 1;
	return 0;
}

enum sdreg_key_verdict sdreg_annotate_key(const struct sdreg_registry *registry,
	const struct sdreg_registry *supplement, const struct sdreg_type *type, const char *key,
	size_t len)
{
	struct find find;
	const struct sdreg_entry *e;
	find_type(&find, registry, type);
	while ((e = find_next(&find)) != NULL)
		if (names_key(e, key, len))
			return SDREG_KEY_VERDICT_DEFINED;
	if (supplement != NULL && sdreg_find_key(supplement, type, key, len) != NULL)
		return SDREG_KEY_VERDICT_SUPPLEMENT;
	return SDREG_KEY_VERDICT_UNKNOWN;
}

struct word {
	const char *word;
	const char *text;
};

static const struct word verdicts[] = {
	[SDREG_VERDICT_REGISTERED] = {"registered", "registered"},
	[SDREG_VERDICT_TRANSPORT_NOT_STATED] = {"transport-not-stated",
		"registered, transport not stated"},
	[SDREG_VERDICT_OTHER_TRANSPORT] = {"other-transport",
		"registered for the other transport, not for this one"},
	[SDREG_VERDICT_IN_COMMON_USE] = {"in-common-use", "in common use, not at IANA"},
	[SDREG_VERDICT_NOT_REGISTERED] = {"not-registered", "not registered"},
	[SDREG_VERDICT_NOT_IN_PART] = {"not-in-part",
		"not in the part of IANA's registry that answers"},
	[SDREG_VERDICT_NOT_WELL_FORMED] = {"not-well-formed", "not well formed"},
	[SDREG_VERDICT_SEEN] = {"seen", "seen on networks, not documented"},
};

static const struct word *verdict_of(enum sdreg_verdict verdict)
{
	static const struct word none = {"", ""};
	const size_t i = (size_t)verdict;
	const int known = i > 0 && i < sizeof(verdicts) / sizeof(verdicts[0]);
	return known ? &verdicts[i] : &none;
}

const char *sdreg_verdict_text(enum sdreg_verdict verdict)
{
	return verdict_of(verdict)->text;
}

const char *sdreg_verdict_word(enum sdreg_verdict verdict)
{
	return verdict_of(verdict)->word;
}

const char *sdreg_port_verdict_word(enum sdreg_port_verdict verdict)
{
	switch (verdict) {
	case SDREG_PORT_VERDICT_NONE_REGISTERED:
		return "none-registered";
	case SDREG_PORT_VERDICT_AS_REGISTERED:
		return "as-registered";
	case SDREG_PORT_VERDICT_OTHER:
		return "other-port";
	case SDREG_PORT_VERDICT_ZERO:
		return "zero";
	case SDREG_PORT_VERDICT_AS_USUAL:
		return "as-usual";
	}
	return "";
}

const char *sdreg_key_verdict_word(enum sdreg_key_verdict verdict)
{
	switch (verdict) {
	case SDREG_KEY_VERDICT_DEFINED:
		return "defined";
	case SDREG_KEY_VERDICT_SUPPLEMENT:
		return "supplement";
	case SDREG_KEY_VERDICT_UNKNOWN:
		return "unknown";
	}
	return "";
}
