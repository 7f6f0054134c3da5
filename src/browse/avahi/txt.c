/* SPDX-License-Identifier: MIT */
#include <sdreg/avahi.h>
#include <sdreg/error.h>

#include <avahi-common/malloc.h>
#include <avahi-common/strlst.h>

#include <stdlib.h>
#include <string.h>

/* TXT records from and to Avahi's string lists. */

/* Bytes of a list as a record, or SIZE_MAX where a string is too long for one. */
static size_t wire_size(const AvahiStringList *list)
{
	size_t size = 0;
	for (const AvahiStringList *l = list; l != NULL; l = l->next) {
		if (l->size > SDREG_TXT_STRING_MAX || size > SDREG_TXT_MEMORY_MAX)
			return SIZE_MAX;
		size += 1 + l->size;
	}
	return size;
}

int sdreg_txt_add_avahi(struct sdreg_txt *txt, const struct AvahiStringList *list)
{
	const size_t size = wire_size(list);
	if (size == SIZE_MAX)
		return SDREG_E_LIMIT;
	unsigned char *const bytes = malloc(size + 1);
	unsigned char *to = bytes;
	if (bytes == NULL)
		return SDREG_E_MEMORY;
	for (const AvahiStringList *l = list; l != NULL; l = l->next) {
		*to++ = (unsigned char)l->size;
		memcpy(to, l->text, l->size);
		to += l->size;
	}
	const int result = sdreg_txt_add_wire(txt, bytes, size, NULL);
	free(bytes);
	if (result == SDREG_OK)
		sdreg_txt_lose_order(txt);
	return result;
}

/* Lists grow at the head; the daemon turns what it is given, so that the first string is sent first
 * when it comes last here (measured with 0.8: the LAN tests look at the wire). */
int sdreg_txt_to_avahi(const struct sdreg_txt *txt, struct AvahiStringList **list)
{
	AvahiStringList *made = NULL;
	struct sdreg_text string;
	if (sdreg_txt_wire_size(txt) > SDREG_TXT_RECORD_MAX)
		return SDREG_E_LIMIT;
	for (size_t i = 0; sdreg_txt_string(txt, i, &string); i++) {
		int result = SDREG_E_LIMIT;
		AvahiStringList *longer = NULL;
		if (string.len <= SDREG_TXT_STRING_MAX) {
			result = SDREG_E_MEMORY;
			longer = avahi_string_list_add_arbitrary(made, (const uint8_t *)string.at,
				string.len);
		}
		if (longer == NULL) {
			avahi_string_list_free(made);
			return result;
		}
		made = longer;
	}
	*list = made;
	return SDREG_OK;
}

/* avahi-browse has the list that Avahi gave, the first string at its head. */
int sdreg_txt_print_avahi(const struct sdreg_txt *txt, char *buf, size_t size)
{
	AvahiStringList *list = NULL;
	if (size > 0)
		buf[0] = '\0';
	const int result = sdreg_txt_to_avahi(txt, &list);
	if (result < 0)
		return result;
	list = avahi_string_list_reverse(list);
	char *const text = avahi_string_list_to_string(list);
	avahi_string_list_free(list);
	if (text == NULL)
		return SDREG_E_MEMORY;
	const size_t len = strlen(text);
	if (len < size)
		memcpy(buf, text, len + 1);
	avahi_free(text);
	return len < size ? (int)len : SDREG_E_LIMIT;
}
