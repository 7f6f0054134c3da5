/* SPDX-License-Identifier: MIT */
#include "details.h"

#include "cli/common/print.h"
#include "cli/show/entry.h"
#include "cli/show/page.h"
#include "cli/show/service.h"
#include "cli/show/txt-key.h"

#include <stdlib.h>
#include <string.h>

enum {
	WIDTH_MIN = 20 /* narrower ones are cut by the screen */
};

/* Lines that are kept rather than put out. */
struct draft {
	struct page page;
	char *text;
	size_t len;
};

static int open_draft(struct draft *draft, size_t width)
{
	memset(draft, 0, sizeof(*draft));
	draft->page.width = width > 0 && width < WIDTH_MIN ? WIDTH_MIN : width;
	draft->page.keeps_styles = 1;
	draft->page.out = open_memstream(&draft->text, &draft->len);
	draft->page.line = open_memstream(&draft->page.text, &draft->page.len);
	return draft->page.out != NULL && draft->page.line != NULL ? 0 : -1;
}

/* Gives what was written; NULL when out of memory. */
static char *close_draft(struct draft *draft)
{
	page_close(&draft->page);
	if (draft->page.out != NULL && fclose(draft->page.out) == 0)
		return draft->text;
	free(draft->text);
	return NULL;
}

char *watch_details_service(const struct sources *from, const struct sdreg_service *service,
	const char *remark, size_t width)
{
	struct draft draft;
	if (open_draft(&draft, width) == 0) {
		service_print(&draft.page, from, ' ', service, remark);
		service_print_type(&draft.page, service);
	}
	return close_draft(&draft);
}

/* ---- a type ---- */

/* Lines that know no page, as a page's. */
static void put_lines(struct page *page, const char *text)
{
	while (*text != '\0') {
		const size_t len = strcspn(text, "\n");
		fwrite(text, 1, len, page->line);
		page_end_line(page, 4);
		text += len + (text[len] == '\n');
	}
}

static void put_type(struct page *page, const struct sources *from,
	const struct sdreg_service *service)
{
	const struct sdreg_annotation *const a = sdreg_service_annotation(service);
	char *text = NULL;
	size_t len;
	service_print_type(page, service);
	FILE *const lines = open_memstream(&text, &len);
	if (lines == NULL)
		return;
	if (sdreg_annotation_entry(a) != NULL) {
		fputs("\n", lines);
		entry_print_text(lines, 0, from, from->registry, sdreg_annotation_entry(a));
	}
	txt_key_print_all(lines, from, sdreg_service_type(service), 1, "\n");
	if (fclose(lines) == 0)
		put_lines(page, text);
	free(text);
}

/* Any of its services tells what the type is. */
static const struct sdreg_service *one_of(const struct watch_type *type)
{
	for (size_t i = 0; i < type->count; i++)
		if (type->services[i]->source != NULL)
			return type->services[i]->source;
	return NULL;
}

static char *of_type(const struct sources *from, const struct watch_type *type, size_t width)
{
	const struct sdreg_service *const service = one_of(type);
	struct draft draft;
	if (open_draft(&draft, width) == 0 && service != NULL)
		put_type(&draft.page, from, service);
	else if (draft.page.out != NULL)
		fputs("All services of this type have left.\n", draft.page.out);
	return close_draft(&draft);
}

char *watch_details_row(const struct sources *from, const struct watch_row *row, size_t width)
{
	static const char *const remarks[] = {
		[WATCH_WAITING] = "(has not answered yet)",
		[WATCH_KNOWN] = "",
		[WATCH_SILENT] = "(does not answer)",
		[WATCH_GONE] = "(left)",
	};
	const struct watch_service *const s = row->service;
	if (s == NULL)
		return of_type(from, row->type, width);
	if (s->source != NULL)
		return watch_details_service(from, s->source, remarks[s->state], width);
	return strdup(s->last != NULL ? s->last : "It has left.\n");
}
