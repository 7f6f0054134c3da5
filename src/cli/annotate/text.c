/* SPDX-License-Identifier: MIT */

/* sdreg annotate --text: a block a service, as sdreg browse prints it. */

#include "annotate.h"
#include "cli/common/print.h"
#include "common/escape.h"
#include "words.h"

#include <string.h>

static void print_label(const char *label)
{
	printf("    %-10s", label);
}

/* Text of a label or a domain: without its escapes, if it has any. */
static void print_unescaped(const struct annotator *a, struct sdreg_text text)
{
	print_bytes(stdout, a->keys.scratch, escape_undo(text.at, text.len, a->keys.scratch));
}

static void print_field(const struct annotator *a, const char *label, struct sdreg_text text)
{
	print_label(label);
	print_unescaped(a, text);
	putchar('\n');
}

static void print_type(const struct known *known)
{
	char type[SDREG_NAME_SIZE] = "";
	print_label("type");
	if (known->is_type)
		sdreg_type_format(&known->type, SDREG_TYPE_PART_TYPE, type, sizeof(type));
	if (known->is_type)
		print_text(stdout, type);
	else
		print_bytes(stdout, known->field.at, known->field.len);
	fputs("  ", stdout);
	words_type(stdout, known, "\n              ");
	putchar('\n');
}

static void print_head(const struct annotator *a, const struct item *item)
{
	const struct avahi_line *const line = &item->line;
	printf("%c %s", line->event, a->cli->output.bold ? "\033[1m" : "");
	if (item->is_human)
		print_bytes(stdout, line->name.at, line->name.len);
	else
		print_unescaped(a, line->name);
	puts(a->cli->output.bold ? "\033[0m" : "");
	print_type(item->known);
	if (line->domain.len != 5 || memcmp(line->domain.at, "local", 5) != 0)
		print_field(a, "domain", line->domain);
	print_label("seen on");
	print_bytes(stdout, line->interface.at, line->interface.len);
	fputs(", ", stdout);
	print_bytes(stdout, line->protocol.at, line->protocol.len);
	putchar('\n');
}

static void print_port(const struct annotator *a, const struct item *item)
{
	print_label("port");
	print_bytes(stdout, item->line.port.at, item->line.port.len);
	words_port(stdout, a, item);
	putchar('\n');
}

static void print_txt(const struct annotator *a, const struct item *item)
{
	words_txt(stdout, a, item, "    TXT       ", "\n              ");
	if (memchr(item->line.txt.at, '"', item->line.txt.len) != NULL)
		putchar('\n');
}

static void print_service(const struct annotator *a, const struct item *item)
{
	print_head(a, item);
	if (item->is_human || item->line.event != '=')
		return;
	print_field(a, "host", item->line.host);
	print_field(a, "address", item->line.address);
	print_port(a, item);
	print_txt(a, item);
}

void text_line(struct annotator *a, const struct input_line *line, const struct item *item)
{
	switch (item->kind) {
	case AVAHI_OTHER:
	case AVAHI_DOMAIN:
		fwrite(line->at, 1, line->all, stdout);
		break;
	case AVAHI_SERVICE:
		print_service(a, item);
		break;
	case AVAHI_HOST:
		print_field(a, "host", item->line.host);
		break;
	case AVAHI_ADDRESS:
		print_field(a, "address", item->line.address);
		break;
	case AVAHI_PORT:
		print_port(a, item);
		break;
	case AVAHI_TXT:
		print_txt(a, item);
		break;
	}
}
