/* SPDX-License-Identifier: MIT */

/* sdreg browse, as the sdreg program knows it: another program loads avahi-client and D-Bus. */

#include "cli/common/cli.h"

const struct command command_browse = {
	.name = "browse",
	.arguments = "[OPTIONS] [TYPE...]",
	.summary = "what is on this network, in words",
	.help = "",
	.run = helper_run,
};
