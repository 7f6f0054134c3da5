/* SPDX-License-Identifier: MIT */

/* Registries that sdreg update installed, and which registry answers. */

#include "table.h"

#include "common/installed.h"
#include "core/image/latest.h"
#include "scratch.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define IMAGE "data/sdreg/" INSTALLED_IMAGE
#define PREVIOUS "data/sdreg/" INSTALLED_PREVIOUS
#define OF_ALL "all/" INSTALLED_IMAGE

static struct sdreg_registry *make_registry(const char *day, int partial)
{
	const struct row row = {"x", NULL, NULL, NULL, NULL};
	const struct sdreg_record record = table_record(&row);
	struct sdreg_builder *const b = sdreg_builder_new();
	assert_non_null(b);
	if (partial)
		sdreg_builder_partial(b);
	assert_int_equal(sdreg_builder_updated(b, table_text(day)), 0);
	assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	return sdreg_builder_finish(b, NULL);
}

static void write_file(const char *path, const void *bytes, size_t len)
{
	FILE *const file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	fclose(file);
}

/* Installs the registry of a day, what is "bad", or "part" of one; NULL: none. */
static void install(const char *path, const char *day)
{
	size_t len = 3;
	struct sdreg_registry *r = NULL;
	const void *bytes = "bad";
	unlink(path);
	if (day == NULL)
		return;
	if (strcmp(day, "bad") != 0) {
		const int is_part = strcmp(day, "part") == 0;
		r = make_registry(is_part ? "3026-01-09" : day, is_part);
		bytes = sdreg_registry_image(r, &len);
	}
	write_file(path, bytes, len);
	sdreg_registry_close(r);
}

/* The directory, in buffers that it fits into, and in one that is a byte too small. */
static void assert_directory(enum sdreg_installed_for whom, const char *wanted)
{
	const size_t len = strlen(wanted);
	char buf[200] = "x";
	assert_int_equal(sdreg_installed_directory(whom, buf, len + 1), len);
	assert_string_equal(buf, wanted);
	assert_int_equal(sdreg_installed_directory(whom, buf, sizeof(buf)), len);
	assert_string_equal(buf, wanted);
	assert_int_equal(sdreg_installed_directory(whom, buf, len), len > 0 ? SDREG_E_LIMIT : 0);
	if (len > 0)
		assert_string_equal(buf, "");
}

static void test_directories(void **state)
{
	static const struct {
		const char *data_home, *home, *state_directory;
		const char *of_user, *of_all;
	} rows[] = {
		{"/d", "/h", "/s", "/d/sdreg", "/s"},
		{NULL, "/h", NULL, "/h/.local/share/sdreg", PKGSTATEDIR},
		{"d", "/h", "s", "/h/.local/share/sdreg", PKGSTATEDIR},
		{"", "h", "", "", PKGSTATEDIR},
		{NULL, NULL, NULL, "", PKGSTATEDIR},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		unsetenv("XDG_DATA_HOME");
		unsetenv("HOME");
		unsetenv("SDREG_STATEDIR");
		if (rows[i].data_home != NULL)
			setenv("XDG_DATA_HOME", rows[i].data_home, 1);
		if (rows[i].home != NULL)
			setenv("HOME", rows[i].home, 1);
		if (rows[i].state_directory != NULL)
			setenv("SDREG_STATEDIR", rows[i].state_directory, 1);
		assert_directory(SDREG_INSTALLED_FOR_USER, rows[i].of_user);
		assert_directory(SDREG_INSTALLED_FOR_ALL, rows[i].of_all);
	}
}

/* The newest of both directories, and of each the image or the one before. */
static void test_newest(void **state)
{
	static const struct {
		const char *user, *previous, *all;
		const char *opened; /* the day; NULL: the embedded one */
		const char *file; /* where it is */
		size_t told; /* of so many files */
	} rows[] = {
		{NULL, NULL, NULL, NULL, NULL, 0},
		{"3026-01-02", NULL, NULL, "3026-01-02", IMAGE, 0},
		{NULL, "3026-01-01", NULL, NULL, NULL, 0},
		{"bad", "3026-01-01", NULL, "3026-01-01", PREVIOUS, 1},
		{"part", "3026-01-01", NULL, "3026-01-01", PREVIOUS, 1},
		{"bad", NULL, NULL, NULL, NULL, 1},
		{"bad", "bad", NULL, NULL, NULL, 2},
		{"bad", "part", "3026-01-01", "3026-01-01", OF_ALL, 2},
		{NULL, NULL, "3026-01-02", "3026-01-02", OF_ALL, 0},
		{"3026-01-02", NULL, "3026-01-02", "3026-01-02", IMAGE, 0},
		{"3026-01-02", NULL, "3026-01-03", "3026-01-03", OF_ALL, 0},
		{"3026-01-03", NULL, "3026-01-02", "3026-01-03", IMAGE, 0},
		{"bad", "3026-01-01", "bad", "3026-01-01", PREVIOUS, 2},
	};
	char path[100];
	(void)state;
	mkdir("data", 0755);
	mkdir("data/sdreg", 0755);
	mkdir("all", 0755);
	snprintf(path, sizeof(path), "%s/data", scratch);
	setenv("XDG_DATA_HOME", path, 1);
	snprintf(path, sizeof(path), "%s/all", scratch);
	setenv("SDREG_STATEDIR", path, 1);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct told told = {.count = 0};
		const struct sdreg_reading reading = {.size = sizeof(reading),
			.warn = on_warning,
			.user = &told};
		struct sdreg_error err = {.size = sizeof(err)};
		install(IMAGE, rows[i].user);
		install(PREVIOUS, rows[i].previous);
		install(OF_ALL, rows[i].all);
		struct sdreg_registry *const r = sdreg_registry_latest(&reading, &err);
		assert_non_null(r);
		assert_int_equal(err.code, 0);
		assert_int_equal(told.count, rows[i].told);
		if (rows[i].opened == NULL) {
			assert_null(sdreg_registry_file(r));
		} else {
			assert_string_equal(sdreg_registry_updated(r), rows[i].opened);
			snprintf(path, sizeof(path), "%s/%s", scratch, rows[i].file);
			assert_string_equal(sdreg_registry_file(r), path);
		}
		sdreg_registry_close(r);
	}
}

/* Of what is installed and what is embedded the newer one, unless that is a part. */
static void test_choose(void **state)
{
	static const struct {
		const char *installed;
		const char *embedded;
		int is_part;
		const char *chosen;
	} rows[] = {
		{NULL, "2026-01-02", 0, "2026-01-02"},
		{NULL, "2026-01-02", 1, "2026-01-02"},
		{"2026-01-01", "2026-01-02", 0, "2026-01-02"},
		{"2026-01-02", "2026-01-02", 0, "installed"},
		{"2026-01-03", "2026-01-02", 0, "2026-01-03"},
		{"2026-01-01", "2026-01-02", 1, "2026-01-01"},
		{"", "2026-01-02", 0, "2026-01-02"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sdreg_registry *const installed =
			rows[i].installed != NULL ? make_registry(rows[i].installed, 0) : NULL;
		struct sdreg_registry *const embedded =
			make_registry(rows[i].embedded, rows[i].is_part);
		struct sdreg_registry *const r = latest_choose(installed, embedded);
		if (strcmp(rows[i].chosen, "installed") == 0)
			assert_ptr_equal(r, installed);
		else
			assert_string_equal(sdreg_registry_updated(r), rows[i].chosen);
		sdreg_registry_close(r);
	}
}

/* What a program gets that is not there, too long, or asked for with a struct without a size. */
static void test_refused(void **state)
{
	struct sdreg_error err = {.size = sizeof(err)};
	const struct sdreg_reading sizeless = {.size = 0};
	static char directory[8192];
	(void)state;
	assert_null(sdreg_registry_installed("nowhere", NULL, &err));
	assert_int_equal(err.code, SDREG_E_IO);
	assert_string_equal(err.file, "nowhere");
	assert_null(sdreg_registry_installed("nowhere", &sizeless, &err));
	assert_int_equal(err.code, SDREG_E_ARGUMENT);
	assert_null(sdreg_registry_latest(&sizeless, &err));
	assert_int_equal(err.code, SDREG_E_ARGUMENT);
	memset(directory, 'x', sizeof(directory) - 1);
	assert_null(sdreg_registry_installed(directory, NULL, &err));
	assert_int_equal(err.code, SDREG_E_IO);
	mkdir("pipe", 0755);
	assert_int_equal(mkfifo("pipe/" INSTALLED_IMAGE, 0600), 0);
	assert_null(sdreg_registry_installed("pipe", NULL, &err));
	struct sdreg_registry *const r = sdreg_registry_embedded(&err);
	assert_null(sdreg_registry_file(r));
	sdreg_registry_close(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_directories),
		cmocka_unit_test(test_newest),
		cmocka_unit_test(test_choose),
		cmocka_unit_test(test_refused),
	};
	return cmocka_run_group_tests_name("latest", tests, scratch_enter, scratch_leave);
}
