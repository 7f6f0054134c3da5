/* SPDX-License-Identifier: MIT */
#ifndef COMMON_INSTALLED_H
#define COMMON_INSTALLED_H

/*
 * What `sdreg update` installs: one directory for a user, one for all.
 *
 *   registry.image           the registry; replaced by rename, so it is whole at every moment
 *   registry.previous.image  the one before, the last that was good
 *   registry.state           where registry.image came from, for the next question of the command
 */
#define INSTALLED_IMAGE "registry.image"
#define INSTALLED_PREVIOUS "registry.previous.image"
#define INSTALLED_STATE "registry.state"

#endif
