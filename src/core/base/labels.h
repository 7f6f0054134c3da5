/* SPDX-License-Identifier: MIT */
#ifndef CORE_BASE_LABELS_H
#define CORE_BASE_LABELS_H

#include <sdreg/error.h>
#include <sdreg/type.h>

/* A name in text form, cut into labels. */

enum {
	LABELS_MAX = 127, /* 255 bytes of wire name hold no more */
};

/* What a label is, its escapes taken out: how it is written must make no difference. */
enum label_kind {
	LABEL_PLAIN,
	LABEL_UNDERSCORE, /* begins with an underscore */
	LABEL_SUB,
	LABEL_TCP,
	LABEL_UDP,
};

/* A label as it stands in the text, escapes and all. */
struct label {
	const char *at;
	size_t len;
	enum label_kind kind;
};

struct labels {
	struct label label[LABELS_MAX];
	size_t count;
};

/* Cuts a name at its dots. Labels are checked, with their escapes taken out, on the way. 0, or a
 * negative result. */
int labels_split(const char *text, size_t len, struct labels *out, struct sdreg_error *err);

/* Takes the escapes out of a label. Gives its length, or a negative result. */
int label_read(const struct label *label, char out[SDREG_LABEL_SIZE], struct sdreg_error *err);

/* Index of the label with the service name. A pair that ends in _tcp or _udp goes before any other
 * pair of labels with underscores. Gives count when there is none. */
size_t labels_pair(const struct labels *labels);

/* Whether what stands before the pair is nothing, an instance, or a subtype and _sub. */
static inline int labels_has_front(const struct labels *labels, size_t pair)
{
	const int is_subtype = pair > 0 && labels->label[pair - 1].kind == LABEL_SUB;
	return is_subtype ? pair == 2 : pair <= 1;
}

/* The type of a pair with what stands around it; type is written only on success. 0, or a negative
 * result. */
int labels_type(const struct labels *labels, size_t pair, struct sdreg_type *type,
	struct sdreg_error *err);

#endif
