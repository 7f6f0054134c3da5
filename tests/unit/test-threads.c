/* SPDX-License-Identifier: MIT */

/* One registry, read by eight threads in every way there is. Any thread's answers are those of the
 * first; `make check-threads` runs this with ThreadSanitizer, which sees more. */

#include "table.h"

#include <pthread.h>
#include <stdlib.h>

enum {
	THREADS = 8,
	ROUNDS = 40,
};

static const char csv[] =
	"Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Notes\n"
	"http,80,tcp,World Wide Web,[W3],[W3],\"Defined TXT keys: u, p\"\n"
	"http,80,udp,World Wide Web,[W3],[W3],\n"
	"presence,,,Who is there,[XSF],,\"Defined TXT keys: txtvers, 1st, status\"\n"
	"x11,6000-6063,tcp,X Window System,[X],,\n"
	",6001,,Reserved,,,\n";

/* FNV-1a, over all that was seen. */
static void note(uint64_t *seen, const void *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		*seen = (*seen ^ ((const unsigned char *)bytes)[i]) * UINT64_C(0x100000001b3);
}

static void note_text(uint64_t *seen, const char *text)
{
	note(seen, text, strlen(text));
}

static int note_export(void *user, const char *bytes, size_t len)
{
	note(user, bytes, len);
	return 0;
}

static void look_up(const struct sdreg_registry *r, uint64_t *seen)
{
	const struct sdreg_entry *e;
	for (size_t n = 0; (e = sdreg_registry_entry(r, n)) != NULL; n++) {
		note_text(seen, sdreg_entry_notes(e));
		for (size_t i = 0; sdreg_entry_txt_key(e, i) != NULL; i++)
			note_text(seen, sdreg_entry_txt_key(e, i));
	}
	while ((e = sdreg_find_name(r, "HTTP", 4, e)) != NULL)
		note_text(seen, sdreg_entry_description(e));
	while ((e = sdreg_find_port(r, 6001, SDREG_TRANSPORT_ANY, e)) != NULL)
		note_text(seen, sdreg_entry_name(e));
}

static void annotate_and_check(const struct sdreg_registry *r, uint64_t *seen)
{
	struct sdreg_type type;
	struct sdreg_txt *const txt = sdreg_txt_new();
	uint16_t port;
	assert_non_null(txt);
	assert_int_equal(sdreg_txt_add(txt, "status=brb", 10), 0);
	assert_int_equal(sdreg_type_parse("a@b._presence._tcp", 18, &type, NULL), 0);
	struct sdreg_annotation *const annotation = sdreg_annotate_type(r, NULL, &type, NULL);
	note_text(seen, sdreg_verdict_word(sdreg_annotation_verdict(annotation)));
	note_text(seen, sdreg_annotation_title(annotation));
	sdreg_annotation_free(annotation);
	sdreg_annotate_port(r, NULL, &type, 5298, &port);
	note(seen, &port, sizeof(port));
	const struct sdreg_subject subject = {.size = sizeof(subject),
		.type = &type,
		.registry = r,
		.txt = txt};
	struct sdreg_report *const report = sdreg_check(&subject, NULL);
	const struct sdreg_finding *f;
	for (size_t i = 0; (f = sdreg_report_finding(report, i)) != NULL; i++)
		note_text(seen, sdreg_finding_text(f));
	sdreg_report_free(report);
	sdreg_txt_free(txt);
}

static void search_and_export(const struct sdreg_registry *r, uint64_t *seen)
{
	static const struct sdreg_query query = {.size = sizeof(query),
		.words = TEXT("w"),
		.txt_key = TEXT("u")};
	const struct sdreg_sink sink = {sizeof(sink), note_export, seen};
	struct sdreg_results *const found = sdreg_search(r, &query, NULL);
	for (size_t i = 0; i < sdreg_results_count(found); i++) {
		const unsigned score = sdreg_found_score(sdreg_results_at(found, i));
		note(seen, &score, sizeof(score));
	}
	sdreg_results_free(found);
	assert_int_equal(sdreg_export_csv(r, &sink, NULL), 0);
	assert_int_equal(sdreg_export_xml(r, &sink, NULL), 0);
}

struct reader {
	const struct sdreg_registry *registry;
	pthread_t thread;
	uint64_t seen;
};

static void *read_all(void *user)
{
	struct reader *const reader = user;
	reader->seen = UINT64_C(0xcbf29ce484222325);
	for (int i = 0; i < ROUNDS; i++) {
		look_up(reader->registry, &reader->seen);
		annotate_and_check(reader->registry, &reader->seen);
		search_and_export(reader->registry, &reader->seen);
		struct sdreg_registry *const own =
			sdreg_registry_read_csv(csv, sizeof(csv) - 1, NULL, NULL);
		look_up(own, &reader->seen);
		sdreg_registry_close(own);
	}
	return NULL;
}

static void test_threads(void **state)
{
	static struct reader readers[THREADS];
	struct sdreg_registry *const r = sdreg_registry_read_csv(csv, sizeof(csv) - 1, NULL, NULL);
	(void)state;
	assert_non_null(r);
	for (size_t i = 0; i < THREADS; i++) {
		readers[i].registry = r;
		assert_int_equal(pthread_create(&readers[i].thread, NULL, read_all, &readers[i]),
			0);
	}
	for (size_t i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(readers[i].thread, NULL), 0);
		assert_true(readers[i].seen == readers[0].seen);
	}
	sdreg_registry_close(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_threads),
	};
	return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
