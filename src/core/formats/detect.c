/* SPDX-License-Identifier: MIT */

/* What kind of input bytes are: told from the bytes, never from a file's name. */

#include "common/ascii.h"
#include "core/image/image.h"

#include <string.h>

/* UTF-16 with a byte order mark; libxml2 reads it. */
static int is_utf16_xml(const unsigned char *p, size_t len)
{
	return len >= 4 && (memcmp(p, "\xff\xfe<\0", 4) == 0 || memcmp(p, "\xfe\xff\0<", 4) == 0);
}

enum sdreg_format sdreg_format_detect(const void *bytes, size_t len)
{
	const unsigned char *p = bytes;
	if (len >= 8 && memcmp(p, IMAGE_MAGIC, 8) == 0)
		return SDREG_FORMAT_IMAGE;
	if (is_utf16_xml(p, len))
		return SDREG_FORMAT_XML;
	if (len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
		p += 3;
		len -= 3;
	}
	size_t i = 0;
	while (i < len && ascii_is_blank(p[i]))
		i++;
	if (i < len && p[i] == '<')
		return SDREG_FORMAT_XML;
	/* text with a comma in its first line; the header row says the rest */
	for (i = 0; i < len && p[i] != '\n'; i++) {
		if (p[i] == ',')
			return SDREG_FORMAT_CSV;
		if (p[i] < 0x20 && !ascii_is_blank(p[i]))
			break;
	}
	return SDREG_FORMAT_UNKNOWN;
}
