/* SPDX-License-Identifier: MIT */
#include "announcer.h"

#include "avahi.h"
#include "browse/service/ascii-equal.h"
#include "browse/service/error.h"
#include "common/error.h"

#include <sdreg/check.h>

#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The public face of announcing: what is asked for is read, checked and copied. */

/* ---- checks ---- */

/* Refuses what no reader could make sense of. */
static int check(const struct sdreg_type *type, const struct sdreg_txt *txt, uint16_t port,
	struct sdreg_error *err)
{
	const struct sdreg_subject subject = {.type = type,
		.txt = txt,
		.has_port = 1,
		.port = port};
	struct sdreg_report *const report = sdreg_check(&subject, err);
	const struct sdreg_finding *f;
	int result = SDREG_OK;
	if (report == NULL)
		return SDREG_E_MEMORY;
	for (size_t i = 0; result == SDREG_OK && (f = sdreg_report_finding(report, i)) != NULL; i++)
		if (f->severity == SDREG_SEVERITY_ERROR)
			result = browse_error(err, SDREG_E_FORMAT, "%s%s%s (%s)", f->key,
				f->key_len > 0 ? ": " : "", f->text, f->source);
	if (result == SDREG_OK && sdreg_report_worst(report) == SDREG_SEVERITY_ERROR)
		result = browse_error(err, SDREG_E_FORMAT, "the TXT record has too many faults");
	sdreg_report_free(report);
	return result;
}

static int read_type(const struct sdreg_announcement *wanted, struct sdreg_type *type,
	struct sdreg_error *err)
{
	struct sdreg_error why = {.size = sizeof(why)};
	const size_t name_len = strlen(wanted->name);
	if (sdreg_type_parse(wanted->type, strlen(wanted->type), type, &why) < 0)
		return browse_error(err, SDREG_E_SYNTAX, "\"%s\" is no service type: %s",
			wanted->type, why.text);
	if (type->instance_len > 0 || type->subtype_len > 0 || type->domain[0] != '\0')
		return browse_error(err, SDREG_E_SYNTAX,
			"\"%s\" is more than a service type: give "
			"one such as _http._tcp, and the rest in fields of its own",
			wanted->type);
	if (name_len == 0 || name_len >= SDREG_LABEL_SIZE)
		return browse_error(err, SDREG_E_SYNTAX,
			"a service instance name has 1 to 63 "
			"bytes (RFC 6763 section 4.1.1), not %zu",
			name_len);
	memcpy(type->instance, wanted->name, name_len + 1);
	type->instance_len = (unsigned char)name_len;
	return SDREG_OK;
}

static char *full_subtype(const char *label, const char *type)
{
	static const char between[] = "._sub.";
	const size_t size = strlen(label) + sizeof(between) + strlen(type);
	char *const full = malloc(size);
	if (full != NULL)
		snprintf(full, size, "%s%s%s", label, between, type);
	return full;
}

/* libdbus ends a program that hands it bytes which are no UTF-8. */
static int check_subtypes(const struct sdreg_announcement *wanted, struct sdreg_error *err)
{
	for (size_t i = 0; i < wanted->subtype_count; i++) {
		const char *const label = wanted->subtypes[i];
		char *const full = full_subtype(label, wanted->type);
		if (full == NULL)
			return browse_error(err, SDREG_E_MEMORY, "no memory to announce a service");
		const int is_type = avahi_is_type(full);
		free(full);
		if (!is_type || label[0] == '\0')
			return browse_error(err, SDREG_E_SYNTAX,
				"\"%s\" is no subtype: give a "
				"label such as _printer",
				label);
	}
	return SDREG_OK;
}

static int check_wanted(const struct sdreg_announcement *wanted, struct sdreg_type *type,
	struct sdreg_error *err)
{
	int result = read_type(wanted, type, err);
	if (result == SDREG_OK)
		result = check_subtypes(wanted, err);
	if (result < 0)
		return result;
	if (wanted->domain != NULL && !avahi_is_domain(wanted->domain))
		return browse_error(err, SDREG_E_SYNTAX,
			"\"%s\" is no domain: give one such as "
			"local",
			wanted->domain);
	if (wanted->host != NULL && !avahi_is_domain(wanted->host))
		return browse_error(err, SDREG_E_SYNTAX,
			"\"%s\" is no host name: give one such as "
			"name.local",
			wanted->host);
	return check(type, wanted->txt, wanted->port, err);
}

/* ---- copies ---- */

static int copy_text(const char *text, char **copy)
{
	*copy = text != NULL ? strdup(text) : NULL;
	return text == NULL || *copy != NULL ? 0 : -1;
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

static int copy_subtypes(struct sdreg_announcer *a, const struct sdreg_announcement *wanted)
{
	if (wanted->subtype_count == 0)
		return 0;
	a->subtypes = calloc(wanted->subtype_count, sizeof(*a->subtypes));
	if (a->subtypes == NULL)
		return -1;
	for (; a->subtype_count < wanted->subtype_count; a->subtype_count++) {
		char *const full = full_subtype(wanted->subtypes[a->subtype_count], wanted->type);
		if (full == NULL)
			return -1;
		a->subtypes[a->subtype_count] = full;
	}
	return 0;
}

static int copy_wanted(struct sdreg_announcer *a, const struct sdreg_announcement *wanted,
	const struct sdreg_type *type)
{
	memcpy(a->wanted, wanted->name, strlen(wanted->name) + 1);
	memcpy(a->name, a->wanted, sizeof(a->name));
	a->port = wanted->port;
	a->keep_name = wanted->keep_name;
	a->is_presence = ascii_equal(type->name, "presence");
	a->txt = copy_txt(wanted->txt);
	if (a->txt == NULL)
		return -1;
	return copy_text(wanted->type, &a->type) < 0 || copy_text(wanted->domain, &a->domain) < 0 ||
			copy_text(wanted->host, &a->host) < 0 || copy_subtypes(a, wanted) < 0
		? -1
		: 0;
}

static int find_interface(struct sdreg_announcer *a, const char *name, struct sdreg_error *err)
{
	a->interface = AVAHI_IF_UNSPEC;
	if (name == NULL)
		return SDREG_OK;
	const unsigned index = if_nametoindex(name);
	if (index == 0)
		return browse_error(err, SDREG_E_IO, "there is no network interface \"%s\"", name);
	a->interface = (AvahiIfIndex)index;
	return SDREG_OK;
}

/* ---- an announcer ---- */

static int connect_first(struct sdreg_announcer *a, int wait, struct sdreg_error *err)
{
	int error;
	if (announcer_start(a) < 0)
		return browse_error(err, SDREG_E_MEMORY, "no memory to announce a service");
	if (announcer_connect(a, wait, &error) < 0 && !wait)
		return avahi_no_daemon(error, err);
	return SDREG_OK;
}

struct sdreg_announcer *sdreg_announcer_new(const struct AvahiPoll *poll,
	const struct sdreg_announcement *wanted, sdreg_announce_fn *fn, void *user,
	struct sdreg_error *err)
{
	struct sdreg_type type;
	error_begin(err);
	if (poll == NULL || wanted == NULL || wanted->type == NULL || wanted->name == NULL ||
		(wanted->subtype_count > 0 && wanted->subtypes == NULL)) {
		browse_error(err, SDREG_E_ARGUMENT,
			"an announcer needs an event loop, and a type and a name to announce");
		return NULL;
	}
	if (check_wanted(wanted, &type, err) < 0)
		return NULL;
	struct sdreg_announcer *const a = calloc(1, sizeof(*a));
	if (a == NULL || copy_wanted(a, wanted, &type) < 0) {
		browse_error(err, SDREG_E_MEMORY, "no memory to announce a service");
		goto failed;
	}
	a->poll = poll;
	a->fn = fn;
	a->user = user;
	if (find_interface(a, wanted->interface, err) < 0 ||
		connect_first(a, wanted->wait_for_daemon, err) < 0)
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
		return browse_error(err, SDREG_E_MEMORY, "no memory for the TXT record");
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
