/* SPDX-License-Identifier: MIT */
#include "utf8.h"

#include <stdint.h>
#include <string.h>

size_t utf8_sequence(const unsigned char *p, size_t len)
{
	if (len == 0)
		return 0;
	if (p[0] < 0x80)
		return 1;
	const size_t need = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
	if (p[0] < 0xc2 || p[0] > 0xf4 || len < need)
		return 0;
	for (size_t i = 1; i < need; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	const int overlong = (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xf0 && p[1] < 0x90);
	const int surrogate = p[0] == 0xed && p[1] > 0x9f;
	const int too_high = p[0] == 0xf4 && p[1] > 0x8f;
	return overlong || surrogate || too_high ? 0 : need;
}

size_t utf8_valid(const void *bytes, size_t len)
{
	const unsigned char *const p = bytes;
	size_t i = 0;
	while (i < len) {
		uint64_t word;
		if (len - i >= sizeof(word)) { /* nearly all real text is ASCII */
			memcpy(&word, p + i, sizeof(word));
			if ((word & 0x8080808080808080U) == 0) {
				i += sizeof(word);
				continue;
			}
		}
		const size_t n = utf8_sequence(p + i, len - i);
		if (n == 0)
			return i;
		i += n;
	}
	return len;
}
