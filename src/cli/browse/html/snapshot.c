/* SPDX-License-Identifier: MIT */
#include "snapshot.h"

#include "cli/show/question.h"
#include "common/ascii.h"

#include <stdlib.h>
#include <string.h>

enum { ADDRESSES_MAX = 64 };

/* ---- order ---- */

static int compare_services(const void *left, const void *right)
{
	const struct sdreg_service *const a = ((const struct snapshot_service *)left)->service;
	const struct sdreg_service *const b = ((const struct snapshot_service *)right)->service;
	int order = strcmp(sdreg_service_type_text(a), sdreg_service_type_text(b));
	if (order == 0)
		order = strcmp(sdreg_service_name(a), sdreg_service_name(b));
	return order != 0 ? order : strcmp(sdreg_service_domain(a), sdreg_service_domain(b));
}

static int compare_hosts(const void *left, const void *right)
{
	const struct snapshot_service *const a = *(const struct snapshot_service *const *)left;
	const struct snapshot_service *const b = *(const struct snapshot_service *const *)right;
	const int order =
		ascii_compare(sdreg_service_host(a->service), sdreg_service_host(b->service));
	if (order != 0)
		return order;
	return a < b ? -1 : a > b; /* of one array, which is in order */
}

/* ---- groups ---- */

static int is_type_of(const struct snapshot *snapshot, size_t nth)
{
	return nth > 0 &&
		strcmp(sdreg_service_type_text(snapshot->services[nth - 1].service),
			sdreg_service_type_text(snapshot->services[nth].service)) == 0;
}

static void group_types(struct snapshot *snapshot)
{
	for (size_t i = 0; i < snapshot->count; i++) {
		if (!is_type_of(snapshot, i))
			snapshot->types[snapshot->type_count++].first = i;
		snapshot->types[snapshot->type_count - 1].count++;
	}
}

static void group_hosts(struct snapshot *snapshot)
{
	size_t resolved = 0;
	const char *name = NULL;
	for (size_t i = 0; i < snapshot->count; i++)
		if (sdreg_service_is_resolved(snapshot->services[i].service))
			snapshot->by_host[resolved++] = snapshot->services + i;
	snapshot->silent = snapshot->count - resolved;
	if (resolved > 0)
		qsort(snapshot->by_host, resolved, sizeof(*snapshot->by_host), compare_hosts);
	for (size_t i = 0; i < resolved; i++) {
		const char *const next = sdreg_service_host(snapshot->by_host[i]->service);
		if (name == NULL || ascii_compare(name, next) != 0)
			snapshot->hosts[snapshot->host_count++].first = i;
		snapshot->hosts[snapshot->host_count - 1].count++;
		name = next;
	}
}

const struct sdreg_service *snapshot_of_host(const struct snapshot *snapshot,
	const struct snapshot_host *host, size_t nth)
{
	return snapshot->by_host[host->first + nth]->service;
}

/* ---- findings ---- */

/* With the name of the service, where it is one that can be. */
static struct sdreg_type type_of(const struct sdreg_service *service)
{
	struct sdreg_type type = *sdreg_service_type(service);
	const char *const name = sdreg_service_name(service);
	const size_t len = strlen(name);
	if (len < sizeof(type.instance)) {
		memcpy(type.instance, name, len + 1);
		type.instance_len = (unsigned char)len;
	}
	return type;
}

struct sdreg_report *snapshot_check(const struct snapshot *snapshot,
	const struct sdreg_service *service)
{
	const struct sources *const from = snapshot->question.from;
	const int is_resolved = sdreg_service_is_resolved(service);
	const struct sdreg_type type = type_of(service);
	struct sdreg_text addresses[ADDRESSES_MAX];
	const char *address;
	struct sdreg_subject subject = {
		.size = sizeof(subject),
		.type = &type,
		.registry = from->registry,
		.supplement = from->supplement,
		.host = sdreg_text_of(is_resolved ? sdreg_service_host(service) : NULL),
		.has_port = is_resolved,
		.port = sdreg_service_port(service),
		.addresses = addresses,
	};
	struct sdreg_report *report = NULL;
	struct sdreg_txt *const txt = sdreg_txt_new();
	while (subject.address_count < ADDRESSES_MAX &&
		(address = sdreg_service_address(service, subject.address_count)) != NULL)
		addresses[subject.address_count++] = sdreg_text_of(address);
	if (txt != NULL && sdreg_service_read_txt(service, txt) == 0) {
		subject.txt = is_resolved ? txt : NULL;
		report = sdreg_check(&subject, NULL);
	}
	sdreg_txt_free(txt);
	return report;
}

static int count_findings(struct snapshot *snapshot, struct snapshot_service *service)
{
	const struct sdreg_finding *f;
	struct sdreg_report *const report = snapshot_check(snapshot, service->service);
	if (report == NULL)
		return -1;
	for (size_t i = 0; (f = sdreg_report_finding(report, i)) != NULL; i++) {
		if (question_is_verdict(f))
			continue;
		service->findings[sdreg_finding_severity(f)]++;
		snapshot->findings[sdreg_finding_severity(f)]++;
	}
	sdreg_report_free(report);
	return 0;
}

size_t snapshot_findings(const struct snapshot_service *service)
{
	size_t findings = 0;
	for (int i = 0; i < SNAPSHOT_SEVERITIES; i++)
		findings += service->findings[i];
	return findings;
}

/* ---- all ---- */

int snapshot_make(struct snapshot *snapshot, const struct snapshot_question *question,
	const struct sdreg_service *const *services, size_t count)
{
	memset(snapshot, 0, sizeof(*snapshot));
	snapshot->question = *question;
	snapshot->services = calloc(count + 1, sizeof(*snapshot->services));
	snapshot->types = calloc(count + 1, sizeof(*snapshot->types));
	snapshot->by_host = calloc(count + 1, sizeof(*snapshot->by_host));
	snapshot->hosts = calloc(count + 1, sizeof(*snapshot->hosts));
	if (snapshot->services == NULL || snapshot->types == NULL || snapshot->by_host == NULL ||
		snapshot->hosts == NULL)
		return -1;
	for (size_t i = 0; i < count; i++)
		snapshot->services[i].service = services[i];
	snapshot->count = count;
	if (count > 0)
		qsort(snapshot->services, count, sizeof(*snapshot->services), compare_services);
	group_types(snapshot);
	group_hosts(snapshot);
	for (size_t i = 0; i < count; i++)
		if (count_findings(snapshot, snapshot->services + i) < 0)
			return -1;
	return 0;
}

void snapshot_clear(struct snapshot *snapshot)
{
	free(snapshot->services);
	free(snapshot->types);
	free(snapshot->by_host);
	free(snapshot->hosts);
}
