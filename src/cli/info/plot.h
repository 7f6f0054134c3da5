/* SPDX-License-Identifier: MIT */
#ifndef CLI_INFO_PLOT_H
#define CLI_INFO_PLOT_H

#include "cli/common/sources.h"

/* Draws registrations by year and transport of the registry that answers into a file, as SVG that
 * stands alone. 0, or STATUS_TROUBLE after saying why. */
int info_plot(const struct sources *from, const char *path);

#endif
