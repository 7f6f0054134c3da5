/* SPDX-License-Identifier: MIT */

/* Files that commands write: their mode and owner, and what is left where they cannot be written.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/common/put-file.h"
#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char top[] = "/tmp/sdreg-put-XXXXXX";

static int set_up(void **state)
{
	(void)state;
	return mkdtemp(top) == NULL || chdir(top) < 0;
}

static int tear_down(void **state)
{
	char command[100];
	(void)state;
	snprintf(command, sizeof(command), "rm -rf '%s'", top);
	return chdir("/") < 0 || system(command) != 0;
}

static int put(const char *path, const char *text)
{
	struct put_file file;
	assert_int_equal(put_file_begin(&file, path), 0);
	fputs(text, file.out);
	return put_file_end(&file);
}

/* What a file holds. */
static const char *content(const char *path)
{
	static char bytes[64];
	FILE *const file = fopen(path, "r");
	assert_non_null(file);
	bytes[fread(bytes, 1, sizeof(bytes) - 1, file)] = '\0';
	fclose(file);
	return bytes;
}

static void make(const char *path, mode_t mode)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "old", 3), 3);
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
}

static mode_t mode_of(const char *path)
{
	struct stat st;
	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 07777;
}

static void assert_alone(const char *wanted)
{
	char command[200];
	snprintf(command, sizeof(command), "test \"$(ls)\" = '%s' && rm -rf ./*", wanted);
	assert_int_equal(system(command), 0);
}

/* A new file has the mode that the mask leaves, and the mask stays. */
static void test_new_mode(void **state)
{
	static const struct {
		mode_t mask, mode;
	} rows[] = {
		{0, 0666},
		{022, 0644},
		{027, 0640},
		{077, 0600},
		{0177, 0600},
		{0555, 0222},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		umask(rows[i].mask);
		assert_int_equal(put("new", "text"), 0);
		assert_int_equal(mode_of("new"), rows[i].mode);
		assert_int_equal(umask(022), rows[i].mask);
		assert_alone("new");
	}
}

/* One that is there keeps its own, but for the bits that lend rights. */
static void test_kept_mode(void **state)
{
	static const struct {
		mode_t before, after;
	} rows[] = {
		{0600, 0600},
		{0640, 0640},
		{0644, 0644},
		{0666, 0666},
		{0755, 0755},
		{0777, 0777},
		{04755, 0755},
		{01600, 0600},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		make("kept", rows[i].before);
		assert_int_equal(put("kept", "text"), 0);
		assert_int_equal(mode_of("kept"), rows[i].after);
		assert_string_equal(content("kept"), "text");
		assert_alone("kept");
	}
}

static void test_kept_owner(void **state)
{
	static const uid_t owners[][2] = {{0, 1}, {1, 0}, {1, 1}, {0, 0}};
	(void)state;
	if (geteuid() != 0)
		return; /* only root can see others' files */
	for (size_t i = 0; i < 4; i++) {
		struct stat st;
		make("kept", 0640);
		assert_int_equal(chown("kept", owners[i][0], owners[i][1]), 0);
		assert_int_equal(put("kept", "text"), 0);
		assert_int_equal(stat("kept", &st), 0);
		assert_int_equal(st.st_uid, owners[i][0]);
		assert_int_equal(st.st_gid, owners[i][1]);
		assert_int_equal(mode_of("kept"), 0640);
		assert_alone("kept");
	}
}

static void test_links(void **state)
{
	struct stat st;
	(void)state;
	make("file", 0640);
	assert_int_equal(symlink("file", "link"), 0);
	assert_int_equal(put("link", "text"), 0);
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_string_equal(content("file"), "text");
	assert_int_equal(mode_of("file"), 0640);
	assert_int_equal(symlink("nothing", "dangling"), 0);
	assert_int_equal(put("dangling", "text"), 2);
	assert_int_equal(access("nothing", F_OK), -1);
	assert_alone("dangling\nfile\nlink");
}

static void test_refused(void **state)
{
	(void)state;
	assert_int_equal(put("not/there", "text"), 2);
	assert_int_equal(mkdir("directory", 0755), 0);
	assert_int_equal(put("directory", "text"), 2);
	make("file", 0644);
	assert_int_equal(put("file/below", "text"), 2);
	assert_string_equal(content("file"), "old");
	if (geteuid() != 0) {
		assert_int_equal(chmod("file", 0444), 0);
		assert_int_equal(put("file", "text"), 2);
		assert_string_equal(content("file"), "old");
	}
	assert_alone("directory\nfile");
}

static void test_dropped(void **state)
{
	struct put_file file;
	(void)state;
	make("file", 0644);
	assert_int_equal(put_file_begin(&file, "file"), 0);
	fputs("text", file.out);
	put_file_drop(&file);
	assert_string_equal(content("file"), "old");
	assert_alone("file");
}

/* A pipe is written to. */
static void test_pipe(void **state)
{
	char bytes[8] = "";
	(void)state;
	assert_int_equal(mkfifo("pipe", 0600), 0);
	const int fd = open("pipe", O_RDONLY | O_NONBLOCK);
	assert_true(fd >= 0);
	assert_int_equal(put("pipe", "text"), 0);
	assert_int_equal(read(fd, bytes, sizeof(bytes)), 4);
	assert_string_equal(bytes, "text");
	close(fd);
	assert_alone("pipe");
	if (access("/dev/full", W_OK) == 0)
		assert_int_equal(put("/dev/full", "text"), 2);
}

/* Signals that wait meanwhile come afterwards. */
static void test_signals(void **state)
{
	sigset_t held;
	(void)state;
	assert_int_equal(put("file", "text"), 0);
	assert_int_equal(put("file", "text"), 0);
	assert_int_equal(put("not/there", "text"), 2);
	sigprocmask(SIG_BLOCK, NULL, &held);
	assert_int_equal(sigismember(&held, SIGHUP), 0);
	assert_int_equal(sigismember(&held, SIGINT), 0);
	assert_int_equal(sigismember(&held, SIGTERM), 0);
	assert_alone("file");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new_mode),
		cmocka_unit_test(test_kept_mode),
		cmocka_unit_test(test_kept_owner),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_dropped),
		cmocka_unit_test(test_pipe),
		cmocka_unit_test(test_signals),
	};
	return cmocka_run_group_tests_name("put-file", tests, set_up, tear_down);
}
