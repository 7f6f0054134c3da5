/* SPDX-License-Identifier: MIT */
#ifndef SDREG_VERSION_H
#define SDREG_VERSION_H

/** @file
 * Which sdreg this is: the one that a program was compiled with, and the one that it runs with.
 */

#include <sdreg/api.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The version of the library that a program runs with, in the form of SDREG_VERSION. Never NULL.
 * Thread rule: any thread.
 */
SDREG_API const char *sdreg_version(void);

/** The version that a program is compiled with, such as "1.2.3". */
#define SDREG_VERSION "0.1.0"
#define SDREG_VERSION_MAJOR 0 /**< the first number of SDREG_VERSION */
#define SDREG_VERSION_MINOR 1 /**< the second */
#define SDREG_VERSION_PATCH 0 /**< the third */

#ifdef __cplusplus
}
#endif

#endif
