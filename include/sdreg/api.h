/* SPDX-License-Identifier: MIT */
#ifndef SDREG_API_H
#define SDREG_API_H

/** @file
 * What marks a function of the libraries. The other headers include this one.
 */

/** Stands before each function that a library exports: all else in it is hidden. Empty where the
 * compiler has no such attribute. */
#if defined(__GNUC__) || defined(__clang__)
#define SDREG_API __attribute__((visibility("default")))
#else
#define SDREG_API
#endif

#endif
