/* SPDX-License-Identifier: MIT */
#include <sdreg/error.h>
#include <sdreg/txt.h>

#include <string.h>

int sdreg_txt_item(const char *string, size_t len, struct sdreg_txt_item *item)
{
	const char *const equals = len > 0 ? memchr(string, '=', len) : NULL;
	if (len == 0 || equals == string)
		return SDREG_E_SYNTAX;
	item->key = string;
	item->key_len = equals != NULL ? (size_t)(equals - string) : len;
	item->value = equals != NULL ? equals + 1 : NULL;
	item->value_len = equals != NULL ? len - item->key_len - 1 : 0;
	return SDREG_OK;
}
