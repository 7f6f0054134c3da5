/* SPDX-License-Identifier: MIT */
#ifndef CLI_WATCH_MODEL_H
#define CLI_WATCH_MODEL_H

#include <stddef.h>

/* What a watch shows, as data: types, the services below them, which rows there are and which one
 * is selected. It knows neither a network nor a terminal, and no clock: times are the caller's
 * milliseconds. Events are cheap and change no row; watch_model_settle() brings the rows up to
 * date, in a time that grows with the services and not with their square. */

enum watch_state {
	WATCH_WAITING, /* for an answer */
	WATCH_KNOWN,
	WATCH_SILENT, /* it did not answer */
	WATCH_GONE, /* it left, and is shown for a while */
};

enum watch_news {
	WATCH_OLD,
	WATCH_NEW, /* came a short while ago */
	WATCH_CHANGED, /* changed a short while ago */
};

enum watch_order {
	WATCH_BY_TYPE, /* types by name, services by name */
	WATCH_BY_TITLE, /* types by title */
	WATCH_BY_HOST, /* services by host */
	WATCH_BY_AGE, /* the newest first */
	WATCH_ORDERS,
};

enum {
	WATCH_MARK_MS = 6000, /* how long news are marked, and what left is shown */
};

struct watch_type {
	char *text; /* as the network spells it */
	const char *title; /* the caller's; may be empty */
	const void *about; /* the caller's */
	struct watch_service **services;
	size_t count;
	size_t sorted; /* of these, so many are in order */
	size_t room;
	size_t there; /* of these, so many have not left */
	size_t shown; /* of these, so many fit the filter */
	unsigned long newest;
	int is_folded;
	int has_news; /* one of its services has */
};

struct watch_service {
	struct watch_type *type;
	char *name; /* raw, as the network spells it */
	char *domain;
	char *host; /* raw; empty if it is not known */
	const void *source; /* the caller's; NULL after it left */
	char *last; /* what was said of it when it left, allocated, or NULL */
	enum watch_state state;
	enum watch_news news;
	long long until; /* when its mark, or the row of what left, ends */
	unsigned long number; /* the later it came, the greater */
	unsigned filter; /* of this number was the filter that is_match is about */
	int is_match;
};

/* A row is a type's, or a service's below it. */
struct watch_row {
	struct watch_type *type;
	struct watch_service *service; /* or NULL */
};

struct watch_model {
	/* to be read by all, changed here */
	struct watch_row *rows;
	size_t row_count;
	size_t cursor; /* the selected row */
	size_t top; /* the first row on the screen */
	struct watch_type **types;
	size_t type_count;
	size_t there; /* services that have not left */
	size_t gone; /* services that have, and are shown */
	size_t waiting; /* of those that are there, those that have not answered yet */
	size_t silent; /* .. those that did not answer */
	enum watch_order order;
	char *filter; /* empty: all */

	/* private */
	void *types_by_text;
	void *services_by_name;
	struct watch_row selected;
	size_t types_room;
	size_t rows_room;
	size_t height;
	unsigned long number;
	unsigned filter_number;
	int is_held; /* what left stays */
	int is_placed; /* somebody has chosen the selected row: else it is the first */
};

/* Which service it is about. */
struct watch_name {
	const char *type;
	const char *name;
	const char *domain;
};

/* NULL when out of memory. */
struct watch_model *watch_model_new(void);
void watch_model_free(struct watch_model *model);

/* ---- events ---- */

/* A service came, or came back: then it has the place that it had. It is marked if is_news. NULL
 * when out of memory. */
struct watch_service *watch_model_add(struct watch_model *model, const struct watch_name *name,
	const void *source, int is_news, long long now);
struct watch_service *watch_model_find(const struct watch_model *model,
	const struct watch_name *name);
/* It answered, or did not. 0, or -1 when out of memory. */
int watch_model_answer(struct watch_model *model, struct watch_service *service, const char *host,
	enum watch_state state);
void watch_model_mark_changed(struct watch_service *service, long long now);
/* It left. last is what to say of it from now on: allocated, the model's afterwards; or NULL. */
void watch_model_leave(struct watch_model *model, struct watch_service *service, char *last,
	long long now);

/* From now on what left stays until it is let go, and a while longer: it may be that only the one
 * who tells of it went. */
void watch_model_hold(struct watch_model *model);
void watch_model_let_go(struct watch_model *model, long long now);

/* ---- the rows ---- */

/* Brings the rows up to date; those that it drops are freed. Gives the time until it has something
 * to do again without an event, -1 for never, or -2 when out of memory: then there are no rows. */
long long watch_model_settle(struct watch_model *model, long long now);

/* Whether a row is there whose details can be shown. */
const struct watch_row *watch_model_selected(const struct watch_model *model);

/* The screen has so many rows: the selected one is kept among them. */
void watch_model_fit(struct watch_model *model, size_t height);

/* ---- what a user does; each but the moves wants a watch_model_settle() afterwards ---- */

void watch_model_move(struct watch_model *model, long rows);
void watch_model_home(struct watch_model *model);
/* To the type of the selected service. */
void watch_model_go_up(struct watch_model *model);
void watch_model_end(struct watch_model *model);
/* Folds the type of the selected row, or unfolds it: -1 what it is not, 0 unfolds, 1 folds. */
void watch_model_fold(struct watch_model *model, int fold);
void watch_model_fold_all(struct watch_model *model, int fold);
void watch_model_sort(struct watch_model *model, enum watch_order order);
/* 0, or -1 when out of memory. */
int watch_model_filter(struct watch_model *model, const char *text);

#endif
