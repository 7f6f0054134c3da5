/* SPDX-License-Identifier: MIT */
#include "common/error.h"
#include "labels.h"
#include "meant.h"

#include <string.h>

int sdreg_type_parse(const char *text, size_t len, struct sdreg_type *type, struct sdreg_error *err)
{
	error_begin(err);
	if (len == 0)
		return error_set(err, SDREG_E_SYNTAX, "the name is empty");
	if (len >= SDREG_DOMAIN_SIZE)
		return error_set(err, SDREG_E_LIMIT,
			"the name is over 255 bytes (RFC 1035 section 2.3.4)");
	if (memchr(text, '\0', len) != NULL)
		return error_set(err, SDREG_E_SYNTAX, "there is a NUL byte: write it as \\000");
	if (meant_is_odd(text, len))
		return meant_odd(text, len, err);
	struct labels labels;
	const int result = labels_split(text, len, &labels, err);
	if (result < 0)
		return result;
	const size_t pair = labels_pair(&labels);
	if (pair == labels.count)
		return meant_no_pair(&labels, err);
	if (!labels_has_front(&labels, pair))
		return meant_no_front(&labels, pair, err);
	return labels_type(&labels, pair, type, err);
}
