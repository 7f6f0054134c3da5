/* SPDX-License-Identifier: MIT */

/* Registries that sdreg update installed, which of them answers, and what is kept beside them. */

#include "table.h"

#include "cli/common/installed.h"
#include "cli/common/state.h"
#include "scratch.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

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

/* Installs a registry of a day, or a part of one; NULL: none. */
static void install(const char *path, const char *day, int partial)
{
	size_t len;
	unlink(path);
	if (day == NULL)
		return;
	struct sdreg_registry *const r = make_registry(day, partial);
	const void *const bytes = sdreg_registry_image(r, &len);
	write_file(path, bytes, len);
	sdreg_registry_close(r);
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
		{"", "h", "", NULL, PKGSTATEDIR},
		{NULL, NULL, NULL, NULL, PKGSTATEDIR},
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
		char *const of_user = installed_directory(INSTALLED_FOR_USER);
		char *const of_all = installed_directory(INSTALLED_FOR_ALL);
		if (rows[i].of_user != NULL)
			assert_string_equal(of_user, rows[i].of_user);
		else
			assert_null(of_user);
		assert_string_equal(of_all, rows[i].of_all);
		free(of_user);
		free(of_all);
	}
}

/* The newest of both directories, and of each the image or the one before. */
static void test_newest(void **state)
{
	static const struct {
		const char *user, *previous, *all;
		const char *opened; /* the day; NULL: none */
		int is_previous;
		enum installed_for whom;
	} rows[] = {
		{NULL, NULL, NULL, NULL, 0, INSTALLED_FOR_USER},
		{"2026-01-02", NULL, NULL, "2026-01-02", 0, INSTALLED_FOR_USER},
		{NULL, "2026-01-01", NULL, NULL, 0, INSTALLED_FOR_USER},
		{"bad", "2026-01-01", NULL, "2026-01-01", 1, INSTALLED_FOR_USER},
		{"part", "2026-01-01", NULL, "2026-01-01", 1, INSTALLED_FOR_USER},
		{"bad", NULL, NULL, NULL, 0, INSTALLED_FOR_USER},
		{NULL, NULL, "2026-01-02", "2026-01-02", 0, INSTALLED_FOR_ALL},
		{"2026-01-02", NULL, "2026-01-02", "2026-01-02", 0, INSTALLED_FOR_USER},
		{"2026-01-02", NULL, "2026-01-03", "2026-01-03", 0, INSTALLED_FOR_ALL},
		{"2026-01-03", NULL, "2026-01-02", "2026-01-03", 0, INSTALLED_FOR_USER},
		{"bad", "2026-01-01", "bad", "2026-01-01", 1, INSTALLED_FOR_USER},
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
		static const char *const paths[] = {"data/sdreg/" INSTALLED_IMAGE,
			"data/sdreg/" INSTALLED_PREVIOUS, "all/" INSTALLED_IMAGE};
		const char *const days[] = {rows[i].user, rows[i].previous, rows[i].all};
		struct installed found;
		for (size_t k = 0; k < 3; k++) {
			const int is_part = days[k] != NULL && strcmp(days[k], "part") == 0;
			install(paths[k], is_part ? "2026-01-09" : days[k], is_part);
			if (days[k] != NULL && strcmp(days[k], "bad") == 0)
				write_file(paths[k], "bad", 3);
		}
		const int opened = installed_open_newest(INSTALLED_SILENT, &found);
		if (opened != (rows[i].opened != NULL))
			fail_msg("row %zu: %d", i, opened);
		if (!opened) {
			assert_null(found.path);
			continue;
		}
		assert_string_equal(sdreg_registry_updated(found.registry), rows[i].opened);
		assert_int_equal(found.is_previous, rows[i].is_previous);
		assert_int_equal(found.whom, rows[i].whom);
		assert_int_equal(access(found.path, R_OK), 0);
		installed_close(&found);
		assert_null(found.path);
	}
}

/* ---- states ---- */

static const struct state filled = {.url = "https://x.example/\303\251",
	.etag = "\"1\"",
	.modified = "Mon",
	.fetched = "2026-01-31T12:00:00Z"};

/* Writes a state as text with a part of it replaced, and reads it for an image. */
static void read_changed(const char *from, const char *to, const struct sdreg_registry *written,
	const struct sdreg_registry *read, struct state *state)
{
	char *const text = state_text(&filled, written);
	char changed[8192];
	assert_non_null(text);
	char *const at = strstr(text, from);
	assert_non_null(at);
	snprintf(changed, sizeof(changed), "%.*s%s%s", (int)(at - text), text, to,
		at + strlen(from));
	write_file("registry.state", changed, strlen(changed));
	free(text);
	memset(state, 'x', sizeof(*state));
	state_read("registry.image", read, state);
}

static void test_states(void **state)
{
	static const struct {
		const char *from, *to;
		int is_read;
	} rows[] = {
		{"Mon", "Tue", 1},
		{"Mon", " ~", 1},
		{"Mon", "\\u001f", 0},
		{"Mon", "\\u007f", 0},
		{"Mon", "\\u0080", 0},
		{"\"etag\"", "\"tag\"", 0},
		{"\"modified\"", "\"x\"", 0},
		{"\"fetched\"", "\"x\"", 0},
		{"\"url\"", "\"x\"", 1},
		{"\"image\"", "\"x\"", 0},
		{"\"sum\"", "\"x\"", 0},
		{"\"size\"", "\"x\"", 0},
		{"{", "", 0},
	};
	struct sdreg_registry *const one = make_registry("2026-01-02", 0);
	struct sdreg_registry *const other = make_registry("2026-01-03", 0); /* as long */
	struct state read;
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		read_changed(rows[i].from, rows[i].to, one, one, &read);
		if (strcmp(read.etag, rows[i].is_read ? "\"1\"" : "") != 0)
			fail_msg("%s: %s", rows[i].to, read.etag);
		if (!rows[i].is_read)
			assert_string_equal(read.url, "");
	}
	read_changed("Mon", "Mon", one, one, &read);
	assert_memory_equal(&read, &filled, strlen(filled.url) + 1);
	assert_string_equal(read.fetched, filled.fetched);
	read_changed("Mon", "Mon", one, other, &read);
	assert_string_equal(read.etag, "");
	unlink("registry.state");
	memset(&read, 'x', sizeof(read));
	state_read("registry.image", one, &read);
	assert_string_equal(read.etag, "");
	sdreg_registry_close(one);
	sdreg_registry_close(other);
}

/* Texts as long as there is room for, and one byte longer; and such files. */
static void test_long_states(void **state)
{
	struct sdreg_registry *const r = make_registry("2026-01-02", 0);
	struct state read;
	char text[600];
	(void)state;
	memset(text, 'x', sizeof(text));
	for (size_t len = 62; len < 65; len++) {
		text[len] = '\0';
		read_changed("Mon", text, r, r, &read);
		assert_string_equal(read.etag, len < 64 ? "\"1\"" : "");
		assert_string_equal(read.modified, len < 64 ? text : "");
		text[len] = 'x';
	}
	for (size_t more = 0; more < 3; more++) {
		char *const whole = state_text(&filled, r);
		const size_t size = (16 << 10) - 2 + more;
		char *const padded = malloc(size);
		assert_non_null(padded);
		memset(padded, ' ', size);
		memcpy(padded, whole, strlen(whole));
		write_file("registry.state", padded, size);
		state_read("registry.image", r, &read);
		assert_string_equal(read.etag, more < 2 ? "\"1\"" : "");
		free(padded);
		free(whole);
	}
	sdreg_registry_close(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_directories),
		cmocka_unit_test(test_newest),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_long_states),
	};
	return cmocka_run_group_tests_name("installed", tests, scratch_enter, scratch_leave);
}
