/* SPDX-License-Identifier: MIT */

/* Fuzzes the reader of service types: what it reads, it must write, and read again the same. */

#include "fuzz.h"

#include <sdreg/error.h>
#include <sdreg/type.h>

static void same_bytes(const char *a, size_t a_len, const char *b, size_t b_len)
{
	require(a_len == b_len && memcmp(a, b, a_len) == 0);
}

static void same_type(const struct sdreg_type *a, const struct sdreg_type *b)
{
	require(a->proto == b->proto);
	same_bytes(a->name, a->name_len, b->name, b->name_len);
	same_bytes(a->subtype, a->subtype_len, b->subtype, b->subtype_len);
	same_bytes(a->instance, a->instance_len, b->instance, b->instance_len);
	require(strcmp(a->domain, b->domain) == 0);
	if (a->proto == SDREG_PROTO_OTHER) /* _tcp and _udp are written in lower case */
		require(strcmp(a->proto_label, b->proto_label) == 0);
	require(sdreg_type_faults(a) == sdreg_type_faults(b));
}

/* Writes into a block that is just large enough, and into one that is a byte too small. */
static char *format(const struct sdreg_type *type, unsigned parts, size_t *len)
{
	char whole[SDREG_NAME_SIZE];
	const int n = sdreg_type_format(type, parts, whole, sizeof(whole));
	require(n > 0 && (size_t)n < sizeof(whole) && whole[n] == '\0');
	*len = (size_t)n;
	char *const exact = block(NULL, *len + 1);
	require(sdreg_type_format(type, parts, exact, *len) == SDREG_E_LIMIT && exact[0] == '\0');
	require(sdreg_type_format(type, parts, exact, *len + 1) == n);
	require(memcmp(exact, whole, *len + 1) == 0);
	return exact;
}

static void read_again(const struct sdreg_type *type)
{
	size_t len;
	struct sdreg_type again;
	char *const text = format(type, SDREG_TYPE_PART_ALL, &len);
	char *const copy = block(text, len);
	require(sdreg_type_parse(copy, len, &again, NULL) == SDREG_OK);
	same_type(type, &again);
	free(copy);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sdreg_type type;
	struct sdreg_error err = {.size = sizeof(err)};
	char *const text = block(data, size);
	sdreg_service_name_faults(text, size);
	if (sdreg_type_parse(text, size, &type, &err) == SDREG_OK) {
		require(err.code == 0);
		for (unsigned parts = 0; parts < SDREG_TYPE_PART_ALL; parts++) {
			size_t len;
			free(format(&type, parts, &len));
		}
		read_again(&type);
	} else {
		require(err.code < 0 && err.text[0] != '\0');
	}
	free(text);
	return 0;
}
