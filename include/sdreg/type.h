/* SPDX-License-Identifier: MIT */
#ifndef SDREG_TYPE_H
#define SDREG_TYPE_H

/** @file
 * DNS-SD service types and instance names: read, checked and written (RFC 6335 section 5.1, RFC
 * 6763 sections 4 and 7). Nothing here needs a registry, allocates memory or reads the locale.
 * All functions may be called from any thread.
 */

#include <sdreg/api.h>

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

struct sdreg_error;

/* Sizes in bytes. */
enum {
	SDREG_LABEL_SIZE = 64, /**< holds any DNS label, with a final NUL */
	SDREG_DOMAIN_SIZE =
		1014, /**< holds any domain name as text, escapes and final NUL included */
	SDREG_NAME_SIZE =
		3 * SDREG_DOMAIN_SIZE, /**< holds any text that sdreg_type_format() writes */
};

/** The second label of a service type (RFC 6763 section 7). */
enum sdreg_proto {
	SDREG_PROTO_TCP = 1, /**< `_tcp`: the application runs over TCP */
	SDREG_PROTO_UDP = 2, /**< `_udp`: everything else, UDP, SCTP and DCCP too */
	SDREG_PROTO_OTHER = 3, /**< another label, such as `_sctp`: never a DNS-SD type */
};

/**
 * A service type, with what stood around it. A plain value of fixed size: copy it freely.
 * All arrays end with a NUL; a raw label holds no escapes, and may hold any other byte.
 */
struct sdreg_type {
	char name[SDREG_LABEL_SIZE]; /**< service name as spelled, without the underscore */
	char proto_label[SDREG_LABEL_SIZE]; /**< second label as spelled, without the underscore */
	char subtype[SDREG_LABEL_SIZE]; /**< raw label before `_sub`; empty if there is none */
	char instance[SDREG_LABEL_SIZE]; /**< raw instance label; empty if there is none */
	char domain[SDREG_DOMAIN_SIZE]; /**< as spelled, no final dot; empty if there is none */
	unsigned char name_len; /**< bytes in name, 0 to 63 */
	unsigned char subtype_len; /**< bytes in subtype, 0 to 63 */
	unsigned char instance_len; /**< bytes in instance, 0 to 63 */
	enum sdreg_proto proto; /**< what proto_label means */
};

/** The rules that a service type can break, one bit each. */
enum sdreg_rule {
	SDREG_RULE_NAME_EMPTY = 1 << 0, /**< no service name */
	SDREG_RULE_NAME_LONG = 1 << 1, /**< over 15 characters */
	SDREG_RULE_NAME_CHARACTER = 1 << 2, /**< other than A-Z a-z 0-9 and hyphen */
	SDREG_RULE_NAME_LETTER = 1 << 3, /**< without any letter */
	SDREG_RULE_NAME_HYPHEN_EDGE = 1 << 4, /**< begins or ends with a hyphen */
	SDREG_RULE_NAME_HYPHEN_TWICE = 1 << 5, /**< two hyphens side by side */
	SDREG_RULE_PROTO = 1 << 6, /**< second label neither _tcp nor _udp */
	SDREG_RULE_INSTANCE_CONTROL = 1 << 7, /**< instance with bytes 0x00 to 0x1F or 0x7F */
	SDREG_RULE_INSTANCE_UTF8 = 1 << 8, /**< instance is not UTF-8 */
};

/**
 * Reads a service type, a subtype or a whole service instance name:
 * `_http._tcp`, `_printer._sub._http._tcp`, `juliet@pronto._presence._tcp.local`. The domain and a
 * final dot are optional. In the labels around the type `\.`, `\\` and `\DDD` (three decimal
 * digits) are escapes (RFC 6763 section 4.3). Only the shape is looked at: whether the name is a
 * legal one, sdreg_type_faults() says.
 *
 * @param text  len bytes, not necessarily ended by a NUL
 * @param type  written only on success
 * @param err   says what is wrong with the shape, with which label, and which type was meant, if
 *              there is one that is well formed
 * @return 0, SDREG_E_SYNTAX, or SDREG_E_LIMIT (a label over 63 bytes, a domain over 255)
 */
SDREG_API int sdreg_type_parse(const char *text, size_t len, struct sdreg_type *type,
	struct sdreg_error *err);

/** The rules that this type breaks, as bits of enum sdreg_rule; 0 for a well-formed one. */
SDREG_API unsigned sdreg_type_faults(const struct sdreg_type *type);

/** The rules of RFC 6335 section 5.1 that a bare service name breaks, as bits; 0 if none. */
SDREG_API unsigned sdreg_service_name_faults(const char *name, size_t len);

/** The rule in words, such as "the service name is over 15 characters". Never NULL. */
SDREG_API const char *sdreg_rule_text(enum sdreg_rule rule);

/** Where the rule stands, such as "RFC 6335 section 5.1". Never NULL. */
SDREG_API const char *sdreg_rule_source(enum sdreg_rule rule);

/** Which parts sdreg_type_format() writes, as bits. */
enum sdreg_type_part {
	SDREG_TYPE_PART_TYPE = 0, /**< `_name._proto`: always written */
	SDREG_TYPE_PART_SUBTYPE = 1, /**< the subtype with the label `_sub` behind it, if any */
	SDREG_TYPE_PART_INSTANCE = 2, /**< the instance, escaped, if there is one */
	SDREG_TYPE_PART_DOMAIN = 4, /**< the domain, if there is one */
	SDREG_TYPE_PART_ALL = 7, /**< everything: the text that sdreg_type_parse() reads back */
};

/**
 * Writes a type as text, the name as it was spelled and a known second label in lower case.
 * @param parts  bits of enum sdreg_type_part
 * @param buf    size bytes; SDREG_NAME_SIZE is enough for any type
 * @return length without the NUL, or SDREG_E_LIMIT when buf is too small (buf is then empty)
 */
SDREG_API int sdreg_type_format(const struct sdreg_type *type, unsigned parts, char *buf,
	size_t size);

#ifdef __cplusplus
}
#endif

#endif
