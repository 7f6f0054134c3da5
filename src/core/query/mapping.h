/* SPDX-License-Identifier: MIT */
#ifndef CORE_QUERY_MAPPING_H
#define CORE_QUERY_MAPPING_H

#include <sdreg/registry.h>
#include <sdreg/type.h>

/* The transports whose entries give a type with this second label, as bits: all but TCP go by _udp
 * (RFC 6763 section 7). */
static inline uint32_t mapping_transports(enum sdreg_proto proto)
{
	if (proto == SDREG_PROTO_TCP)
		return 1U << SDREG_TRANSPORT_TCP;
	if (proto == SDREG_PROTO_UDP)
		return 1U << SDREG_TRANSPORT_UDP | 1U << SDREG_TRANSPORT_SCTP |
			1U << SDREG_TRANSPORT_DCCP;
	return 0;
}

#endif
