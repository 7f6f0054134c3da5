/* SPDX-License-Identifier: MIT */
#ifndef CLI_COMMON_STATE_H
#define CLI_COMMON_STATE_H

struct sdreg_registry;

/*
 * Where an installed registry came from, kept beside it: one JSON object with the texts below and
 * "image", the size and the sum of the image that it belongs to. A state that belongs to another
 * image is no state, so a crash between two renames, or a hand that changed one of the files, costs
 * no more than fetching the whole.
 */
struct state {
	char url[2048]; /* or a file's path: of any bytes, and empty if they are not UTF-8 */
	char etag[512]; /* as the server said it; may be empty */
	char modified[64]; /* Last-Modified, as the server said it; may be empty */
	char fetched[32]; /* when, in UTC: 2026-01-31T12:00:00Z */
};

/* Whether a text can stand in a header of a question to a server: printable ASCII alone. */
int state_is_plain(const char *text);

/* Reads the state of an image in the file image_path. All empty when there is none for it. */
void state_read(const char *image_path, const struct sdreg_registry *image, struct state *state);

/* The state as text to write, allocated. NULL for want of memory. */
char *state_text(const struct state *state, const struct sdreg_registry *image);

#endif
