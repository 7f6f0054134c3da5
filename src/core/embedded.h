/* SPDX-License-Identifier: MIT */
#ifndef EMBEDDED_H
#define EMBEDDED_H

/* The images that the build makes of data/registry.xml and data/supplement.xml. */
extern const unsigned char embedded_registry[];
extern const unsigned char embedded_supplement[];

#endif
