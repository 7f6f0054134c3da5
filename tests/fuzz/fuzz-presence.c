/* SPDX-License-Identifier: MIT */

/* Fuzzes the presence profile from both ends: a presence made of the input is written and read
 * again the same, save what was cut; a record with foreign keys keeps them; instance names are cut,
 * joined and renamed without leaving their labels. */

#include "fuzz.h"

#include <sdreg.h>

#include <stdio.h>

/* The input, taken off piece by piece; nothing once it is used up. */
struct input {
	const char *at;
	size_t left;
};

static unsigned byte(struct input *in)
{
	if (in->left == 0)
		return 0;
	in->left--;
	return (unsigned char)*in->at++;
}

/* A text of up to 320 bytes, longer than a string of a record may be; or none. Its bytes lie in a
 * block of their own, to be freed. */
static struct sdreg_text piece(struct input *in)
{
	size_t len = byte(in) * 5 / 4;
	if (len == 0)
		return (struct sdreg_text){NULL, 0};
	len = len < in->left ? len : in->left;
	const struct sdreg_text text = {block(in->at, len), len};
	in->at += len;
	in->left -= len;
	return text;
}

static struct sdreg_text *nth_text(struct sdreg_presence *p, size_t nth)
{
	struct sdreg_text *const texts[] = {&p->first, &p->last, &p->nick, &p->message, &p->emails,
		&p->jids, &p->node, &p->hash, &p->ver, &p->ext};
	return nth < sizeof(texts) / sizeof(texts[0]) ? texts[nth] : NULL;
}

enum { CUT_TEXTS = 4 /* the first of them are cut where they are too long */ };

static void fill(struct sdreg_presence *p, struct input *in)
{
	memset(p, 0, sizeof(*p));
	p->size = sizeof(*p);
	p->status = (enum sdreg_status)(byte(in) % 3);
	p->port = (uint16_t)(byte(in) << 8);
	p->port |= (uint16_t)byte(in);
	p->can = byte(in) & 15;
	p->has_picture = byte(in) & 1;
	for (size_t i = 0; p->has_picture && i < sizeof(p->picture); i++)
		p->picture[i] = (unsigned char)byte(in);
	for (size_t i = 0; nth_text(p, i) != NULL; i++)
		*nth_text(p, i) = piece(in);
}

static void empty(struct sdreg_presence *p)
{
	for (size_t i = 0; nth_text(p, i) != NULL; i++)
		free((void *)nth_text(p, i)->at);
}

static void same(struct sdreg_presence *a, struct sdreg_presence *b)
{
	require(a->status == b->status && a->port == b->port && a->can == b->can);
	require(a->has_picture == b->has_picture);
	require(memcmp(a->picture, b->picture, sizeof(a->picture)) == 0);
	for (size_t i = 0; nth_text(a, i) != NULL; i++) {
		const struct sdreg_text left = *nth_text(a, i);
		const struct sdreg_text right = *nth_text(b, i);
		require(i < CUT_TEXTS ? right.len <= left.len : right.len == left.len);
		require(right.len == 0 || memcmp(left.at, right.at, right.len) == 0);
		require(right.len == left.len || left.len > 200);
	}
}

static void write_and_read(struct sdreg_presence *presence, struct input *in)
{
	struct sdreg_txt *const txt = sdreg_txt_new();
	struct sdreg_presence again = {.size = sizeof(again)};
	struct sdreg_txt_item item;
	char name[3];
	require(txt != NULL && sdreg_txt_set(txt, "x-own", 5, "kept", 4) == SDREG_OK);
	const size_t foreign = byte(in) * 260U; /* up to more than a record takes */
	for (size_t i = 0; i < foreign / 255; i++)
		require(sdreg_txt_add(txt, "y=", 2) == SDREG_OK);
	const size_t before = sdreg_txt_wire_size(txt);
	const int result = sdreg_presence_write(presence, txt);
	require(sdreg_txt_find(txt, "X-Own", 5, &item) && item.value_len == 4);
	if (result == SDREG_OK) {
		sdreg_presence_read(txt, &again);
		same(presence, &again);
		require(sdreg_txt_wire_size(txt) <= SDREG_TXT_RECORD_MAX);
		const size_t len = sdreg_presence_name(&again, NULL, 0, name, sizeof(name));
		require(len < sizeof(name) && strlen(name) == len);
	} else {
		require(result == SDREG_E_LIMIT && sdreg_txt_wire_size(txt) == before);
	}
	sdreg_txt_free(txt);
}

/* ---- instance names ---- */

/* Whether a name ends with a hyphen and this number: one that is full then stays as it is. */
static int has_number(const char *name, unsigned number)
{
	char end[16];
	const int len = snprintf(end, sizeof(end), "-%u", number);
	return strlen(name) >= (size_t)len && strcmp(name + strlen(name) - (size_t)len, end) == 0;
}

static void rename_all(const char *name)
{
	static const unsigned numbers[] = {0, 1, 10, 9999, 10000};
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		char *const renamed = block(NULL, SDREG_LABEL_SIZE);
		const int len = sdreg_presence_rename(name, strlen(name), numbers[i], renamed);
		require(len < SDREG_LABEL_SIZE && strlen(renamed) == (len > 0 ? (size_t)len : 0));
		require(len == SDREG_E_LIMIT ||
			(has_number(renamed, numbers[i]) &&
				(strcmp(name, renamed) != 0 || has_number(name, numbers[i]))));
		free(renamed);
	}
}

static void join(const char *user, const char *machine)
{
	struct sdreg_text parts[2];
	char *const name = block(NULL, SDREG_LABEL_SIZE);
	const int len = sdreg_presence_join(user, strlen(user), machine, strlen(machine), name);
	require(len == SDREG_E_SYNTAX || len == SDREG_E_LIMIT || len > 2);
	require(len < SDREG_LABEL_SIZE && strlen(name) == (len > 0 ? (size_t)len : 0));
	if (len > 0) {
		require(sdreg_presence_split(name, strlen(name), &parts[0], &parts[1]));
		require(parts[1].len == strcspn(machine, "."));
		require(memcmp(parts[0].at, user, parts[0].len) == 0);
		rename_all(name);
	}
	free(name);
}

static void room(const char *name, const char *domain)
{
	char *const host = block(NULL, SDREG_NAME_SIZE);
	struct sdreg_type type;
	const int len = sdreg_clique_host(name, strlen(name), domain,
		domain != NULL ? strlen(domain) : 0, host, SDREG_NAME_SIZE);
	require(len == SDREG_E_LIMIT || (len > 0 && strlen(host) == (size_t)len));
	if (len > 0 && domain == NULL) {
		require(sdreg_type_parse(host, (size_t)len, &type, NULL) == SDREG_OK);
		require(strcmp(type.instance, name) == 0 && strcmp(type.domain, "local") == 0);
	}
	free(host);
}

static char *string(struct input *in)
{
	const struct sdreg_text text = piece(in);
	char *const copy = block(NULL, text.len + 1);
	if (text.len > 0)
		memcpy(copy, text.at, text.len);
	copy[text.len] = '\0';
	free((void *)text.at);
	return copy;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = {(const char *)data, size};
	struct sdreg_presence presence = {.size = sizeof(presence)};
	fill(&presence, &in);
	write_and_read(&presence, &in);
	char *const user = string(&in);
	char *const machine = string(&in);
	char buf[80];
	const size_t len = sdreg_presence_name(&presence, user, strlen(user), buf, sizeof(buf));
	require(len < sizeof(buf) && strlen(buf) == len);
	join(user, machine);
	rename_all(user);
	room(user, NULL);
	room(user, machine);
	free(machine);
	free(user);
	empty(&presence);
	return 0;
}
