/* SPDX-License-Identifier: MIT */
#include "table.h"

#include "core/query/annotate.h"

static const struct row rows[] = {
	{"presence", "5298", "tcp", "XMPP Link-Local Messaging", "Defined TXT keys: See http://x/"},
	{"presence", NULL, NULL, "Peer-to-peer messaging", NULL},
	{"clique", NULL, "udp", "Clique", NULL},
	{"raop", NULL, NULL, "Remote Audio", "Defined TXT keys: txtvers, Ch"},
	{"hap", "661", "tcp", "HAP", NULL},
	{"sge_qmaster", "6444", "tcp", "Grid Engine", NULL},
	{"alt", "591", "tcp", "A", NULL},
	{"alt", "8008", "tcp", "B", NULL},
	{"nameless", NULL, "tcp", NULL, NULL},
	{"ranged", "6000-6063", "udp", "Many ports", NULL},
};

static const struct row supplement_rows[] = {
	{"snapcast", "1704", "tcp", "Snapcast", NULL},
	{"presence", NULL, "tcp", "iChat", NULL},
	{"nvstream_dbd", NULL, "tcp", "Shield", NULL},
	{"hash-%%%%", NULL, "tcp", "Many", NULL},
	{"grid_#_x", NULL, "udp", "Numbered", NULL},
	{"nameless", NULL, "tcp", "named by the supplement", NULL},
};

static struct sdreg_registry *whole;
static struct sdreg_registry *part;
static struct sdreg_registry *supplement;

static int set_up(void **state)
{
	(void)state;
	whole = table_registry(rows, sizeof(rows) / sizeof(rows[0]), 0);
	part = table_registry(rows, sizeof(rows) / sizeof(rows[0]), 1);
	struct sdreg_builder *const b = sdreg_builder_new();
	for (size_t i = 0; i < sizeof(supplement_rows) / sizeof(supplement_rows[0]); i++) {
		const struct sdreg_record record = table_record(&supplement_rows[i]);
		assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	}
	const struct sdreg_record hap = {.size = sizeof(hap),
		.name = table_text("hap"),
		.transport = table_text("tcp"),
		.description = table_text("HomeKit"),
		.unauthorized_use = table_text("another")};
	const struct sdreg_key_record status = {.size = sizeof(status),
		.name = table_text("status"),
		.meaning = table_text("whether the user is there")};
	assert_int_equal(sdreg_builder_add(b, &hap, NULL), 0);
	assert_int_equal(sdreg_builder_begin_keys(b, table_text("_presence._tcp"), NULL), 0);
	assert_int_equal(sdreg_builder_add_key(b, &status, NULL), 0);
	supplement = sdreg_builder_finish(b, NULL);
	assert_non_null(supplement);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	sdreg_registry_close(whole);
	sdreg_registry_close(part);
	sdreg_registry_close(supplement);
	return 0;
}

static struct sdreg_type type_of(const char *text)
{
	struct sdreg_type type;
	assert_int_equal(sdreg_type_parse(text, strlen(text), &type, NULL), 0);
	return type;
}

static void test_verdicts(void **state)
{
	(void)state;
	static const struct {
		const char *type;
		const char *word; /* of the whole registry */
		const char *part_word; /* of a part; NULL: the same */
		const char *title;
	} verdicts[] = {
		{"_presence._tcp", "registered", NULL, "XMPP Link-Local Messaging"},
		{"_PRESENCE._tcp", "registered", NULL, "XMPP Link-Local Messaging"},
		{"_presence._udp", "transport-not-stated", NULL, "Peer-to-peer messaging"},
		{"_clique._udp", "registered", NULL, "Clique"},
		{"_clique._tcp", "other-transport", NULL, "Clique"},
		{"_raop._tcp", "transport-not-stated", NULL, "Remote Audio"},
		{"_snapcast._tcp", "in-common-use", NULL, "Snapcast"},
		{"_snapcast._udp", "not-registered", "not-in-part", ""},
		{"_alt._tcp", "registered", NULL, "A"}, /* of equal ones the first */
		{"_blah._tcp", "not-registered", "not-in-part", ""},
		{"_sge_qmaster._tcp", "not-well-formed", NULL, "Grid Engine"},
		{"_nvstream_dbd._tcp", "not-well-formed", NULL, "Shield"},
		{"_Hash-09aF._tcp", "in-common-use", NULL, "Many"},
		{"_hash-09ag._tcp", "not-registered", "not-in-part", ""},
		{"_hash-09a._tcp", "not-registered", "not-in-part", ""},
		{"_hash-09aff._tcp", "not-registered", "not-in-part", ""},
		{"_hash-09af._udp", "not-registered", "not-in-part", ""},
		{"_grid_120_x._udp", "not-well-formed", NULL, "Numbered"},
		{"_grid__x._udp", "not-well-formed", NULL, ""},
		{"_presence._sctp", "not-well-formed", NULL, "Peer-to-peer messaging"},
		{"_nameless._tcp", "registered", NULL, "named by the supplement"},
		{"bad\\007name._presence._tcp", "registered", NULL, "XMPP Link-Local Messaging"},
	};
	for (size_t i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++) {
		const struct sdreg_type type = type_of(verdicts[i].type);
		const char *const part_word = verdicts[i].part_word != NULL ? verdicts[i].part_word
									    : verdicts[i].word;
		struct sdreg_annotation a;
		annotate(whole, supplement, &type, &a);
		if (strcmp(sdreg_verdict_word(a.verdict), verdicts[i].word) != 0 ||
			strcmp(a.title, verdicts[i].title) != 0)
			fail_msg("%s: %s, %s", verdicts[i].type, sdreg_verdict_word(a.verdict),
				a.title);
		assert_true(sdreg_verdict_text(a.verdict)[0] != '\0');
		annotate(part, supplement, &type, &a);
		if (strcmp(sdreg_verdict_word(a.verdict), part_word) != 0)
			fail_msg("%s in a part: %s", verdicts[i].type,
				sdreg_verdict_word(a.verdict));
	}
	const struct sdreg_type type = type_of("_snapcast._tcp");
	struct sdreg_annotation a;
	annotate(whole, NULL, &type, &a); /* without a supplement */
	assert_int_equal(a.verdict, SDREG_VERDICT_NOT_REGISTERED);
	assert_string_equal(sdreg_verdict_word((enum sdreg_verdict)99), "");
}

static void test_ports(void **state)
{
	(void)state;
	static const struct {
		const char *type;
		uint16_t port;
		const char *word;
		uint16_t registered;
	} ports[] = {
		{"_presence._tcp", 5298, "as-registered", 5298},
		{"_presence._tcp", 5562, "other-port", 5298},
		{"_presence._tcp", 0, "zero", 5298},
		{"_clique._udp", 13251, "none-registered", 0},
		{"_hap._tcp", 51826, "other-port", 661},
		{"_alt._tcp", 8008, "as-registered", 8008},
		{"_alt._tcp", 8080, "other-port", 591},
		{"_ranged._udp", 6001, "as-registered", 6001},
		{"_ranged._udp", 6064, "other-port", 6000},
		{"_clique._tcp", 1, "none-registered", 0},
		{"_sge_qmaster._tcp", 6444, "none-registered", 0},
	};
	for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++) {
		const struct sdreg_type type = type_of(ports[i].type);
		uint16_t registered;
		const enum sdreg_port_verdict v =
			sdreg_annotate_port(whole, NULL, &type, ports[i].port, &registered);
		if (strcmp(sdreg_port_verdict_word(v), ports[i].word) != 0 ||
			registered != ports[i].registered)
			fail_msg("%s %u: %s, %u", ports[i].type, ports[i].port,
				sdreg_port_verdict_word(v), registered);
		assert_int_equal(sdreg_annotate_port(whole, NULL, &type, ports[i].port, NULL), v);
	}
}

static void test_keys(void **state)
{
	(void)state;
	static const struct {
		const char *type;
		const char *key;
		const char *word;
	} keys[] = {
		{"_raop._tcp", "txtvers", "defined"},
		{"_raop._udp", "ch", "defined"},
		{"_raop._tcp", "c", "unknown"},
		{"_raop._tcp", "chx", "unknown"},
		{"_presence._tcp", "STATUS", "supplement"},
		{"_presence._udp", "status", "unknown"},
		{"_presence._tcp", "x", "unknown"},
		{"_none._tcp", "txtvers", "unknown"},
	};
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const struct sdreg_type type = type_of(keys[i].type);
		const enum sdreg_key_verdict v = sdreg_annotate_key(whole, supplement, &type,
			keys[i].key, strlen(keys[i].key));
		if (strcmp(sdreg_key_verdict_word(v), keys[i].word) != 0)
			fail_msg("%s %s: %s", keys[i].type, keys[i].key, sdreg_key_verdict_word(v));
	}
}

/* Where a name is in use for something else than it was registered for, that is told first. */
static void test_instead(void **state)
{
	(void)state;
	struct sdreg_annotation a;
	struct sdreg_type type = type_of("_hap._tcp");
	annotate(whole, supplement, &type, &a);
	assert_string_equal(a.title, "HomeKit");
	assert_string_equal(a.instead, "another");
	assert_int_equal(a.verdict, SDREG_VERDICT_REGISTERED);
	annotate(whole, NULL, &type, &a);
	assert_string_equal(a.title, "HAP");
	assert_null(a.instead);
	type = type_of("_presence._tcp");
	annotate(whole, supplement, &type, &a);
	assert_null(a.instead);
}

static void test_getters(void **state)
{
	static const char *const types[] = {"_hap._tcp", "_presence._sctp", "_none._tcp"};
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		const struct sdreg_type type = type_of(types[i]);
		struct sdreg_error err = {.size = sizeof(err), .code = SDREG_E_IO};
		struct sdreg_annotation a;
		annotate(whole, supplement, &type, &a);
		struct sdreg_annotation *const b =
			sdreg_annotate_type(whole, supplement, &type, &err);
		assert_non_null(b);
		assert_int_equal(err.code, SDREG_OK);
		assert_int_equal(sdreg_annotation_verdict(b), a.verdict);
		assert_int_equal(sdreg_annotation_faults(b), a.faults);
		assert_ptr_equal(sdreg_annotation_title(b), a.title);
		assert_ptr_equal(sdreg_annotation_instead(b), a.instead);
		assert_ptr_equal(sdreg_annotation_entry(b), a.entry);
		assert_ptr_equal(sdreg_annotation_supplement(b), a.supplement);
		assert_int_equal(a.entry != NULL, i < 2);
		assert_int_equal(a.supplement != NULL, i == 0);
		sdreg_annotation_free(b);
	}
	sdreg_annotation_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_verdicts),
		cmocka_unit_test(test_ports),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_instead),
		cmocka_unit_test(test_getters),
	};
	return cmocka_run_group_tests_name("annotate", tests, set_up, tear_down);
}
