/* SPDX-License-Identifier: MIT */
#include "check.h"

#include "cli/common/number.h"

#include <string.h>

enum {
	OPTION_SYNTAX = OPTION_OWN,
	OPTION_STRICT,
	OPTION_LIVE,
	OPTION_INSTANCE,
	OPTION_HOST,
	OPTION_PORT,
	OPTION_ADDRESS,
	OPTION_PRINTED,
	OPTION_WIRE,
	OPTION_TIMEOUT,
};

static const struct option options[] = {
	{"syntax", NULL, OPTION_SYNTAX},
	{"strict", NULL, OPTION_STRICT},
	{"live", NULL, OPTION_LIVE},
	{"instance", "NAME", OPTION_INSTANCE},
	{"host", "NAME", OPTION_HOST},
	{"port", "N", OPTION_PORT},
	{"address", "A", OPTION_ADDRESS},
	{"printed", "TEXT", OPTION_PRINTED},
	{"wire", "FILE", OPTION_WIRE},
	{"domain", "D", 'd'},
	{"timeout", "S", OPTION_TIMEOUT},
	{NULL, NULL, 0},
};

static int read_port(const char *text, struct check_options *o)
{
	char *end;
	const unsigned long port = strtoul(text, &end, 10);
	if (strspn(text, "0123456789") == 0 || *end != '\0' || port > UINT16_MAX)
		return -1;
	o->has_port = 1;
	o->port = (uint16_t)port;
	return 0;
}

static void set_flag(struct check_options *o, int option)
{
	o->syntax_only |= option == OPTION_SYNTAX;
	o->strict |= option == OPTION_STRICT;
	o->live |= option == OPTION_LIVE;
}

/* NULL, or what is wrong with the value. */
static const char *take(struct check_options *o, int option, const char *value)
{
	switch (option) {
	case OPTION_PORT:
		return read_port(value, o) < 0 ? "--port takes 0 to 65535" : NULL;
	case OPTION_TIMEOUT:
		return number_read_seconds(value, &o->timeout_ms) < 0
			? "--timeout takes 1 to 3600 seconds"
			: NULL;
	case OPTION_INSTANCE:
		o->instance = value;
		break;
	case OPTION_HOST:
		o->host = value;
		break;
	case OPTION_ADDRESS:
		o->address = value;
		break;
	case OPTION_PRINTED:
		o->printed = value;
		break;
	case OPTION_WIRE:
		o->wire = value;
		break;
	case 'd':
		o->domain = value;
		break;
	default:
		set_flag(o, option);
	}
	return NULL;
}

/* What does not go together, or NULL. */
static const char *find_conflict(const struct check_options *o, const struct arguments *arguments)
{
	if (!o->live && (o->domain != NULL || o->timeout_ms != 0))
		return "--domain and --timeout go with --live";
	if (!o->live)
		return NULL;
	if (o->instance != NULL || o->host != NULL || o->has_port || o->address != NULL ||
		o->printed != NULL || o->wire != NULL)
		return "--live checks what is on the network: name no --instance, --host, --port, "
		       "--address, --printed or --wire";
	for (size_t i = 0; i < arguments->count; i++)
		if (strchr(arguments->words[i], '=') != NULL)
			return "--live checks what is on the network: name no TXT strings";
	return NULL;
}

int check_read_options(struct cli *cli, const struct command *self, struct arguments *arguments,
	struct check_options *o)
{
	int option;
	memset(o, 0, sizeof(*o));
	while ((option = cli_option(cli, self, arguments, options)) != ARGUMENTS_END) {
		const char *const trouble = take(o, option, arguments->value);
		if (trouble != NULL)
			return cli_usage(self, trouble);
	}
	const char *const conflict = find_conflict(o, arguments);
	return conflict != NULL ? cli_usage(self, conflict) : 0;
}
