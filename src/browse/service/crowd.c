/* SPDX-License-Identifier: MIT */
#include "crowd.h"

static size_t find(const struct crowd *crowd, int interface, int protocol)
{
	size_t i = 0;
	while (i < crowd->place_count &&
		(crowd->places[i].interface != interface || crowd->places[i].protocol != protocol))
		i++;
	return i;
}

int crowd_add(struct crowd *crowd, int interface, int protocol)
{
	const size_t i = find(crowd, interface, protocol);
	if (i == CROWD_PLACES)
		return 0;
	if (i == crowd->place_count) {
		crowd->places[i].interface = interface;
		crowd->places[i].protocol = protocol;
		crowd->places[i].count = 0;
		crowd->place_count++;
	}
	return ++crowd->places[i].count == CROWD_NEAR;
}

void crowd_take(struct crowd *crowd, int interface, int protocol)
{
	const size_t i = find(crowd, interface, protocol);
	if (i < crowd->place_count && crowd->places[i].count > 0)
		crowd->places[i].count--;
}
