/* SPDX-License-Identifier: MIT */
#include <sdreg/version.h>

const char *sdreg_version(void)
{
	return SDREG_VERSION;
}
