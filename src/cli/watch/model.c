/* SPDX-License-Identifier: MIT */
#include "model.h"

#include "common/grow.h"
#include "order.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

/* ---- by name ---- */

static int compare_types(const void *left, const void *right)
{
	const struct watch_type *const a = left;
	const struct watch_type *const b = right;
	return strcmp(a->text, b->text);
}

static int compare_services(const void *left, const void *right)
{
	const struct watch_service *const a = left;
	const struct watch_service *const b = right;
	int order = strcmp(a->name, b->name);
	if (order == 0)
		order = strcmp(a->type->text, b->type->text);
	return order != 0 ? order : strcmp(a->domain, b->domain);
}

struct watch_service *watch_model_find(const struct watch_model *model,
	const struct watch_name *name)
{
	struct watch_type type = {.text = (char *)name->type};
	const struct watch_service service = {.type = &type,
		.name = (char *)name->name,
		.domain = (char *)name->domain};
	void *const found = tfind(&service, &model->services_by_name, compare_services);
	return found != NULL ? *(struct watch_service **)found : NULL;
}

static struct watch_type *find_type(const struct watch_model *model, const char *text)
{
	const struct watch_type type = {.text = (char *)text};
	void *const found = tfind(&type, &model->types_by_text, compare_types);
	return found != NULL ? *(struct watch_type **)found : NULL;
}

/* ---- what there is ---- */

struct watch_model *watch_model_new(void)
{
	struct watch_model *const model = calloc(1, sizeof(*model));
	if (model == NULL)
		return NULL;
	model->height = 1;
	model->filter_number = 1;
	model->filter = strdup("");
	if (model->filter != NULL)
		return model;
	free(model);
	return NULL;
}

static void free_service(struct watch_model *model, struct watch_service *service)
{
	model->gone -= service->state == WATCH_GONE;
	tdelete(service, &model->services_by_name, compare_services);
	free(service->name);
	free(service->domain);
	free(service->host);
	free(service->last);
	free(service);
}

static void free_type(struct watch_model *model, struct watch_type *type)
{
	for (size_t i = 0; i < type->count; i++)
		free_service(model, type->services[i]);
	tdelete(type, &model->types_by_text, compare_types);
	free(type->services);
	free(type->text);
	free(type);
}

void watch_model_free(struct watch_model *model)
{
	if (model == NULL)
		return;
	for (size_t i = 0; i < model->type_count; i++)
		free_type(model, model->types[i]);
	free(model->types);
	free(model->rows);
	free(model->filter);
	free(model);
}

static struct watch_type *add_type(struct watch_model *model, const char *text)
{
	struct watch_type **const types = grow(model->types, &model->types_room,
		model->type_count + 1, sizeof(struct watch_type *));
	if (types == NULL)
		return NULL;
	model->types = types;
	struct watch_type *const type = calloc(1, sizeof(*type));
	if (type == NULL)
		return NULL;
	type->title = "";
	type->text = strdup(text);
	if (type->text != NULL && tsearch(type, &model->types_by_text, compare_types) != NULL) {
		model->types[model->type_count++] = type;
		return type;
	}
	free(type->text);
	free(type);
	return NULL;
}

static struct watch_service *add_service(struct watch_model *model, struct watch_type *type,
	const struct watch_name *name)
{
	struct watch_service **const services =
		grow(type->services, &type->room, type->count + 1, sizeof(struct watch_service *));
	if (services == NULL)
		return NULL;
	type->services = services;
	struct watch_service *const service = calloc(1, sizeof(*service));
	if (service == NULL)
		return NULL;
	service->type = type;
	service->state = WATCH_GONE; /* until it is there */
	service->name = strdup(name->name);
	service->domain = strdup(name->domain);
	service->host = strdup("");
	if (service->name != NULL && service->domain != NULL && service->host != NULL &&
		tsearch(service, &model->services_by_name, compare_services) != NULL) {
		type->services[type->count++] = service;
		model->gone++;
		return service;
	}
	free(service->name);
	free(service->domain);
	free(service->host);
	free(service);
	return NULL;
}

/* ---- events ---- */

static void count_state(struct watch_model *model, struct watch_service *service,
	enum watch_state state)
{
	const enum watch_state before = service->state;
	const int came = (state != WATCH_GONE) - (before != WATCH_GONE);
	model->there += (size_t)came;
	model->gone -= (size_t)came;
	service->type->there += (size_t)came;
	model->waiting += (size_t)((state == WATCH_WAITING) - (before == WATCH_WAITING));
	model->silent += (size_t)((state == WATCH_SILENT) - (before == WATCH_SILENT));
	service->state = state;
}

struct watch_service *watch_model_add(struct watch_model *model, const struct watch_name *name,
	const void *source, int is_news, long long now)
{
	struct watch_service *service = watch_model_find(model, name);
	if (service == NULL) {
		struct watch_type *type = find_type(model, name->type);
		if (type == NULL)
			type = add_type(model, name->type);
		service = type != NULL ? add_service(model, type, name) : NULL;
	}
	if (service == NULL)
		return NULL;
	free(service->last);
	service->last = NULL;
	service->source = source;
	service->news = is_news ? WATCH_NEW : WATCH_OLD;
	service->until = now + WATCH_MARK_MS;
	service->number = ++model->number;
	service->type->newest = service->number;
	if (model->order == WATCH_BY_AGE)
		service->type->sorted = 0;
	count_state(model, service, WATCH_WAITING);
	return service;
}

int watch_model_answer(struct watch_model *model, struct watch_service *service, const char *host,
	enum watch_state state)
{
	count_state(model, service, state);
	if (strcmp(service->host, host) == 0)
		return 0;
	char *const copy = strdup(host);
	if (copy == NULL)
		return -1;
	free(service->host);
	service->host = copy;
	service->filter = 0;
	if (model->order == WATCH_BY_HOST)
		service->type->sorted = 0;
	return 0;
}

void watch_model_mark_changed(struct watch_service *service, long long now)
{
	service->news = WATCH_CHANGED;
	service->until = now + WATCH_MARK_MS;
}

void watch_model_leave(struct watch_model *model, struct watch_service *service, char *last,
	long long now)
{
	count_state(model, service, WATCH_GONE);
	free(service->last);
	service->last = last;
	service->source = NULL;
	service->news = WATCH_OLD;
	service->until = now + WATCH_MARK_MS;
}

void watch_model_hold(struct watch_model *model)
{
	model->is_held = 1;
}

void watch_model_let_go(struct watch_model *model, long long now)
{
	model->is_held = 0;
	for (size_t i = 0; i < model->type_count; i++)
		for (size_t k = 0; k < model->types[i]->count; k++)
			if (model->types[i]->services[k]->state == WATCH_GONE)
				model->types[i]->services[k]->until = now + WATCH_MARK_MS;
}

/* ---- the rows ---- */

static int is_over(const struct watch_model *model, const struct watch_service *service,
	long long now)
{
	return service->state == WATCH_GONE && service->until <= now && !model->is_held;
}

/* When a service is to be looked at again: when its mark or its row ends. -1 for never. */
static long long wait_for(const struct watch_model *model, const struct watch_service *service,
	long long now)
{
	const int is_shown = service->state == WATCH_GONE ? !model->is_held
							  : service->news != WATCH_OLD;
	return is_shown ? service->until - now : -1;
}

/* The selected service is about to be dropped: the next one of its type that stays takes its place,
 * else the one before, else the type. */
static void select_survivor(struct watch_model *model, long long now)
{
	struct watch_row *const selected = &model->selected;
	const struct watch_row *const rows = model->rows;
	if (selected->service == NULL || !is_over(model, selected->service, now))
		return;
	selected->service = NULL;
	for (size_t i = model->cursor + 1; i < model->row_count; i++) {
		if (rows[i].type != selected->type)
			break;
		if (is_over(model, rows[i].service, now))
			continue;
		selected->service = rows[i].service;
		return;
	}
	while (model->cursor > 0 && rows[--model->cursor].service != NULL) {
		if (is_over(model, rows[model->cursor].service, now))
			continue;
		selected->service = rows[model->cursor].service;
		return;
	}
}

static int fits(struct watch_model *model, struct watch_service *service, int type_fits)
{
	if (service->filter != model->filter_number) {
		service->filter = model->filter_number;
		service->is_match = watch_order_contains(service->name, model->filter) ||
			watch_order_contains(service->host, model->filter);
	}
	return type_fits || service->is_match;
}

/* Drops what has been shown long enough, ends marks, counts. Gives when that is next to be done. */
static long long age(struct watch_model *model, struct watch_type *type, long long now)
{
	const int type_fits = watch_order_contains(type->text, model->filter) ||
		watch_order_contains(type->title, model->filter);
	long long next = -1;
	size_t kept = 0;
	size_t sorted = 0;
	type->shown = 0;
	type->has_news = 0;
	for (size_t i = 0; i < type->count; i++) {
		struct watch_service *const s = type->services[i];
		if (is_over(model, s, now)) {
			free_service(model, s);
			continue;
		}
		if (s->news != WATCH_OLD && s->until <= now)
			s->news = WATCH_OLD;
		const long long wait = wait_for(model, s, now);
		if (wait >= 0 && (next < 0 || wait < next))
			next = wait;
		type->has_news |= s->news == WATCH_NEW;
		type->shown += (size_t)fits(model, s, type_fits);
		sorted += i < type->sorted;
		type->services[kept++] = s;
	}
	type->count = kept;
	type->sorted = sorted;
	return next;
}

/* A type that nobody is left of is forgotten, unless somebody has folded it. */
static int is_forgotten(const struct watch_type *type)
{
	return type->count == 0 && !type->is_folded;
}

static long long age_all(struct watch_model *model, long long now)
{
	long long next = -1;
	size_t kept = 0;
	for (size_t i = 0; i < model->type_count; i++) {
		struct watch_type *const type = model->types[i];
		const long long wait = age(model, type, now);
		if (wait >= 0 && (next < 0 || wait < next))
			next = wait;
		if (!is_forgotten(type)) {
			model->types[kept++] = type;
			continue;
		}
		if (model->selected.type == type)
			memset(&model->selected, 0, sizeof(model->selected));
		free_type(model, type);
	}
	model->type_count = kept;
	return next;
}

static int reserve_rows(struct watch_model *model)
{
	size_t most = 0;
	for (size_t i = 0; i < model->type_count; i++)
		most += 1 + model->types[i]->count;
	struct watch_row *const grown = grow(model->rows, &model->rows_room, most, sizeof(*grown));
	if (grown == NULL && most > 0)
		return -1;
	model->rows = grown;
	return 0;
}

/* Adds a row. Its place is noted if it is the selected one, or stands for it: *level tells how
 * well, 2 for itself. */
static void add_row(struct watch_model *model, struct watch_type *type,
	struct watch_service *service, size_t *place, int *level)
{
	const int itself = type == model->selected.type && service == model->selected.service;
	const int stands = type == model->selected.type && service == NULL;
	const int fitness = itself ? 2 : stands;
	if (fitness > *level) {
		*level = fitness;
		*place = model->row_count;
	}
	model->rows[model->row_count++] = (struct watch_row){type, service};
}

static void list_rows(struct watch_model *model)
{
	size_t place = model->cursor;
	int level = 0;
	model->row_count = 0;
	for (size_t i = 0; i < model->type_count; i++) {
		struct watch_type *const type = model->types[i];
		if (type->shown == 0)
			continue;
		add_row(model, type, NULL, &place, &level);
		const int type_fits = type->shown == type->count;
		for (size_t k = 0; k < type->count && !type->is_folded; k++)
			if (type_fits || type->services[k]->is_match)
				add_row(model, type, type->services[k], &place, &level);
	}
	if (!model->is_placed || model->row_count == 0)
		place = 0;
	else if (place >= model->row_count)
		place = model->row_count - 1;
	/* what is selected stays on its line of the screen */
	const size_t line = model->cursor > model->top ? model->cursor - model->top : 0;
	model->cursor = place;
	model->top = place > line ? place - line : 0;
	memset(&model->selected, 0, sizeof(model->selected));
	if (model->row_count > 0)
		model->selected = model->rows[place];
	watch_model_fit(model, model->height);
}

/* Out of memory: the rows there are may be of what was just freed. */
static void forget_rows(struct watch_model *model)
{
	model->row_count = 0;
	model->cursor = 0;
	model->top = 0;
	memset(&model->selected, 0, sizeof(model->selected));
}

static int order_services(struct watch_model *model)
{
	for (size_t i = 0; i < model->type_count; i++)
		if (watch_order_services(model->types[i], model->order) < 0)
			return -1;
	return 0;
}

long long watch_model_settle(struct watch_model *model, long long now)
{
	select_survivor(model, now);
	const long long next = age_all(model, now);
	if (reserve_rows(model) < 0 || order_services(model) < 0) {
		forget_rows(model);
		return -2;
	}
	watch_order_types(model->types, model->type_count, model->order);
	list_rows(model);
	return next;
}

const struct watch_row *watch_model_selected(const struct watch_model *model)
{
	return model->row_count > 0 ? &model->rows[model->cursor] : NULL;
}

void watch_model_fit(struct watch_model *model, size_t height)
{
	const size_t last = model->row_count > height ? model->row_count - height : 0;
	model->height = height > 0 ? height : 1;
	if (model->top > last)
		model->top = last;
	if (model->cursor < model->top)
		model->top = model->cursor;
	if (model->cursor >= model->top + model->height)
		model->top = model->cursor + 1 - model->height;
}
