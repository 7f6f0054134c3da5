/* SPDX-License-Identifier: MIT */
#include "cli/common/cli.h"
#include "cli/common/json.h"
#include "entry.h"

static json_t *port_value(const struct sdreg_entry *entry)
{
	uint16_t first;
	uint16_t last;
	char text[16];
	if (!sdreg_entry_port(entry, &first, &last))
		return json_null();
	if (first == last)
		return json_integer(first);
	entry_port_text(entry, text);
	return json_string(text);
}

static json_t *types_value(const struct sdreg_entry *entry)
{
	json_t *const types = json_array();
	char text[SDREG_NAME_SIZE];
	for (unsigned i = 0; entry_type_text(entry, i, text); i++)
		json_array_append_new(types, json_text(text));
	return types;
}

static json_t *txt_value(const struct sdreg_entry *entry)
{
	const enum sdreg_txt_kind kind = sdreg_entry_txt_kind(entry);
	const char *text;
	if (kind == SDREG_TXT_KIND_ABSENT)
		return json_null();
	json_t *const keys = json_array();
	json_t *const references = json_array();
	for (size_t i = 0; (text = sdreg_entry_txt_key(entry, i)) != NULL; i++)
		json_array_append_new(keys, json_text(text));
	for (size_t i = 0; (text = sdreg_entry_txt_reference(entry, i)) != NULL; i++)
		json_array_append_new(references, json_text(text));
	return json_pack("{s:s, s:o, s:o}", "kind", sdreg_txt_kind_text(kind), "keys", keys,
		"references", references);
}

json_t *entry_json(const struct sources *from, const struct sdreg_registry *registry,
	const struct sdreg_entry *e)
{
	const enum sdreg_transport transport = sdreg_entry_transport(e);
	json_t *const transport_value = transport == SDREG_TRANSPORT_NONE
		? json_null()
		: json_string(sdreg_transport_text(transport));
	json_t *const object = json_pack(
		"{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"name", json_text(sdreg_entry_name(e)), "port", port_value(e), "transport",
		transport_value, "description", json_text(sdreg_entry_description(e)), "assignee",
		json_text(sdreg_entry_assignee(e)), "contact", json_text(sdreg_entry_contact(e)),
		"registered", json_text(sdreg_entry_registered(e)), "modified",
		json_text(sdreg_entry_modified(e)), "reference",
		json_text(sdreg_entry_reference(e)), "service_code",
		json_text(sdreg_entry_service_code(e)), "unauthorized_use",
		json_text(sdreg_entry_unauthorized_use(e)), "notes",
		json_text(sdreg_entry_notes(e)), "types", types_value(e), "txt", txt_value(e),
		"source", json_text(entry_source(from, registry)));
	if (registry == from->supplement)
		entry_add_known(object, e);
	else
		json_object_set_new(object, "abridged", json_boolean(sdreg_entry_is_abridged(e)));
	return object;
}

void entry_add_known(json_t *object, const struct sdreg_entry *supplement)
{
	const enum sdreg_known known = supplement != NULL ? sdreg_entry_known(supplement)
							  : SDREG_KNOWN_UNSAID;
	const char *const warning = supplement != NULL ? sdreg_entry_warning(supplement) : "";
	json_object_set_new(object, "known",
		known != SDREG_KNOWN_UNSAID ? json_string(sdreg_known_word(known)) : json_null());
	json_object_set_new(object, "warning",
		warning[0] != '\0' ? json_text(warning) : json_null());
}

int entry_print_json(FILE *out, const struct sources *from, const struct sdreg_registry *registry,
	const struct sdreg_entry *e)
{
	return json_print_line(out, entry_json(from, registry, e));
}
