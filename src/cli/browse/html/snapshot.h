/* SPDX-License-Identifier: MIT */
#ifndef CLI_BROWSE_HTML_SNAPSHOT_H
#define CLI_BROWSE_HTML_SNAPSHOT_H

#include "cli/common/cli.h"
#include "cli/live/filter.h"

#include <stdio.h>

/* A snapshot to be told as a whole: services in order, and counts by type, host and severity. The
 * services are the browser's and must live as long. */

enum {
	SNAPSHOT_SEVERITIES = SDREG_SEVERITY_ERROR + 1,
	SNAPSHOT_FINDINGS_MAX = 24, /* of a service that are shown; the others are counted */
};

/* What was looked for. */
struct snapshot_question {
	const struct sources *from;
	const struct sdreg_browse_options *options;
	const struct browse_filter *filter;
	int no_local;
};

struct snapshot_service {
	const struct sdreg_service *service;
	size_t findings[SNAPSHOT_SEVERITIES]; /* by severity */
};

/* Services of one type, in order. */
struct snapshot_type {
	size_t first;
	size_t count;
};

/* Services of one host: the first says its name and addresses. */
struct snapshot_host {
	size_t first; /* in by_host */
	size_t count;
};

struct snapshot {
	struct snapshot_question question;
	struct snapshot_service *services; /* by type and name */
	size_t count;
	struct snapshot_type *types; /* by type */
	size_t type_count;
	const struct snapshot_service **by_host; /* what is resolved, by host, type and name */
	struct snapshot_host *hosts; /* by name */
	size_t host_count;
	size_t silent; /* services that are not resolved: in no host */
	size_t findings[SNAPSHOT_SEVERITIES];
};

/* The nth service of a host, from 0. */
const struct sdreg_service *snapshot_of_host(const struct snapshot *snapshot,
	const struct snapshot_host *host, size_t nth);

/* 0, or -1 when out of memory. In both cases it is to be cleared. */
int snapshot_make(struct snapshot *snapshot, const struct snapshot_question *question,
	const struct sdreg_service *const *services, size_t count);
void snapshot_clear(struct snapshot *snapshot);

/* What is to be said of a service, its verdict left aside; NULL when out of memory. To be freed. */
struct sdreg_report *snapshot_check(const struct snapshot *snapshot,
	const struct sdreg_service *service);

/* All findings of a service. */
size_t snapshot_findings(const struct snapshot_service *service);

#endif
