/* SPDX-License-Identifier: MIT */
#ifndef SDREG_AVAHI_H
#define SDREG_AVAHI_H

/** @file
 * TXT records from and to Avahi, for programs that call Avahi themselves. Part of libsdreg-browse.
 * As of any TXT record, any number of threads may read one, and one that is alone with it changes
 * it.
 */

#include <sdreg/api.h>
#include <sdreg/txt.h>

#ifdef __cplusplus
extern "C" {
#endif

struct AvahiStringList; /* <avahi-common/strlst.h> */

/**
 * Adds the strings of a list that Avahi gave. Not all versions of Avahi keep the record's order, so
 * it is unknown from here on.
 * @param list  NULL is a record without strings
 * @return 0, SDREG_E_LIMIT, SDREG_E_MEMORY: nothing was added
 */
SDREG_API int sdreg_txt_add_avahi(struct sdreg_txt *txt, const struct AvahiStringList *list);

/**
 * A record as the list that Avahi publishes in the record's order.
 * @param list  written on success: to free with avahi_string_list_free(); NULL for no strings
 * @return 0, SDREG_E_LIMIT (a string is over SDREG_TXT_STRING_MAX, or the record over
 *         SDREG_TXT_RECORD_MAX), SDREG_E_MEMORY
 */
SDREG_API int sdreg_txt_to_avahi(const struct sdreg_txt *txt, struct AvahiStringList **list);

/**
 * Writes a record that came through Avahi as the avahi-browse that is installed prints it: versions
 * differ in what they escape.
 * @param txt  the strings in the order in which Avahi gave them
 * @param buf  size bytes; four times the record and four is enough
 * @return length without the NUL; SDREG_E_LIMIT when buf is too small (buf is then empty), or as
 *         sdreg_txt_to_avahi(); SDREG_E_MEMORY
 */
SDREG_API int sdreg_txt_print_avahi(const struct sdreg_txt *txt, char *buf, size_t size);

#ifdef __cplusplus
}
#endif

#endif
