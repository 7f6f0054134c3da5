/* SPDX-License-Identifier: MIT */
#ifndef SDREG_H
#define SDREG_H

/** @file
 * libsdreg: DNS-SD service types and what IANA's registry says of them. This header is the whole
 * of the core library; sdreg/xml.h belongs to libsdreg-xml, and sdreg/announce.h, sdreg/avahi.h and
 * sdreg/browse.h belong to libsdreg-browse.
 */

#include <sdreg/annotate.h>
#include <sdreg/builder.h>
#include <sdreg/check.h>
#include <sdreg/error.h>
#include <sdreg/export.h>
#include <sdreg/key.h>
#include <sdreg/markup.h>
#include <sdreg/presence.h>
#include <sdreg/registry.h>
#include <sdreg/search.h>
#include <sdreg/text.h>
#include <sdreg/txt.h>
#include <sdreg/type.h>
#include <sdreg/version.h>

#endif
