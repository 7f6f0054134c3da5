/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sdreg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct sdreg_txt *record(const char *strings)
{
	struct sdreg_txt *const txt = sdreg_txt_new();
	assert_non_null(txt);
	while (*strings != '\0') {
		const size_t len = strcspn(strings, "|");
		assert_int_equal(sdreg_txt_add(txt, strings, len), 0);
		strings += len + (strings[len] == '|');
	}
	return txt;
}

static const char *joined(const struct sdreg_txt *txt, char buf[2048])
{
	struct sdreg_text string;
	size_t len = 0;
	for (size_t i = 0; sdreg_txt_string(txt, i, &string); i++)
		len += (size_t)snprintf(buf + len, 2048 - len, "%s%.*s", i > 0 ? "|" : "",
			(int)string.len, string.at);
	buf[len] = '\0';
	return buf;
}

static struct sdreg_text text(const char *s)
{
	return (struct sdreg_text){s, s != NULL ? strlen(s) : 0};
}

static void assert_text(struct sdreg_text got, const char *want)
{
	assert_int_equal(got.at != NULL, want != NULL);
	if (want == NULL)
		return;
	assert_int_equal(got.len, strlen(want));
	assert_memory_equal(got.at, want, got.len);
}

/* ---- reading ---- */

static void test_read(void **state)
{
	(void)state;
	struct sdreg_presence p = {.size = sizeof(p)};
	struct sdreg_txt *const txt =
		record("txtvers=1|1st=Juliet|last=|nick|email=a@b c@d|"
		       "jid=j@c.lit|msg=Hanging out|STATUS=away|status=dnd|"
		       "phsh=000102030405060708090a0b0C0D0E0F10111213|port.p2pj=5562|vc=!ZA|"
		       "node=http://x|hash=sha-1|ver=abc=|ext=a b|x=y");
	sdreg_presence_read(txt, &p);
	assert_text(p.first, "Juliet");
	assert_text(p.last, "");
	assert_text(p.nick, NULL);
	assert_text(p.emails, "a@b c@d");
	assert_text(p.jids, "j@c.lit");
	assert_text(p.message, "Hanging out");
	assert_int_equal(p.status, SDREG_STATUS_AWAY);
	assert_int_equal(p.port, 5562);
	assert_int_equal(p.can, SDREG_PRESENCE_CAN_AUDIO | SDREG_PRESENCE_CAN_NOW);
	assert_int_equal(p.has_picture, 1);
	assert_int_equal(p.picture[0], 0);
	assert_int_equal(p.picture[13], 13);
	assert_int_equal(p.picture[19], 19);
	assert_text(p.node, "http://x");
	assert_text(p.hash, "sha-1");
	assert_text(p.ver, "abc=");
	assert_text(p.ext, "a b");
	assert_text(p.txtvers, "1");
	sdreg_txt_free(txt);
}

static const struct wrong_row {
	const char *strings;
	enum sdreg_status status;
	uint16_t port;
	int has_picture;
} wrong_rows[] = {
	{"", SDREG_STATUS_AVAILABLE, 0, 0},
	{"status", SDREG_STATUS_AVAILABLE, 0, 0},
	{"status=", SDREG_STATUS_AVAILABLE, 0, 0},
	{"status=brb", SDREG_STATUS_AVAILABLE, 0, 0},
	{"status=dnd", SDREG_STATUS_BUSY, 0, 0},
	{"port.p2pj=0", SDREG_STATUS_AVAILABLE, 0, 0},
	{"port.p2pj=65535", SDREG_STATUS_AVAILABLE, 65535, 0},
	{"port.p2pj=65536", SDREG_STATUS_AVAILABLE, 0, 0},
	{"port.p2pj=4294972594", SDREG_STATUS_AVAILABLE, 0, 0},
	{"port.p2pj=+5298", SDREG_STATUS_AVAILABLE, 0, 0},
	{"port.p2pj= 5298", SDREG_STATUS_AVAILABLE, 0, 0},
	{"port.p2pj=", SDREG_STATUS_AVAILABLE, 0, 0},
	{"phsh=000102030405060708090a0b0c0d0e0f1011121", SDREG_STATUS_AVAILABLE, 0, 0},
	{"phsh=000102030405060708090a0b0c0d0e0f101112xy", SDREG_STATUS_AVAILABLE, 0, 0},
	{"phsh=000102030405060708090A0B0C0D0E0F10111213", SDREG_STATUS_AVAILABLE, 0, 1},
};

static void test_wrong_values(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(wrong_rows) / sizeof(wrong_rows[0]); i++) {
		const struct wrong_row *const row = &wrong_rows[i];
		struct sdreg_presence p = {.size = sizeof(p)};
		struct sdreg_txt *const txt = record(row->strings);
		sdreg_presence_read(txt, &p);
		if (p.status != row->status || p.port != row->port ||
			p.has_picture != row->has_picture)
			fail_msg("%s: status %d, port %u, picture %d", row->strings, p.status,
				p.port, p.has_picture);
		sdreg_txt_free(txt);
	}
}

/* ---- writing ---- */

static void test_write(void **state)
{
	(void)state;
	char buf[2048];
	struct sdreg_txt *const txt = record("olpc-color=#f00|STATUS=away|status=dnd|"
					     "nick=old|vc=A");
	struct sdreg_presence p = {.size = sizeof(p),
		.first = text("Juliet"),
		.message = text("hi"),
		.port = 5562,
		.can = SDREG_PRESENCE_CAN_VIDEO | SDREG_PRESENCE_CAN_AUDIO,
		.has_picture = 1,
		.picture = {0xab}};
	assert_int_equal(sdreg_presence_write(&p, txt), 0);
	assert_string_equal(joined(txt, buf),
		"txtvers=1|olpc-color=#f00|status=avail|vc=AV|"
		"1st=Juliet|msg=hi|phsh=ab00000000000000000000000000000000000000|port.p2pj=5562");
	struct sdreg_presence again = {.size = sizeof(again)};
	sdreg_presence_read(txt, &again);
	assert_text(again.first, "Juliet");
	assert_int_equal(again.port, 5562);
	assert_int_equal(again.picture[0], 0xab);
	assert_int_equal(again.can, p.can);
	p = (struct sdreg_presence){.size = sizeof(p), .status = SDREG_STATUS_BUSY};
	assert_int_equal(sdreg_presence_write(&p, txt), 0);
	assert_string_equal(joined(txt, buf), "txtvers=1|olpc-color=#f00|status=dnd");
	sdreg_txt_free(txt);
}

/* Words of people are cut at a character's end; addresses are refused rather than cut. */
static void test_write_long(void **state)
{
	(void)state;
	char buf[2048];
	char message[301];
	for (size_t i = 0; i < 300; i += 2)
		memcpy(message + i, "\303\251", 2);
	message[300] = '\0';
	struct sdreg_txt *const txt = record("x=1");
	struct sdreg_presence p = {.size = sizeof(p), .message = text(message)};
	assert_int_equal(sdreg_presence_write(&p, txt), 0);
	sdreg_presence_read(txt, &p);
	assert_int_equal(p.message.len, 250); /* 251 would be half a character */
	memset(message, 'a', 252);
	message[252] = '\0';
	p = (struct sdreg_presence){.size = sizeof(struct sdreg_presence), .jids = text(message)};
	const size_t before = sdreg_txt_count(txt);
	assert_int_equal(sdreg_presence_write(&p, txt), SDREG_E_LIMIT);
	assert_int_equal(sdreg_txt_count(txt), before);
	joined(txt, buf);
	assert_int_equal(strncmp(buf, "txtvers=1|x=1|", 14), 0);
	sdreg_txt_free(txt);
}

/* ---- names ---- */

static const struct name_row {
	const char *strings;
	const char *instance;
	const char *name;
} name_rows[] = {
	{"nick=JuliC|1st=Juliet|last=Capulet", "juliet@pronto", "JuliC"},
	{"nick=|1st=Juliet|last=Capulet", "juliet@pronto", "Juliet Capulet"},
	{"nick=  |1st=Juliet|last=", "juliet@pronto", "Juliet"},
	{"last=Capulet", "juliet@pronto", "Capulet"},
	{"1st=", "juliet@pronto", "juliet"},
	{"", "a@b@pronto", "a@b"},
	{"", "Witchcraft", "Witchcraft"},
	{"", "@pronto", "@pronto"},
	{"", NULL, ""},
	{"nick=a\303\251\303\251\303\251\303\251\303\251\303\251\303\251\303\251", "x",
		"a\303\251\303\251\303\251\303\251\303\251\303\251\303\251"},
};

static size_t len_of(const char *text)
{
	return text != NULL ? strlen(text) : 0;
}

static void test_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(name_rows) / sizeof(name_rows[0]); i++) {
		const struct name_row *const row = &name_rows[i];
		struct sdreg_presence p = {.size = sizeof(p)};
		char buf[16 + 1] = {0};
		struct sdreg_txt *const txt = record(row->strings);
		sdreg_presence_read(txt, &p);
		const size_t len =
			sdreg_presence_name(&p, row->instance, len_of(row->instance), buf, 16);
		assert_string_equal(buf, row->name);
		assert_int_equal(len, strlen(row->name));
		assert_int_equal(sdreg_presence_name(&p, row->instance, len_of(row->instance), buf,
					 1),
			0);
		assert_int_equal(sdreg_presence_name(&p, row->instance, len_of(row->instance), NULL,
					 0),
			0);
		sdreg_txt_free(txt);
	}
}

static void test_words(void **state)
{
	(void)state;
	struct sdreg_text rest = text("  a@b   c@d ");
	struct sdreg_text word;
	assert_int_equal(sdreg_next_word(&rest, &word), 1);
	assert_text(word, "a@b");
	assert_int_equal(sdreg_next_word(&rest, &word), 1);
	assert_text(word, "c@d");
	assert_int_equal(sdreg_next_word(&rest, &word), 0);
	rest = (struct sdreg_text){NULL, 0};
	assert_int_equal(sdreg_next_word(&rest, &word), 0);
}

/* ---- instance names ---- */

#define TEN "abcdefghij"
#define SIXTY TEN TEN TEN TEN TEN TEN

static const struct join_row {
	const char *user;
	const char *machine;
	const char *name; /* NULL: refused */
	int error;
} join_rows[] = {
	{"juliet", "pronto", "juliet@pronto", 0},
	{"juliet", "pronto.example.org", "juliet@pronto", 0},
	{"J\303\274l ia", "pronto", "J\303\274l ia@pronto", 0},
	{SIXTY, "pronto", TEN TEN TEN TEN TEN "abcdef@pronto", 0},
	{TEN TEN TEN TEN TEN "abcde\303\251", "pronto", TEN TEN TEN TEN TEN "abcde@pronto", 0},
	{"", "pronto", NULL, SDREG_E_SYNTAX},
	{"juliet", "", NULL, SDREG_E_SYNTAX},
	{"juliet", ".local", NULL, SDREG_E_SYNTAX},
	{"jul\niet", "pronto", NULL, SDREG_E_SYNTAX},
	{"jul\377", "pronto", NULL, SDREG_E_SYNTAX},
	{"juliet", "pr\303\266nto", NULL, SDREG_E_SYNTAX},
	{"juliet", "pro nto", NULL, SDREG_E_SYNTAX},
	{"juliet", "pro@nto", NULL, SDREG_E_SYNTAX},
	{"j", SIXTY "a", "j@" SIXTY "a", 0},
	{"j", SIXTY "ab", NULL, SDREG_E_LIMIT},
	{"\303\251", SIXTY "a", NULL, SDREG_E_LIMIT},
};

static void test_join(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(join_rows) / sizeof(join_rows[0]); i++) {
		const struct join_row *const row = &join_rows[i];
		char name[SDREG_LABEL_SIZE] = "x";
		const int result = sdreg_presence_join(row->user, strlen(row->user), row->machine,
			strlen(row->machine), name);
		const char *const want = row->name != NULL ? row->name : "";
		assert_string_equal(name, want);
		assert_int_equal(result, row->name != NULL ? (int)strlen(want) : row->error);
	}
}

static const struct rename_row {
	const char *name;
	unsigned number;
	const char *renamed; /* NULL: no room, or no such number */
} rename_rows[] = {
	{"juliet@pronto", 1, "juliet@pronto-1"},
	{"juliet@pronto", 2, "juliet@pronto-2"},
	{"juliet@node-1", 1, "juliet@node-1-1"},
	{"Juliet", 3, "Juliet-3"},
	{"@pronto", 1, "@pronto-1"},
	{"juliet@pronto", 0, NULL},
	{"juliet@pronto", 9999, "juliet@pronto-9999"},
	{"juliet@pronto", 10000, NULL},
	{TEN TEN TEN TEN TEN "abcde@pronto", 1, TEN TEN TEN TEN TEN "abcd@pronto-1"},
	{TEN TEN TEN TEN TEN "abc\303\251@pronto", 1, TEN TEN TEN TEN TEN "abc@pronto-1"},
	{"j@" SIXTY "a", 1, NULL},
	{SIXTY "abc", 12, SIXTY "-12"},
};

static void test_rename(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rename_rows) / sizeof(rename_rows[0]); i++) {
		const struct rename_row *const row = &rename_rows[i];
		char name[SDREG_LABEL_SIZE] = "x";
		const int result =
			sdreg_presence_rename(row->name, strlen(row->name), row->number, name);
		const char *const want = row->renamed != NULL ? row->renamed : "";
		assert_string_equal(name, want);
		assert_int_equal(result, row->renamed != NULL ? (int)strlen(want) : SDREG_E_LIMIT);
	}
}

static void test_clique(void **state)
{
	(void)state;
	char buf[SDREG_DOMAIN_SIZE];
	assert_true(sdreg_clique_host("Witchcraft", 10, NULL, 0, buf, sizeof(buf)) > 0);
	assert_string_equal(buf, "Witchcraft._clique._udp.local");
	assert_true(sdreg_clique_host("a.b", 3, "example.org", 11, buf, sizeof(buf)) > 0);
	assert_string_equal(buf, "a\\.b._clique._udp.example.org");
	assert_int_equal(sdreg_clique_host("", 0, NULL, 0, buf, sizeof(buf)), SDREG_E_LIMIT);
	assert_int_equal(sdreg_clique_host(SIXTY "abcd", strlen(SIXTY "abcd"), NULL, 0, buf,
				 sizeof(buf)),
		SDREG_E_LIMIT);
	assert_int_equal(sdreg_clique_host("Witchcraft", 10, NULL, 0, buf, 10), SDREG_E_LIMIT);
	assert_string_equal(buf, "");
}

/* ---- the registered keys ---- */

/* The dictionary of the supplement says the same of how each key stands. */
static void test_keys(void **state)
{
	(void)state;
	static const enum sdreg_key_need needs[] = {
		[SDREG_PRESENCE_STANDING_RECOMMENDED] = SDREG_KEY_NEED_RECOMMENDED,
		[SDREG_PRESENCE_STANDING_OPTIONAL] = SDREG_KEY_NEED_OPTIONAL,
		[SDREG_PRESENCE_STANDING_DEPRECATED] = SDREG_KEY_NEED_DEPRECATED,
		[SDREG_PRESENCE_STANDING_FORMER] = SDREG_KEY_NEED_FORMER,
	};
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_registry *const supplement = sdreg_supplement_embedded(&err);
	struct sdreg_type type;
	const struct sdreg_presence_key *key;
	size_t registered = 0;
	size_t recommended = 0;
	assert_non_null(supplement);
	assert_int_equal(sdreg_type_parse("_presence._tcp", 14, &type, NULL), 0);
	for (size_t i = 0; (key = sdreg_presence_key(i)) != NULL; i++) {
		const struct sdreg_key *const said = sdreg_find_key(supplement, &type,
			sdreg_presence_key_name(key), strlen(sdreg_presence_key_name(key)));
		assert_non_null(said);
		assert_string_equal(sdreg_key_name(said), sdreg_presence_key_name(key));
		if (sdreg_key_need(said) != needs[sdreg_presence_key_standing(key)])
			fail_msg("%s: %s here, %s in the supplement", sdreg_presence_key_name(key),
				sdreg_presence_standing_text(sdreg_presence_key_standing(key)),
				sdreg_key_need_text(sdreg_key_need(said)));
		registered += sdreg_presence_key_standing(key) != SDREG_PRESENCE_STANDING_FORMER;
		recommended +=
			sdreg_presence_key_standing(key) == SDREG_PRESENCE_STANDING_RECOMMENDED;
		assert_true(sdreg_presence_key_meaning(key)[0] != '\0');
		assert_true(sdreg_presence_key_values(key)[0] != '\0');
	}
	assert_int_equal(registered, 15);
	assert_int_equal(recommended, 6);
	assert_string_equal(sdreg_presence_key_default(sdreg_presence_key(7)), "avail");
	assert_string_equal(sdreg_presence_key_default(sdreg_presence_key(1)), "");
	sdreg_registry_close(supplement);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_wrong_values),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_write_long),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_join),
		cmocka_unit_test(test_rename),
		cmocka_unit_test(test_clique),
		cmocka_unit_test(test_keys),
	};
	return cmocka_run_group_tests_name("presence", tests, NULL, NULL);
}
