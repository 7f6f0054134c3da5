/* SPDX-License-Identifier: MIT */

/* What a user does to the rows of a watch. */

#include "model.h"

#include <stdlib.h>
#include <string.h>

static void go(struct watch_model *model, size_t row)
{
	if (model->row_count == 0)
		return;
	model->cursor = row < model->row_count ? row : model->row_count - 1;
	model->selected = model->rows[model->cursor];
	model->is_placed = 1;
	watch_model_fit(model, model->height);
}

void watch_model_move(struct watch_model *model, long rows)
{
	const size_t up = rows < 0 ? (size_t)-rows : 0;
	go(model,
		up > 0 ? model->cursor - (up < model->cursor ? up : model->cursor)
		       : model->cursor + (size_t)rows);
}

void watch_model_home(struct watch_model *model)
{
	go(model, 0);
	model->is_placed = 0;
}

void watch_model_go_up(struct watch_model *model)
{
	size_t row = model->cursor;
	while (row > 0 && model->rows[row].service != NULL)
		row--;
	go(model, row);
}

void watch_model_end(struct watch_model *model)
{
	go(model, model->row_count);
}

void watch_model_fold(struct watch_model *model, int fold)
{
	struct watch_type *const type = model->selected.type;
	if (type == NULL)
		return;
	type->is_folded = fold < 0 ? !type->is_folded : fold;
	model->is_placed = 1;
}

void watch_model_fold_all(struct watch_model *model, int fold)
{
	for (size_t i = 0; i < model->type_count; i++)
		model->types[i]->is_folded = fold;
}

void watch_model_sort(struct watch_model *model, enum watch_order order)
{
	model->order = order;
	model->is_placed |= model->cursor > 0;
	for (size_t i = 0; i < model->type_count; i++)
		model->types[i]->sorted = 0;
}

int watch_model_filter(struct watch_model *model, const char *text)
{
	char *const copy = strdup(text);
	if (copy == NULL)
		return -1;
	free(model->filter);
	model->filter = copy;
	model->filter_number++;
	return 0;
}
