/* SPDX-License-Identifier: MIT */
#include "common/ascii.h"
#include "common/error.h"
#include "common/escape.h"

#include <sdreg/type.h>

#include <string.h>

enum {
	LABELS_MAX = 127, /* 255 bytes of wire name hold no more */
	LABEL_MAX = 63, /* RFC 1035 section 2.3.4 */
	WIRE_MAX = 255,
};

/* A label as it stands in the text, escapes and all. */
struct span {
	const char *at;
	size_t len;
};

/* What a label is, its escapes taken out: how it is written must make no difference. */
enum kind {
	LABEL_PLAIN,
	LABEL_UNDERSCORE, /* begins with an underscore */
	LABEL_SUB,
	LABEL_TCP,
	LABEL_UDP,
};

struct label {
	struct span span;
	enum kind kind;
};

struct labels {
	struct label label[LABELS_MAX];
	size_t count;
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

/* Takes the escapes out of a label. Gives its length, or a negative result. */
static int unescape(struct span label, char out[SDREG_LABEL_SIZE], struct sdreg_error *err)
{
	int n = 0;
	for (size_t i = 0; i < label.len;) {
		const int c = next_byte(label.at, label.len, &i);
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

static enum kind kind_of(const char *label, size_t len)
{
	if (len == 0 || label[0] != '_')
		return LABEL_PLAIN;
	if (len == 4 && ascii_equal(label, "_sub", 4))
		return LABEL_SUB;
	if (len == 4 && ascii_equal(label, "_tcp", 4))
		return LABEL_TCP;
	return len == 4 && ascii_equal(label, "_udp", 4) ? LABEL_UDP : LABEL_UNDERSCORE;
}

/* Cuts a name at its dots. Labels are checked, with their escapes taken out, on the way. */
static int split(const char *text, size_t len, struct labels *out, struct sdreg_error *err)
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
		const struct span span = {text + start, i - start};
		const int n = unescape(span, label, err);
		if (n < 0)
			return n;
		wire += (size_t)n + 1;
		if (wire > WIRE_MAX)
			return error_set(err, SDREG_E_LIMIT,
				"the name is over 255 bytes (RFC 1035 section 2.3.4)");
		out->label[out->count++] = (struct label){span, kind_of(label, (size_t)n)};
		start = i + 1;
	}
	return SDREG_OK;
}

/* Index of the label with the service name. A pair that ends in _tcp or _udp goes before any other
 * pair of labels with underscores. Gives count when there is none. */
static size_t find_pair(const struct labels *labels)
{
	size_t other = labels->count;
	for (size_t i = 0; i + 1 < labels->count; i++) {
		const enum kind second = labels->label[i + 1].kind;
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

static int no_pair(const struct labels *labels, struct sdreg_error *err)
{
	for (size_t i = 0; i < labels->count; i++)
		if (labels->label[i].kind != LABEL_PLAIN)
			return error_set(err, SDREG_E_SYNTAX,
				"a service type is two labels, as in _http._tcp: one of them is "
				"missing (RFC 6763 section 4.1.2)");
	return error_set(err, SDREG_E_SYNTAX,
		"no label begins with an underscore, as in _http._tcp (RFC 6763 section 7)");
}

/* What stands before the type: nothing, an instance, or a subtype and _sub. */
static int read_front(const struct labels *labels, size_t pair, struct sdreg_type *type,
	struct sdreg_error *err)
{
	if (pair == 0)
		return SDREG_OK;
	const int is_subtype = labels->label[pair - 1].kind == LABEL_SUB;
	if (is_subtype && pair == 1)
		return error_set(err, SDREG_E_SYNTAX,
			"a subtype must stand before _sub (RFC 6763 section 7.1)");
	if (pair > 1 && !(is_subtype && pair == 2))
		return error_set(err, SDREG_E_SYNTAX,
			"an instance name is one label: a dot in it is written \\. (RFC 6763 "
			"section 4.3)");
	const int n =
		unescape(labels->label[0].span, is_subtype ? type->subtype : type->instance, err);
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
	const int n = unescape(label->span, out, err);
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
	const struct span from = labels->label[first].span;
	const struct span to = labels->label[labels->count - 1].span;
	const size_t len = (size_t)(to.at + to.len - from.at);
	memcpy(type->domain, from.at, len);
	type->domain[len] = '\0';
}

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
	struct labels labels;
	int result = split(text, len, &labels, err);
	if (result < 0)
		return result;
	const size_t pair = find_pair(&labels);
	if (pair == labels.count)
		return no_pair(&labels, err);
	struct sdreg_type read;
	memset(&read, 0, sizeof(read));
	result = read_pair(&labels, pair, &read, err);
	if (result == SDREG_OK)
		result = read_front(&labels, pair, &read, err);
	if (result < 0)
		return result;
	read_domain(&labels, pair + 2, &read);
	*type = read;
	return SDREG_OK;
}

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

int sdreg_type_format(const struct sdreg_type *type, unsigned parts, char *buf, size_t size)
{
	size_t used = 0;
	if ((parts & SDREG_TYPE_PART_SUBTYPE) != 0 && type->subtype_len > 0) {
		put_label(buf, size, &used, type->subtype, type->subtype_len);
		put(buf, size, &used, "._sub.", 6);
	}
	if ((parts & SDREG_TYPE_PART_INSTANCE) != 0 && type->instance_len > 0) {
		put_label(buf, size, &used, type->instance, type->instance_len);
		put(buf, size, &used, ".", 1);
	}
	put(buf, size, &used, "_", 1);
	put_label(buf, size, &used, type->name, type->name_len);
	put(buf, size, &used, "._", 2);
	if (type->proto == SDREG_PROTO_OTHER)
		put_label(buf, size, &used, type->proto_label, strlen(type->proto_label));
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
