/* SPDX-License-Identifier: MIT */
#ifndef CLI_ANNOTATE_PORT_H
#define CLI_ANNOTATE_PORT_H

#include <sdreg.h>

/* How ports compare with those that are registered for a type, in the words that stand behind a
 * line. There are three answers for a type, and they are looked up once. */

enum {
	PORT_RANGES = 8, /* of a type that has more each port is looked up */
	PORT_WORDS = 40,
};

struct port_words {
	const struct sdreg_registry *registry;
	const struct sdreg_type *type;
	size_t count;
	struct {
		uint16_t first, last;
	} ranges[PORT_RANGES];
	char zero[PORT_WORDS];
	char inside[PORT_WORDS];
	char outside[PORT_WORDS];
};

/* Registry and type must outlive the words. */
void port_words_open(struct port_words *words, const struct sdreg_registry *registry,
	const struct sdreg_type *type);

/* "as-registered", "other-port (registered 631)", ... It lives until the next call. */
const char *port_words(struct port_words *words, uint16_t port);

#endif
