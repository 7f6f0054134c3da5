/* SPDX-License-Identifier: MIT */
#ifndef CORE_IMAGE_EMBEDDED_H
#define CORE_IMAGE_EMBEDDED_H

/* The images that the build makes of data/registry.xml and data/supplement.xml. */
extern const unsigned char embedded_registry[];
extern const unsigned char embedded_supplement[];

#endif
