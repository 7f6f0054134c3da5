/* SPDX-License-Identifier: MIT */

/* What is kept beside registries that sdreg update installed. */

#include "table.h"

#include "cli/common/state.h"
#include "scratch.h"

#include <stdlib.h>
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
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_long_states),
	};
	return cmocka_run_group_tests_name("installed", tests, scratch_enter, scratch_leave);
}
