/* SPDX-License-Identifier: MIT */

/* What sdreg update decides and writes: which registry may take the place of another, and that
 * files come into their places together, or not at all. */

#include "table.h"

#include "cli/update/judge.h"
#include "cli/update/say.h"
#include "cli/update/stop.h"
#include "cli/update/store.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/* ---- judging ---- */

static struct sdreg_registry *make_registry(const char *day, size_t entries)
{
	const struct row row = {"x", NULL, NULL, NULL, NULL};
	const struct sdreg_record record = table_record(&row);
	struct sdreg_builder *const b = sdreg_builder_new();
	assert_non_null(b);
	assert_int_equal(sdreg_builder_updated(b, table_text(day)), 0);
	for (size_t i = 0; i < entries; i++)
		assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	assert_non_null(r);
	return r;
}

static void test_sizes(void **state)
{
	static const struct {
		size_t was, is;
		const char *text; /* NULL: it is taken */
	} rows[] = {
		{10, 10, NULL},
		{10, 9, NULL}, /* just a tenth is missing */
		{10, 8,
			"8 entries are in it, 10 in the installed registry: more than a tenth is "
			"missing; --force takes it all the same"},
		{100, 90, NULL},
		{100, 89, "89 entries are in it, 100 in"},
		{11, 10, NULL},
		{11, 9, "9 entries are in it, 11 in"},
		{1111, 1000, NULL},
		{1112, 1000, "1,000 entries are in it, 1,112 in"},
		{2, 1, "1 entry is in it, 2 in"},
		{1, 1, NULL},
		{1, 1000, NULL},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_error err = {.size = sizeof(err)};
		struct sdreg_registry *const was = make_registry("2026-01-02", rows[i].was);
		struct sdreg_registry *const is = make_registry("2026-01-02", rows[i].is);
		const int result = judge_registry(is, was, "https://x.example", &err);
		if (result != (rows[i].text == NULL ? 0 : -1) ||
			(rows[i].text != NULL &&
				strncmp(err.text, rows[i].text, strlen(rows[i].text)) != 0))
			fail_msg("%zu after %zu: %d, %s", rows[i].is, rows[i].was, result,
				err.text);
		assert_string_equal(err.file, rows[i].text == NULL ? "" : "https://x.example");
		assert_int_equal(judge_same(is, was), rows[i].is == rows[i].was);
		sdreg_registry_close(was);
		sdreg_registry_close(is);
	}
}

static void test_days(void **state)
{
	static const struct {
		const char *was, *is; /* was: NULL: there was none */
		const char *text;
	} rows[] = {
		{NULL, "2026-01-02", NULL},
		{"2026-01-02", "2026-01-02", NULL},
		{"2026-01-02", "2026-01-03", NULL},
		{"2026-01-02", "2026-01-01", "this is the registry of 2026-01-01, older than"},
		{"", "2026-01-01", NULL},
		{NULL, "0000-00-00", NULL},
		{NULL, "9999-99-99", NULL},
		{NULL, "", "the registry does not say of what day"},
		{NULL, "2026", "the registry does not say of what day"},
		{NULL, "2026-01-0", "the registry does not say of what day"},
		{NULL, "2026-01-021", "the registry does not say of what day"},
		{NULL, "2026/01/02", "the registry does not say of what day"},
		{NULL, "2026-01-0/", "the registry does not say of what day"},
		{NULL, "2026-01-0:", "the registry does not say of what day"},
		{NULL, "2026001-02", "the registry does not say of what day"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_error err = {.size = sizeof(err)};
		struct sdreg_registry *const was =
			rows[i].was != NULL ? make_registry(rows[i].was, 1) : NULL;
		struct sdreg_registry *const is = make_registry(rows[i].is, 1);
		const int result = judge_registry(is, was, "url", &err);
		if (result != (rows[i].text == NULL ? 0 : -1) ||
			(rows[i].text != NULL &&
				strncmp(err.text, rows[i].text, strlen(rows[i].text)) != 0))
			fail_msg("%s: %d, %s", rows[i].is, result, err.text);
		sdreg_registry_close(was);
		sdreg_registry_close(is);
	}
}

static void test_same(void **state)
{
	struct sdreg_registry *const a = make_registry("2026-01-02", 1);
	struct sdreg_registry *const b = make_registry("2026-01-03", 1);
	struct sdreg_registry *const c = make_registry("2026-01-02", 1);
	(void)state;
	assert_false(judge_same(a, b)); /* as long */
	assert_true(judge_same(a, c));
	sdreg_registry_close(a);
	sdreg_registry_close(b);
	sdreg_registry_close(c);
}

static void test_counts(void **state)
{
	static const struct {
		unsigned long number;
		const char *text;
	} rows[] = {
		{0, "0"},
		{999, "999"},
		{1000, "1,000"},
		{14468, "14,468"},
		{999999, "999,999"},
		{1000000, "1,000,000"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char buf[32];
		assert_string_equal(say_count(buf, rows[i].number), rows[i].text);
	}
}

/* ---- storing ---- */

static char top[] = "/tmp/sdreg-update-XXXXXX";

static int set_up(void **state)
{
	(void)state;
	return mkdtemp(top) == NULL;
}

static void run_in_top(const char *command)
{
	char line[200];
	snprintf(line, sizeof(line), "cd '%s' && %s", top, command);
	assert_int_equal(system(line), 0);
}

static int tear_down(void **state)
{
	(void)state;
	run_in_top("cd / && rm -rf \"$OLDPWD\"");
	return 0;
}

static const char *path_of(const char *name)
{
	static char path[200];
	snprintf(path, sizeof(path), "%s/%s", top, name);
	return path;
}

/* What a file holds; "none" where it is not there. */
static const char *content(const char *name)
{
	static char bytes[64];
	FILE *const file = fopen(path_of(name), "r");
	if (file == NULL)
		return "none";
	bytes[fread(bytes, 1, sizeof(bytes) - 1, file)] = '\0';
	fclose(file);
	return bytes;
}

static mode_t mode_of(const char *name)
{
	struct stat st;
	assert_int_equal(stat(path_of(name), &st), 0);
	return st.st_mode & 0777;
}

static const struct store_file files[] = {{"one", "first", 5}, {"two", "second", 6},
	{"three", "", 0}};

static struct store open_store(const char *name, enum sdreg_installed_for whom)
{
	struct sdreg_error err = {.size = sizeof(err)};
	struct store store;
	static char directory[200];
	snprintf(directory, sizeof(directory), "%s", path_of(name));
	assert_int_equal(store_open(&store, directory, whom, &err), 0);
	return store;
}

static void test_put(void **state)
{
	struct sdreg_error err = {.size = sizeof(err)};
	(void)state;
	umask(022);
	struct store store = open_store("a/b/put", SDREG_INSTALLED_FOR_USER);
	assert_int_equal(mode_of("a"), 0700);
	assert_int_equal(mode_of("a/b"), 0700);
	assert_int_equal(mode_of("a/b/put"), 0755);
	assert_int_equal(store_put(&store, files, 2, &err), 0);
	assert_string_equal(content("a/b/put/one"), "first");
	assert_string_equal(content("a/b/put/two"), "second");
	assert_int_equal(mode_of("a/b/put/one"), 0644);
	assert_int_equal(store_put(&store, files, 3, &err), 0); /* over those that are there */
	assert_string_equal(content("a/b/put/three"), "");
	run_in_top("test \"$(ls a/b/put)\" = \"$(printf 'one\\nthree\\ntwo')\"");
	assert_int_equal(store_exchange(&store, "one", "two", &err), 0);
	assert_string_equal(content("a/b/put/one"), "second");
	assert_string_equal(content("a/b/put/two"), "first");
	assert_int_equal(store_exchange(&store, "one", "nothing", &err), -1);
	store_close(&store);
	assert_int_equal(store.fd, -1);
	store_close(&store);
	umask(077);
	store = open_store("all/put", SDREG_INSTALLED_FOR_ALL);
	assert_int_equal(mode_of("all"), 0755);
	assert_int_equal(mode_of("all/put"), 0755);
	assert_int_equal(store_put(&store, files, 1, &err), 0);
	assert_int_equal(mode_of("all/put/one"), 0644);
	store_close(&store);
	umask(022);
}

/* A file that cannot be written, the second one: the first is not put either. */
static void test_put_fails(void **state)
{
	struct sdreg_error err = {.size = sizeof(err)};
	(void)state;
	struct store store = open_store("fails", SDREG_INSTALLED_FOR_USER);
	run_in_top("mkdir fails/two.new");
	assert_int_equal(store_put(&store, files, 2, &err), -1);
	assert_int_equal(err.code, SDREG_E_IO);
	assert_non_null(strstr(err.file, "/fails/two"));
	assert_string_equal(content("fails/one"), "none");
	assert_string_equal(content("fails/one.new"), "none");
	/* what an update that was killed has left is replaced */
	run_in_top("rmdir fails/two.new && echo left >fails/one.new");
	assert_int_equal(store_put(&store, files, 2, &err), 0);
	assert_string_equal(content("fails/one"), "first");
	store_close(&store);
}

/* A signal that waits stops all of it, each of the three. */
static void test_stopped(void **state)
{
	static const int signals[] = {SIGHUP, SIGINT, SIGTERM};
	(void)state;
	for (size_t i = 0; i < COUNT(signals); i++) {
		struct sdreg_error err = {.size = sizeof(err)};
		struct store store = open_store("stopped", SDREG_INSTALLED_FOR_USER);
		signal(signals[i], SIG_DFL);
		stop_hold();
		assert_false(stop_wanted());
		raise(signals[i]);
		assert_true(stop_wanted());
		assert_int_equal(store_put(&store, files, 2, &err), -1);
		assert_string_equal(err.text, "stopped by a signal");
		run_in_top("test -z \"$(ls stopped)\"");
		/* nor does it wait for another update */
		const int other = open(path_of("stopped"), O_RDONLY);
		store_close(&store);
		assert_int_equal(flock(other, LOCK_EX), 0);
		err.code = 0;
		assert_int_equal(store_open(&store, path_of("stopped"), SDREG_INSTALLED_FOR_USER,
					 &err),
			-1);
		assert_string_equal(err.text, "another sdreg update is at work here: wait for it");
		assert_int_equal(store.fd, -1);
		close(other);
		signal(signals[i], SIG_IGN); /* so it is gone */
		assert_false(stop_wanted());
		stop_now();
		signal(signals[i], SIG_DFL);
	}
	/* one that is ignored is not held */
	signal(SIGHUP, SIG_IGN);
	stop_hold();
	raise(SIGHUP);
	assert_false(stop_wanted());
	stop_now();
	signal(SIGHUP, SIG_DFL);
}

static void test_check(void **state)
{
	static const struct {
		const char *make;
		const char *directory;
		const char *file; /* NULL: something can be installed */
		const char *text;
	} rows[] = {
		{"mkdir check", "check", NULL, NULL},
		{"true", "check/not/there", NULL, NULL},
		{"echo x >check/" INSTALLED_IMAGE, "check", NULL, NULL},
		{"ln -s x check/" INSTALLED_PREVIOUS, "check", INSTALLED_PREVIOUS,
			"this is a symbolic link"},
		{"rm check/" INSTALLED_PREVIOUS " && mkdir check/" INSTALLED_STATE, "check",
			INSTALLED_STATE, "this is no regular file"},
		{"touch file", "file/below", "file/below", NULL},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_error err = {.size = sizeof(err)};
		run_in_top(rows[i].make);
		const int result =
			store_check(path_of(rows[i].directory), SDREG_INSTALLED_FOR_USER, &err);
		assert_int_equal(result, rows[i].file == NULL ? 0 : -1);
		if (rows[i].file != NULL)
			assert_non_null(strstr(err.file, rows[i].file));
		if (rows[i].text != NULL)
			assert_int_equal(strncmp(err.text, rows[i].text, strlen(rows[i].text)), 0);
	}
}

/* A path as long as there can be, and one byte longer. */
static void test_long_path(void **state)
{
	static char path[5000];
	struct sdreg_error err = {.size = sizeof(err)};
	struct store store;
	(void)state;
	memset(path, '/', sizeof(path));
	memcpy(path, top, strlen(top));
	path[4095] = '\0';
	assert_int_equal(store_open(&store, path, SDREG_INSTALLED_FOR_USER, &err), 0);
	store_close(&store);
	path[4095] = '/';
	path[4096] = '\0';
	assert_int_equal(store_open(&store, path, SDREG_INSTALLED_FOR_USER, &err), -1);
	assert_int_equal(store.fd, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_same),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_put),
		cmocka_unit_test(test_put_fails),
		cmocka_unit_test(test_stopped),
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_long_path),
	};
	return cmocka_run_group_tests_name("update", tests, set_up, tear_down);
}
