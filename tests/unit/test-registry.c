/* SPDX-License-Identifier: MIT */
#include "table.h"

static const struct row rows[] = {
	{"http", "80", "tcp", "World Wide  Web\n   HTTP ", NULL},
	{"http", "80", "UDP", "World Wide Web HTTP", NULL},
	{"http-alt", "591", "tcp", "one", NULL},
	{"http-alt", "8008", "tcp", "two", NULL},
	{"http-alt", "8080", "tcp", "three", NULL},
	{"presence", NULL, NULL, "Messaging",
		"Defined TXT keys: txtvers,\n  1st, see\n http://example.org/keys"},
	{"rdp", NULL, NULL, "Reliable Data Protocol", NULL},
	{"rdp", NULL, NULL, "Remote Desktop", "Defined TXT keys: None"},
	{"x11", "6000-6063", "tcp", "X Window System", NULL},
	{"flex-lm", "27000-27009", NULL, "FLEX LM", NULL},
	{"sge_qmaster", "6444", "tcp", "malformed", NULL},
	{"EtherNet/IP-1", " 2222 ", "tcp", "historic", NULL},
	{NULL, "6001", NULL, "Unassigned", NULL},
	{NULL, "0", "tcp", "Reserved", NULL},
	{"discard", "9", "dccp", "Discard", NULL},
	{"dtn", "65535", "sctp", "last", NULL},
};

enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

static struct sdreg_registry *registry;

static int set_up(void **state)
{
	(void)state;
	registry = table_registry(rows, ROWS, 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	sdreg_registry_close(registry);
	return 0;
}

/* What is searched for: a name, a type, or a port. */
struct search {
	const char *name;
	size_t len;
	const struct sdreg_type *type;
	uint16_t port;
	enum sdreg_transport transport;
};

static const struct sdreg_entry *find(const struct search *s, const struct sdreg_entry *after)
{
	if (s->name != NULL)
		return sdreg_find_name(registry, s->name, s->len, after);
	if (s->type != NULL)
		return sdreg_find_type(registry, s->type, after);
	return sdreg_find_port(registry, s->port, s->transport, after);
}

/* The indices of what a look-up gives, as letters: "ac" is the first and the third row. Whatever
 * entry it goes on behind, it gives the next one of them, and none behind another registry's. */
static void expect(const char *what, const struct search *search, const char *letters)
{
	char got[64] = "";
	size_t n = 0;
	const struct sdreg_entry *e = NULL;
	while (n < sizeof(got) - 1 && (e = find(search, e)) != NULL)
		got[n++] = (char)('a' + sdreg_entry_index(registry, e));
	got[n] = '\0';
	if (strcmp(got, letters) != 0)
		fail_msg("%s: rows %s, not %s", what, got, letters);
	for (size_t i = 0; i < ROWS; i++) {
		const char *next = letters;
		while (*next != '\0' && (size_t)(*next - 'a') <= i)
			next++;
		e = find(search, sdreg_registry_entry(registry, i));
		if (e == NULL ? *next != '\0'
			      : (size_t)(*next - 'a') != sdreg_entry_index(registry, e))
			fail_msg("%s: not %s behind row %zu", what, next, i);
	}
	struct sdreg_registry *const other = table_registry(rows, ROWS, 0);
	for (size_t i = 0; i < ROWS; i++)
		assert_null(find(search, sdreg_registry_entry(other, i)));
	sdreg_registry_close(other);
}

static void test_order(void **state)
{
	(void)state;
	assert_int_equal(sdreg_registry_size(registry), ROWS);
	for (size_t i = 0; i < ROWS; i++)
		assert_int_equal(sdreg_entry_index(registry, sdreg_registry_entry(registry, i)), i);
	assert_null(sdreg_registry_entry(registry, ROWS));
	assert_null(sdreg_registry_entry(registry, SIZE_MAX));
}

static void test_names(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		const char *rows;
	} names[] = {
		{"http", "ab"},
		{"HTTP", "ab"},
		{"hTTp-AlT", "cde"},
		{"presence", "f"},
		{"rdp", "gh"},
		{"sge_qmaster", "k"},
		{"ethernet/ip-1", "l"},
		{"", ""},
		{"htt", ""},
		{"https", ""},
		{"http\0x", ""},
		{"x12", ""},
	};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct search search = {.name = names[i].name,
			.len = i == 10 ? 6 : strlen(names[i].name)};
		expect(names[i].name, &search, names[i].rows);
	}
}

static void test_ports(void **state)
{
	(void)state;
	static const struct {
		uint16_t port;
		enum sdreg_transport transport;
		const char *rows;
	} ports[] = {
		{80, SDREG_TRANSPORT_ANY, "ab"},
		{80, SDREG_TRANSPORT_TCP, "a"},
		{80, SDREG_TRANSPORT_UDP, "b"},
		{80, SDREG_TRANSPORT_SCTP, ""},
		{81, SDREG_TRANSPORT_ANY, ""},
		{5999, SDREG_TRANSPORT_ANY, ""},
		{6000, SDREG_TRANSPORT_ANY, "i"},
		{6001, SDREG_TRANSPORT_ANY, "im"},
		{6001, SDREG_TRANSPORT_UDP, "m"},
		{6002, SDREG_TRANSPORT_TCP, "i"},
		{6063, SDREG_TRANSPORT_ANY, "i"},
		{6064, SDREG_TRANSPORT_ANY, ""},
		{27005, SDREG_TRANSPORT_TCP, "j"},
		{0, SDREG_TRANSPORT_TCP, "n"},
		{65535, SDREG_TRANSPORT_SCTP, "p"},
		{65534, SDREG_TRANSPORT_ANY, ""},
		{2222, SDREG_TRANSPORT_TCP, "l"},
	};
	for (size_t i = 0; i < sizeof(ports) / sizeof(ports[0]); i++) {
		const struct search search = {.port = ports[i].port,
			.transport = ports[i].transport};
		char what[32];
		snprintf(what, sizeof(what), "port %u/%s", ports[i].port,
			sdreg_transport_text(ports[i].transport));
		expect(what, &search, ports[i].rows);
	}
}

static void test_types(void **state)
{
	(void)state;
	static const struct {
		const char *type;
		const char *rows;
	} types[] = {
		{"_http._tcp", "a"},
		{"_HTTP._UDP", "b"},
		{"x._http._tcp.local", "a"},
		{"_presence._tcp", "f"},
		{"_presence._udp", "f"},
		{"_rdp._tcp", "gh"},
		{"_http-alt._tcp", "cde"},
		{"_http-alt._udp", ""},
		{"_discard._udp", "o"},
		{"_dtn._udp", "p"},
		{"_dtn._tcp", ""},
		{"_sge_qmaster._tcp", ""},
		{"_flex-lm._udp", "j"},
		{"_http._sctp", ""},
		{"_none._tcp", ""},
	};
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct sdreg_type t;
		assert_int_equal(sdreg_type_parse(types[i].type, strlen(types[i].type), &t, NULL),
			0);
		expect(types[i].type, &(struct search){.type = &t}, types[i].rows);
	}
}

/* The types that each row gives, in order. */
static void test_entry_types(void **state)
{
	(void)state;
	static const char *const types[ROWS] = {"_http._tcp", "_http._udp", "_http-alt._tcp",
		"_http-alt._tcp", "_http-alt._tcp", "_presence._tcp _presence._udp",
		"_rdp._tcp _rdp._udp", "_rdp._tcp _rdp._udp", "_x11._tcp",
		"_flex-lm._tcp _flex-lm._udp", "", "", "", "", "_discard._udp", "_dtn._udp"};
	for (size_t i = 0; i < ROWS; i++) {
		const struct sdreg_entry *const e = sdreg_registry_entry(registry, i);
		char got[200] = "";
		struct sdreg_type t;
		for (unsigned nth = 0; sdreg_entry_type(e, nth, &t); nth++) {
			char text[SDREG_NAME_SIZE];
			sdreg_type_format(&t, SDREG_TYPE_PART_ALL, text, sizeof(text));
			strcat(got, nth > 0 ? " " : "");
			strcat(got, text);
		}
		if (strcmp(got, types[i]) != 0)
			fail_msg("row %zu: %s", i, got);
	}
}

static void test_columns(void **state)
{
	(void)state;
	struct sdreg_builder *const b = sdreg_builder_new();
	const struct sdreg_record record = {
		.size = sizeof(record),
		.name = table_text("full"),
		.port = table_text("1-2"),
		.transport = table_text("sctp"),
		.description = table_text("d"),
		.assignee = table_text("[A]"),
		.contact = table_text("[B][C D]"),
		.registered = table_text("2020-01"),
		.modified = table_text("2021"),
		.reference = table_text("[RFC1]"),
		.service_code = table_text("42"),
		.unauthorized_use = table_text("u"),
		.notes = table_text("  one\r\n\r\n  two\tthree  \n"),
	};
	const struct sdreg_person_record people[] = {
		{sizeof(struct sdreg_person_record), table_text("C D"), table_text("Cee"),
			table_text("Org"), table_text("\nmailto:c&x\n tel:1"), table_text("2020"),
			{NULL, 0}},
		{.size = sizeof(struct sdreg_person_record),
			.id = table_text("B"),
			.name = table_text("Bee")},
		{.size = sizeof(struct sdreg_person_record),
			.id = table_text("B"),
			.name = table_text("another")},
	};
	assert_int_equal(sdreg_builder_title(b, table_text(" A  title ")), 0);
	assert_int_equal(sdreg_builder_updated(b, table_text("2025-02-25")), 0);
	assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(sdreg_builder_add_person(b, &people[i], NULL), 0);
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	const struct sdreg_entry *const e = sdreg_registry_entry(r, 0);
	uint16_t first;
	uint16_t last;
	assert_string_equal(sdreg_registry_title(r), "A title");
	assert_string_equal(sdreg_registry_updated(r), "2025-02-25");
	assert_true(sdreg_registry_is_complete(r));
	assert_string_equal(sdreg_entry_name(e), "full");
	assert_int_equal(sdreg_entry_port(e, &first, &last), 1);
	assert_int_equal(first, 1);
	assert_int_equal(last, 2);
	assert_int_equal(sdreg_entry_transport(e), SDREG_TRANSPORT_SCTP);
	assert_string_equal(sdreg_entry_description(e), "d");
	assert_string_equal(sdreg_entry_assignee(e), "[A]");
	assert_string_equal(sdreg_entry_contact(e), "[B][C D]");
	assert_string_equal(sdreg_entry_registered(e), "2020-01");
	assert_string_equal(sdreg_entry_modified(e), "2021");
	assert_string_equal(sdreg_entry_reference(e), "[RFC1]");
	assert_string_equal(sdreg_entry_service_code(e), "42");
	assert_string_equal(sdreg_entry_unauthorized_use(e), "u");
	assert_string_equal(sdreg_entry_notes(e), "one\ntwo three");
	const char *rest = sdreg_entry_contact(e);
	size_t len;
	const char *id = sdreg_bracketed(&rest, &len);
	const struct sdreg_person *p = sdreg_find_person(r, id, len);
	assert_string_equal(sdreg_person_name(p), "Bee"); /* of two the first */
	id = sdreg_bracketed(&rest, &len);
	p = sdreg_find_person(r, id, len);
	assert_string_equal(sdreg_person_id(p), "C D");
	assert_string_equal(sdreg_person_organization(p), "Org");
	assert_string_equal(sdreg_person_uris(p), "mailto:c&x\ntel:1");
	assert_string_equal(sdreg_person_updated(p), "2020");
	assert_null(sdreg_bracketed(&rest, &len));
	assert_null(sdreg_find_person(r, "b", 1)); /* ids are compared byte by byte */
	assert_null(sdreg_find_person(r, "", 0));
	assert_int_equal(sdreg_registry_people(r), 2);
	assert_string_equal(sdreg_person_id(sdreg_registry_person(r, 0)), "B");
	assert_string_equal(sdreg_person_id(sdreg_registry_person(r, 1)), "C D");
	assert_null(sdreg_registry_person(r, 2));
	assert_null(sdreg_registry_person(r, SIZE_MAX));
	sdreg_registry_close(r);
}

static void test_txt(void **state)
{
	(void)state;
	const struct sdreg_entry *e = sdreg_find_name(registry, "rdp", 3, NULL);
	assert_int_equal(sdreg_entry_txt_kind(e), SDREG_TXT_KIND_ABSENT);
	assert_null(sdreg_entry_txt_key(e, 0));
	assert_null(sdreg_entry_txt_reference(e, 0));
	e = sdreg_find_name(registry, "rdp", 3, e);
	assert_int_equal(sdreg_entry_txt_kind(e), SDREG_TXT_KIND_NONE);
	e = sdreg_find_name(registry, "presence", 8, NULL);
	assert_int_equal(sdreg_entry_txt_kind(e), SDREG_TXT_KIND_LIST);
	assert_string_equal(sdreg_entry_txt_key(e, 0), "txtvers");
	assert_string_equal(sdreg_entry_txt_key(e, 1), "1st");
	assert_string_equal(sdreg_entry_txt_reference(e, 0), "http://example.org/keys");
	assert_null(sdreg_entry_txt_reference(e, 1));
	assert_string_equal(sdreg_txt_kind_text(SDREG_TXT_KIND_PROSE), "prose");
}

/* Records that are left out; the builder goes on. */
static void test_bad_records(void **state)
{
	(void)state;
	static const struct row bad[] = {
		{"a", "65536", NULL, NULL, NULL},
		{"a", "70000", NULL, NULL, NULL},
		{"a", "99999999999999999999", NULL, NULL, NULL},
		{"a", "00", NULL, NULL, NULL},
		{"a", "080", NULL, NULL, NULL},
		{"a", "5-3", NULL, NULL, NULL},
		{"a", "1-2-3", NULL, NULL, NULL},
		{"a", "+1", NULL, NULL, NULL},
		{"a", "-1", NULL, NULL, NULL},
		{"a", "1-", NULL, NULL, NULL},
		{"a", "1 2", NULL, NULL, NULL},
		{"a", "0x10", NULL, NULL, NULL},
		{"a", "1", "tcpx", NULL, NULL},
		{"a", "1", "tc", NULL, NULL},
		{"a\377", "1", "tcp", NULL, NULL},
		{"a", "1", "tcp", "\300\200", NULL},
	};
	struct sdreg_builder *const b = sdreg_builder_new();
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const struct sdreg_record record = table_record(&bad[i]);
		struct sdreg_error err = {.size = sizeof(err)};
		if (sdreg_builder_add(b, &record, &err) != SDREG_E_RECORD ||
			strncmp(err.text, "record left out: ", 17) != 0)
			fail_msg("port %s, transport %s: %d %s", bad[i].port, bad[i].transport,
				err.code, err.text);
	}
	const struct sdreg_record nul = {.size = sizeof(nul), .name = {"a\0b", 3}};
	assert_int_equal(sdreg_builder_add(b, &nul, NULL), SDREG_E_RECORD);
	struct sdreg_error err = {.size = sizeof(err)};
	assert_null(sdreg_builder_finish(b, &err)); /* none was good */
	assert_int_equal(err.code, SDREG_E_FORMAT);
}

/* 4,000 ranges over all ports would ask for more words than there is room for. */
static void test_overlap(void **state)
{
	(void)state;
	struct sdreg_builder *const b = sdreg_builder_new();
	struct sdreg_error err = {.size = sizeof(err)};
	for (unsigned i = 0; i < 9000; i++) {
		char port[16];
		snprintf(port, sizeof(port), "%u-%u", i, 65535 - i);
		const struct sdreg_record record = {.size = sizeof(record),
			.port = table_text(port)};
		assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	}
	assert_null(sdreg_builder_finish(b, &err));
	assert_int_equal(err.code, SDREG_E_LIMIT);
}

static void test_embedded(void **state)
{
	(void)state;
	struct sdreg_registry *const r = sdreg_registry_embedded(NULL);
	struct sdreg_registry *const s = sdreg_supplement_embedded(NULL);
	size_t n = 0;
	for (const struct sdreg_entry *e = NULL;
		(e = sdreg_find_name(r, "presence", 8, e)) != NULL;)
		n++;
	assert_int_equal(n, 3);
	assert_true(sdreg_registry_is_complete(r));
	assert_true(sdreg_registry_is_abridged(r));
	assert_false(sdreg_registry_is_abridged(s));
	assert_string_equal(sdreg_registry_updated(r), "2026-08-17");
	assert_non_null(sdreg_find_name(s, "hap", 3, NULL));
	sdreg_registry_close(r);
	sdreg_registry_close(s);
	sdreg_registry_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_ports),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_entry_types),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_txt),
		cmocka_unit_test(test_bad_records),
		cmocka_unit_test(test_overlap),
		cmocka_unit_test(test_embedded),
	};
	return cmocka_run_group_tests_name("registry", tests, set_up, tear_down);
}
