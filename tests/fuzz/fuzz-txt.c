/* SPDX-License-Identifier: MIT */

/* Fuzzes TXT records in the forms they come in: the first byte chooses the form. What is read must
 * be written and read again the same; every check of it must end, and say what makes sense. */

#include "fuzz.h"

#include <sdreg.h>

static void same_records(const struct sdreg_txt *a, const struct sdreg_txt *b)
{
	struct sdreg_text left;
	struct sdreg_text right;
	require(sdreg_txt_count(a) == sdreg_txt_count(b));
	require(sdreg_txt_wire_size(a) == sdreg_txt_wire_size(b));
	for (size_t i = 0; sdreg_txt_string(a, i, &left); i++) {
		require(sdreg_txt_string(b, i, &right) && left.len == right.len);
		require(left.len == 0 || memcmp(left.at, right.at, left.len) == 0);
	}
}

static struct sdreg_txt *record(void)
{
	struct sdreg_txt *const txt = sdreg_txt_new();
	require(txt != NULL);
	return txt;
}

/* ---- forms ---- */

static void through_wire(const struct sdreg_txt *txt)
{
	const size_t size = sdreg_txt_wire_size(txt);
	void *const bytes = block(NULL, size);
	const int written = sdreg_txt_wire(txt, bytes, size);
	require(size < 1 || sdreg_txt_wire(txt, bytes, size - 1) == SDREG_E_LIMIT);
	/* one empty string and no string at all are one record on the wire */
	if (written > 0 && !(size == 1 && sdreg_txt_count(txt) == 1)) {
		struct sdreg_txt *const again = record();
		require((size_t)written == size);
		require(sdreg_txt_add_wire(again, bytes, size, NULL) == SDREG_OK);
		same_records(txt, again);
		sdreg_txt_free(again);
	}
	free(bytes);
}

static void through_print(const struct sdreg_txt *txt)
{
	const size_t room = 4 * sdreg_txt_wire_size(txt) + 4;
	char *const whole = block(NULL, room);
	const int len = sdreg_txt_print(txt, whole, room);
	require(len >= 0 && whole[len] == '\0');
	char *const exact = block(whole, (size_t)len);
	struct sdreg_txt *const again = record();
	require(sdreg_txt_add_printed(again, exact, (size_t)len, NULL) == SDREG_OK);
	same_records(txt, again);
	require(!sdreg_txt_has_order(again));
	sdreg_txt_free(again);
	free(exact);
	free(whole);
}

/* ---- looking up and building ---- */

static void find_each(const struct sdreg_txt *txt)
{
	struct sdreg_txt_item item;
	struct sdreg_txt_item found;
	size_t next = 0;
	for (int i = 0; i < 32 && sdreg_txt_next(txt, &next, &item); i++) {
		char *const key = block(NULL, item.key_len + 1);
		memcpy(key, item.key, item.key_len);
		key[item.key_len] = '\0';
		if (strlen(key) == item.key_len)
			require(sdreg_txt_find(txt, key, strlen(key), &found) &&
				found.key_len == item.key_len);
		free(key);
	}
}

static void through_presence(const struct sdreg_txt *txt)
{
	struct sdreg_presence presence = {.size = sizeof(presence)};
	struct sdreg_presence again = {.size = sizeof(again)};
	struct sdreg_txt *const written = record();
	char name[40];
	sdreg_presence_read(txt, &presence);
	require(sdreg_presence_name(&presence, "user@machine", 12, name, sizeof(name)) <
		sizeof(name));
	const int result = sdreg_presence_write(&presence, written);
	if (result == SDREG_OK) {
		sdreg_presence_read(written, &again);
		require(again.status == presence.status && again.port == presence.port);
		require(again.can == presence.can && again.has_picture == presence.has_picture);
		require(again.node.len == presence.node.len);
		require(again.message.len <= presence.message.len);
	}
	require(result == SDREG_OK || sdreg_txt_count(written) == 0);
	sdreg_txt_free(written);
}

/* ---- checks ---- */

static void check_as(const struct sdreg_txt *txt, const char *name)
{
	struct sdreg_registry *const registry = sdreg_registry_embedded(NULL);
	struct sdreg_registry *const supplement = sdreg_supplement_embedded(NULL);
	struct sdreg_type type;
	const struct sdreg_finding *f;
	enum sdreg_severity worst = 0;
	require(registry != NULL && supplement != NULL);
	require(sdreg_type_parse(name, strlen(name), &type, NULL) == SDREG_OK);
	const struct sdreg_subject subject = {.size = sizeof(subject),
		.type = &type,
		.registry = registry,
		.supplement = supplement,
		.txt = txt,
		.has_port = 1,
		.port = 5298};
	struct sdreg_report *const report = sdreg_check(&subject, NULL);
	require(report != NULL);
	for (size_t i = 0; (f = sdreg_report_finding(report, i)) != NULL; i++) {
		const size_t string = sdreg_finding_string(f);
		size_t key_len;
		const char *const key = sdreg_finding_key(f, &key_len);
		worst = sdreg_finding_severity(f) > worst ? sdreg_finding_severity(f) : worst;
		require(sdreg_finding_rule_word(sdreg_finding_rule(f))[0] != '\0' &&
			sdreg_finding_source(f)[0] != '\0' && sdreg_finding_text(f)[0] != '\0');
		require(string == SDREG_NO_STRING || string < sdreg_txt_count(txt));
		require(key_len < 256 && key[key_len] == '\0');
		require(strlen(sdreg_finding_text(f)) < 256);
	}
	require(sdreg_report_left_out(report) > 0 || worst == sdreg_report_worst(report));
	sdreg_report_free(report);
	sdreg_registry_close(supplement);
	sdreg_registry_close(registry);
}

static void read_form(struct sdreg_txt *txt, unsigned form, const char *bytes, size_t size)
{
	struct sdreg_error err = {.size = sizeof(err)};
	int result = SDREG_OK;
	if (form == 0) {
		result = sdreg_txt_add_wire(txt, bytes, size, &err);
	} else if (form == 1) {
		result = sdreg_txt_add_printed(txt, bytes, size, &err);
	} else {
		for (size_t i = 0, len; i < size; i += len + 1) { /* strings with NULs between */
			len = strnlen(bytes + i, size - i);
			require(sdreg_txt_add(txt, bytes + i, len) == SDREG_OK);
		}
	}
	require(result == SDREG_OK ? err.code == 0 : err.text[0] != '\0');
	require(result == SDREG_OK || sdreg_txt_count(txt) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const types[] = {"a@b._presence._tcp", "Room._clique._udp", "_ipp._tcp",
		"_http._tcp"};
	if (size == 0)
		return 0;
	char *const bytes = block(data + 1, size - 1);
	struct sdreg_txt *const txt = record();
	read_form(txt, data[0] % 3, bytes, size - 1);
	through_wire(txt);
	through_print(txt);
	find_each(txt);
	through_presence(txt);
	check_as(txt, types[data[0] / 3 % 4]);
	sdreg_txt_free(txt);
	free(bytes);
	return 0;
}
