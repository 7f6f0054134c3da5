/* SPDX-License-Identifier: MIT */
#ifndef CORE_IMAGE_LATEST_H
#define CORE_IMAGE_LATEST_H

struct sdreg_registry;

/* Which of an installed registry, or NULL, and the embedded one answers; the other is closed. A
 * part cannot answer for a whole, however new it is. */
struct sdreg_registry *latest_choose(struct sdreg_registry *installed,
	struct sdreg_registry *embedded);

#endif
