/* SPDX-License-Identifier: MIT */
#include "port.h"

#include <stdio.h>
#include <string.h>

static void ask(const struct port_words *words, uint16_t port, char text[PORT_WORDS])
{
	uint16_t registered;
	const enum sdreg_port_verdict verdict =
		sdreg_annotate_port(words->registry, words->type, port, &registered);
	const char *const word = sdreg_port_verdict_word(verdict);
	if (verdict == SDREG_PORT_VERDICT_OTHER)
		snprintf(text, PORT_WORDS, "%s (registered %u)", word, registered);
	else
		snprintf(text, PORT_WORDS, "%s", word);
}

static int is_inside(const struct port_words *words, uint16_t port)
{
	for (size_t i = 0; i < words->count; i++)
		if (port >= words->ranges[i].first && port <= words->ranges[i].last)
			return 1;
	return 0;
}

void port_words_open(struct port_words *words, const struct sdreg_registry *registry,
	const struct sdreg_type *type)
{
	uint16_t first;
	uint16_t last;
	memset(words, 0, sizeof(*words));
	words->registry = registry;
	words->type = type;
	for (const struct sdreg_entry *e = NULL;
		(e = sdreg_find_type(registry, type, e)) != NULL;) {
		if (!sdreg_entry_port(e, &first, &last))
			continue;
		if (words->count < PORT_RANGES) {
			words->ranges[words->count].first = first;
			words->ranges[words->count].last = last;
		}
		words->count++;
	}
	if (words->count > PORT_RANGES)
		return;
	uint16_t other = 1;
	while (other < UINT16_MAX && is_inside(words, other))
		other++;
	ask(words, 0, words->zero);
	ask(words, other, words->outside);
	if (words->count > 0)
		ask(words, words->ranges[0].last, words->inside);
}

const char *port_words(struct port_words *words, uint16_t port)
{
	if (words->count > PORT_RANGES) {
		ask(words, port, words->outside);
		return words->outside;
	}
	if (port == 0)
		return words->zero;
	return is_inside(words, port) ? words->inside : words->outside;
}
