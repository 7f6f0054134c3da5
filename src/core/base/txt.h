/* SPDX-License-Identifier: MIT */
#ifndef CORE_BASE_TXT_H
#define CORE_BASE_TXT_H

#include <sdreg/txt.h>

/* A TXT record in memory: each string in a block of its own, so that one can be replaced. */

struct txt_string {
	size_t len;
	char at[];
};

struct sdreg_txt {
	struct txt_string **strings;
	size_t count;
	size_t room;
	size_t size; /* on the wire: a byte of length before each string */
	int lost_order;
	int is_bare; /* a record of no bytes was read into it when it was empty */
};

/* Frees the strings from the nth on. */
void txt_cut(struct sdreg_txt *txt, size_t nth);

/* Adds a copy of each string. 0, or SDREG_E_LIMIT, SDREG_E_MEMORY with nothing added. */
int txt_add_all(struct sdreg_txt *txt, const struct sdreg_txt *from);

/* 1 for a key that RFC 6763 section 6.4 allows. */
int txt_is_key(const char *key, size_t len);

#endif
