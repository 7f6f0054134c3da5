/* SPDX-License-Identifier: MIT */
#include "txt-key.h"

#include "cli/common/json.h"
#include "cli/common/print.h"

#include <string.h>

enum {
	WORDS_SIZE = 1024,
	NAME_COLUMNS = 9, /* keys are no longer, if they can be helped: RFC 6763 section 6.4 */
	SHORT_MAX = 24, /* bytes of values that are named in a key's own line */
};

/* The words for a value of a key; empty when there is nothing to say. */
static void explain(const struct sources *from, const struct sdreg_key *key,
	const struct sdreg_txt_item *item, char words[WORDS_SIZE])
{
	words[0] = '\0';
	if (item->value != NULL)
		sdreg_key_explain(from->supplement, key, item->value, item->value_len, words,
			WORDS_SIZE);
}

static void print_bits(FILE *out, const struct sdreg_key_value *value)
{
	const unsigned bit = sdreg_key_value_bit(value);
	const unsigned bits = sdreg_key_value_bits(value);
	const unsigned number = sdreg_key_value_number(value);
	if (bits == 1 && number == 1)
		fprintf(out, "bit %u", bit);
	else if (bits == 1)
		fprintf(out, "bit %u not set", bit);
	else
		fprintf(out, "bits %u to %u are %u", bit, bit + bits - 1, number);
}

static void print_value(FILE *out, const struct sdreg_key_value *value)
{
	const char *const text = sdreg_key_value_text(value);
	if (text[0] != '\0')
		print_text(out, text);
	else
		print_bits(out, value);
	fputs(": ", out);
	print_text(out, sdreg_key_value_meaning(value));
}

static void print_values(FILE *out, const struct sources *from, const struct sdreg_key *key)
{
	const struct sdreg_key_value *value;
	for (size_t i = 0; (value = sdreg_key_value(from->supplement, key, i)) != NULL; i++) {
		fprintf(out, "  %*s    ", NAME_COLUMNS, "");
		print_value(out, value);
		putc('\n', out);
	}
}

/* The values of a key in a word or two: ": T, F", ": 12 values", ": 3 flags"; one that is alone in
 * full. */
static void print_values_short(FILE *out, const struct sources *from, const struct sdreg_key *key)
{
	const struct sdreg_key_value *value;
	size_t count = 0;
	size_t len = 0;
	int are_flags = 0;
	for (; (value = sdreg_key_value(from->supplement, key, count)) != NULL; count++) {
		const char *const text = sdreg_key_value_text(value);
		len += strlen(text) + 2;
		are_flags |= text[0] == '\0';
	}
	if (count == 0)
		return;
	if (count == 1) {
		fputs("; ", out);
		print_value(out, sdreg_key_value(from->supplement, key, 0));
		return;
	}
	if (are_flags || len > SHORT_MAX) {
		fprintf(out, ": %zu %ss", count, are_flags ? "flag" : "value");
		return;
	}
	for (size_t i = 0; (value = sdreg_key_value(from->supplement, key, i)) != NULL; i++) {
		fputs(i > 0 ? ", " : ": ", out);
		print_text(out, sdreg_key_value_text(value));
	}
}

void txt_key_print_all(FILE *out, const struct sources *from, const struct sdreg_type *type,
	int values, const char *before)
{
	const char *source = "";
	const struct sdreg_key *key = sdreg_type_key(from->supplement, type, NULL);
	if (key == NULL)
		return;
	fputs(before, out);
	for (; key != NULL; key = sdreg_type_key(from->supplement, type, key)) {
		const char *const name = sdreg_key_name(key);
		const char *const need = sdreg_key_need_text(sdreg_key_need(key));
		if (strcmp(source, sdreg_key_source(key)) != 0) {
			source = sdreg_key_source(key);
			fputs("TXT keys by ", out);
			print_text(out, source);
			putc('\n', out);
		}
		fputs("  ", out);
		print_text(out, name);
		const int gap = NAME_COLUMNS - (int)strlen(name);
		fprintf(out, "%*s  ", gap > 0 ? gap : 0, "");
		print_text(out, sdreg_key_meaning(key));
		if (need[0] != '\0')
			fprintf(out, " (%s)", need);
		if (!values)
			print_values_short(out, from, key);
		putc('\n', out);
		if (values)
			print_values(out, from, key);
	}
}

static json_t *values_json(const struct sources *from, const struct sdreg_key *key)
{
	const struct sdreg_key_value *value;
	json_t *const values = json_array();
	for (size_t i = 0; (value = sdreg_key_value(from->supplement, key, i)) != NULL; i++) {
		const char *const text = sdreg_key_value_text(value);
		json_t *const object = text[0] != '\0'
			? json_pack("{s:o}", "value", json_text(text))
			: json_pack("{s:i, s:i, s:i}", "bit", (int)sdreg_key_value_bit(value),
				  "bits", (int)sdreg_key_value_bits(value), "number",
				  (int)sdreg_key_value_number(value));
		json_object_set_new(object, "meaning", json_text(sdreg_key_value_meaning(value)));
		json_array_append_new(values, object);
	}
	return values;
}

struct json_t *txt_key_json_all(const struct sources *from, const struct sdreg_type *type)
{
	const struct sdreg_key *key = sdreg_type_key(from->supplement, type, NULL);
	json_t *const keys = key != NULL ? json_array() : NULL;
	for (; key != NULL; key = sdreg_type_key(from->supplement, type, key)) {
		const char *const need = sdreg_key_need_text(sdreg_key_need(key));
		const char *const tells = sdreg_key_tells_text(sdreg_key_tells(key));
		json_array_append_new(keys,
			json_pack("{s:o, s:o, s:o, s:s, s:o, s:o, s:o}", "key",
				json_text(sdreg_key_name(key)), "meaning",
				json_text(sdreg_key_meaning(key)), "need",
				need[0] != '\0' ? json_string(need) : json_null(), "form",
				sdreg_key_form_text(sdreg_key_form(key)), "tells",
				tells[0] != '\0' ? json_string(tells) : json_null(), "values",
				values_json(from, key), "source",
				json_text(sdreg_key_source(key))));
	}
	return keys;
}

int txt_key_is_bytes(const struct sources *from, const struct sdreg_type *type,
	const struct sdreg_txt_item *item)
{
	const struct sdreg_key *const key =
		sdreg_find_key(from->supplement, type, item->key, item->key_len);
	return key != NULL && sdreg_key_form_is_bytes(sdreg_key_form(key)) && item->value_len > 0;
}

void txt_key_print_string(FILE *out, const struct sources *from, const struct sdreg_type *type,
	const struct sdreg_text *string)
{
	struct sdreg_txt_item item;
	if (type == NULL || sdreg_txt_item(string->at, string->len, &item) < 0 ||
		!txt_key_is_bytes(from, type, &item)) {
		print_bytes(out, string->at, string->len);
		return;
	}
	print_bytes(out, item.key, item.key_len);
	fputs("=0x", out);
	for (size_t i = 0; i < item.value_len; i++)
		fprintf(out, "%02x", (unsigned char)item.value[i]);
}

void txt_key_print(FILE *out, const struct sources *from, const struct sdreg_type *type,
	const struct sdreg_txt_item *item)
{
	char words[WORDS_SIZE];
	const struct sdreg_key *const key =
		sdreg_find_key(from->supplement, type, item->key, item->key_len);
	if (key == NULL)
		return;
	explain(from, key, item, words);
	if (sdreg_key_form(key) == SDREG_KEY_FORM_BINARY && strlen(words) == 2 * item->value_len)
		words[0] = '\0'; /* the digits stand there already */
	fputs("  (", out);
	print_text(out, sdreg_key_meaning(key));
	fputs(words[0] != '\0' ? ": " : "", out);
	print_text(out, words);
	putc(')', out);
}

void txt_key_add_json(const struct sources *from, const struct sdreg_type *type,
	const struct sdreg_txt_item *item, struct json_t *object)
{
	char words[WORDS_SIZE] = "";
	const struct sdreg_key *const key =
		sdreg_find_key(from->supplement, type, item->key, item->key_len);
	if (key != NULL)
		explain(from, key, item, words);
	json_object_set_new(object, "meaning",
		key != NULL ? json_text(sdreg_key_meaning(key)) : json_null());
	json_object_set_new(object, "explained", words[0] != '\0' ? json_text(words) : json_null());
}
