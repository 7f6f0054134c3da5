/* SPDX-License-Identifier: MIT */

/* Whether a registry that was fetched may take the place of the one that is there. */

#include "judge.h"

#include "say.h"

#include <sdreg.h>

#include <stdio.h>
#include <string.h>

static int refuse(struct sdreg_error *err, const char *url, const char *text)
{
	err->code = SDREG_E_FORMAT;
	snprintf(err->file, sizeof(err->file), "%s", url);
	snprintf(err->text, sizeof(err->text), "%s", text);
	return -1;
}

/* IANA's way to write a day: by it registries are compared. */
static int is_day(const char *text)
{
	static const char shape[] = "0000-00-00";
	size_t i;
	for (i = 0; shape[i] != '\0' && text[i] != '\0'; i++)
		if (shape[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != '-')
			return 0;
	return shape[i] == text[i];
}

static int refuse_older(const char *url, const char *day, const char *than, struct sdreg_error *err)
{
	char text[200];
	snprintf(text, sizeof(text),
		"this is the registry of %.10s, older than that of %.10s, "
		"which is installed; --force takes it all the same",
		day, than);
	return refuse(err, url, text);
}

/* As many entries may be missing as are in a tenth. */
static int judge_size(const char *url, size_t size, const struct sdreg_registry *old,
	struct sdreg_error *err)
{
	char text[200];
	char size_text[32];
	char was_text[32];
	const size_t was = sdreg_registry_size(old);
	if (size * 10 >= was * 9)
		return 0;
	snprintf(text, sizeof(text),
		"%s %s in it, %s in the installed registry: more than a tenth is missing; "
		"--force takes it all the same",
		say_count(size_text, size), size == 1 ? "entry is" : "entries are",
		say_count(was_text, was));
	return refuse(err, url, text);
}

int judge_registry(const struct sdreg_registry *registry, const struct sdreg_registry *old,
	const char *url, struct sdreg_error *err)
{
	const char *const day = sdreg_registry_updated(registry);
	if (judge_day(registry, url, err) < 0)
		return -1;
	if (old == NULL)
		return 0;
	if (strcmp(day, sdreg_registry_updated(old)) < 0)
		return refuse_older(url, day, sdreg_registry_updated(old), err);
	return judge_size(url, sdreg_registry_size(registry), old, err);
}

int judge_day(const struct sdreg_registry *registry, const char *url, struct sdreg_error *err)
{
	if (is_day(sdreg_registry_updated(registry)))
		return 0;
	return refuse(err, url,
		"the registry does not say of what day it is: is this IANA's XML? "
		"Check --url");
}

int judge_same(const struct sdreg_registry *a, const struct sdreg_registry *b)
{
	size_t a_len;
	size_t b_len;
	const void *const a_bytes = sdreg_registry_image(a, &a_len);
	const void *const b_bytes = sdreg_registry_image(b, &b_len);
	return a_len == b_len && memcmp(a_bytes, b_bytes, a_len) == 0;
}
