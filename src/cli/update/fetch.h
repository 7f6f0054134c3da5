/* SPDX-License-Identifier: MIT */
#ifndef CLI_UPDATE_FETCH_H
#define CLI_UPDATE_FETCH_H

struct sdreg_error;

/* What is asked of a server. */
struct fetch {
	const char *url;
	const char *ca_file; /* the only certificates that are trusted; NULL: the system's */
	const char *etag; /* of what is there already; both empty: send it in any case */
	const char *modified;
	unsigned seconds; /* for all of it */
	int progress; /* a bar is welcome */
	int to; /* descriptor that takes the bytes */
};

/* What it answered. */
struct fetched {
	int unchanged; /* what is there already is what it would send */
	char etag[512]; /* empty if it said none that could be sent back; so the next */
	char modified[64];
};

/* Whether an URL will be asked at all: https, and no password in it. 0, or -1 with err set. */
int fetch_check_url(const char *url, struct sdreg_error *err);

/* Fetches over HTTPS. Nothing is sent to fetch->to but a whole answer of status 200, of which no
 * more than 64 MiB. 0, or -1 with err set; a signal that waits (update-stop.h) ends it too. */
int fetch_run(const struct fetch *fetch, struct fetched *fetched, struct sdreg_error *err);

#endif
