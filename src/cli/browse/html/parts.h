/* SPDX-License-Identifier: MIT */
#ifndef CLI_BROWSE_HTML_PARTS_H
#define CLI_BROWSE_HTML_PARTS_H

#include "snapshot.h"

/* The parts of a page. Each writes well-formed markup, that a parser of XML could read too; what
 * comes from the network goes through html.h. */

int html_charts(FILE *out, const struct snapshot *snapshot); /* -1 when out of memory */
void html_types(FILE *out, const struct snapshot *snapshot);
void html_hosts(FILE *out, const struct snapshot *snapshot);
int html_findings(FILE *out, const struct snapshot *snapshot); /* -1 when out of memory */
void html_services(FILE *out, const struct snapshot *snapshot);

/* Name or type of a service in markup of its own, which keeps its direction of writing to it. */
void html_name(FILE *out, const char *text);
void html_code(FILE *out, const char *text);
/* The addresses of a service's host, a line each. */
void html_addresses(FILE *out, const struct sdreg_service *service);

/* The head of a section with a table of so many columns. */
struct html_column {
	const char *title;
	const char *class; /* or NULL */
};
void html_begin_table(FILE *out, const char *id, const char *title,
	const struct html_column *columns);
void html_end_table(FILE *out);

#endif
