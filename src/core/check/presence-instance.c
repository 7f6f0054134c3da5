/* SPDX-License-Identifier: MIT */
#include "common/utf8.h"

#include <sdreg/error.h>
#include <sdreg/presence.h>

#include <stdio.h>
#include <string.h>

/* Instance names of link-local messaging: user@machine (XEP-0174 section 3), and the host name of a
 * Clique room. */

enum {
	LABEL_MAX = SDREG_LABEL_SIZE - 1,
	NUMBER_MAX = 9999,
};

int sdreg_presence_split(const char *name, size_t len, struct sdreg_text *user,
	struct sdreg_text *machine)
{
	const char *const at = len > 0 ? memrchr(name, '@', len) : NULL;
	if (at == NULL || at == name || at == name + len - 1)
		return 0;
	*user = (struct sdreg_text){name, (size_t)(at - name)};
	*machine = (struct sdreg_text){at + 1, len - user->len - 1};
	return 1;
}

static int is_user(const char *user, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)user[i] < 0x20 || user[i] == 0x7f)
			return 0;
	return len > 0 && utf8_valid(user, len) == len;
}

static int is_machine(const char *machine, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (machine[i] <= 0x20 || machine[i] > 0x7e || machine[i] == '@')
			return 0;
	return len > 0;
}

int sdreg_presence_join(const char *user, size_t user_len, const char *machine, size_t machine_len,
	char name[SDREG_LABEL_SIZE])
{
	const char *const dot = machine_len > 0 ? memchr(machine, '.', machine_len) : NULL;
	if (dot != NULL)
		machine_len = (size_t)(dot - machine);
	name[0] = '\0';
	if (!is_user(user, user_len) || !is_machine(machine, machine_len))
		return SDREG_E_SYNTAX;
	if (machine_len > LABEL_MAX - 2)
		return SDREG_E_LIMIT;
	user_len = utf8_fit(user, user_len, LABEL_MAX - 1 - machine_len);
	if (user_len == 0)
		return SDREG_E_LIMIT;
	memcpy(name, user, user_len);
	name[user_len] = '@';
	memcpy(name + user_len + 1, machine, machine_len);
	name[user_len + 1 + machine_len] = '\0';
	return (int)(user_len + 1 + machine_len);
}

int sdreg_presence_rename(const char *name, size_t len, unsigned number,
	char renamed[SDREG_LABEL_SIZE])
{
	struct sdreg_text user = {name, len};
	struct sdreg_text machine = {NULL, 0};
	char tail[SDREG_LABEL_SIZE];
	renamed[0] = '\0';
	if (number < 1 || number > NUMBER_MAX)
		return SDREG_E_LIMIT;
	if (len > 0 && memchr(name, '\0', len) != NULL)
		return SDREG_E_SYNTAX;
	const int is_pair = sdreg_presence_split(name, len, &user, &machine);
	const size_t kept = machine.len < LABEL_MAX ? machine.len : LABEL_MAX;
	snprintf(tail, sizeof(tail), "%.*s-%u", is_pair ? (int)kept + 1 : 0,
		is_pair ? machine.at - 1 : "", number);
	const size_t tail_len = strlen(tail); /* one that was cut leaves no room for a user */
	const size_t user_len = utf8_fit(user.at, user.len, LABEL_MAX - tail_len);
	if (user_len == 0)
		return SDREG_E_LIMIT;
	memcpy(renamed, user.at, user_len);
	memcpy(renamed + user_len, tail, tail_len + 1);
	return (int)(user_len + tail_len);
}

int sdreg_clique_host(const char *room, size_t room_len, const char *domain, size_t domain_len,
	char *buf, size_t size)
{
	struct sdreg_type type = {.name = "clique",
		.name_len = 6,
		.proto_label = "udp",
		.proto = SDREG_PROTO_UDP,
		.domain = "local"};
	if (size > 0)
		buf[0] = '\0';
	if (room_len == 0 || room_len > LABEL_MAX || domain_len >= sizeof(type.domain))
		return SDREG_E_LIMIT;
	if (domain_len > 0 && memchr(domain, '\0', domain_len) != NULL)
		return SDREG_E_SYNTAX;
	memcpy(type.instance, room, room_len);
	type.instance_len = (unsigned char)room_len;
	if (domain_len > 0)
		snprintf(type.domain, sizeof(type.domain), "%.*s", (int)domain_len, domain);
	return sdreg_type_format(&type, SDREG_TYPE_PART_ALL, buf, size);
}
