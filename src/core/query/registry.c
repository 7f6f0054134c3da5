/* SPDX-License-Identifier: MIT */

/* What an open registry says of itself, its entries and its people. */

#include "common/ascii.h"
#include "common/error.h"
#include "find.h"

#include <sdreg/error.h>
#include <sdreg/type.h>

#include <string.h>

int sdreg_supplement_add(struct sdreg_registry *supplement, struct sdreg_registry *further,
	struct sdreg_error *err)
{
	error_begin(err);
	while (supplement->further != NULL)
		supplement = supplement->further;
	for (const struct sdreg_registry *f = further; f != NULL; f = f->further)
		if (f == supplement)
			return error_set(err, SDREG_E_ARGUMENT,
				"this supplement stands behind the other one already");
	supplement->further = further;
	return SDREG_OK;
}

const char *sdreg_registry_file(const struct sdreg_registry *registry)
{
	return registry->file;
}

const char *sdreg_registry_updated(const struct sdreg_registry *registry)
{
	return (const char *)registry->image + le32(registry->image + HEADER_UPDATED);
}

const char *sdreg_registry_title(const struct sdreg_registry *registry)
{
	return (const char *)registry->image + le32(registry->image + HEADER_TITLE);
}

int sdreg_registry_is_complete(const struct sdreg_registry *registry)
{
	return (registry->flags & IMAGE_PARTIAL) == 0;
}

int sdreg_registry_is_abridged(const struct sdreg_registry *registry)
{
	return (registry->flags & IMAGE_ABRIDGED) != 0;
}

const void *sdreg_registry_image(const struct sdreg_registry *registry, size_t *len)
{
	*len = registry->size;
	return registry->image;
}

size_t sdreg_registry_size(const struct sdreg_registry *registry)
{
	size_t count = 0;
	for (; registry != NULL; registry = registry->further)
		count += registry->entries_count;
	return count;
}

size_t sdreg_registry_people(const struct sdreg_registry *registry)
{
	return registry->people_count;
}

const char *sdreg_entry_name(const struct sdreg_entry *entry)
{
	return image_string(entry->bytes, ENTRY_NAME);
}

const char *sdreg_entry_description(const struct sdreg_entry *entry)
{
	return image_string(entry->bytes, ENTRY_DESCRIPTION);
}

const char *sdreg_entry_assignee(const struct sdreg_entry *entry)
{
	return image_string(entry->bytes, ENTRY_ASSIGNEE);
}

/* An empty text lies in the image, too: a search tells texts by where they are. */
const char *sdreg_entry_contact(const struct sdreg_entry *entry)
{
	const char *const text = image_string(entry->bytes, ENTRY_CONTACT);
	return (entry->bytes[ENTRY_FLAGS] & ENTRY_WARNS) == 0 ? text : text + strlen(text);
}

const char *sdreg_entry_warning(const struct sdreg_entry *entry)
{
	return (entry->bytes[ENTRY_FLAGS] & ENTRY_WARNS) != 0
		? image_string(entry->bytes, ENTRY_CONTACT)
		: "";
}

enum sdreg_known sdreg_entry_known(const struct sdreg_entry *entry)
{
	return (enum sdreg_known)entry->bytes[ENTRY_KNOWN];
}

const char *sdreg_entry_registered(const struct sdreg_entry *entry)
{
	return image_string(entry->bytes, ENTRY_REGISTERED);
}

const char *sdreg_entry_modified(const struct sdreg_entry *entry)
{
	return image_string(entry->bytes, ENTRY_MODIFIED);
}

const char *sdreg_entry_reference(const struct sdreg_entry *entry)
{
	return image_string(entry->bytes, ENTRY_REFERENCE);
}

const char *sdreg_entry_service_code(const struct sdreg_entry *entry)
{
	return image_string(entry->bytes, ENTRY_SERVICE_CODE);
}

const char *sdreg_entry_unauthorized_use(const struct sdreg_entry *entry)
{
	return image_string(entry->bytes, ENTRY_UNAUTHORIZED);
}

const char *sdreg_entry_notes(const struct sdreg_entry *entry)
{
	return image_string(entry->bytes, ENTRY_NOTES);
}

enum sdreg_transport sdreg_entry_transport(const struct sdreg_entry *entry)
{
	return (enum sdreg_transport)entry->bytes[ENTRY_TRANSPORT];
}

int sdreg_entry_port(const struct sdreg_entry *entry, uint16_t *first, uint16_t *last)
{
	if ((entry->bytes[ENTRY_FLAGS] & ENTRY_HAS_PORT) == 0)
		return 0;
	if (first != NULL)
		*first = le16(entry->bytes + ENTRY_PORT_FIRST);
	if (last != NULL)
		*last = le16(entry->bytes + ENTRY_PORT_LAST);
	return 1;
}

int sdreg_entry_is_abridged(const struct sdreg_entry *entry)
{
	return (entry->bytes[ENTRY_FLAGS] & ENTRY_ABRIDGED) != 0;
}

size_t sdreg_entry_index(const struct sdreg_registry *registry, const struct sdreg_entry *entry)
{
	const struct sdreg_registry *const holder = find_holder(registry, entry);
	size_t index = 0;
	if (holder == NULL)
		return sdreg_registry_size(registry);
	for (; registry != holder; registry = registry->further)
		index += registry->entries_count;
	return index + (size_t)(entry->bytes - holder->entries) / IMAGE_ENTRY_SIZE;
}

int sdreg_entry_type(const struct sdreg_entry *entry, unsigned nth, struct sdreg_type *type)
{
	const enum sdreg_transport transport = sdreg_entry_transport(entry);
	const unsigned types = transport == SDREG_TRANSPORT_NONE ? 2 : 1;
	if ((entry->bytes[ENTRY_FLAGS] & ENTRY_GIVES_TYPE) == 0 || nth >= types)
		return 0;
	const char *const name = sdreg_entry_name(entry);
	const size_t len = strlen(name);
	if (len >= sizeof(type->name))
		return 0; /* an image from elsewhere may say so; no builder does */
	const int tcp = transport == SDREG_TRANSPORT_TCP ||
		(transport == SDREG_TRANSPORT_NONE && nth == 0);
	memset(type, 0, sizeof(*type));
	memcpy(type->name, name, len);
	memcpy(type->proto_label, tcp ? "tcp" : "udp", sizeof("tcp"));
	type->name_len = (unsigned char)len;
	type->proto = tcp ? SDREG_PROTO_TCP : SDREG_PROTO_UDP;
	return 1;
}

/* The TXT record of an entry, or NULL. */
static const unsigned char *entry_txt(const struct sdreg_entry *entry)
{
	const uint32_t distance = le32(entry->bytes + ENTRY_TXT);
	return distance != 0 ? (const unsigned char *)entry + distance : NULL;
}

enum sdreg_txt_kind sdreg_entry_txt_kind(const struct sdreg_entry *entry)
{
	const unsigned char *const txt = entry_txt(entry);
	return txt != NULL ? (enum sdreg_txt_kind)le32(txt) : SDREG_TXT_KIND_ABSENT;
}

const char *sdreg_entry_txt_key(const struct sdreg_entry *entry, size_t nth)
{
	const unsigned char *const txt = entry_txt(entry);
	if (txt == NULL || nth >= le16(txt + 4))
		return NULL;
	return image_string(txt, IMAGE_TXT_SIZE + 4 * nth);
}

const char *sdreg_entry_txt_reference(const struct sdreg_entry *entry, size_t nth)
{
	const unsigned char *const txt = entry_txt(entry);
	if (txt == NULL || nth >= le16(txt + 6))
		return NULL;
	return image_string(txt, IMAGE_TXT_SIZE + 4 * (le16(txt + 4) + nth));
}

static const char *const transports[] = {
	[SDREG_TRANSPORT_NONE] = "",
	[SDREG_TRANSPORT_TCP] = "tcp",
	[SDREG_TRANSPORT_UDP] = "udp",
	[SDREG_TRANSPORT_SCTP] = "sctp",
	[SDREG_TRANSPORT_DCCP] = "dccp",
};

const char *sdreg_transport_text(enum sdreg_transport transport)
{
	const size_t i = (size_t)transport;
	return i < sizeof(transports) / sizeof(transports[0]) ? transports[i] : "";
}

int sdreg_transport_parse(const char *text, size_t len, enum sdreg_transport *transport)
{
	for (int i = SDREG_TRANSPORT_TCP; i <= SDREG_TRANSPORT_DCCP; i++) {
		if (strlen(transports[i]) != len || !ascii_equal(transports[i], text, len))
			continue;
		*transport = (enum sdreg_transport)i;
		return SDREG_OK;
	}
	return SDREG_E_SYNTAX;
}

const char *sdreg_txt_kind_text(enum sdreg_txt_kind kind)
{
	static const char *const kinds[] = {
		[SDREG_TXT_KIND_ABSENT] = "",
		[SDREG_TXT_KIND_NONE] = "none",
		[SDREG_TXT_KIND_LIST] = "list",
		[SDREG_TXT_KIND_REFERENCE] = "reference",
		[SDREG_TXT_KIND_PROPRIETARY] = "proprietary",
		[SDREG_TXT_KIND_UNSPECIFIED] = "unspecified",
		[SDREG_TXT_KIND_PROSE] = "prose",
	};
	const size_t i = (size_t)kind;
	return i < sizeof(kinds) / sizeof(kinds[0]) ? kinds[i] : "";
}

const char *sdreg_known_word(enum sdreg_known known)
{
	static const char *const words[] = {
		[SDREG_KNOWN_UNSAID] = "",
		[SDREG_KNOWN_DOCUMENTED] = "documented",
		[SDREG_KNOWN_SOURCE] = "source",
		[SDREG_KNOWN_SEEN] = "seen",
	};
	const size_t i = (size_t)known;
	return i < sizeof(words) / sizeof(words[0]) ? words[i] : "";
}

const char *sdreg_bracketed(const char **text, size_t *len)
{
	const char *const open = strchr(*text, '[');
	const char *const close = open != NULL ? strchr(open, ']') : NULL;
	if (close == NULL)
		return NULL;
	*text = close + 1;
	*len = (size_t)(close - open - 1);
	return open + 1;
}
