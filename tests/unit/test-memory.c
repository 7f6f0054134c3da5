/* SPDX-License-Identifier: MIT */

/* The first allocation fails, then the second, and so on to the last: what reads, merges and
 * exports says that there is no memory, and keeps none. */

#include "table.h"

#include <sdreg/xml.h>
#include <stdlib.h>
#include <unistd.h>

/* Allocations of the library, not those of libxml2: the linker leads them here. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);

static long left = -1; /* allocations before the one that fails; -1: none does */

static int fails(void)
{
	return left >= 0 && left-- == 0;
}

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return fails() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return fails() ? NULL : __real_realloc(old, size);
}

#define HEAD "Service Name,Port Number,Transport Protocol,Description,Notes,Contact\r\n"
#define OPEN \
	"<registry xmlns=\"http://www.iana.org/assignments\" id=\"service-names-port-numbers\">"

static const char csv[] = HEAD "a,1,tcp,\"d \"\"e\"\"\",\"Defined TXT keys: k, v\",[A]\r\n"
	"b,2-3,UDP,,,[B]\r\nbad,port,,,,\r\n";

static const char xml[] = OPEN "<updated>2025-04-07</updated><record date=\"1\"><name>a</name>"
	"<xref type=\"person\" data=\"P\"/><xref type=\"rfc\" data=\"rfc1\">own</xref>"
	"<assignee><xref type=\"person\" data=\"Q\"/></assignee><description>a<br/>b</description>"
	"<note>Defined TXT keys: k</note><new>x</new></record><people><person id=\"P\">"
	"<name>Pat</name><uri>u</uri></person></people></registry>";

static const char supplement[] = "<supplement xmlns=\"urn:x-sdreg:supplement\"><title>T</title>"
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
	const struct sdreg_sink sink = {swallow, NULL};
	const int result = sdreg_export_csv(r, &sink, err);
	return result < 0 ? result : sdreg_export_xml(r, &sink, err);
}

static struct sdreg_registry *merge(const struct sdreg_registry *r, struct sdreg_error *err)
{
	struct sdreg_builder *const b = sdreg_builder_new();
	if (b == NULL) {
		err->code = SDREG_E_MEMORY;
		return NULL;
	}
	if (sdreg_builder_add_registry(b, r, err) == 0 &&
		sdreg_builder_add_registry(b, r, err) == 0)
		return sdreg_builder_finish(b, err);
	sdreg_builder_free(b);
	return NULL;
}

static struct sdreg_registry *read_csv(int fd, struct sdreg_error *err)
{
	(void)fd;
	return sdreg_registry_read_csv(csv, sizeof(csv) - 1, NULL, err);
}

static struct sdreg_registry *read_xml(int fd, struct sdreg_error *err)
{
	return sdreg_xml_read(fd, SDREG_XML_REGISTRY, NULL, err);
}

static struct sdreg_registry *read_supplement(int fd, struct sdreg_error *err)
{
	return sdreg_xml_read(fd, SDREG_XML_SUPPLEMENT, NULL, err);
}

/* Reads, merges and exports: all of it, or what was refused is told. */
static int run(int fd, struct sdreg_registry *read(int, struct sdreg_error *))
{
	struct sdreg_error err = {0};
	lseek(fd, 0, SEEK_SET);
	struct sdreg_registry *const r = read(fd, &err);
	struct sdreg_registry *const both = r != NULL ? merge(r, &err) : NULL;
	if (both != NULL)
		export(r, &err);
	sdreg_registry_close(both);
	sdreg_registry_close(r);
	assert_true(both != NULL || err.code != 0);
	return err.code;
}

/* Lets the nth allocation fail until there is none. */
static void run_all(const char *text, struct sdreg_registry *read(int, struct sdreg_error *))
{
	const int fd = file_of(text);
	for (long n = 0;; n++) {
		left = n;
		const int code = run(fd, read);
		const int failed = left < 0;
		left = -1;
		if (!failed) {
			assert_int_equal(code, 0);
			assert_true(n > 10);
			break;
		}
		if (code != SDREG_E_MEMORY)
			fail_msg("allocation %ld: %d", n, code);
	}
	close(fd);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csv),
		cmocka_unit_test(test_registry),
		cmocka_unit_test(test_supplement),
	};
	return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
