/* SPDX-License-Identifier: MIT */
#include "options.h"

#include "common/near.h"
#include "print.h"

#include <stdlib.h>
#include <string.h>

/* The options that a word may mean. */
struct meant {
	const struct option *option; /* NULL if none, or if it is not clear which */
	size_t count;
};

struct tables {
	const struct option *of[2];
};

/* ---- messages ---- */

static void begin(const struct arguments *a, const char *what, const char *word, size_t len)
{
	fprintf(stderr, "%s: %s\"", a->who, what);
	print_cut(stderr, word, len);
	fputc('"', stderr);
}

static int end(const struct arguments *a, const char *between)
{
	fprintf(stderr, "%s%s --help shows all\n", between, a->who);
	return ARGUMENTS_WRONG;
}

/* The nearest of all options, in its long form. */
static const char *find_near(const struct tables *tables, const char *name, size_t len)
{
	struct near near = {.word = name, .len = len, .most = near_slips(len)};
	for (size_t i = 0; i < 2; i++)
		for (const struct option *o = tables->of[i]; o != NULL && o->id != 0; o++)
			if (o->name != NULL)
				near_try(&near, o->name, strlen(o->name));
	return near.best;
}

static int refuse_unknown(const struct arguments *a, const struct tables *tables, const char *word)
{
	const size_t len = strcspn(word, "=");
	const char *const near = find_near(tables, word + 2, len - 2);
	begin(a, "there is no option ", word, len);
	if (near != NULL)
		fprintf(stderr, ": is --%s meant?", near);
	return end(a, near != NULL ? " " : "; ");
}

/* The letter may be one of several, or the first byte of a word that is no option at all. */
static int refuse_letter(const struct arguments *a, char letter, const char *word)
{
	const char option[] = {'-', letter};
	begin(a, "there is no option ", option, sizeof(option));
	if (word[2] != '\0') {
		fputs(", in \"", stderr);
		print_cut(stderr, word, strlen(word));
		fputc('"', stderr);
	}
	fputs(": what begins with - and is no option stands behind --", stderr);
	return end(a, "; ");
}

static int refuse_unclear(const struct arguments *a, const struct tables *tables, const char *word)
{
	const size_t len = strcspn(word, "=");
	const char *between = " is more than one: ";
	begin(a, "option ", word, len);
	for (size_t i = 0; i < 2; i++) {
		for (const struct option *o = tables->of[i]; o != NULL && o->id != 0; o++) {
			if (o->name == NULL || strncmp(o->name, word + 2, len - 2) != 0)
				continue;
			fprintf(stderr, "%s--%s", between, o->name);
			between = ", ";
		}
	}
	return end(a, "; ");
}

static int refuse_value(const struct arguments *a, const struct option *option, const char *value)
{
	fprintf(stderr, "%s: option \"--%s\" takes no argument: \"", a->who, option->name);
	print_cut(stderr, value, strlen(value));
	fputc('"', stderr);
	return end(a, "; ");
}

static int refuse_missing(const struct arguments *a, const struct option *option)
{
	const char letter[] = {(char)option->id, '\0'};
	const int is_long = option->name != NULL;
	fprintf(stderr, "%s: an argument is missing: %s%s %s", a->who, is_long ? "--" : "-",
		is_long ? option->name : letter, option->takes);
	return end(a, "; ");
}

/* ---- options ---- */

/* A long option: by its whole name, or by the beginning of one alone. */
static struct meant find_long(const struct tables *tables, const char *name, size_t len)
{
	struct meant meant = {NULL, 0};
	for (size_t i = 0; i < 2; i++) {
		for (const struct option *o = tables->of[i]; o != NULL && o->id != 0; o++) {
			if (o->name == NULL || strncmp(o->name, name, len) != 0)
				continue;
			if (o->name[len] == '\0')
				return (struct meant){o, 1};
			meant.option = meant.count++ == 0 ? o : NULL;
		}
	}
	return meant;
}

static const struct option *find_short(const struct tables *tables, char letter)
{
	for (size_t i = 0; i < 2; i++)
		for (const struct option *o = tables->of[i]; o != NULL && o->id != 0; o++)
			if (o->id == (unsigned char)letter)
				return o;
	return NULL;
}

/* Gives an option with its argument: value, if that is not NULL, or the next word. */
static int take(struct arguments *a, const struct option *option, const char *value)
{
	a->value = value;
	if (option->takes == NULL)
		return value == NULL ? option->id : refuse_value(a, option, value);
	if (value == NULL && a->next >= a->argc)
		return refuse_missing(a, option);
	if (value == NULL)
		a->value = a->argv[a->next++];
	return option->id;
}

static int take_long(struct arguments *a, const struct tables *tables, const char *word)
{
	const char *const name = word + 2;
	const size_t len = strcspn(name, "=");
	const struct meant meant = find_long(tables, name, len);
	if (len == 0 || meant.count == 0)
		return refuse_unknown(a, tables, word);
	if (meant.option == NULL)
		return refuse_unclear(a, tables, word);
	return take(a, meant.option, name[len] == '=' ? name + len + 1 : NULL);
}

/* The first letter of what is left of a word of letters. */
static int take_short(struct arguments *a, const struct tables *tables)
{
	const char *const at = a->cluster;
	const struct option *const option = find_short(tables, at[0]);
	a->cluster = at[1] != '\0' ? at + 1 : NULL;
	if (option == NULL)
		return refuse_letter(a, at[0], a->argv[a->next - 1]);
	if (option->takes == NULL)
		return take(a, option, NULL);
	const char *const value = a->cluster;
	a->cluster = NULL;
	return take(a, option, value);
}

/* ---- words ---- */

static void keep_rest(struct arguments *a)
{
	a->before_dashes = a->count;
	while (a->next < a->argc)
		a->words[a->count++] = a->argv[a->next++];
}

int arguments_next(struct arguments *a, const struct option *own, const struct option *shared)
{
	const struct tables tables = {{own, shared}};
	if (a->cluster != NULL)
		return take_short(a, &tables);
	for (; a->next < a->argc; a->next++) {
		char *const word = a->argv[a->next];
		if (strcmp(word, "--") == 0) {
			a->next++;
			if (!a->stops)
				keep_rest(a);
			return ARGUMENTS_END;
		}
		if (word[0] == '-' && word[1] != '\0') {
			a->next++;
			if (word[1] == '-')
				return take_long(a, &tables, word);
			a->cluster = word + 1;
			return take_short(a, &tables);
		}
		if (a->stops)
			return ARGUMENTS_END;
		a->words[a->count++] = word;
		a->before_dashes = a->count;
	}
	return ARGUMENTS_END;
}

int arguments_open(struct arguments *a)
{
	a->next = 1;
	a->words = calloc((size_t)a->argc + 1, sizeof(*a->words));
	return a->words != NULL ? 0 : -1;
}

void arguments_close(struct arguments *a)
{
	free(a->words);
	a->words = NULL;
}
