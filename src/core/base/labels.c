/* SPDX-License-Identifier: MIT */
#include "labels.h"

#include "common/ascii.h"
#include "common/error.h"
#include "common/escape.h"

#include <string.h>

enum {
	LABEL_MAX = 63, /* RFC 1035 section 2.3.4 */
	WIRE_MAX = 255,
};

/* Reads the character at *i of a label and moves on; -1 for a broken escape. */
static int next_byte(const char *at, size_t len, size_t *i)
{
	const unsigned char c = (unsigned char)at[(*i)++];
	if (c != '\\')
		return c;
	if (*i == len)
		return -1;
	if (!ascii_is_digit((unsigned char)at[*i]))
		return (unsigned char)at[(*i)++];
	const int value = escape_read(at + *i, len - *i);
	*i += ESCAPE_DIGITS;
	return value;
}

int label_read(const struct label *label, char out[SDREG_LABEL_SIZE], struct sdreg_error *err)
{
	int n = 0;
	for (size_t i = 0; i < label->len;) {
		const int c = next_byte(label->at, label->len, &i);
		if (c < 0)
			return error_set(err, SDREG_E_SYNTAX,
				"a backslash must be followed by a character or by three digits "
				"up to 255 (RFC 6763 section 4.3)");
		if (n == LABEL_MAX)
			return error_set(err, SDREG_E_LIMIT,
				"a label is over 63 bytes (RFC 1035 section 2.3.4)");
		out[n++] = (char)c;
	}
	out[n] = '\0';
	return n;
}

static enum label_kind kind_of(const char *label, size_t len)
{
	if (len == 0 || label[0] != '_')
		return LABEL_PLAIN;
	if (len == 4 && ascii_equal(label, "_sub", 4))
		return LABEL_SUB;
	if (len == 4 && ascii_equal(label, "_tcp", 4))
		return LABEL_TCP;
	return len == 4 && ascii_equal(label, "_udp", 4) ? LABEL_UDP : LABEL_UNDERSCORE;
}

int labels_split(const char *text, size_t len, struct labels *out, struct sdreg_error *err)
{
	size_t start = 0;
	size_t wire = 1;
	out->count = 0;
	for (size_t i = 0; i <= len; i++) {
		if (i + 1 < len && text[i] == '\\') {
			i++;
			continue;
		}
		if (i < len && text[i] != '.')
			continue;
		if (i == start && i == len)
			break; /* a final dot */
		if (i == start)
			return error_set(err, SDREG_E_SYNTAX, "a label is empty");
		char label[SDREG_LABEL_SIZE];
		struct label at = {text + start, i - start, LABEL_PLAIN};
		const int n = label_read(&at, label, err);
		if (n < 0)
			return n;
		wire += (size_t)n + 1;
		if (wire > WIRE_MAX)
			return error_set(err, SDREG_E_LIMIT,
				"the name is over 255 bytes (RFC 1035 section 2.3.4)");
		at.kind = kind_of(label, (size_t)n);
		out->label[out->count++] = at;
		start = i + 1;
	}
	return SDREG_OK;
}

size_t labels_pair(const struct labels *labels)
{
	size_t other = labels->count;
	for (size_t i = 0; i + 1 < labels->count; i++) {
		const enum label_kind second = labels->label[i + 1].kind;
		if (labels->label[i].kind == LABEL_PLAIN || second == LABEL_PLAIN)
			continue;
		if (second == LABEL_TCP || second == LABEL_UDP)
			return i;
		const int after_subtype = i > 0 && labels->label[i].kind == LABEL_SUB;
		if (other == labels->count && second != LABEL_SUB && !after_subtype)
			other = i;
	}
	return other;
}

/* What stands before the type: nothing, an instance, or a subtype and _sub. */
static int read_front(const struct labels *labels, size_t pair, struct sdreg_type *type,
	struct sdreg_error *err)
{
	if (pair == 0)
		return SDREG_OK;
	const int is_subtype = labels->label[pair - 1].kind == LABEL_SUB;
	const int n =
		label_read(&labels->label[0], is_subtype ? type->subtype : type->instance, err);
	if (n < 0)
		return n;
	type->subtype_len = (unsigned char)(is_subtype ? n : 0);
	type->instance_len = (unsigned char)(is_subtype ? 0 : n);
	return SDREG_OK;
}

/* Reads a label of the type, without its underscore. Gives its length. */
static int read_label(const struct label *label, char out[SDREG_LABEL_SIZE],
	struct sdreg_error *err)
{
	const int n = label_read(label, out, err);
	if (n < 0)
		return n;
	memmove(out, out + 1, (size_t)n);
	return n - 1;
}

static int read_pair(const struct labels *labels, size_t pair, struct sdreg_type *type,
	struct sdreg_error *err)
{
	const struct label *const proto = &labels->label[pair + 1];
	const int name_len = read_label(&labels->label[pair], type->name, err);
	if (name_len < 0)
		return name_len;
	type->name_len = (unsigned char)name_len;
	type->proto = SDREG_PROTO_OTHER;
	if (proto->kind == LABEL_TCP || proto->kind == LABEL_UDP)
		type->proto = proto->kind == LABEL_TCP ? SDREG_PROTO_TCP : SDREG_PROTO_UDP;
	const int proto_len = read_label(proto, type->proto_label, err);
	if (proto_len < 0)
		return proto_len;
	if (memchr(type->proto_label, '\0', (size_t)proto_len) != NULL)
		return error_set(err, SDREG_E_SYNTAX, "the second label has a NUL byte");
	return SDREG_OK;
}

static void read_domain(const struct labels *labels, size_t first, struct sdreg_type *type)
{
	if (first >= labels->count)
		return;
	const char *const from = labels->label[first].at;
	const struct label *const last = &labels->label[labels->count - 1];
	const size_t len = (size_t)(last->at + last->len - from);
	memcpy(type->domain, from, len);
	type->domain[len] = '\0';
}

int labels_type(const struct labels *labels, size_t pair, struct sdreg_type *type,
	struct sdreg_error *err)
{
	struct sdreg_type read;
	memset(&read, 0, sizeof(read));
	int result = read_pair(labels, pair, &read, err);
	if (result == SDREG_OK)
		result = read_front(labels, pair, &read, err);
	if (result < 0)
		return result;
	read_domain(labels, pair + 2, &read);
	*type = read;
	return SDREG_OK;
}
