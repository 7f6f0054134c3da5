/* SPDX-License-Identifier: MIT */
#include "meant.h"

#include "common/ascii.h"
#include "common/error.h"

#include <stdio.h>
#include <string.h>

enum {
	SHOWN = 128, /* bytes of a type that is shown, and its NUL */
	LABEL_SHOWN = 32,
	NONE = -1,
};

static const char both[] = "RFC 6763 section 4.1.2";
static const char underscore[] = "RFC 6763 section 7";
static const char subtypes[] = "RFC 6763 section 7.1";

/* ---- words ---- */

/* Whether a text is read back as a type that breaks no rule, with this name. */
static int is_good(const char *text, const struct sdreg_type *wanted)
{
	struct labels labels;
	struct sdreg_type type;
	if (labels_split(text, strlen(text), &labels, NULL) < 0)
		return 0;
	const size_t pair = labels_pair(&labels);
	return pair < labels.count && labels_has_front(&labels, pair) &&
		labels_type(&labels, pair, &type, NULL) == SDREG_OK &&
		sdreg_type_faults(&type) == 0 && strcmp(type.name, wanted->name) == 0;
}

/* The type as text, with a subtype if that is not too long. Empty if it would be no good type. */
static const char *show(const struct sdreg_type *type, char out[SHOWN])
{
	if (sdreg_type_format(type, SDREG_TYPE_PART_SUBTYPE, out, SHOWN) < 0)
		sdreg_type_format(type, SDREG_TYPE_PART_TYPE, out, SHOWN);
	if (!is_good(out, type))
		out[0] = '\0';
	return out;
}

static int refuse(struct sdreg_error *err, const char *wrong, const char *meant, const char *source)
{
	const int is_meant = meant[0] != '\0';
	return error_set(err, SDREG_E_SYNTAX, "%s%s%s%s (%s)", wrong, is_meant ? ": is " : "",
		meant, is_meant ? " meant?" : "", source);
}

/* ---- labels ---- */

static int is_trimmed(unsigned char c)
{
	return ascii_is_blank(c) || c == '_' || c == '-';
}

/* A label without its escapes, and without blanks and underscores around it. Gives its length. */
static size_t read_bare(const struct label *label, char out[SDREG_LABEL_SIZE])
{
	const int n = label_read(label, out, NULL);
	size_t len = n > 0 ? (size_t)n : 0;
	size_t from = 0;
	while (from < len && is_trimmed((unsigned char)out[from]))
		from++;
	while (len > from && is_trimmed((unsigned char)out[len - 1]))
		len--;
	memmove(out, out + from, len - from);
	out[len - from] = '\0';
	return len - from;
}

/* Makes a service name of a label, a hyphen of each underscore and blank in it. 0 if that is none
 * either. */
static int read_name(const struct label *label, struct sdreg_type *type)
{
	char bare[SDREG_LABEL_SIZE];
	const size_t len = read_bare(label, bare);
	size_t n = 0;
	for (size_t i = 0; i < len; i++) {
		const int is_hyphen = is_trimmed((unsigned char)bare[i]);
		if (!is_hyphen || type->name[n - 1] != '-')
			type->name[n++] = is_hyphen ? '-' : bare[i];
	}
	type->name[n] = '\0';
	type->name_len = (unsigned char)n;
	return sdreg_service_name_faults(type->name, n) == 0;
}

static int read_proto(const struct label *label)
{
	char bare[SDREG_LABEL_SIZE];
	if (read_bare(label, bare) != 3)
		return NONE;
	if (ascii_equal(bare, "tcp", 3))
		return SDREG_PROTO_TCP;
	return ascii_equal(bare, "udp", 3) ? (int)SDREG_PROTO_UDP : NONE;
}

static int is_sub(const struct label *label)
{
	char bare[SDREG_LABEL_SIZE];
	return read_bare(label, bare) == 3 && ascii_equal(bare, "sub", 3);
}

static int has_underscore(const struct label *label)
{
	return label->kind != LABEL_PLAIN;
}

static int has_blank(const struct label *label)
{
	return ascii_is_blank((unsigned char)label->at[0]) ||
		ascii_is_blank((unsigned char)label->at[label->len - 1]);
}

/* Takes the subtype whose _sub, or sub, stands before nth. */
static void read_subtype(const struct labels *labels, size_t nth, struct sdreg_type *type)
{
	if (nth < 2 || !is_sub(&labels->label[nth - 1]))
		return;
	const int n = label_read(&labels->label[nth - 2], type->subtype, NULL);
	type->subtype_len = (unsigned char)(n > 0 ? n : 0);
}

/* ---- a type out of labels ---- */

/* Index of the protocol's label of the type that was meant: one with an underscore goes before one
 * behind a label with an underscore, and this before any other. Gives count if there is none. */
static size_t find_proto(const struct labels *labels)
{
	size_t found = labels->count;
	int best = NONE;
	for (size_t i = 1; i < labels->count; i++) {
		const int score = 2 * has_underscore(&labels->label[i]) +
			has_underscore(&labels->label[i - 1]);
		if (read_proto(&labels->label[i]) == NONE || score <= best)
			continue;
		best = score;
		found = i;
	}
	return found;
}

/* The type whose protocol is the label at proto, in words; empty if it is none. */
static const char *mend(const struct labels *labels, size_t proto, char out[SHOWN])
{
	struct sdreg_type type;
	memset(&type, 0, sizeof(type));
	out[0] = '\0';
	type.proto = (enum sdreg_proto)read_proto(&labels->label[proto]);
	if (!read_name(&labels->label[proto - 1], &type))
		return out;
	read_subtype(labels, proto - 1, &type);
	return show(&type, out);
}

/* "the first label", or the label itself where it is further behind. */
static void name_label(const struct labels *labels, size_t nth, size_t proto, char out[64])
{
	const struct label *const label = &labels->label[nth];
	if (proto == 1)
		snprintf(out, 64, "the %s label", nth == 0 ? "first" : "second");
	else
		snprintf(out, 64, "the label \"%.*s\"",
			(int)(label->len < LABEL_SHOWN ? label->len : LABEL_SHOWN), label->at);
}

static int refuse_bare(const struct labels *labels, size_t proto, struct sdreg_error *err)
{
	char meant[SHOWN];
	char name[64];
	char wrong[128];
	const int bare_name = !has_underscore(&labels->label[proto - 1]);
	const int bare_proto = !has_underscore(&labels->label[proto]);
	mend(labels, proto, meant);
	if (bare_name && bare_proto)
		return refuse(err, "neither label begins with an underscore", meant, underscore);
	const size_t nth = bare_name ? proto - 1 : proto;
	name_label(labels, nth, proto, name);
	snprintf(wrong, sizeof(wrong), "%s %s", name,
		has_blank(&labels->label[nth]) ? "has a blank around it" : "has no underscore");
	return refuse(err, wrong, meant, underscore);
}

/* "_http_tcp": the bytes of the label before what is meant for a protocol, or 0. */
static size_t find_joined(const struct label *label)
{
	const size_t tail = strlen("_tcp");
	if (label->len <= tail)
		return 0;
	const struct label proto = {label->at + label->len - tail, tail, LABEL_PLAIN};
	return proto.at[0] == '_' && read_proto(&proto) != NONE ? label->len - tail : 0;
}

static int refuse_joined(const struct label *label, size_t front, struct sdreg_error *err)
{
	char meant[SHOWN];
	const struct labels two = {{{label->at, front, LABEL_PLAIN},
					   {label->at + front, label->len - front, LABEL_PLAIN}},
		2};
	return refuse(err, "a dot is missing before the protocol", mend(&two, 1, meant),
		underscore);
}

/* A name alone: which protocol was meant, nobody knows. */
static int refuse_alone(const struct label *label, const char *wrong, struct sdreg_error *err)
{
	struct sdreg_type type;
	char meant[2 * SDREG_LABEL_SIZE + sizeof("_._tcp or _._udp")] = "";
	memset(&type, 0, sizeof(type));
	if (read_name(label, &type))
		snprintf(meant, sizeof(meant), "_%s._tcp or _%s._udp", type.name, type.name);
	return refuse(err, wrong, meant, has_underscore(label) ? both : underscore);
}

int meant_no_pair(const struct labels *labels, struct sdreg_error *err)
{
	static const char none[] = "no label begins with an underscore, as in _http._tcp";
	const size_t proto = find_proto(labels);
	if (proto < labels->count)
		return refuse_bare(labels, proto, err);
	size_t nth = 0;
	while (nth + 1 < labels->count && !has_underscore(&labels->label[nth]))
		nth++;
	if (!has_underscore(&labels->label[nth]))
		nth = 0;
	const struct label *const label = &labels->label[nth];
	const size_t joined = find_joined(label);
	if (joined > 0)
		return refuse_joined(label, joined, err);
	switch (label->kind) {
	case LABEL_PLAIN:
		return labels->count == 1 ? refuse_alone(label, none, err)
					  : refuse(err, none, "", underscore);
	case LABEL_UNDERSCORE:
		return refuse_alone(label,
			"a service type is two labels, as in _http._tcp: the second is missing",
			err);
	case LABEL_TCP:
	case LABEL_UDP:
		return refuse(err,
			"a service type is two labels, as in _http._tcp: the first is missing", "",
			both);
	case LABEL_SUB:
		break;
	}
	return refuse(err, "_sub stands before a service type, as in _printer._sub._http._tcp", "",
		subtypes);
}

/* ---- before the type ---- */

/* One label of all that stand before the type. 0 if it would be too long, or is no instance name.
 */
static int join_front(const struct labels *labels, size_t pair, struct sdreg_type *type)
{
	size_t used = 0;
	for (size_t i = 0; i < pair; i++) {
		char label[SDREG_LABEL_SIZE];
		const int n = label_read(&labels->label[i], label, NULL);
		if (n < 0 || has_underscore(&labels->label[i]) ||
			used + (size_t)n + 1 >= sizeof(type->instance))
			return 0;
		if (i > 0)
			type->instance[used++] = '.';
		memcpy(type->instance + used, label, (size_t)n);
		used += (size_t)n;
	}
	type->instance[used] = '\0';
	type->instance_len = (unsigned char)used;
	return 1;
}

static int refuse_long_front(const struct labels *labels, size_t pair, struct sdreg_error *err)
{
	char meant[SHOWN] = "";
	struct sdreg_type type;
	memset(&type, 0, sizeof(type));
	type.proto = (enum sdreg_proto)read_proto(&labels->label[pair + 1]);
	if (read_proto(&labels->label[pair + 1]) != NONE &&
		read_name(&labels->label[pair], &type) && join_front(labels, pair, &type) &&
		(sdreg_type_format(&type, SDREG_TYPE_PART_INSTANCE, meant, sizeof(meant)) < 0 ||
			!is_good(meant, &type)))
		meant[0] = '\0';
	return refuse(err, "an instance name is one label, with \\. for a dot in it", meant,
		"RFC 6763 section 4.3");
}

int meant_no_front(const struct labels *labels, size_t pair, struct sdreg_error *err)
{
	char meant[SHOWN];
	const struct label *const before = &labels->label[pair - 1];
	if (pair == 1)
		return refuse(err,
			"a subtype must stand before _sub, as in _printer._sub._http._tcp", "",
			subtypes);
	if (before->kind == LABEL_SUB)
		return refuse(err, "before a type stands an instance or a subtype, not both",
			mend(labels, pair + 1, meant), subtypes);
	if (pair == 2 && is_sub(before))
		return refuse(err, "the label before the type, sub, has no underscore",
			mend(labels, pair + 1, meant), subtypes);
	return refuse_long_front(labels, pair, err);
}

/* ---- what stands between labels, and around them ---- */

enum oddity {
	ODD_NOTHING,
	ODD_BLANKS,
	ODD_EMPTY,
	ODD_COMMA,
};

static int is_escaped(const char *text, size_t at)
{
	size_t n = 0;
	while (n < at && text[at - n - 1] == '\\')
		n++;
	return n % 2 == 1;
}

static int ends_in_blank(const char *text, size_t len)
{
	return ascii_is_blank((unsigned char)text[len - 1]) && !is_escaped(text, len - 1);
}

/* Blanks at the end, with a final dot or without, are never right; at the front they may begin an
 * instance name, and that name with an underscore. */
static int has_blanks(const char *text, size_t len)
{
	struct labels labels;
	size_t from = 0;
	const int has_dot = len > 1 && text[len - 1] == '.' && !is_escaped(text, len - 1);
	if (ends_in_blank(text, len - (size_t)has_dot))
		return 1;
	while (ascii_is_blank((unsigned char)text[from]))
		from++;
	if (from == 0 || text[from] != '_')
		return 0;
	return labels_split(text + from, len - from, &labels, NULL) < 0 ||
		labels_pair(&labels) != 1;
}

/* A walk over labels: the one that it is at, and the one before. */
struct meant_walk {
	const char *text;
	size_t start;
	size_t before;
};

static int is_proto(const struct meant_walk *walk, size_t start, size_t end)
{
	const struct label label = {walk->text + start, end - start, LABEL_PLAIN};
	return start > 0 && end > start && label.at[0] == '_' && read_proto(&label) != NONE;
}

/* A comma behind a protocol, with or without a dot between them. */
static int is_comma(const struct meant_walk *walk, size_t at)
{
	return walk->text[at] == ',' &&
		(at > walk->start ? is_proto(walk, walk->start, at)
				  : at > 0 && is_proto(walk, walk->before, at - 1));
}

/* A blank at the end of the label of the protocol, or of that of the name before it. */
static int has_inner_blank(const struct meant_walk *walk, size_t end)
{
	return is_proto(walk, walk->start, end) && walk->text[walk->before] == '_' &&
		(ends_in_blank(walk->text, walk->start - 1) || ends_in_blank(walk->text, end));
}

/* What is odd, and where. */
static enum oddity find_oddity(const char *text, size_t len, size_t *at)
{
	struct meant_walk walk = {text, 0, 0};
	if (has_blanks(text, len))
		return ODD_BLANKS;
	for (size_t i = 0; i <= len; i++) {
		const int is_end = i == len || text[i] == '.';
		*at = i;
		if (i < len && i == walk.start && is_end)
			return ODD_EMPTY;
		if (is_end && has_inner_blank(&walk, i))
			return ODD_BLANKS;
		if (i < len && is_comma(&walk, i))
			return ODD_COMMA;
		if (i < len && text[i] == '\\')
			i++;
		if (!is_end)
			continue;
		walk.before = walk.start;
		walk.start = i + 1;
	}
	return ODD_NOTHING;
}

int meant_is_odd(const char *text, size_t len)
{
	size_t at;
	return find_oddity(text, len, &at) != ODD_NOTHING;
}

/* Copies a text without blanks around it and without labels that are empty. Gives its length. */
static size_t clean(const char *text, size_t len, char out[SDREG_DOMAIN_SIZE])
{
	size_t n = 0;
	while (len > 0 &&
		(ascii_is_blank((unsigned char)text[len - 1]) ||
			(len > 1 && text[len - 1] == '.' && ends_in_blank(text, len - 1))))
		len--;
	for (size_t i = 0; i < len; i++) {
		const int at_start = n == 0 || out[n - 1] == '.';
		const int is_left_out = (text[i] == '.' && at_start) ||
			(n == 0 && ascii_is_blank((unsigned char)text[i]));
		if (!is_left_out)
			out[n++] = text[i];
		if (text[i] == '\\' && i + 1 < len)
			out[n++] = text[++i];
	}
	return n;
}

/* The type in a text, cleaned and mended. 0 if there is none. */
static int read_type(const char *text, size_t len, struct sdreg_type *type)
{
	char cleaned[SDREG_DOMAIN_SIZE];
	struct labels labels;
	const size_t n = clean(text, len, cleaned);
	if (n == 0 || labels_split(cleaned, n, &labels, NULL) < 0)
		return 0;
	const size_t pair = labels_pair(&labels);
	const size_t proto = pair < labels.count ? pair + 1 : find_proto(&labels);
	memset(type, 0, sizeof(*type));
	if (proto >= labels.count || read_proto(&labels.label[proto]) == NONE)
		return 0;
	type->proto = (enum sdreg_proto)read_proto(&labels.label[proto]);
	read_subtype(&labels, proto - 1, type);
	return read_name(&labels.label[proto - 1], type);
}

/* "_http._tcp,_printer,_other": the first of the subtypes. */
static int refuse_comma(const char *text, size_t len, size_t comma, struct sdreg_error *err)
{
	char meant[SHOWN] = "";
	struct sdreg_type type;
	struct label sub = {text + comma + 1, 0, LABEL_PLAIN};
	while (comma + 1 + sub.len < len && strchr(",.", sub.at[sub.len]) == NULL)
		sub.len++;
	while (sub.len > 0 && ascii_is_blank((unsigned char)sub.at[0])) {
		sub.at++;
		sub.len--;
	}
	if (read_type(text, comma, &type)) {
		const int n = sub.len > 0 ? label_read(&sub, type.subtype, NULL) : 0;
		type.subtype_len = (unsigned char)(n > 0 ? n : 0);
		show(&type, meant);
	}
	return refuse(err,
		sub.len > 0 ? "subtypes behind a comma are how dns-sd -R and DNSServiceRegister "
			      "write them"
			    : "there is a comma behind the type",
		meant, subtypes);
}

int meant_odd(const char *text, size_t len, struct sdreg_error *err)
{
	char meant[SHOWN] = "";
	struct sdreg_type type;
	size_t at = 0;
	const enum oddity oddity = find_oddity(text, len, &at);
	if (oddity == ODD_COMMA)
		return refuse_comma(text, len, at, err);
	if (read_type(text, len, &type))
		show(&type, meant);
	return refuse(err,
		oddity == ODD_BLANKS ? "there are blanks around the type" : "a label is empty",
		meant, oddity == ODD_BLANKS ? underscore : "RFC 1035 section 2.3.1");
}
