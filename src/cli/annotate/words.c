/* SPDX-License-Identifier: MIT */
#include "words.h"

#include "cli/common/print.h"
#include "cli/show/txt-key.h"
#include "cli/show/verdict.h"
#include "common/printed-txt.h"

void words_type(FILE *out, const struct known *known, const char *next_line)
{
	const struct sdreg_annotation *const annotation = known->annotation;
	if (!known->is_type) {
		fputs(known->field.at[0] == '_' ? "[not well formed]" : "[unknown title]", out);
		return;
	}
	print_text(out, sdreg_annotation_title(annotation));
	fputs(sdreg_annotation_title(annotation)[0] != '\0' ? "  [" : "[", out);
	verdict_print_rules(out, annotation);
	putc(']', out);
	if (sdreg_annotation_instead(annotation) == NULL)
		return;
	fprintf(out, "%s(", next_line);
	print_text(out, sdreg_annotation_instead(annotation));
	putc(')', out);
}

void words_port(FILE *out, const struct annotator *a, const struct item *item)
{
	uint16_t registered;
	if (!item->known->is_type)
		return;
	switch (sdreg_annotate_port(a->cli->sources.registry, a->cli->sources.supplement,
		&item->known->type, item->line.port_number, &registered)) {
	case SDREG_PORT_VERDICT_AS_REGISTERED:
		fputs(", as registered", out);
		break;
	case SDREG_PORT_VERDICT_OTHER:
		fprintf(out, ", not the registered one, %u: same name, other port", registered);
		break;
	case SDREG_PORT_VERDICT_AS_USUAL:
		fputs(", as is usual for it", out);
		break;
	case SDREG_PORT_VERDICT_ZERO:
		fputs(", a placeholder: there is nothing to connect to", out);
		break;
	case SDREG_PORT_VERDICT_NONE_REGISTERED:
		break;
	}
}

static int is_known(const struct annotator *a, const struct sdreg_type *type,
	const struct sdreg_txt_item *item)
{
	const struct sources *const from = &a->cli->sources;
	return sdreg_annotate_key(from->registry, from->supplement, type, item->key,
		       item->key_len) != SDREG_KEY_VERDICT_UNKNOWN;
}

static void print_string(FILE *out, const struct annotator *a, const struct known *known,
	struct sdreg_text string)
{
	struct sdreg_txt_item item;
	txt_key_print_string(out, &a->cli->sources, known->is_type ? &known->type : NULL, &string);
	if (sdreg_txt_item(string.at, string.len, &item) < 0)
		fputs("  (no key: readers ignore it)", out);
	else if (!known->is_type || !is_known(a, &known->type, &item))
		fputs("  (key not known)", out);
	else
		txt_key_print(out, &a->cli->sources, &known->type, &item);
}

void words_txt(FILE *out, const struct annotator *a, const struct item *item, const char *first,
	const char *next)
{
	struct printed_txt txt = printed_txt_read(item->line.txt.at, item->line.txt.len);
	struct sdreg_text string;
	const char *before = first;
	while (printed_txt_next(&txt, a->keys.scratch, &string)) {
		fputs(before, out);
		print_string(out, a, item->known, string);
		before = next;
	}
}

void words_below(FILE *out, const struct annotator *a, const struct item *item)
{
	if (item->kind == AVAHI_SERVICE) {
		fputs("\n\t", out);
		words_type(out, item->known, "\n\t");
	} else if (item->kind == AVAHI_PORT && item->known->is_type) {
		fputs("\n\t", out);
		print_bytes(out, item->line.port.at, item->line.port.len);
		words_port(out, a, item);
	} else if (item->kind == AVAHI_TXT) {
		words_txt(out, a, item, "\n\t", "\n\t");
	}
}
