/* SPDX-License-Identifier: MIT */

/* Presence at its limits: instance names that just fit a label, values that are just right, buffers
 * that are just large enough, and which hosts and groups a Clique room may have. */

#include "table.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define TEN "abcdefghij"
#define FIFTY TEN TEN TEN TEN TEN

/* ---- instance names ---- */

static void test_split(void **state)
{
	static const struct {
		const char *name, *user, *machine; /* no user: it is not user@machine */
	} rows[] = {
		{"a@b", "a", "b"},
		{"a@b@cd", "a@b", "cd"},
		{"@@b", "@", "b"},
		{"@b", NULL, NULL},
		{"a@", NULL, NULL},
		{"@", NULL, NULL},
		{"ab", NULL, NULL},
		{"", NULL, NULL},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_text user;
		struct sdreg_text machine;
		const int is_pair =
			sdreg_presence_split(rows[i].name, strlen(rows[i].name), &user, &machine);
		assert_int_equal(is_pair, rows[i].user != NULL);
		if (!is_pair)
			continue;
		assert_int_equal(user.len, strlen(rows[i].user));
		assert_memory_equal(user.at, rows[i].user, user.len);
		assert_int_equal(machine.len, strlen(rows[i].machine));
		assert_memory_equal(machine.at, rows[i].machine, machine.len);
	}
}

static void test_join(void **state)
{
	static const struct {
		const char *user, *machine;
		int result; /* the length */
	} rows[] = {
		{"a", "b", 3},
		{"\037", "b", SDREG_E_SYNTAX},
		{" ", "b", 3},
		{"~", "b", 3},
		{"\177", "b", SDREG_E_SYNTAX},
		{"\302\200", "b", 4},
		{"\200", "b", SDREG_E_SYNTAX},
		{"a", "b ", SDREG_E_SYNTAX},
		{"a", "!", 3},
		{"a", "~", 3},
		{"a", "\177", SDREG_E_SYNTAX},
		{"a", "\200", SDREG_E_SYNTAX},
		{"a", "?", 3},
		{"a", "@", SDREG_E_SYNTAX},
		{"ab", FIFTY TEN, 63},
		{"abc", FIFTY TEN, 63},
		{"a", FIFTY TEN "k", 63},
		{"a", FIFTY TEN "kl", SDREG_E_LIMIT},
		{"a", FIFTY TEN "klm", SDREG_E_LIMIT},
		{"a", FIFTY TEN "klmn", SDREG_E_LIMIT},
		{"a", FIFTY TEN "klmno", SDREG_E_LIMIT},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char name[SDREG_LABEL_SIZE];
		const int result = sdreg_presence_join(rows[i].user, strlen(rows[i].user),
			rows[i].machine, strlen(rows[i].machine), name);
		if (result != rows[i].result)
			fail_msg("%s@%s: %d", rows[i].user, rows[i].machine, result);
		assert_int_equal(strlen(name), result < 0 ? 0 : (size_t)result);
	}
}

static void test_rename(void **state)
{
	static const struct {
		const char *name;
		unsigned number;
		const char *renamed; /* NULL: there is no room, or no such number */
	} rows[] = {
		{"a@b", 0, NULL},
		{"a@b", 1, "a@b-1"},
		{"a@b", 9999, "a@b-9999"},
		{"a@b", 10000, NULL},
		/* what stands behind the user leaves two bytes of the label, one, and none */
		{"ab@" FIFTY "abcdefgh", 1, "ab@" FIFTY "abcdefgh-1"},
		{"abc@" FIFTY "abcdefgh", 1, "ab@" FIFTY "abcdefgh-1"},
		{"\303\251@" FIFTY "abcdefgh", 1, "\303\251@" FIFTY "abcdefgh-1"},
		{"ab@" FIFTY "abcdefghi", 1, "a@" FIFTY "abcdefghi-1"},
		{"\303\251@" FIFTY "abcdefghi", 1, NULL},
		{"ab@" FIFTY TEN, 1, NULL},
		{"a@" FIFTY TEN "k", 1, NULL},
		{"a@" FIFTY TEN FIFTY, 9999, NULL},
		{FIFTY TEN "k", 1, FIFTY TEN "k-1"},
		{FIFTY TEN "kl", 1, FIFTY TEN "k-1"},
		{FIFTY TEN FIFTY, 1234, FIFTY "abcdefgh-1234"},
		{"", 1, NULL},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char renamed[SDREG_LABEL_SIZE];
		const int result = sdreg_presence_rename(rows[i].name, strlen(rows[i].name),
			rows[i].number, renamed);
		const char *const wanted = rows[i].renamed != NULL ? rows[i].renamed : "";
		if (strcmp(renamed, wanted) != 0)
			fail_msg("%s: %s", rows[i].name, renamed);
		assert_int_equal(result,
			rows[i].renamed != NULL ? (int)strlen(wanted) : SDREG_E_LIMIT);
	}
}

/* What is behind a length does not count; what is inside does, a NUL too. */
static void test_lengths(void **state)
{
	struct sdreg_text user;
	struct sdreg_text machine;
	char name[SDREG_LABEL_SIZE];
	char host[SDREG_DOMAIN_SIZE];
	(void)state;
	assert_int_equal(sdreg_presence_split("a@b@c", 3, &user, &machine), 1);
	assert_int_equal(machine.len, 1);
	assert_int_equal(sdreg_presence_split("a@b", 2, &user, &machine), 0);
	assert_int_equal(sdreg_presence_split(NULL, 0, &user, &machine), 0);
	assert_int_equal(sdreg_presence_join("ab", 1, "cd.e", 2, name), 4);
	assert_string_equal(name, "a@cd");
	assert_int_equal(sdreg_presence_join("a\0", 2, "c", 1, name), SDREG_E_SYNTAX);
	assert_int_equal(sdreg_presence_rename("a@bc", 3, 1, name), 5);
	assert_string_equal(name, "a@b-1");
	assert_int_equal(sdreg_presence_rename("a@b", 4, 1, name), SDREG_E_SYNTAX);
	assert_string_equal(name, "");
	assert_int_equal(sdreg_clique_host("rs", 1, "de", 1, host, sizeof(host)), 16);
	assert_string_equal(host, "r._clique._udp.d");
	assert_int_equal(sdreg_clique_host("r", 1, "d", 2, host, sizeof(host)), SDREG_E_SYNTAX);
	assert_string_equal(host, "");
}

/* ---- values ---- */

#define HASH "000102030405060708090a0b0c0d0e0f101112"

static void read_string(const char *string, struct sdreg_presence *presence)
{
	struct sdreg_txt *const txt = sdreg_txt_new();
	assert_int_equal(sdreg_txt_add(txt, string, strlen(string)), 0);
	sdreg_presence_read(txt, presence);
	sdreg_txt_free(txt);
}

static void test_read(void **state)
{
	static const struct {
		const char *string;
		unsigned can;
		uint16_t port;
		int has_picture;
	} rows[] = {
		{"vc=", 0, 0, 0},
		{"vc=A", SDREG_PRESENCE_CAN_AUDIO, 0, 0},
		{"vc=V", SDREG_PRESENCE_CAN_VIDEO, 0, 0},
		{"vc=C", SDREG_PRESENCE_CAN_CONFERENCE, 0, 0},
		{"vc=!", SDREG_PRESENCE_CAN_NOW, 0, 0},
		{"port.p2pj=0", 0, 0, 0},
		{"port.p2pj=1", 0, 1, 0},
		{"port.p2pj=00080", 0, 80, 0},
		{"port.p2pj=000080", 0, 0, 0},
		{"port.p2pj=65535", 0, 65535, 0},
		{"port.p2pj=65536", 0, 0, 0},
		{"port.p2pj=8/", 0, 0, 0},
		{"port.p2pj=8:", 0, 0, 0},
		{"phsh=" HASH "00", 0, 0, 1},
		{"phsh=" HASH "0", 0, 0, 0},
		{"phsh=" HASH "000", 0, 0, 0},
		{"phsh=" HASH "g0", 0, 0, 0},
		{"phsh=" HASH "0g", 0, 0, 0},
	};
	struct sdreg_presence p = {.size = sizeof(p)};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		read_string(rows[i].string, &p);
		if (p.can != rows[i].can || p.port != rows[i].port ||
			p.has_picture != rows[i].has_picture)
			fail_msg("%s: %x, %u, %d", rows[i].string, p.can, p.port, p.has_picture);
	}
	read_string("phsh=" HASH "fe", &p);
	assert_int_equal(p.picture[18], 0x12);
	assert_int_equal(p.picture[19], 0xfe);
	read_string("status=unknown status", &p);
	assert_int_equal(p.status, SDREG_STATUS_AVAILABLE);
}

static void test_write(void **state)
{
	static const struct {
		struct sdreg_presence presence;
		const char *string; /* that is written behind txtvers */
	} rows[] = {
		{{.nick = {"a", 1}}, "nick=a"},
		{{.emails = {"a", 1}}, "email=a"},
		{{.port = 1}, "port.p2pj=1"},
		{{.port = 65535}, "port.p2pj=65535"},
		{{.can = SDREG_PRESENCE_CAN_NOW}, "vc=!"},
		{{.can = SDREG_PRESENCE_CAN_CONFERENCE}, "vc=C"},
		{{.has_picture = 1, .picture = {[19] = 0xfe}},
			"phsh=00000000000000000000000000000000000000fe"},
		{{.ext = {"a", 1}}, "ext=a"},
	};
	static char text[SDREG_TXT_STRING_MAX];
	struct sdreg_text string;
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_txt *const txt = sdreg_txt_new();
		size_t nth = 0;
		struct sdreg_presence presence = rows[i].presence;
		presence.size = sizeof(presence);
		assert_int_equal(sdreg_presence_write(&presence, txt), 0);
		assert_int_equal(sdreg_txt_count(txt), 3);
		while (sdreg_txt_string(txt, nth, &string) &&
			(string.len != strlen(rows[i].string) ||
				memcmp(string.at, rows[i].string, string.len) != 0))
			nth++;
		if (nth == 3)
			fail_msg("no %s", rows[i].string);
		sdreg_txt_free(txt);
	}
	/* words are cut, the last key is not */
	memset(text, 'x', sizeof(text));
	for (size_t len = 250; len < 253; len++) {
		const struct sdreg_presence said = {.size = sizeof(said), .nick = {text, len}};
		const struct sdreg_presence named = {.size = sizeof(named), .ext = {text, len}};
		struct sdreg_txt *const txt = sdreg_txt_new();
		struct sdreg_txt_item item;
		assert_int_equal(sdreg_presence_write(&said, txt), 0);
		assert_int_equal(sdreg_txt_find(txt, "nick", 4, &item), 1);
		assert_int_equal(item.value_len, len < 250 ? len : 250);
		assert_int_equal(sdreg_presence_write(&named, txt), len < 252 ? 0 : SDREG_E_LIMIT);
		sdreg_txt_free(txt);
	}
}

static void test_words(void **state)
{
	static const struct {
		const char *text;
		size_t len; /* the text goes on behind it */
		const char *words; /* with "|" behind each */
	} rows[] = {
		{"", 0, ""},
		{" ", 1, ""},
		{"  a", 2, ""},
		{"a", 1, "a|"},
		{"ab", 1, "a|"},
		{"a b", 1, "a|"},
		{"a b", 2, "a|"},
		{"a bc", 3, "a|b|"},
		{" a  b ", 6, "a|b|"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_text rest = {rows[i].text, rows[i].len};
		struct sdreg_text word;
		char words[16] = "";
		while (sdreg_next_word(&rest, &word) && strlen(words) + word.len < 14) {
			strncat(words, word.at, word.len);
			strcat(words, "|");
		}
		assert_string_equal(words, rows[i].words);
	}
}

/* A name in buffers of each size: what is behind them stays. */
static void test_name_sizes(void **state)
{
	static const char whole[] = "Juliet Capulet";
	const struct sdreg_presence both = {.size = sizeof(both),
		.first = {"Juliet", 6},
		.last = {"Capulet", 7}};
	const struct sdreg_presence nobody = {.size = sizeof(nobody),
		.nick = {" ", 1},
		.first = {"a\0b", 3}};
	(void)state;
	for (size_t size = 0; size <= sizeof(whole) + 1; size++) {
		char buf[sizeof(whole) + 2];
		memset(buf, '#', sizeof(buf));
		const size_t len = sdreg_presence_name(&both, "x", 1, buf, size);
		const size_t wanted = size == 0 ? 0
			: size < sizeof(whole)  ? size - 1
						: sizeof(whole) - 1;
		assert_int_equal(len, wanted);
		assert_memory_equal(buf, whole, len);
		assert_int_equal(buf[size], '#');
		if (size > 0)
			assert_int_equal(buf[len], '\0');
	}
	char buf[8];
	assert_int_equal(sdreg_presence_name(&nobody, "x", 1, buf, sizeof(buf)), 3);
	assert_string_equal(buf, "a?b");
}

/* ---- what is found ---- */

static const char *find(const struct sdreg_subject *subject)
{
	static char found[512];
	struct sdreg_report *const report = sdreg_check(subject, NULL);
	size_t len = 0;
	assert_non_null(report);
	found[0] = '\0';
	for (size_t i = 0; i < sdreg_report_count(report); i++) {
		const struct sdreg_finding *const f = sdreg_report_finding(report, i);
		len += (size_t)snprintf(found + len, sizeof(found) - len, "%s%s%s%s",
			i > 0 ? ", " : "", sdreg_finding_rule_word(sdreg_finding_rule(f)),
			sdreg_finding_key(f, NULL)[0] != '\0' ? " " : "",
			sdreg_finding_key(f, NULL));
	}
	sdreg_report_free(report);
	return found;
}

static const char *find_of(const char *text, const char *string, const char *host)
{
	struct sdreg_type type;
	struct sdreg_txt *const txt = sdreg_txt_new();
	assert_int_equal(sdreg_type_parse(text, strlen(text), &type, NULL), 0);
	if (string[0] != '\0')
		assert_int_equal(sdreg_txt_add(txt, string, strlen(string)), 0);
	const struct sdreg_subject subject = {.size = sizeof(subject),
		.type = &type,
		.txt = txt,
		.host = sdreg_text_of(host)};
	const char *const found = find(&subject);
	sdreg_txt_free(txt);
	return found;
}

static void test_presence_check(void **state)
{
	static const struct {
		const char *type;
		const char *string;
		const char *found;
	} rows[] = {
		{"a@b._presence._tcp", "vx",
			"key-unknown vx"}, /* of two letters anything is near */
		{"a@b._presence._tcp", "1sx", "key-near 1sx"},
		{"a@b._presence._tcp", "1xx", "key-unknown 1xx"},
		{"a@9A-z_b._presence._tcp", "", ""},
		{"a@~._presence._tcp", "", "instance-machine"},
		{"_presence._tcp", "1st=\303\274", ""},
		{"_presence._tcp", "1st=\374", "value-utf8 1st"},
		{"_presence._tcp", "MSG=a\200", "key-case MSG, value-utf8 MSG"},
		{"_presence._tcp", "ver=\374", "value-binary ver, ver-alone ver"},
		{"_presence._tcp", "1st=\001", "value-binary 1st"},
		{"a@\\127._presence._tcp", "", "instance-control, instance-machine"},
		{"a@bc\\194\\128._presence._tcp", "", "instance-machine"},
		{"a._presence._tcp", "", "instance-form"},
		{"_presence._tcp", "status=unknown status", "status status"},
		{"_presence._tcp", "txtvers=10", "txtvers txtvers"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *const found = find_of(rows[i].type, rows[i].string, NULL);
		if (strcmp(found, rows[i].found) != 0)
			fail_msg("%s %s: %s", rows[i].type, rows[i].string, found);
	}
}

static void test_clique_check(void **state)
{
	static const struct {
		const char *host;
		const char *found;
	} rows[] = {
		{"R._clique._udp.local", ""},
		{"r._CLIQUE._udp", ""},
		{"", ""},
		{"S._clique._udp.local", "clique-host"},
		{"RR._clique._udp.local", "clique-host"},
		{"R._chat._udp.local", "clique-host"},
		{"R._clique._tcp.local", "clique-host"},
		{"_clique._udp.local", "clique-host"},
		{"pronto.local", "clique-host"},
	};
	static const struct {
		const char *string;
		const char *found;
	} strings[] = {
		{"txtvers=0", ""},
		{"txtvers=", ""},
		{"txtvers=00", "txtvers txtvers"},
		{"txtvers=1", "txtvers txtvers"},
		{"versions=0", "txtvers-missing, key-unknown versions"},
		{"version=0", "txtvers-missing, key-unknown version"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(find_of("R._clique._udp", "txtvers=0", rows[i].host),
			rows[i].found);
	assert_string_equal(find_of("_clique._udp", "txtvers=0", "pronto.local"), "");
	for (size_t i = 0; i < COUNT(strings); i++)
		assert_string_equal(find_of("R._clique._udp", strings[i].string, NULL),
			strings[i].found);
}

/* 224.0.0.0/4 and ff00::/8, among others that are no groups. */
static void test_groups(void **state)
{
	static const struct {
		const char *address;
		int is_group;
	} rows[] = {
		{"223.255.255.255", 0},
		{"224.0.0.0", 1},
		{"239.255.255.255", 1},
		{"240.0.0.0", 0},
		{"22.4.0.0", 0},
		{"feff::1", 0},
		{"ff00::1", 1},
		{"FF02::fb%eth0", 1},
		{"ff0::1", 0},
		{"ff::1", 0},
	};
	struct sdreg_type type;
	(void)state;
	assert_int_equal(sdreg_type_parse("_clique._udp", 12, &type, NULL), 0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct sdreg_text addresses[] = {TEXT("224.0.0.1"),
			table_text(rows[i].address), TEXT("ff02::1")};
		const struct sdreg_subject subject = {.size = sizeof(subject),
			.type = &type,
			.addresses = addresses,
			.address_count = 3};
		assert_string_equal(find(&subject), rows[i].is_group ? "" : "clique-group");
	}
}

static void test_clique_host(void **state)
{
	static char domain[SDREG_DOMAIN_SIZE + 1];
	static char buf[SDREG_NAME_SIZE];
	static const char whole[] = "r._clique._udp.local";
	(void)state;
	memset(domain, 'x', SDREG_DOMAIN_SIZE);
	assert_int_equal(sdreg_clique_host("r", 1, domain, strlen(domain), buf, sizeof(buf)),
		SDREG_E_LIMIT);
	domain[SDREG_DOMAIN_SIZE - 1] = '\0';
	assert_int_equal(sdreg_clique_host("r", 1, domain, strlen(domain), buf, sizeof(buf)),
		15 + SDREG_DOMAIN_SIZE - 1);
	assert_int_equal(sdreg_clique_host(FIFTY TEN "klm", strlen(FIFTY TEN "klm"), NULL, 0, buf,
				 sizeof(buf)),
		82);
	assert_int_equal(sdreg_clique_host(FIFTY TEN "klmn", strlen(FIFTY TEN "klmn"), NULL, 0, buf,
				 sizeof(buf)),
		SDREG_E_LIMIT);
	for (size_t size = 0; size <= sizeof(whole); size++) {
		memset(buf, '#', sizeof(buf));
		const int n = sdreg_clique_host("r", 1, NULL, 0, buf, size);
		assert_int_equal(n, size < sizeof(whole) ? SDREG_E_LIMIT : (int)sizeof(whole) - 1);
		assert_int_equal(buf[size], '#');
		if (size > 0)
			assert_string_equal(buf, size < sizeof(whole) ? "" : whole);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_join),
		cmocka_unit_test(test_rename),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_name_sizes),
		cmocka_unit_test(test_presence_check),
		cmocka_unit_test(test_clique_check),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_clique_host),
	};
	return cmocka_run_group_tests_name("presence limits", tests, NULL, NULL);
}
