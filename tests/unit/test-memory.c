/* SPDX-License-Identifier: MIT */

/* The first allocation fails, then the second, and so on to the last: what reads, merges and
 * exports says that there is no memory, and keeps none. */

#include "table.h"

#include "failing.h"

#include <libxml/parser.h>
#include <sdreg.h>
#include <sdreg/xml.h>
#include <unistd.h>

#define HEAD "Service Name,Port Number,Transport Protocol,Description,Notes,Contact\r\n"
#define OPEN \
	"<registry xmlns=\"http://www.iana.org/assignments\" id=\"service-names-port-numbers\">"

static const char csv[] = HEAD "a,1,tcp,\"d \"\"e\"\"\",\"Defined TXT keys: k, v\",[A]\r\n"
			       "b,2-3,UDP,,,[B]\r\nbad,port,,,,\r\n";

static const char xml[] = OPEN
	"<updated>2025-04-07</updated><record date=\"1\"><name>a</name>"
	"<xref type=\"person\" data=\"P\"/><xref type=\"rfc\" data=\"rfc1\">own</xref>"
	"<assignee><xref type=\"person\" data=\"Q\"/></assignee><description>a<br/>b</description>"
	"<note>Defined TXT keys: k</note><new>x</new></record><people><person id=\"P\">"
	"<name>Pat</name><uri>u</uri></person></people></registry>";

static const char supplement[] =
	"<supplement xmlns=\"urn:x-sdreg:supplement\"><title>T</title>"
	"<type name=\"a\" transport=\"tcp\"><title>A</title><maker>M</maker></type>"
	"<keys of=\"_a._tcp _b._udp\"><source>s</source><key name=\"k\" form=\"list\">"
	"<meaning>m</meaning><value is=\"v\">w</value></key></keys></supplement>";

static int swallow(void *user, const char *bytes, size_t len)
{
	(void)user;
	assert_true(bytes != NULL && len > 0);
	return 0;
}

static int file_of(const char *text)
{
	FILE *const file = tmpfile();
	assert_non_null(file);
	fputs(text, file);
	fflush(file);
	const int fd = dup(fileno(file));
	fclose(file);
	return fd;
}

/* Exports both ways. 0, or what one of them said. */
static int export(const struct sdreg_registry *r, struct sdreg_error *err)
{
	const struct sdreg_sink sink = {sizeof(sink), swallow, NULL};
	const int result = sdreg_export_csv(r, &sink, err);
	return result < 0 ? result : sdreg_export_xml(r, &sink, err);
}

static struct sdreg_registry *read_csv(int fd, struct sdreg_error *err)
{
	(void)fd;
	return sdreg_registry_read_csv(csv, sizeof(csv) - 1, NULL, err);
}

static struct sdreg_registry *read_xml(int fd, struct sdreg_error *err)
{
	return sdreg_xml_read(fd, SDREG_XML_KIND_REGISTRY, NULL, err);
}

static struct sdreg_registry *read_supplement(int fd, struct sdreg_error *err)
{
	return sdreg_xml_read(fd, SDREG_XML_KIND_SUPPLEMENT, NULL, err);
}

struct source {
	int fd;
	struct sdreg_registry *(*read)(int, struct sdreg_error *);
};

/* Reads and exports: all of it, or what was refused is told. */
static int read_all(void *user)
{
	const struct source *const source = user;
	struct sdreg_error err = {.size = sizeof(err)};
	lseek(source->fd, 0, SEEK_SET);
	struct sdreg_registry *const r = source->read(source->fd, &err);
	if (r != NULL)
		export(r, &err);
	sdreg_registry_close(r);
	assert_true(r != NULL || err.code != 0);
	return err.code;
}

static void run_all(const char *text, struct sdreg_registry *read(int, struct sdreg_error *))
{
	struct source source = {file_of(text), read};
	assert_true(run_failing(read_all, &source, SDREG_E_MEMORY) > 10);
	close(source.fd);
}

static void test_csv(void **state)
{
	(void)state;
	run_all("", read_csv);
}

static void test_registry(void **state)
{
	(void)state;
	run_all(xml, read_xml);
}

static void test_supplement(void **state)
{
	(void)state;
	run_all(supplement, read_supplement);
}

/* ---- what asks a registry ---- */

static int search(void *user)
{
	static const struct sdreg_query query = {.size = sizeof(query),
		.words = TEXT("a tcp zz@b 1"),
		.assignee = TEXT("a"),
		.txt_key = TEXT("k")};
	static const struct sdreg_query all = {.size = sizeof(all)};
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_results *const found = sdreg_search(user, &query, &err);
	struct sdreg_results *const every = found != NULL ? sdreg_search(user, &all, &err) : NULL;
	sdreg_results_free(found);
	if (every != NULL)
		assert_int_equal(sdreg_results_count(every), 2);
	sdreg_results_free(every);
	return err.code;
}

static int check(void *user)
{
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_type type;
	assert_int_equal(sdreg_type_parse("x._presence._tcp", 16, &type, NULL), 0);
	struct sdreg_txt *const txt = sdreg_txt_new();
	int result = txt == NULL ? SDREG_E_MEMORY : sdreg_txt_add(txt, "status=brb", 10);
	if (result == SDREG_OK) {
		const struct sdreg_subject subject = {.size = sizeof(subject),
			.type = &type,
			.registry = user,
			.txt = txt,
			.host = {"", 0},
			.has_port = 1};
		struct sdreg_report *const report = sdreg_check(&subject, &err);
		assert_true(report != NULL || err.code != 0);
		sdreg_report_free(report);
		result = err.code;
	}
	sdreg_txt_free(txt);
	return result;
}

/* From a file, and from bytes. */
static int open_image(void *user)
{
	struct sdreg_error err = {.size = sizeof(err)};
	size_t len;
	const void *const image = sdreg_registry_image(user, &len);
	char path[] = "/tmp/sdreg-memory-XXXXXX";
	const int fd = mkstemp(path);
	assert_true(fd >= 0 && write(fd, image, len) == (ssize_t)len);
	close(fd);
	struct sdreg_registry *const copied = sdreg_registry_open_bytes(image, len, "copy", &err);
	struct sdreg_registry *const mapped = copied != NULL ? sdreg_registry_open(path, &err)
							     : NULL;
	unlink(path);
	assert_true(mapped != NULL || err.code != 0);
	sdreg_registry_close(mapped);
	sdreg_registry_close(copied);
	return err.code;
}

static int open_embedded(void *user)
{
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_registry *const r = *(const int *)user == 0 ? sdreg_registry_embedded(&err)
								 : sdreg_supplement_embedded(&err);
	assert_true(r != NULL || err.code != 0);
	sdreg_registry_close(r);
	return err.code;
}

static void test_embedded(void **state)
{
	(void)state;
	for (int which = 0; which < 2; which++)
		assert_true(run_failing(open_embedded, &which, SDREG_E_MEMORY) >= 1);
}

static void test_asking(void **state)
{
	struct sdreg_registry *const r = read_csv(-1, NULL);
	(void)state;
	assert_non_null(r);
	assert_true(run_failing(search, r, SDREG_E_MEMORY) > 3);
	assert_true(run_failing(check, r, SDREG_E_MEMORY) > 3);
	assert_true(run_failing(open_image, r, SDREG_E_MEMORY) >= 2);
	sdreg_registry_close(r);
}

/* ---- a builder that was refused memory goes on as if it had not been asked ---- */

static const struct sdreg_record some_record = {.size = sizeof(some_record),
	.name = {"a", 1},
	.port = {"1-2", 3},
	.transport = {"tcp", 3},
	.description = {"d\n e", 4},
	.notes = {"Defined TXT keys: k", 19}};
static const struct sdreg_person_record some_person = {.size = sizeof(some_person),
	.id = {"P", 1},
	.name = {"Pat", 3}};
static const struct sdreg_key_record some_key = {.size = sizeof(some_key),
	.name = {"k", 1},
	.meaning = {"m", 1}};
static const struct sdreg_value_record some_value = {.size = sizeof(some_value),
	.text = {"v", 1},
	.meaning = {"w", 1}};
static const struct sdreg_text some_text = {"_a._tcp", 7};

static int build_step(struct sdreg_builder *b, int step)
{
	struct sdreg_error err = {.size = sizeof(err)};
	switch (step) {
	case 0:
		return sdreg_builder_title(b, some_text);
	case 1:
		return sdreg_builder_updated(b, some_text);
	case 2:
		return sdreg_builder_frame(b, SDREG_FORMAT_CSV, some_text);
	case 3:
		return sdreg_builder_add_person(b, &some_person, &err);
	case 4:
		return sdreg_builder_begin_keys(b, some_text, &err);
	case 5:
		return sdreg_builder_add_key(b, &some_key, &err);
	case 6:
		return sdreg_builder_add_value(b, &some_value, &err);
	default:
		return sdreg_builder_add(b, &some_record, &err);
	}
}

enum { BUILD_STEPS = 40 };

/* Each step again, if there was no memory for it. */
static struct sdreg_registry *build(void)
{
	struct sdreg_builder *b = sdreg_builder_new();
	if (b == NULL)
		b = sdreg_builder_new();
	for (int step = 0; step < BUILD_STEPS; step++) {
		const int result = build_step(b, step);
		if (result == SDREG_E_MEMORY)
			assert_int_equal(build_step(b, step), 0);
		else
			assert_int_equal(result, 0);
	}
	return sdreg_builder_finish(b, NULL);
}

static void test_building(void **state)
{
	size_t lens[2];
	struct sdreg_registry *const wanted = build();
	const void *const image = sdreg_registry_image(wanted, &lens[0]);
	int failed = 1;
	(void)state;
	for (long n = 0; failed; n++) {
		left = n;
		struct sdreg_registry *const r = build();
		failed = left < 0;
		left = -1;
		assert_true(failed || r != NULL);
		if (r != NULL) {
			const void *const again = sdreg_registry_image(r, &lens[1]);
			if (lens[0] != lens[1] || memcmp(image, again, lens[0]) != 0)
				fail_msg("allocation %ld: another image", n);
		}
		sdreg_registry_close(r);
	}
	sdreg_registry_close(wanted);
}

/* ---- a TXT record that was refused memory is as it was ---- */

static int change(struct sdreg_txt *txt, int way)
{
	static const struct sdreg_presence presence = {.size = sizeof(presence),
		.nick = {"Juliet", 6},
		.port = 5298};
	static char many[4000];
	memset(many, 1, sizeof(many)); /* strings of a byte on the wire */
	switch (way) {
	case 0:
		return sdreg_txt_add(txt, many, sizeof(many));
	case 1:
		return sdreg_txt_add_wire(txt, many, sizeof(many), NULL);
	case 2:
		return sdreg_txt_add_printed(txt, "\"a=b\" \"c\\007\" \"txtvers=1\"", 25, NULL);
	case 3:
		return sdreg_txt_set(txt, "k", 1, "another value", 13);
	case 4:
		return sdreg_txt_set(txt, "txtvers", 7, "1", 1);
	default:
		return sdreg_presence_write(&presence, txt);
	}
}

static int change_txt(void *user)
{
	char before[64];
	char after[64];
	struct sdreg_txt *const txt = sdreg_txt_new();
	int result = txt == NULL ? SDREG_E_MEMORY : sdreg_txt_add(txt, "k=v", 3);
	if (result == SDREG_OK) {
		const int len = sdreg_txt_wire(txt, before, sizeof(before));
		result = change(txt, *(const int *)user);
		if (result != SDREG_OK) {
			assert_int_equal(sdreg_txt_wire(txt, after, sizeof(after)), len);
			assert_memory_equal(before, after, (size_t)len);
		}
	}
	sdreg_txt_free(txt);
	return result;
}

static void test_txt(void **state)
{
	(void)state;
	for (int way = 0; way < 6; way++)
		assert_true(run_failing(change_txt, &way, SDREG_E_MEMORY) >= 3);
}

/* ---- libxml2's own allocations ---- */

/* libxml2 2.9 loses a block where it has no memory for a context: what it holds is kept here, so
 * that its losses are not taken for ours. */
enum { XML_BLOCKS = 4096 };
static void *xml_blocks[XML_BLOCKS];

static void *xml_keep(void *old, void *fresh)
{
	size_t i = 0;
	while (i < XML_BLOCKS && xml_blocks[i] != old)
		i++;
	if (i < XML_BLOCKS) /* else it is older than this test */
		xml_blocks[i] = fresh;
	return fresh;
}

static void *xml_malloc(size_t size)
{
	void *const fresh = fails() ? NULL : __real_malloc(size);
	return fresh != NULL ? xml_keep(NULL, fresh) : NULL;
}

static void *xml_realloc(void *old, size_t size)
{
	if (fails())
		return NULL;
	xml_keep(old, xml_blocks); /* a mark that is no block */
	return xml_keep(xml_blocks, __real_realloc(old, size));
}

static void xml_free(void *block)
{
	if (block != NULL)
		xml_keep(block, NULL);
	free(block);
}

static char *xml_strdup(const char *text)
{
	char *const copy = xml_malloc(strlen(text) + 1);
	return copy != NULL ? memcpy(copy, text, strlen(text) + 1) : NULL;
}

/* What libxml2 hands to a handler of errors is const since 2.12. */
#if LIBXML_VERSION >= 21200
typedef const xmlError handed_error;
#else
typedef xmlError handed_error;
#endif

/* The program's own: it hears nothing of what the library reads, and is there afterwards. */
static void on_xml_error(void *user, handed_error *error)
{
	(void)error;
	++*(unsigned *)user;
}

/* What it makes of a want of memory differs: but what is read is all, or it is an error; and
 * libxml2 prints nothing. */
static void test_libxml(void **state)
{
	const int fd = file_of(xml);
	size_t sizes[2] = {0, 0};
	int failed = 1;
	unsigned heard = 0;
	(void)state;
	xmlMemSetup(xml_free, xml_malloc, xml_realloc, xml_strdup);
	xmlInitParser();
	xmlSetStructuredErrorFunc(&heard, on_xml_error);
	lseek(fd, 0, SEEK_SET);
	struct sdreg_registry *const whole = read_xml(fd, NULL);
	sdreg_registry_image(whole, &sizes[0]);
	for (long n = 0; failed; n++) {
		struct sdreg_error err = {.size = sizeof(err)};
		lseek(fd, 0, SEEK_SET);
		left = n;
		struct sdreg_registry *const r = read_xml(fd, &err);
		failed = left < 0;
		left = -1;
		assert_true(r != NULL ? err.code == 0 : err.code < 0 && err.text[0] != '\0');
		if (r != NULL)
			sdreg_registry_image(r, &sizes[1]);
		if (r != NULL && sizes[0] != sizes[1])
			fail_msg("allocation %ld: not all was read", n);
		sdreg_registry_close(r);
	}
	sdreg_registry_close(whole);
	close(fd);
	assert_int_equal(heard, 0);
	assert_true(xmlStructuredError == on_xml_error && xmlStructuredErrorContext == &heard);
	xmlCleanupParser();
	for (size_t i = 0; i < XML_BLOCKS; i++)
		free(xml_blocks[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv), cmocka_unit_test(test_registry),
		cmocka_unit_test(test_supplement), cmocka_unit_test(test_embedded),
		cmocka_unit_test(test_asking), cmocka_unit_test(test_building),
		cmocka_unit_test(test_txt),
		cmocka_unit_test(test_libxml), /* the last: libxml2 is done with after it */
	};
	return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
