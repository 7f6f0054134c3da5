/* SPDX-License-Identifier: MIT */

/* sdreg annotate --json: an object for each line, with the line in it. */

#include "cli/common/json.h"
#include "annotate.h"
#include "cli/show/entry.h"
#include "cli/show/txt-key.h"
#include "common/escape.h"
#include "common/printed-txt.h"

/* Every object has its line, and the bytes that end it unless these are a LF: so that nothing is
 * lost of what was read, and the input can be made again of the output. */
static json_t *new_object(const struct input_line *line)
{
	json_t *const object = json_pack("{s:o}", "line", json_bytes(line->at, line->len));
	const size_t end_len = line->all - line->len;
	if (object != NULL && (end_len != 1 || line->front == line->all))
		json_object_set_new(object, "end", json_stringn(line->at + line->len, end_len));
	return object;
}

static json_t *text_value(struct sdreg_text text)
{
	return json_bytes(text.at, text.len);
}

static json_t *unescaped(const struct annotator *a, struct sdreg_text text)
{
	return json_bytes(a->keys.scratch, escape_undo(text.at, text.len, a->keys.scratch));
}

/* ---- what is known ---- */

static json_t *string_value(const struct annotator *a, const struct known *known,
	const struct sdreg_txt_item *item)
{
	const enum sdreg_key_verdict verdict = known->is_type
		? sdreg_annotate_key(a->cli->sources.registry, a->cli->sources.supplement,
			  &known->type, item->key, item->key_len)
		: SDREG_KEY_VERDICT_UNKNOWN;
	/* clang-format off */
	json_t *const object = json_pack("{s:o, s:o, s:s}",
		"key", json_bytes(item->key, item->key_len),
		"value", item->value != NULL ? json_bytes(item->value, item->value_len)
					     : json_null(),
		"verdict", sdreg_key_verdict_word(verdict));
	/* clang-format on */
	if (known->is_type)
		txt_key_add_json(&a->cli->sources, &known->type, item, object);
	return object;
}

static void add_txt(const struct annotator *a, const struct item *item, json_t *object)
{
	json_t *const array = json_array();
	struct printed_txt txt = printed_txt_read(item->line.txt.at, item->line.txt.len);
	struct sdreg_text string;
	struct sdreg_txt_item key;
	while (printed_txt_next(&txt, a->keys.scratch, &string))
		if (sdreg_txt_item(string.at, string.len, &key) == 0)
			json_array_append_new(array, string_value(a, item->known, &key));
	json_object_set_new(object, "txt", array);
}

static void add_port(const struct annotator *a, const struct item *item, json_t *object)
{
	const uint16_t port = item->line.port_number;
	uint16_t registered = 0;
	json_object_set_new(object, "port", json_integer(port));
	if (!item->known->is_type)
		return;
	const enum sdreg_port_verdict verdict = sdreg_annotate_port(a->cli->sources.registry,
		a->cli->sources.supplement, &item->known->type, port, &registered);
	json_object_set_new(object, "port_verdict", json_string(sdreg_port_verdict_word(verdict)));
	json_object_set_new(object, "registered_port",
		registered != 0 ? json_integer(registered) : json_null());
}

static void add_known(const struct item *item, json_t *object)
{
	const struct known *const known = item->known;
	char type[SDREG_NAME_SIZE] = "";
	if (known->is_type)
		sdreg_type_format(&known->type, SDREG_TYPE_PART_TYPE, type, sizeof(type));
	json_object_set_new(object, "type",
		known->is_type ? json_text(type) : text_value(item->line.type));
	json_object_set_new(object, "verdict", json_string(known->verdict));
	json_object_set_new(object, "title",
		json_text(known->is_type ? sdreg_annotation_title(known->annotation) : ""));
	entry_add_known(object,
		known->is_type ? sdreg_annotation_supplement(known->annotation) : NULL);
	if (known->is_type && sdreg_annotation_instead(known->annotation) != NULL)
		json_object_set_new(object, "instead",
			json_text(sdreg_annotation_instead(known->annotation)));
}

/* ---- lines ---- */

/* What services and domains have. */
static void add_place(const struct annotator *a, const struct item *item, json_t *object)
{
	const char event[2] = {item->line.event, '\0'};
	json_object_set_new(object, "event", json_string(event));
	json_object_set_new(object, "interface", text_value(item->line.interface));
	json_object_set_new(object, "protocol", text_value(item->line.protocol));
	json_object_set_new(object, "domain", unescaped(a, item->line.domain));
}

static void add_service(const struct annotator *a, const struct item *item, json_t *object)
{
	add_place(a, item, object);
	json_object_set_new(object, "name",
		item->is_human ? text_value(item->line.name) : unescaped(a, item->line.name));
	add_known(item, object);
	if (item->is_human || item->line.event != '=')
		return;
	json_object_set_new(object, "host", unescaped(a, item->line.host));
	json_object_set_new(object, "address", unescaped(a, item->line.address));
	add_port(a, item, object);
	add_txt(a, item, object);
}

static void add_item(const struct annotator *a, const struct item *item, json_t *object)
{
	switch (item->kind) {
	case AVAHI_OTHER:
		return;
	case AVAHI_SERVICE:
		add_service(a, item, object);
		break;
	case AVAHI_DOMAIN:
		add_place(a, item, object);
		break;
	case AVAHI_HOST:
		json_object_set_new(object, "host", unescaped(a, item->line.host));
		break;
	case AVAHI_ADDRESS:
		json_object_set_new(object, "address", unescaped(a, item->line.address));
		break;
	case AVAHI_PORT:
		add_port(a, item, object);
		break;
	case AVAHI_TXT:
		add_txt(a, item, object);
		break;
	}
	if (item->is_human)
		json_object_set_new(object, "form", json_string("human"));
}

void json_line(struct annotator *a, const struct input_line *line, const struct item *item)
{
	json_t *const object = new_object(line);
	if (object != NULL)
		add_item(a, item, object);
	if (json_print_line(stdout, object) != 0)
		a->status = STATUS_TROUBLE;
}
