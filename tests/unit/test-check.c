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

/* A row: a service, and what is found, as "severity rule key", with commas between. */
struct row {
	const char *type;
	const char *strings; /* with "|" between them; NULL: the record is not known */
	const char *found;
};

/* What a row does not say. */
struct around {
	const char *host;
	const char *address;
	uint16_t port;
	int has_port;
	int lost_order;
	int no_registry;
};

static void add_strings(struct sdreg_txt *txt, const char *strings)
{
	while (*strings != '\0') {
		const size_t len = strcspn(strings, "|");
		assert_int_equal(sdreg_txt_add(txt, strings, len), 0);
		strings += len + (strings[len] == '|');
	}
}

static struct sdreg_report *report_of(const struct row *row, const struct around *around)
{
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_type type;
	struct sdreg_registry *const registry = sdreg_registry_embedded(&err);
	struct sdreg_registry *const supplement = sdreg_supplement_embedded(&err);
	struct sdreg_txt *const txt = sdreg_txt_new();
	assert_non_null(registry);
	assert_non_null(supplement);
	assert_non_null(txt);
	if (sdreg_type_parse(row->type, strlen(row->type), &type, &err) < 0)
		fail_msg("%s: %s", row->type, err.text);
	if (row->strings != NULL)
		add_strings(txt, row->strings);
	if (around->lost_order)
		sdreg_txt_lose_order(txt);
	const struct sdreg_text address = sdreg_text_of(around->address);
	const struct sdreg_subject subject = {
		.size = sizeof(subject),
		.type = &type,
		.registry = around->no_registry ? NULL : registry,
		.supplement = around->no_registry ? NULL : supplement,
		.txt = row->strings != NULL ? txt : NULL,
		.host = sdreg_text_of(around->host),
		.has_port = around->has_port,
		.port = around->port,
		.addresses = &address,
		.address_count = around->address != NULL,
	};
	struct sdreg_report *const report = sdreg_check(&subject, &err);
	assert_non_null(report);
	sdreg_txt_free(txt);
	sdreg_registry_close(registry);
	sdreg_registry_close(supplement);
	return report;
}

static void assert_found(const struct row *row, const struct around *around)
{
	char found[4096] = "";
	size_t len = 0;
	struct sdreg_report *const report = report_of(row, around);
	const struct sdreg_finding *f;
	for (size_t i = 0; (f = sdreg_report_finding(report, i)) != NULL; i++) {
		size_t key_len;
		const char *const key = sdreg_finding_key(f, &key_len);
		len += (size_t)snprintf(found + len, sizeof(found) - len, "%s%s %s%s%s",
			i > 0 ? ", " : "", sdreg_severity_text(sdreg_finding_severity(f)),
			sdreg_finding_rule_word(sdreg_finding_rule(f)), key_len > 0 ? " " : "",
			key);
		assert_int_equal(strlen(key), key_len);
		assert_ptr_equal(sdreg_finding_key(f, NULL), key);
		assert_true(sdreg_finding_text(f)[0] != '\0' && sdreg_finding_source(f)[0] != '\0');
		assert_true(sdreg_finding_severity(f) <= sdreg_report_worst(report));
	}
	if (strcmp(found, row->found) != 0)
		fail_msg("%s %s:\nfound  %s\nwanted %s", row->type,
			row->strings != NULL ? row->strings : "(no record)", found, row->found);
	if (found[0] == '\0')
		assert_int_equal(sdreg_report_worst(report), 0);
	sdreg_report_free(report);
}

static void assert_rows(const struct row *rows, size_t count, const struct around *around)
{
	for (size_t i = 0; i < count; i++)
		assert_found(&rows[i], around);
}

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define TEN "abcdefghij"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define HASH "59272d0d3e2d9bfd43e8e47c7a48ee9a7e5c2b0f"

/* ---- types and instance names ---- */

static void test_types(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"_presence._tcp", NULL, ""},
		{"_ipp._tcp", NULL, ""},
		{"_clique._tcp", NULL, "error other-transport"},
		{"_sdreg-none._tcp", NULL, "error not-registered"},
		{"_googlecast._tcp", NULL, ""},
		{"_nvstream_dbd._tcp", NULL, "error name-character"},
		{"_averyverylongname._sctp", NULL, "error name-long, error proto"},
		{"a\\010b._http._tcp", NULL, "error instance-control"},
		{"a\\255b._http._tcp", NULL, "error instance-utf8"},
		{"_universal._ipp._tcp", NULL, "warning instance-underscore"},
		{"universal_._ipp._tcp", NULL, ""},
		{"_services._dns-sd._udp.local", NULL, ""},
		{"_googlezone._tcp._udp", NULL, "error not-registered, warning domain-underscore"},
		{"Box._ipp._tcp.local._http._tcp.local.", NULL, "warning domain-underscore"},
		{"_ipp._tcp._printer", NULL, "warning domain-underscore"},
		{"_ipp._tcp._sub", NULL, ""},
		{"_ldap._tcp.dc._msdcs.example.org", NULL, ""},
	};
	assert_rows(rows, COUNT(rows), &(struct around){0});
	static const struct row unknown[] = {{"_sdreg-none._tcp", NULL, ""}};
	assert_rows(unknown, COUNT(unknown), &(struct around){.no_registry = 1});
	static const struct row zero[] = {{"_http._tcp", NULL, "note port-zero"}};
	assert_rows(zero, COUNT(zero), &(struct around){.has_port = 1});
}

/* ---- any TXT record ---- */

static void test_strings(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"_http._tcp", "", ""},
		{"_http._tcp", "path=/|u=x", ""},
		{"_http._tcp",
			"path=/||=v|=", "note string-empty, note key-missing, note key-missing"},
		{"_http._tcp", "k\ty=1", "note key-illegal k\ty, note key-unknown k\ty"},
		{"_http._tcp", "caf\303\251=1",
			"note key-illegal caf\303\251, "
			"note key-unknown caf\303\251"},
		{"_http._tcp", TEN "=1", "note key-long " TEN ", note key-unknown " TEN},
		{"_http._tcp", "path=/|PATH=/x", "note key-twice PATH"},
		{"_http._tcp", "path=/|path=/|path", "note key-twice path"},
		{"_http._tcp", "path=\377\001", "note value-binary path"},
		{"_http._tcp", "path=caf\303\251", ""},
		{"_http._tcp", "path=\"/\"", "note value-quoted path"},
		{"_http._tcp", "path=\"", ""},
		{"_http._tcp", "path=/|txtvers=1", "note txtvers-late txtvers"},
		{"_http._tcp", "path=" HUNDRED HUNDRED TEN TEN TEN TEN TEN, ""},
		{"_http._tcp", "path=" HUNDRED HUNDRED TEN TEN TEN TEN TEN "x",
			"error string-long path"},
	};
	assert_rows(rows, COUNT(rows), &(struct around){.no_registry = 0});
}

static void test_order(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"_sdreg-none._tcp", "path=/|txtvers=1", ""},
		{"_presence._tcp", "status=avail|txtvers=1", ""},
		{"_sdreg-none._tcp", "a=1|a=2", "note key-twice a"},
	};
	const struct around around = {.lost_order = 1, .no_registry = 1};
	assert_rows(rows, COUNT(rows), &around);
	struct sdreg_report *const report = report_of(&rows[2], &around);
	assert_string_equal(sdreg_finding_text(sdreg_report_finding(report, 0)),
		"the key is there 2 times: \"1\" and \"2\"; which one readers take cannot be told, "
		"as the record's order is lost");
	assert_int_equal(sdreg_finding_string(sdreg_report_finding(report, 0)), 1);
	sdreg_report_free(report);
	struct sdreg_report *const known = report_of(&rows[2], &(struct around){.no_registry = 1});
	assert_string_equal(sdreg_finding_text(sdreg_report_finding(known, 0)),
		"the key is there 2 times: \"1\" and \"2\"; readers take the first");
	sdreg_report_free(known);
}

static void test_sizes(void **state)
{
	(void)state;
	static const struct size_row {
		size_t size;
		const char *rule;
		enum sdreg_severity severity;
	} rows[] = {
		{400, NULL, 0},
		{401, "record-over-400", SDREG_SEVERITY_NOTE},
		{1300, "record-over-400", SDREG_SEVERITY_NOTE},
		{1301, "record-over-1300", SDREG_SEVERITY_WARNING},
		{8901, "record-over-8900", SDREG_SEVERITY_WARNING},
		{65535, "record-over-8900", SDREG_SEVERITY_WARNING},
		{65536, "record-long", SDREG_SEVERITY_ERROR},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_txt *const txt = sdreg_txt_new();
		char string[256];
		size_t left = rows[i].size;
		memset(string, '=', sizeof(string));
		for (size_t n; left > 0; left -= n) {
			n = left <= 256 ? left : left == 257 ? 100 : 256;
			assert_int_equal(sdreg_txt_add(txt, string, n - 1), 0);
		}
		assert_int_equal(sdreg_txt_wire_size(txt), rows[i].size);
		const struct sdreg_subject subject = {.size = sizeof(subject), .txt = txt};
		struct sdreg_report *const report = sdreg_check(&subject, NULL);
		const size_t count = sdreg_report_count(report);
		/* the strings have no key, each of which is noted; the size comes last */
		if (rows[i].rule == NULL)
			assert_string_equal(sdreg_finding_rule_word(sdreg_finding_rule(
						    sdreg_report_finding(report, count - 1))),
				"key-missing");
		else if (sdreg_report_left_out(report) == 0)
			assert_string_equal(sdreg_finding_rule_word(sdreg_finding_rule(
						    sdreg_report_finding(report, count - 1))),
				rows[i].rule);
		if (rows[i].severity > SDREG_SEVERITY_NOTE)
			assert_int_equal(sdreg_report_worst(report), rows[i].severity);
		sdreg_report_free(report);
		sdreg_txt_free(txt);
	}
}

static void test_too_many(void **state)
{
	(void)state;
	struct sdreg_txt *const txt = sdreg_txt_new();
	for (int i = 0; i < SDREG_FINDINGS_MAX + 5; i++)
		assert_int_equal(sdreg_txt_add(txt, "=", 1), 0);
	const struct sdreg_subject subject = {.size = sizeof(subject), .txt = txt};
	struct sdreg_report *const report = sdreg_check(&subject, NULL);
	assert_int_equal(sdreg_report_count(report), SDREG_FINDINGS_MAX);
	assert_int_equal(sdreg_report_left_out(report), 6); /* with the size */
	assert_null(sdreg_report_finding(report, SDREG_FINDINGS_MAX));
	sdreg_report_free(report);
	sdreg_report_free(NULL);
	sdreg_txt_free(txt);
}

/* ---- keys that the supplement knows ---- */

static void test_dictionary(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"_ipp._tcp", "txtvers=1|qtotal=one|rp=x", "note value-form qtotal"},
		{"_ipp._tcp", "txtvers=1|qtotal=|sdreg=1", "note key-unknown sdreg"},
	};
	assert_rows(rows, COUNT(rows), &(struct around){0});
}

/* ---- presence ---- */

/* What clients send, and must not be called wrong. */
static void test_real_clients(void **state)
{
	(void)state;
	static const struct row rows[] = {
		/* libpurple 2.14.12, on the wire */
		{"romeo@pp1._presence._tcp",
			"AIM=romeoaim|jid=romeo@montague.lit|vc=!|"
			"ver=2.14.12|node=libpurple|status=avail|port.p2pj=5298|last=Montague|"
			"1st=Romeo|txtvers=1",
			"note txtvers-late txtvers, note key-former AIM, note ver-alone ver"},
		/* Telepathy Salut */
		{"juliet@pronto._presence._tcp",
			"txtvers=1|port.p2pj=5298|nick=J|1st=Juliet|"
			"last=Capulet|email=j@c.lit|jid=j@c.lit|olpc-color=#f00|status=avail|"
			"msg=hi|node=http://telepathy.freedesktop.org/caps|hash=sha-1|ver=xyz=|"
			"phsh=" HASH,
			"note key-unknown olpc-color"},
		/* an Adium record */
		{"eric@mac._presence._tcp",
			"status=avail|email=|jid=|node=|version=1|txtvers=1|"
			"port.p2pj=5298|1st=Eric Hodel|nick=|AIM=|last=|phsh=" HASH "|ext=",
			"note txtvers-late txtvers, note key-unknown version, note key-former AIM"},
		/* Adium, idle */
		{"a@b._presence._tcp", "txtvers=1|away=123.5|status=away|slumming=1",
			"note key-unknown away, note key-unknown slumming"},
		/* Gajim */
		{"g@h._presence._tcp",
			"1st=G|last=H|jid=g@h|status=avail|port.p2pj=5298|version=1|"
			"txtvers=1",
			"note txtvers-late txtvers, note key-unknown version"},
		/* Kopete */
		{"k@h._presence._tcp",
			"1st=K|email=k@h|last=P|node=kopete|port.p2pj=5298|"
			"status=avail|txtvers=1|vc=!|ver=0.0.1",
			"note txtvers-late txtvers, note ver-alone ver"},
		/* no @, no record at all, a record without strings */
		{"Witch._presence._tcp", "", "note instance-form"},
		{"a@b._presence._tcp.example.org", NULL, ""},
		{"a@b._presence._tcp", "vc=XYZ!!|node=|status=", ""},
	};
	assert_rows(rows, COUNT(rows), &(struct around){.has_port = 1, .port = 5298});
}

static void test_presence(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"a@b._presence._tcp", "port.p2pj=5562", "warning port-differs port.p2pj"},
		{"a@b._presence._tcp", "port.p2pj=0", "warning port-number port.p2pj"},
		{"a@b._presence._tcp", "port.p2pj=x", "warning port-number port.p2pj"},
		{"a@b._presence._tcp", "port.p2pj=65536", "warning port-number port.p2pj"},
		{"a@b._presence._tcp", "port.p2pj=", ""},
		{"a@b._presence._tcp", "port.p2pj", ""},
		{"a@b._presence._tcp", "status=brb", "warning status status"},
		{"a@b._presence._tcp", "status=DND", "warning status status"},
		{"a@b._presence._tcp", "status=chat", "warning status status"},
		{"a@b._presence._tcp", "phsh=abc", "warning phsh phsh"},
		{"a@b._presence._tcp", "phsh=" HASH "0", "warning phsh phsh"},
		{"a@b._presence._tcp", "txtvers=2", "warning txtvers txtvers"},
		{"a@b._presence._tcp", "txtvers=one", "warning txtvers txtvers"},
		{"a@b._presence._tcp", "txtvers=", ""},
		{"a@b._presence._tcp", "nick=a|nick=b", "warning key-twice nick"},
		{"a@b._presence._tcp", "textvers=1", "note key-near textvers"},
		{"a@b._presence._tcp", "stauts=away", "note key-near stauts"},
		{"a@b._presence._tcp", "statu=away", "note key-near statu"},
		{"a@b._presence._tcp", "portp2pj=1", "note key-near portp2pj"},
		{"a@b._presence._tcp", "colour=red", "note key-unknown colour"},
		{"a@b._presence._tcp", "STATUS=away", "note key-case STATUS"},
		{"a@b._presence._tcp", "hash=sha-1", "note hash-alone hash"},
		{"a@b._presence._tcp", "hash=sha-1|ver=x", "note hash-alone hash"},
		{"a@b._presence._tcp", "hash=sha-1|ver=x|node=n", ""},
		{"a@b._presence._tcp", "ver=x", "note ver-alone ver"},
		{"a@b._presence._tcp", "=v", "note key-missing"},
		{"a@pr\\195\\182nto._presence._tcp", "", "warning instance-machine"},
		{"J\\195\\182@pronto._presence._tcp", "", ""},
		{"@pronto._presence._tcp", "", "note instance-form"},
		{"a@b._presence._udp", "", "note presence-udp"},
	};
	assert_rows(rows, COUNT(rows), &(struct around){.has_port = 1, .port = 5298});
	static const struct row unknown[] = {{"a@b._presence._tcp", "port.p2pj=5562", ""}};
	assert_rows(unknown, COUNT(unknown), &(struct around){0});
}

/* ---- Clique ---- */

static void test_clique(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"Witchcraft._clique._udp", "txtvers=0", ""},
		{"Witchcraft._clique._udp", "", "note txtvers-missing"},
		{"Witchcraft._clique._udp", "txtvers=1", "warning txtvers txtvers"},
		{"Witchcraft._clique._udp", "txtvers=0|address=1", "note key-unknown address"},
		{"Other._clique._udp", "txtvers=0", "note clique-host"},
		{"Witchcraft._clique._tcp", "txtvers=1", "error other-transport"},
	};
	assert_rows(rows, COUNT(rows),
		&(struct around){.has_port = 1,
			.port = 13251,
			.host = "witchcraft._clique._udp.local.",
			.address = "239.255.71.66"});
	static const struct row others[] = {
		{"Witchcraft._clique._udp", "txtvers=0", "note clique-host, warning clique-group"},
	};
	assert_rows(others, 1, &(struct around){.host = "pronto.local", .address = "10.0.0.1"});
	assert_rows(others, 1, &(struct around){.host = "pronto.local", .address = "fe80::1%eth0"});
	static const struct row group[] = {{"Witchcraft._clique._udp", "txtvers=0", ""}};
	assert_rows(group, 1, &(struct around){.address = "ff02::4747%eth0"});
}

/* A type as text: the same findings, and one for what is no type. */
static void test_text(void **state)
{
	static const struct {
		const char *type;
		const char *string; /* NULL: no record */
		const char *words;
	} rows[] = {
		{"_presence._tcp", "status=brb", "status"},
		{"_under_score._tcp", NULL, "name-character"},
		{"juliet@pronto._presence._tcp.local", "txtvers=1", ""},
		{"presence", NULL, "type-syntax"},
		{"", "=x", "type-syntax key-missing"},
	};
	struct sdreg_registry *const registry = sdreg_registry_embedded(NULL);
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char words[100] = "";
		struct sdreg_error err = {.size = sizeof(err)};
		const struct sdreg_finding *f;
		struct sdreg_txt *const txt = rows[i].string != NULL ? sdreg_txt_new() : NULL;
		if (txt != NULL)
			sdreg_txt_add(txt, rows[i].string, strlen(rows[i].string));
		struct sdreg_report *const report = sdreg_check_text(registry, NULL, rows[i].type,
			strlen(rows[i].type), txt, &err);
		assert_non_null(report);
		assert_int_equal(err.code, 0);
		for (size_t k = 0; (f = sdreg_report_finding(report, k)) != NULL; k++) {
			strcat(words, k > 0 ? " " : "");
			strcat(words, sdreg_finding_rule_word(sdreg_finding_rule(f)));
		}
		assert_string_equal(words, rows[i].words);
		assert_int_equal(sdreg_report_annotation(report) != NULL,
			strncmp(words, "type", 4) != 0);
		sdreg_report_free(report);
		sdreg_txt_free(txt);
	}
	/* the sentence is that of sdreg_type_parse(), and the text ends where it is said to */
	struct sdreg_error why = {.size = sizeof(why)};
	struct sdreg_type type;
	assert_int_equal(sdreg_type_parse("http", 4, &type, &why), SDREG_E_SYNTAX);
	struct sdreg_report *const report =
		sdreg_check_text(NULL, NULL, "http._tcp", 4, NULL, NULL);
	assert_string_equal(sdreg_finding_text(sdreg_report_finding(report, 0)), why.text);
	assert_int_equal(sdreg_report_worst(report), SDREG_SEVERITY_ERROR);
	assert_int_equal(sdreg_report_count(report), 1);
	sdreg_report_free(report);
	sdreg_registry_close(registry);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_too_many),
		cmocka_unit_test(test_dictionary),
		cmocka_unit_test(test_real_clients),
		cmocka_unit_test(test_presence),
		cmocka_unit_test(test_clique),
		cmocka_unit_test(test_text),
	};
	return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
