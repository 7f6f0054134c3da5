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

int sdreg_presence_split(const char *name, struct sdreg_text *user, struct sdreg_text *machine)
{
	const char *const at = strrchr(name, '@');
	if (at == NULL || at == name || at[1] == '\0')
		return 0;
	*user = (struct sdreg_text){name, (size_t)(at - name)};
	*machine = (struct sdreg_text){at + 1, strlen(at + 1)};
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

int sdreg_presence_join(const char *user, const char *machine, char name[SDREG_LABEL_SIZE])
{
	const size_t machine_len = strcspn(machine, ".");
	name[0] = '\0';
	if (!is_user(user, strlen(user)) || !is_machine(machine, machine_len))
		return SDREG_E_SYNTAX;
	if (machine_len > LABEL_MAX - 2)
		return SDREG_E_LIMIT;
	const size_t user_len = utf8_fit(user, strlen(user), LABEL_MAX - 1 - machine_len);
	if (user_len == 0)
		return SDREG_E_LIMIT;
	memcpy(name, user, user_len);
	name[user_len] = '@';
	memcpy(name + user_len + 1, machine, machine_len);
	name[user_len + 1 + machine_len] = '\0';
	return (int)(user_len + 1 + machine_len);
}

int sdreg_presence_rename(const char *name, unsigned number, char renamed[SDREG_LABEL_SIZE])
{
	struct sdreg_text user = {name, strlen(name)};
	struct sdreg_text machine = {NULL, 0};
	char tail[SDREG_LABEL_SIZE];
	renamed[0] = '\0';
	if (number < 1 || number > NUMBER_MAX)
		return SDREG_E_LIMIT;
	const int is_pair = sdreg_presence_split(name, &user, &machine);
	snprintf(tail, sizeof(tail), "%s-%u", is_pair ? machine.at - 1 : "", number);
	const size_t tail_len = strlen(tail); /* one that was cut leaves no room for a user */
	const size_t user_len = utf8_fit(user.at, user.len, LABEL_MAX - tail_len);
	if (user_len == 0)
		return SDREG_E_LIMIT;
	memcpy(renamed, user.at, user_len);
	memcpy(renamed + user_len, tail, tail_len + 1);
	return (int)(user_len + tail_len);
}

int sdreg_clique_host(const char *room, const char *domain, char *buf, size_t size)
{
	struct sdreg_type type = {.name = "clique",
		.name_len = 6,
		.proto_label = "udp",
		.proto = SDREG_PROTO_UDP};
	const char *const in = domain != NULL ? domain : "local";
	if (size > 0)
		buf[0] = '\0';
	if (strlen(room) == 0 || strlen(room) > LABEL_MAX || strlen(in) >= sizeof(type.domain))
		return SDREG_E_LIMIT;
	memcpy(type.instance, room, strlen(room));
	type.instance_len = (unsigned char)strlen(room);
	memcpy(type.domain, in, strlen(in) + 1);
	return sdreg_type_format(&type, SDREG_TYPE_PART_ALL, buf, size);
}
