/* SPDX-License-Identifier: MIT */
#ifndef BROWSE_SERVICE_CROWD_H
#define BROWSE_SERVICE_CROWD_H

#include <stddef.h>

/* How many services are seen at each place. A daemon's cache holds so many records of an interface
 * and protocol, avahi-daemon's 4,096, and drops others in silence: three or four make a service. */

enum {
	CROWD_PLACES = 32, /* more interfaces are not counted */
	CROWD_NEAR = 1000, /* services at one place that nearly fill the cache */
};

struct crowd {
	struct {
		int interface;
		int protocol;
		size_t count;
	} places[CROWD_PLACES];
	size_t place_count;
};

/* One more at a place. 1 if that makes it a crowd. */
int crowd_add(struct crowd *crowd, int interface, int protocol);
/* One less. */
void crowd_take(struct crowd *crowd, int interface, int protocol);

#endif
