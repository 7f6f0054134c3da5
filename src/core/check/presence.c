/* SPDX-License-Identifier: MIT */
#include "presence.h"

#include "common/ascii.h"
#include "common/sized.h"
#include "common/utf8.h"
#include "core/base/txt.h"

#include <sdreg/error.h>

#include <stdio.h>
#include <string.h>

/* Presence out of a TXT record, and into one. */

/* ---- values ---- */

const char *sdreg_status_text(enum sdreg_status status)
{
	switch (status) {
	case SDREG_STATUS_AVAILABLE:
		return "avail";
	case SDREG_STATUS_AWAY:
		return "away";
	case SDREG_STATUS_BUSY:
		return "dnd";
	}
	return "unknown status";
}

int presence_status(const char *value, size_t len, enum sdreg_status *status)
{
	for (int i = SDREG_STATUS_AVAILABLE; i <= SDREG_STATUS_BUSY; i++) {
		const char *const text = sdreg_status_text((enum sdreg_status)i);
		if (strlen(text) == len && memcmp(text, value, len) == 0) {
			*status = (enum sdreg_status)i;
			return 1;
		}
	}
	return 0;
}

int presence_hash(const char *value, size_t len, unsigned char hash[PRESENCE_HASH_SIZE])
{
	unsigned char bytes[PRESENCE_HASH_SIZE];
	if (len != 2 * sizeof(bytes))
		return 0;
	for (size_t i = 0; i < sizeof(bytes); i++) {
		const int high = ascii_hex((unsigned char)value[2 * i]);
		const int low = ascii_hex((unsigned char)value[2 * i + 1]);
		if (high < 0 || low < 0)
			return 0;
		bytes[i] = (unsigned char)(high * 16 + low);
	}
	memcpy(hash, bytes, sizeof(bytes));
	return 1;
}

int presence_port(const char *value, size_t len, uint16_t *port)
{
	unsigned long number = 0;
	if (len == 0 || len > 5)
		return 0;
	for (size_t i = 0; i < len; i++) {
		if (!ascii_is_digit((unsigned char)value[i]))
			return 0;
		number = number * 10 + (unsigned char)value[i] - '0';
	}
	if (number == 0 || number > UINT16_MAX)
		return 0;
	*port = (uint16_t)number;
	return 1;
}

static const struct can_letter {
	char letter;
	unsigned can;
} can_letters[] = {
	{'A', SDREG_PRESENCE_CAN_AUDIO},
	{'V', SDREG_PRESENCE_CAN_VIDEO},
	{'C', SDREG_PRESENCE_CAN_CONFERENCE},
	{'!', SDREG_PRESENCE_CAN_NOW},
};

enum { CAN_COUNT = sizeof(can_letters) / sizeof(can_letters[0]) };

static unsigned read_can(struct sdreg_text letters)
{
	unsigned can = 0;
	for (size_t i = 0; i < CAN_COUNT; i++)
		if (letters.len > 0 && memchr(letters.at, can_letters[i].letter, letters.len))
			can |= can_letters[i].can;
	return can;
}

/* ---- reading ---- */

/* A key without value is as one that is not there. */
static struct sdreg_text text_of(const struct sdreg_txt *txt, const char *key)
{
	struct sdreg_txt_item item;
	if (!sdreg_txt_find(txt, key, strlen(key), &item))
		return (struct sdreg_text){NULL, 0};
	return (struct sdreg_text){item.value, item.value_len};
}

void sdreg_presence_read(const struct sdreg_txt *txt, struct sdreg_presence *presence)
{
	const struct sdreg_text status = text_of(txt, "status");
	const struct sdreg_text port = text_of(txt, "port.p2pj");
	const struct sdreg_text picture = text_of(txt, "phsh");
	struct sdreg_presence p = {.size = sizeof(p)};
	p.first = text_of(txt, "1st");
	p.last = text_of(txt, "last");
	p.nick = text_of(txt, "nick");
	p.emails = text_of(txt, "email");
	p.jids = text_of(txt, "jid");
	p.message = text_of(txt, "msg");
	p.can = read_can(text_of(txt, "vc"));
	p.node = text_of(txt, "node");
	p.hash = text_of(txt, "hash");
	p.ver = text_of(txt, "ver");
	p.ext = text_of(txt, "ext");
	p.txtvers = text_of(txt, "txtvers");
	presence_status(status.at, status.len, &p.status);
	presence_port(port.at, port.len, &p.port);
	p.has_picture = presence_hash(picture.at, picture.len, p.picture);
	sized_write(presence, &p, sizeof(p));
}

/* ---- writing ---- */

static int put(struct sdreg_txt *txt, const char *key, struct sdreg_text value)
{
	if (value.len > 0)
		return sdreg_txt_set(txt, key, strlen(key), value.at, value.len);
	sdreg_txt_remove(txt, key, strlen(key));
	return SDREG_OK;
}

/* What people wrote, and will rather see cut than not at all. */
static int put_cut(struct sdreg_txt *txt, const char *key, struct sdreg_text value)
{
	value.len = utf8_fit(value.at, value.len, SDREG_TXT_STRING_MAX - strlen(key) - 1);
	return put(txt, key, value);
}

static int put_port(struct sdreg_txt *txt, uint16_t port)
{
	char text[8];
	const int len = snprintf(text, sizeof(text), "%u", (unsigned)port);
	return put(txt, "port.p2pj", (struct sdreg_text){text, port > 0 ? (size_t)len : 0});
}

static int put_can(struct sdreg_txt *txt, unsigned can)
{
	char letters[CAN_COUNT];
	size_t len = 0;
	for (size_t i = 0; i < CAN_COUNT; i++)
		if ((can & can_letters[i].can) != 0)
			letters[len++] = can_letters[i].letter;
	return put(txt, "vc", (struct sdreg_text){letters, len});
}

static int put_picture(struct sdreg_txt *txt, const struct sdreg_presence *presence)
{
	char hex[2 * PRESENCE_HASH_SIZE + 1] = "";
	for (size_t i = 0; presence->has_picture && i < PRESENCE_HASH_SIZE; i++)
		snprintf(hex + 2 * i, 3, "%02x", presence->picture[i]);
	return put(txt, "phsh", (struct sdreg_text){hex, strlen(hex)});
}

static int put_all(struct sdreg_txt *txt, const struct sdreg_presence *p)
{
	const int results[] = {
		put(txt, "txtvers", sdreg_text_of("1")),
		put_cut(txt, "1st", p->first),
		put_cut(txt, "last", p->last),
		put_cut(txt, "nick", p->nick),
		put(txt, "email", p->emails),
		put(txt, "jid", p->jids),
		put_cut(txt, "msg", p->message),
		put(txt, "status", sdreg_text_of(sdreg_status_text(p->status))),
		put_picture(txt, p),
		put_port(txt, p->port),
		put_can(txt, p->can),
		put(txt, "node", p->node),
		put(txt, "hash", p->hash),
		put(txt, "ver", p->ver),
		put(txt, "ext", p->ext),
	};
	for (size_t i = 0; i < sizeof(results) / sizeof(results[0]); i++)
		if (results[i] < 0)
			return results[i];
	return SDREG_OK;
}

int sdreg_presence_write(const struct sdreg_presence *presence, struct sdreg_txt *txt)
{
	struct sdreg_presence sized = {.size = sizeof(sized)};
	if (!sized_take(&sized, sizeof(sized), presence))
		return SDREG_E_ARGUMENT;
	struct sdreg_txt *const fresh = sdreg_txt_new();
	if (fresh == NULL)
		return SDREG_E_MEMORY;
	int result = txt_add_all(fresh, txt);
	if (result == SDREG_OK)
		result = put_all(fresh, &sized);
	if (result == SDREG_OK) {
		const struct sdreg_txt old = *txt;
		fresh->lost_order = txt->lost_order;
		*txt = *fresh;
		*fresh = old;
	}
	sdreg_txt_free(fresh);
	return result;
}

/* ---- for people ---- */

int sdreg_next_word(struct sdreg_text *rest, struct sdreg_text *word)
{
	while (rest->len > 0 && *rest->at == ' ') {
		rest->at++;
		rest->len--;
	}
	size_t len = 0;
	while (len < rest->len && rest->at[len] != ' ')
		len++;
	if (len == 0)
		return 0;
	*word = (struct sdreg_text){rest->at, len};
	rest->at += len;
	rest->len -= len;
	return 1;
}

static int is_blank(struct sdreg_text text)
{
	struct sdreg_text word;
	return !sdreg_next_word(&text, &word);
}

/* Adds what there is room for; a name has no NUL in it. */
static size_t append(char *buf, size_t size, size_t at, struct sdreg_text text)
{
	const size_t len = utf8_fit(text.at, text.len, size - 1 - at);
	for (size_t i = 0; i < len; i++)
		buf[at + i] = text.at[i] != '\0' ? text.at[i] : '?';
	buf[at + len] = '\0';
	return at + len;
}

size_t sdreg_presence_name(const struct sdreg_presence *given, const char *instance, size_t len,
	char *buf, size_t size)
{
	struct sdreg_presence sized = {.size = sizeof(sized)};
	const struct sdreg_presence *const presence = &sized;
	static const struct sdreg_text space = {" ", 1};
	struct sdreg_text user = {instance, len};
	struct sdreg_text machine;
	if (size == 0)
		return 0;
	buf[0] = '\0';
	sized_take(&sized, sizeof(sized), given); /* of one without a size nothing is said */
	if (!is_blank(presence->nick))
		return append(buf, size, 0, presence->nick);
	const int has_last = !is_blank(presence->last);
	if (!is_blank(presence->first)) {
		size_t end = append(buf, size, 0, presence->first);
		if (has_last)
			end = append(buf, size, append(buf, size, end, space), presence->last);
		return end;
	}
	if (has_last)
		return append(buf, size, 0, presence->last);
	sdreg_presence_split(instance, len, &user, &machine);
	return append(buf, size, 0, user);
}
