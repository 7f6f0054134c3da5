/* SPDX-License-Identifier: MIT */
#include "announcer.h"

#include "avahi.h"
#include "browse/service/text.h"
#include "common/ascii.h"
#include "common/error.h"
#include "common/sized.h"

#include <sdreg/check.h>

#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The public face of announcing: what is asked for is read, checked and copied. */

/* ---- checks ---- */

static int refuse(const struct sdreg_finding *f, struct sdreg_error *err)
{
	size_t key_len;
	const char *const key = sdreg_finding_key(f, &key_len);
	return error_set(err, SDREG_E_FORMAT, "%s%s%s (%s)", key, key_len > 0 ? ": " : "",
		sdreg_finding_text(f), sdreg_finding_source(f));
}

/* Refuses what no reader could make sense of. */
static int check(const struct sdreg_type *type, const struct sdreg_txt *txt, uint16_t port,
	struct sdreg_error *err)
{
	const struct sdreg_subject subject = {.size = sizeof(subject),
		.type = type,
		.txt = txt,
		.has_port = 1,
		.port = port};
	struct sdreg_report *const report = sdreg_check(&subject, err);
	const struct sdreg_finding *f;
	int result = SDREG_OK;
	if (report == NULL)
		return SDREG_E_MEMORY;
	for (size_t i = 0; result == SDREG_OK && (f = sdreg_report_finding(report, i)) != NULL; i++)
		if (sdreg_finding_severity(f) == SDREG_SEVERITY_ERROR)
			result = refuse(f, err);
	if (result == SDREG_OK && sdreg_report_worst(report) == SDREG_SEVERITY_ERROR)
		result = error_set(err, SDREG_E_FORMAT, "the TXT record has too many faults");
	sdreg_report_free(report);
	return result;
}

/* Reads the type and the name, which the announcer has as texts by then. */
static int read_type(const struct sdreg_announcer *a, struct sdreg_type *type,
	struct sdreg_error *err)
{
	struct sdreg_error why = {.size = sizeof(why)};
	if (sdreg_type_parse(a->type, strlen(a->type), type, &why) < 0)
		return error_set(err, SDREG_E_SYNTAX, "\"%s\" is not a service type: %s", a->type,
			why.text);
	if (type->instance_len > 0 || type->subtype_len > 0 || type->domain[0] != '\0')
		return error_set(err, SDREG_E_SYNTAX,
			"\"%s\" is more than a service type: give one such as _http._tcp; name, "
			"domain and subtypes have their own fields",
			a->type);
	type->instance_len = (unsigned char)strlen(a->wanted);
	memcpy(type->instance, a->wanted, type->instance_len + 1U);
	return SDREG_OK;
}

/* libdbus ends a program that hands it bytes which are no UTF-8. */
static int check_names(const struct sdreg_announcer *a, struct sdreg_error *err)
{
	if (a->domain != NULL && !avahi_is_domain(a->domain))
		return error_set(err, SDREG_E_SYNTAX,
			"\"%s\" is not a domain: give one such as local", a->domain);
	if (a->host != NULL && !avahi_is_domain(a->host))
		return error_set(err, SDREG_E_SYNTAX,
			"\"%s\" is not a host name: give one such as name.local", a->host);
	for (size_t i = 0; i < a->subtype_count; i++)
		if (a->subtypes[i][0] == '.' || !avahi_is_type(a->subtypes[i]))
			return error_set(err, SDREG_E_SYNTAX,
				"\"%s\" is not a subtype: give a label such as _printer",
				a->subtypes[i]);
	return SDREG_OK;
}

/* ---- copies ---- */

static const char no_memory[] = "out of memory: the service cannot be announced";

static int copy_text(struct sdreg_text text, char **copy, struct sdreg_error *err)
{
	const int result = text_copy(text, copy);
	if (result == SDREG_E_SYNTAX)
		return error_set(err, result, "\"%.*s\" has a NUL in it", text_quoted(text),
			text.at);
	return result < 0 ? error_set(err, result, no_memory) : SDREG_OK;
}

static struct sdreg_txt *copy_txt(const struct sdreg_txt *txt)
{
	struct sdreg_txt *const copy = sdreg_txt_new();
	struct sdreg_text string;
	if (copy == NULL || txt == NULL)
		return copy;
	for (size_t i = 0; sdreg_txt_string(txt, i, &string); i++)
		if (sdreg_txt_add(copy, string.at, string.len) < 0) {
			sdreg_txt_free(copy);
			return NULL;
		}
	return copy;
}

static int copy_name(struct sdreg_announcer *a, struct sdreg_text name, struct sdreg_error *err)
{
	if (name.len == 0 || name.len >= SDREG_LABEL_SIZE)
		return error_set(err, SDREG_E_SYNTAX,
			"a service instance name has 1 to 63 bytes (RFC 6763 section 4.1.1), not "
			"%zu",
			name.len);
	if (memchr(name.at, '\0', name.len) != NULL)
		return error_set(err, SDREG_E_SYNTAX, "a service instance name has no NUL in it");
	memcpy(a->wanted, name.at, name.len);
	memcpy(a->name, a->wanted, sizeof(a->name));
	return SDREG_OK;
}

/* In full: _sub._sub.TYPE. */
static int copy_subtype(struct sdreg_announcer *a, struct sdreg_text label, struct sdreg_error *err)
{
	static const char between[] = "._sub.";
	const size_t size = label.len + sizeof(between) + strlen(a->type);
	char *const full = malloc(size);
	if (full == NULL)
		return error_set(err, SDREG_E_MEMORY, no_memory);
	memcpy(full, label.at, label.len);
	snprintf(full + label.len, size - label.len, "%s%s", between, a->type);
	a->subtypes[a->subtype_count++] = full;
	return memchr(label.at, '\0', label.len) == NULL
		? SDREG_OK
		: error_set(err, SDREG_E_SYNTAX, "a subtype has no NUL in it");
}

static int copy_subtypes(struct sdreg_announcer *a, const struct sdreg_announcement *wanted,
	struct sdreg_error *err)
{
	int result = SDREG_OK;
	if (wanted->subtype_count == 0)
		return SDREG_OK;
	a->subtypes = calloc(wanted->subtype_count, sizeof(*a->subtypes));
	if (a->subtypes == NULL)
		return error_set(err, SDREG_E_MEMORY, no_memory);
	for (size_t i = 0; result == SDREG_OK && i < wanted->subtype_count; i++)
		result = wanted->subtypes[i].len > 0
			? copy_subtype(a, wanted->subtypes[i], err)
			: error_set(err, SDREG_E_SYNTAX,
				  "a subtype is empty: give a label such as _printer");
	return result;
}

static int copy_wanted(struct sdreg_announcer *a, const struct sdreg_announcement *wanted,
	struct sdreg_error *err)
{
	char interface[IF_NAMESIZE];
	int result = copy_text(wanted->type, &a->type, err);
	if (result == SDREG_OK)
		result = copy_name(a, wanted->name, err);
	if (result == SDREG_OK)
		result = copy_text(wanted->domain, &a->domain, err);
	if (result == SDREG_OK)
		result = copy_text(wanted->host, &a->host, err);
	if (result == SDREG_OK)
		result = copy_subtypes(a, wanted, err);
	if (result < 0)
		return result;
	a->txt = copy_txt(wanted->txt);
	if (a->txt == NULL)
		return error_set(err, SDREG_E_MEMORY, no_memory);
	a->port = wanted->port;
	a->keep_name = wanted->keep_name;
	a->interface = AVAHI_IF_UNSPEC;
	if (wanted->interface.len == 0)
		return SDREG_OK;
	a->interface = avahi_find_interface(wanted->interface, interface, err);
	return a->interface > 0 ? SDREG_OK : SDREG_E_IO;
}

/* ---- an announcer ---- */

static int check_wanted(struct sdreg_announcer *a, struct sdreg_error *err)
{
	struct sdreg_type type;
	int result = read_type(a, &type, err);
	if (result == SDREG_OK)
		result = check_names(a, err);
	if (result < 0)
		return result;
	a->is_presence = ascii_compare(type.name, "presence") == 0;
	return check(&type, a->txt, a->port, err);
}

static int connect_first(struct sdreg_announcer *a, int wait, struct sdreg_error *err)
{
	int error;
	if (announcer_start(a) < 0)
		return error_set(err, SDREG_E_MEMORY, no_memory);
	if (announcer_connect(a, wait, &error) < 0 && !wait)
		return avahi_no_daemon(error, err);
	return SDREG_OK;
}

struct sdreg_announcer *sdreg_announcer_new(const struct AvahiPoll *poll,
	const struct sdreg_announcement *announcement, sdreg_announce_fn *fn, void *user,
	struct sdreg_error *err)
{
	struct sdreg_announcement wanted = {0};
	error_begin(err);
	if (poll == NULL || !sized_take(&wanted, sizeof(wanted), announcement) ||
		wanted.type.len == 0 || (wanted.subtype_count > 0 && wanted.subtypes == NULL)) {
		error_set(err, SDREG_E_ARGUMENT,
			"an announcer needs an event loop, and an announcement with its size, a "
			"type and a name");
		return NULL;
	}
	struct sdreg_announcer *const a = calloc(1, sizeof(*a));
	if (a == NULL) {
		error_set(err, SDREG_E_MEMORY, no_memory);
		return NULL;
	}
	if (copy_wanted(a, &wanted, err) < 0 || check_wanted(a, err) < 0)
		goto failed;
	a->poll = poll;
	a->fn = fn;
	a->user = user;
	if (connect_first(a, wanted.wait_for_daemon, err) < 0)
		goto failed;
	return a;
failed:
	sdreg_announcer_free(a);
	return NULL;
}

int sdreg_announcer_set_txt(struct sdreg_announcer *a, const struct sdreg_txt *txt,
	struct sdreg_error *err)
{
	error_begin(err);
	struct sdreg_type type;
	int result = sdreg_type_parse(a->type, strlen(a->type), &type, err);
	if (result == SDREG_OK)
		result = check(&type, txt, a->port, err);
	if (result < 0)
		return result;
	struct sdreg_txt *const copy = copy_txt(txt);
	if (copy == NULL)
		return error_set(err, SDREG_E_MEMORY,
			"out of memory: the TXT record stays as it was");
	result = announcer_update(a, copy, err);
	if (result < 0) {
		sdreg_txt_free(copy);
		return result;
	}
	sdreg_txt_free(a->txt);
	a->txt = copy;
	return SDREG_OK;
}

const char *sdreg_announcer_name(const struct sdreg_announcer *a)
{
	return a->name;
}

void sdreg_announcer_free(struct sdreg_announcer *a)
{
	if (a == NULL)
		return;
	if (a->poll != NULL)
		announcer_stop(a);
	sdreg_txt_free(a->txt);
	for (size_t i = 0; i < a->subtype_count; i++)
		free(a->subtypes[i]);
	free(a->subtypes);
	free(a->host);
	free(a->domain);
	free(a->type);
	free(a);
}

/* ---- an event ---- */

enum sdreg_announce_event_kind sdreg_announce_event_kind(const struct sdreg_announce_event *event)
{
	return event->kind;
}

const char *sdreg_announce_event_name(const struct sdreg_announce_event *event)
{
	return event->name;
}

const struct sdreg_error *sdreg_announce_event_error(const struct sdreg_announce_event *event)
{
	return event->error;
}
