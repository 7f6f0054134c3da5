/* SPDX-License-Identifier: MIT */

/* Building the dictionary of TXT keys. */

#include "builder.h"
#include "common/ascii.h"
#include "common/error.h"
#include "common/grow.h"
#include "common/sized.h"
#include "common/utf8.h"
#include "image.h"

#include <sdreg/type.h>

#include <string.h>

enum {
	VALUES_MAX = 1 << 20,
	VALUES_PER_KEY = UINT16_MAX,
};

/* Writes a type as it is looked up, whatever its escapes were: SDREG_NAME_SIZE bytes hold it. Gives
 * its length, or -1 for what is no type of services. */
static int subject_text(struct sdreg_text word, char *text)
{
	struct sdreg_type type;
	if (sdreg_type_parse(word.at, word.len, &type, NULL) < 0 ||
		type.proto == SDREG_PROTO_OTHER || type.domain[0] != '\0' || type.instance_len > 0)
		return -1;
	const int len = sdreg_type_format(&type, SDREG_TYPE_PART_TYPE | SDREG_TYPE_PART_SUBTYPE,
		text, SDREG_NAME_SIZE);
	if (len < 0 || len >= IMAGE_TYPE_TEXT_MAX || utf8_valid(text, (size_t)len) < (size_t)len ||
		strchr(text, ' ') != NULL)
		return -1; /* types are given with blanks between them */
	return len;
}

static int check_types(struct sdreg_text types, struct sdreg_error *err)
{
	char text[SDREG_NAME_SIZE];
	size_t count = 0;
	for (;;) {
		const struct sdreg_text word = ascii_next_word(&types);
		if (word.len == 0)
			break;
		count++;
		if (subject_text(word, text) < 0)
			return error_set(err, SDREG_E_RECORD,
				"keys left out: \"%.*s\" is no service type such as _ipp._tcp",
				(int)(word.len < 64 ? word.len : 64), word.at);
	}
	if (count == 0)
		return error_set(err, SDREG_E_RECORD, "keys left out: no service type");
	return SDREG_OK;
}

static int add_subject(struct sdreg_builder *b, struct sdreg_text word, struct sdreg_error *err)
{
	char text[SDREG_NAME_SIZE];
	const struct sdreg_text type = {text, (size_t)subject_text(word, text)};
	struct built_subject subject = {.first = (uint32_t)b->keys_count};
	struct built_subject *const subjects =
		grow(b->subjects, &b->subjects_size, b->subjects_count + 1, sizeof(*subjects));
	if (subjects == NULL)
		return error_set(err, SDREG_E_MEMORY, "no memory for TXT keys");
	b->subjects = subjects;
	const int result = builder_text(b, type, 0, &subject.type, err);
	if (result < 0)
		return result;
	b->subjects[b->subjects_count++] = subject;
	return SDREG_OK;
}

static int end_subjects(struct sdreg_builder *b, size_t before, int result)
{
	if (result < 0)
		b->subjects_count = before; /* all of them, or none */
	return result;
}

int sdreg_builder_begin_keys(struct sdreg_builder *builder, struct sdreg_text types,
	struct sdreg_error *err)
{
	error_begin(err);
	builder->subjects_open = 0;
	builder->key_open = 0;
	int result = check_types(types, err);
	const size_t before = builder->subjects_count;
	while (result == SDREG_OK) {
		const struct sdreg_text word = ascii_next_word(&types);
		if (word.len == 0)
			break;
		result = add_subject(builder, word, err);
	}
	result = end_subjects(builder, before, result);
	builder->subjects_open = builder->subjects_count - before;
	return result;
}

/* Adds a type that has the keys of a subject. */
static int add_like(struct sdreg_builder *b, struct sdreg_text word, size_t like,
	struct sdreg_error *err)
{
	if (b->subjects[like].count > IMAGE_TYPE_KEYS_MAX - b->type_keys)
		return error_set(err, SDREG_E_LIMIT, "over %d TXT keys of types",
			IMAGE_TYPE_KEYS_MAX);
	const int result = add_subject(b, word, err);
	if (result < 0)
		return result;
	struct built_subject *const subject = &b->subjects[b->subjects_count - 1];
	subject->first = b->subjects[like].first;
	subject->count = b->subjects[like].count;
	b->type_keys += subject->count;
	return SDREG_OK;
}

int sdreg_builder_keys_like(struct sdreg_builder *builder, struct sdreg_text types,
	struct sdreg_text like, struct sdreg_error *err)
{
	char text[SDREG_NAME_SIZE];
	error_begin(err);
	builder->subjects_open = 0;
	builder->key_open = 0;
	int result = check_types(types, err);
	const size_t before = builder->subjects_count;
	const size_t keys_before = builder->type_keys;
	if (result == SDREG_OK && subject_text(like, text) < 0)
		result =
			error_set(err, SDREG_E_RECORD, "keys left out: \"%.*s\" is no service type",
				(int)(like.len < 64 ? like.len : 64), like.at);
	for (size_t i = 0; result == SDREG_OK && i < before; i++) {
		struct sdreg_text rest = types;
		if (builder->subjects[i].count == 0 ||
			ascii_compare(builder->pool.bytes + builder->subjects[i].type, text) != 0)
			continue;
		for (struct sdreg_text word = ascii_next_word(&rest);
			result == SDREG_OK && word.len > 0; word = ascii_next_word(&rest))
			result = add_like(builder, word, i, err);
	}
	if (result == SDREG_OK && builder->subjects_count == before)
		result = error_set(err, SDREG_E_RECORD,
			"keys left out: \"%s\" has none before them", text);
	if (result < 0)
		builder->type_keys = keys_before;
	return end_subjects(builder, before, result);
}

static int add_strings(struct sdreg_builder *b, const struct sdreg_text *const *texts, size_t count,
	uint32_t *strings, struct sdreg_error *err)
{
	for (size_t i = 0; i < count; i++) {
		const int result = builder_text(b, *texts[i], 0, &strings[i], err);
		if (result < 0)
			return result;
	}
	return SDREG_OK;
}

int sdreg_builder_add_key(struct sdreg_builder *builder, const struct sdreg_key_record *given,
	struct sdreg_error *err)
{
	struct sdreg_key_record sized = {.size = sizeof(sized)};
	const int is_sized = sized_take(&sized, sizeof(sized), given);
	const struct sdreg_key_record *const key = &sized;
	const struct sdreg_text *const texts[KEY_STRINGS] = {&key->name, &key->meaning,
		&key->source};
	struct built_key built = {.first = (uint32_t)builder->values_count,
		.need = (unsigned char)key->need,
		.form = (unsigned char)key->form,
		.tells = (unsigned char)key->tells,
		.is_closed = key->is_closed != 0};
	error_begin(err);
	if (!is_sized)
		return error_set(err, SDREG_E_ARGUMENT, "a key begins with its size");
	builder->key_open = 0; /* values of a key that is left out are not those of another */
	if (builder->subjects_open == 0)
		return error_set(err, SDREG_E_RECORD, "key left out: it belongs to no type");
	if ((unsigned)key->need > SDREG_KEY_NEED_FORMER ||
		(unsigned)key->form > SDREG_KEY_FORM_PATH ||
		(unsigned)key->tells > SDREG_KEY_TELLS_PAGE)
		return error_set(err, SDREG_E_RECORD,
			"key left out: no such need, or no such form");
	if (builder->subjects_open > IMAGE_TYPE_KEYS_MAX - builder->type_keys)
		return error_set(err, SDREG_E_LIMIT, "over %d TXT keys of types",
			IMAGE_TYPE_KEYS_MAX);
	const int result = add_strings(builder, texts, KEY_STRINGS, built.strings, err);
	if (result < 0)
		return result;
	if (built.strings[0] == 0 || built.strings[1] == 0)
		return error_set(err, SDREG_E_RECORD, "key left out: no name, or no meaning");
	struct built_key *const keys =
		grow(builder->keys, &builder->keys_size, builder->keys_count + 1, sizeof(*keys));
	if (keys == NULL)
		return error_set(err, SDREG_E_MEMORY, "no memory for TXT keys");
	builder->keys = keys;
	builder->keys[builder->keys_count++] = built;
	for (size_t i = 1; i <= builder->subjects_open; i++)
		builder->subjects[builder->subjects_count - i].count++;
	builder->type_keys += builder->subjects_open;
	builder->key_open = 1;
	return SDREG_OK;
}

/* What is said of bits, or of a text. 0 for bits that there are not. */
static int set_bits(const struct sdreg_value_record *value, struct built_value *built)
{
	if (value->bit > 63 || value->bits > VALUE_BITS_MAX || value->bit + value->bits > 64 ||
		(value->bits > 0 && value->number >> value->bits > 0))
		return 0;
	built->number = value->need == SDREG_KEY_NEED_REQUIRED;
	if (built->strings[0] != 0)
		return 1;
	built->bits = value->bits > 0 ? (unsigned char)value->bits : 1;
	built->number = value->bits > 0 ? (uint16_t)value->number : 1;
	return 1;
}

int sdreg_builder_add_value(struct sdreg_builder *builder, const struct sdreg_value_record *given,
	struct sdreg_error *err)
{
	struct sdreg_value_record sized = {.size = sizeof(sized)};
	const int is_sized = sized_take(&sized, sizeof(sized), given);
	const struct sdreg_value_record *const value = &sized;
	const struct sdreg_text *const texts[VALUE_STRINGS] = {&value->text, &value->meaning};
	struct built_value built = {.bit = (unsigned char)value->bit};
	error_begin(err);
	if (!is_sized)
		return error_set(err, SDREG_E_ARGUMENT, "a value begins with its size");
	if (!builder->key_open)
		return error_set(err, SDREG_E_RECORD, "value left out: it belongs to no key");
	struct built_key *const key = &builder->keys[builder->keys_count - 1];
	if (key->count == VALUES_PER_KEY || builder->values_count >= VALUES_MAX)
		return error_set(err, SDREG_E_LIMIT, "too many values of TXT keys");
	const int result = add_strings(builder, texts, VALUE_STRINGS, built.strings, err);
	if (result < 0)
		return result;
	if (built.strings[1] == 0 || !set_bits(value, &built))
		return error_set(err, SDREG_E_RECORD,
			"value left out: it needs a meaning, and a text or a bit from 0 to 63");
	struct built_value *const values = grow(builder->values, &builder->values_size,
		builder->values_count + 1, sizeof(*values));
	if (values == NULL)
		return error_set(err, SDREG_E_MEMORY, "no memory for TXT keys");
	builder->values = values;
	builder->values[builder->values_count++] = built;
	key->count++;
	return SDREG_OK;
}
