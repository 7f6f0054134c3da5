/* SPDX-License-Identifier: MIT */
#include <sdreg/error.h>

const char *sdreg_result_text(int code)
{
	switch (code) {
	case SDREG_OK:
		return "success";
	case SDREG_E_MEMORY:
		return "no memory";
	case SDREG_E_IO:
		return "input or output failed";
	case SDREG_E_FORMAT:
		return "not the expected format";
	case SDREG_E_RECORD:
		return "bad record";
	case SDREG_E_SYNTAX:
		return "cannot be read";
	case SDREG_E_LIMIT:
		return "over a limit";
	case SDREG_E_DAEMON:
		return "no mDNS daemon";
	case SDREG_E_ARGUMENT:
		return "bad argument";
	}
	return "unknown error";
}
