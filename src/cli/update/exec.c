/* SPDX-License-Identifier: MIT */

/* sdreg update, as the sdreg program knows it: another program loads libcurl and libxml2. */

#include "cli/common/cli.h"

const struct command command_update = {
	.name = "update",
	.arguments = "[OPTIONS]",
	.summary = "the newest registry from IANA",
	.help = "",
	.run = helper_run,
};
