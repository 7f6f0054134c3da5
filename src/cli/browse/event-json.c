/* SPDX-License-Identifier: MIT */
#include "event-json.h"

#include "cli/common/json.h"
#include "cli/show/entry.h"
#include "cli/show/txt-key.h"

static const char *event_word(enum sdreg_event_kind kind)
{
	static const char *const words[] = {
		[SDREG_EVENT_ADDED] = "added",
		[SDREG_EVENT_RESOLVED] = "resolved",
		[SDREG_EVENT_CHANGED] = "changed",
		[SDREG_EVENT_REMOVED] = "removed",
		[SDREG_EVENT_FAILED] = "failed",
		[SDREG_EVENT_DAEMON_LOST] = "daemon-lost",
		[SDREG_EVENT_DAEMON_BACK] = "daemon-back",
		[SDREG_EVENT_ERROR] = "error",
		[SDREG_EVENT_END] = "end",
		[SDREG_EVENT_WARNING] = "warning",
		[SDREG_EVENT_DOMAIN_ADDED] = "domain-added",
		[SDREG_EVENT_DOMAIN_REMOVED] = "domain-removed",
	};
	return words[kind];
}

static json_t *texts_value(const struct sdreg_service *service,
	const char *nth_text(const struct sdreg_service *, size_t))
{
	json_t *const array = json_array();
	const char *text;
	for (size_t i = 0; (text = nth_text(service, i)) != NULL; i++)
		json_array_append_new(array, json_text(text));
	return array;
}

static enum sdreg_key_verdict judge_key(const struct sources *from,
	const struct sdreg_service *service, const struct sdreg_txt_item *item)
{
	return sdreg_annotate_key(from->registry, from->supplement, sdreg_service_type(service),
		item->key, item->key_len);
}

static json_t *txt_value(const struct sources *from, const struct sdreg_service *service)
{
	json_t *const array = json_array();
	struct sdreg_text text;
	for (size_t i = 0; sdreg_service_txt(service, i, &text); i++) {
		struct sdreg_txt_item item;
		if (sdreg_txt_item(text.at, text.len, &item) < 0) {
			/* clang-format off */
			json_array_append_new(array, json_pack("{s:n, s:o, s:s, s:n, s:n}", "key",
				"value", json_bytes(text.at, text.len),
				"verdict", "no-key",
				"meaning", "explained"));
			/* clang-format on */
			continue;
		}
		/* clang-format off */
		json_t *const object = json_pack("{s:o, s:o, s:s}",
			"key", json_bytes(item.key, item.key_len),
			"value", item.value != NULL ? json_bytes(item.value, item.value_len)
						    : json_null(),
			"verdict", sdreg_key_verdict_word(judge_key(from, service, &item)));
		/* clang-format on */
		txt_key_add_json(from, sdreg_service_type(service), &item, object);
		json_array_append_new(array, object);
	}
	return array;
}

static void add_resolved(const struct sources *from, const struct sdreg_service *service,
	json_t *object)
{
	uint16_t registered;
	const uint16_t port = sdreg_service_port(service);
	const enum sdreg_port_verdict verdict = sdreg_annotate_port(from->registry,
		from->supplement, sdreg_service_type(service), port, &registered);
	json_object_set_new(object, "host", json_text(sdreg_service_host(service)));
	json_object_set_new(object, "addresses", texts_value(service, sdreg_service_address));
	json_object_set_new(object, "port", json_integer(port));
	json_object_set_new(object, "port_verdict", json_string(sdreg_port_verdict_word(verdict)));
	json_object_set_new(object, "registered_port",
		registered != 0 ? json_integer(registered) : json_null());
	json_object_set_new(object, "txt", txt_value(from, service));
}

static void add_domain(const struct sdreg_event *event, json_t *object)
{
	const struct sdreg_place *const place = sdreg_event_place(event);
	const char *const interface = sdreg_place_interface(place);
	const int protocol = sdreg_place_protocol(place);
	json_object_set_new(object, "domain", json_text(sdreg_event_domain(event)));
	json_object_set_new(object, "interface",
		interface[0] != '\0' ? json_text(interface) : json_null());
	json_object_set_new(object, "protocol",
		protocol != 0 ? json_integer(protocol) : json_null());
}

static void add_service(const struct sources *from, const struct sdreg_service *s, json_t *object)
{
	const struct sdreg_annotation *const a = sdreg_service_annotation(s);
	json_object_set_new(object, "name", json_text(sdreg_service_name(s)));
	json_object_set_new(object, "type", json_text(sdreg_service_type_text(s)));
	json_object_set_new(object, "domain", json_text(sdreg_service_domain(s)));
	json_object_set_new(object, "interfaces", texts_value(s, sdreg_service_interface));
	json_object_set_new(object, "local", json_boolean(sdreg_service_is_local(s)));
	json_object_set_new(object, "verdict",
		json_string(sdreg_verdict_word(sdreg_annotation_verdict(a))));
	json_object_set_new(object, "title", json_text(sdreg_annotation_title(a)));
	json_object_set_new(object, "instead",
		sdreg_annotation_instead(a) != NULL ? json_text(sdreg_annotation_instead(a))
						    : json_null());
	entry_add_known(object, sdreg_annotation_supplement(a));
	json_object_set_new(object, "source", json_text(from->source));
	if (sdreg_service_is_resolved(s))
		add_resolved(from, s, object);
}

int event_print_json(const struct sources *from, const struct sdreg_event *event)
{
	const struct sdreg_service *const service = sdreg_event_service(event);
	const struct sdreg_error *const error = sdreg_event_error(event);
	json_t *const object = json_pack("{s:s}", "event", event_word(sdreg_event_kind(event)));
	if (object != NULL && error != NULL)
		json_object_set_new(object, "error", json_text(error->text));
	if (object != NULL && sdreg_event_domain(event) != NULL)
		add_domain(event, object);
	if (object != NULL && service != NULL)
		add_service(from, service, object);
	return json_print_line(stdout, object);
}
