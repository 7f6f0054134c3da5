/* SPDX-License-Identifier: MIT */
#include "common/escape.h"

#include <sdreg/error.h>
#include <sdreg/type.h>

#include <string.h>

/* Writes text into what is left of a buffer; *used counts on, also past its end. */
static void put(char *buf, size_t size, size_t *used, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++, (*used)++)
		if (*used < size)
			buf[*used] = text[i];
}

static void put_label(char *buf, size_t size, size_t *used, const char *label, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)label[i];
		char escaped[ESCAPE_SIZE] = {'\\', (char)c};
		size_t n = 2;
		if (c < 0x20 || c == 0x7f) {
			escape_write(escaped, c);
			n = ESCAPE_SIZE;
		} else if (c != '.' && c != '\\') {
			escaped[0] = (char)c;
			n = 1;
		}
		put(buf, size, used, escaped, n);
	}
}

/* A label of the type itself: a comma, and a blank at its end, stood there with an escape, or the
 * type would not have been read. */
static void put_type_label(char *buf, size_t size, size_t *used, const char *label, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (label[i] == ',' || (label[i] == ' ' && i + 1 == len))
			put(buf, size, used, "\\", 1);
		put_label(buf, size, used, label + i, 1);
	}
}

/* The label before the type. Blanks before an underscore stood there with an escape, too. */
static void put_front_label(char *buf, size_t size, size_t *used, const char *label, size_t len)
{
	size_t blanks = 0;
	while (blanks < len && label[blanks] == ' ')
		blanks++;
	if (blanks > 0 && blanks < len && label[blanks] == '_')
		put(buf, size, used, "\\", 1);
	put_label(buf, size, used, label, len);
}

int sdreg_type_format(const struct sdreg_type *type, unsigned parts, char *buf, size_t size)
{
	size_t used = 0;
	if ((parts & SDREG_TYPE_PART_SUBTYPE) != 0 && type->subtype_len > 0) {
		put_front_label(buf, size, &used, type->subtype, type->subtype_len);
		put(buf, size, &used, "._sub.", 6);
	}
	if ((parts & SDREG_TYPE_PART_INSTANCE) != 0 && type->instance_len > 0) {
		put_front_label(buf, size, &used, type->instance, type->instance_len);
		put(buf, size, &used, ".", 1);
	}
	put(buf, size, &used, "_", 1);
	put_type_label(buf, size, &used, type->name, type->name_len);
	put(buf, size, &used, "._", 2);
	if (type->proto == SDREG_PROTO_OTHER)
		put_type_label(buf, size, &used, type->proto_label, strlen(type->proto_label));
	else
		put(buf, size, &used, type->proto == SDREG_PROTO_TCP ? "tcp" : "udp", 3);
	if ((parts & SDREG_TYPE_PART_DOMAIN) != 0 && type->domain[0] != '\0') {
		put(buf, size, &used, ".", 1);
		put(buf, size, &used, type->domain, strlen(type->domain));
	}
	if (used >= size) {
		if (size > 0)
			buf[0] = '\0';
		return SDREG_E_LIMIT;
	}
	buf[used] = '\0';
	return (int)used;
}
