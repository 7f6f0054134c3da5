/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_AVAHI_RECORDS_H
#define BROWSE_AVAHI_RECORDS_H

#include <sdreg/text.h>

#include <stddef.h>
#include <stdint.h>

/*
 * The SRV and TXT records of one name, as they come and go. Nobody says of a TXT record which SRV
 * record it belongs to, and where two hosts answer for one name, there are two of both. A host
 * sends its own together: so those that come at one time are a pair, and a TXT record that is known
 * as one host's is never taken for another's.
 */

enum {
	RECORDS_MAX = 8, /* of each kind that are remembered; one is the rule */
	RECORDS_PAIR_MS = 100, /* between the records of one message, as the daemon tells them */
	RECORDS_CONTEST_MS = 120000, /* a host that is back after that has moved */
};

struct record_txt {
	struct record_txt *next;
	uint64_t came;
	size_t size;
	unsigned char bytes[];
};

struct record_srv {
	struct record_srv *next;
	uint64_t came;
	uint64_t went;
	int is_there; /* else it is remembered */
	struct record_txt *own; /* a copy of the TXT record that came with it, or NULL */
	uint16_t port;
	char host[];
};

struct records {
	struct record_txt *txts; /* that are there, the newest first */
	struct record_srv *srvs; /* the newest first */
	struct record_srv *contested; /* of two that answer for the name, the one told last */
	struct record_srv *contesting;
	int is_listed; /* what was in the daemon's cache is known */
};

/* Without memory, or for a record that cannot be read, nothing happens. */
void records_add_txt(struct records *records, const void *rdata, size_t size, uint64_t now);
void records_lose_txt(struct records *records, const void *rdata, size_t size);
void records_add_srv(struct records *records, const void *rdata, size_t size, uint64_t now);
void records_lose_srv(struct records *records, const void *rdata, size_t size, uint64_t now);
void records_clear(struct records *records);

/* What was added until now was in the daemon's cache, where both kinds are in the same order. */
void records_pair_list(struct records *records);
/* 1 if two hosts have a record that is there. */
int records_are_two(const struct records *records);
/* If so, they answer for one name. */
void records_doubt(struct records *records);

/* The SRV record of a host and port, or else the newest, of which the TXT record is known. Without
 * any SRV record NULL, and the newest TXT record; txt is NULL when there is nothing that one host
 * has said. */
const struct record_srv *records_answer(const struct records *records, const char *host,
	uint16_t port, const struct record_txt **txt);
/* The newest SRV record that is there, or NULL. */
const struct record_srv *records_newest(const struct records *records);
/* 1 if there is an SRV record of a host and port. */
int records_has(const struct records *records, const char *host, uint16_t port);
/* Of two hosts that answer for the name, one, and the other; else NULL. */
const struct record_srv *records_contest(const struct records *records,
	const struct record_srv **other);

/* Strings of a record, of which the last may be cut; an empty one stands for none. */
size_t record_count_strings(const struct record_txt *txt);
size_t record_read_strings(const struct record_txt *txt, struct sdreg_text *strings);

#endif
