/* SPDX-License-Identifier: MIT */

/* Files that commands write: their mode and owner, and what is left where they cannot be written.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/common/put-file.h"
#include "scratch.h"
#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static int put(const char *path, const char *text)
{
	struct put_file file;
	assert_int_equal(put_file_begin(&file, path), 0);
	fputs(text, file.out);
	return put_file_end(&file);
}

/* Cannot put, and says this. */
static void refuse(const char *path, const char *says)
{
	char said[300] = "";
	FILE *const file = tmpfile();
	assert_non_null(file);
	fflush(stderr);
	const int before = dup(STDERR_FILENO);
	dup2(fileno(file), STDERR_FILENO);
	const int status = put(path, "text");
	fflush(stderr);
	dup2(before, STDERR_FILENO);
	close(before);
	rewind(file);
	said[fread(said, 1, sizeof(said) - 1, file)] = '\0';
	fclose(file);
	assert_int_equal(status, 2);
	assert_string_equal(said, says);
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
	refuse("dangling",
		"sdreg: dangling: this symbolic link leads to nothing: remove it, or make "
		"what it leads to\n");
	assert_int_equal(access("nothing", F_OK), -1);
	assert_alone("dangling\nfile\nlink");
}

static void test_refused(void **state)
{
	(void)state;
	refuse("not/there", "sdreg: not/there: No such file or directory\n");
	assert_int_equal(mkdir("directory", 0755), 0);
	refuse("directory", "sdreg: directory: Is a directory\n");
	make("file", 0644);
	refuse("file/below", "sdreg: file/below: Not a directory\n");
	assert_string_equal(content("file"), "old");
	if (access("/dev/full", W_OK) == 0)
		refuse("/dev/full", "sdreg: /dev/full: No space left on device\n");
	assert_alone("directory\nfile");
}

/* A disk that is full amid the file leaves what was there, and nothing beside. */
static void test_full(void **state)
{
	struct rlimit before;
	(void)state;
	make("file", 0644);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	const struct rlimit small = {2, before.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	const int status = put("file", "text");
	const int status_of_new = put("new", "text");
	setrlimit(RLIMIT_FSIZE, &before);
	assert_int_equal(status, 2);
	assert_int_equal(status_of_new, 2);
	assert_string_equal(content("file"), "old");
	assert_alone("file");
}

/* What others may not do, root looks at as one of them. */
static void test_others(void **state)
{
	(void)state;
	if (geteuid() != 0)
		return;
	assert_int_equal(mkdir("closed", 0755), 0);
	assert_int_equal(mkdir("open", 0777), 0);
	chmod("open", 0777);
	chmod(scratch, 0755);
	make("closed/file", 0666);
	make("open/file", 0666);
	make("open/read-only", 0644);
	assert_int_equal(seteuid(1), 0);
	refuse("closed/file", "sdreg: closed/file: its directory may not be written to\n");
	refuse("closed/new", "sdreg: closed/new: its directory may not be written to\n");
	refuse("open/read-only", "sdreg: open/read-only: Permission denied\n");
	refuse("open/file",
		"sdreg: open/file: it belongs to somebody else, and would not any more: "
		"remove it first\n");
	assert_int_equal(put("open/new", "text"), 0);
	assert_int_equal(seteuid(0), 0);
	assert_string_equal(content("closed/file"), "old");
	assert_string_equal(content("open/file"), "old");
	assert_string_equal(content("open/read-only"), "old");
	assert_string_equal(content("open/new"), "text");
	assert_int_equal(system("test \"$(ls open | wc -l)\" = 3"), 0);
	assert_alone("closed\nopen");
}

/* Where the lowest numbers of files are free, a file may get number 0. */
static void test_lowest_number(void **state)
{
	(void)state;
	const int input = dup(STDIN_FILENO);
	make("file", 0644);
	close(STDIN_FILENO);
	const int status = put("file", "text");
	const int is_open = fcntl(STDIN_FILENO, F_GETFD) >= 0;
	dup2(input, STDIN_FILENO);
	close(input);
	assert_int_equal(status, 0);
	assert_false(is_open);
	assert_string_equal(content("file"), "text");
	assert_alone("file");
}

/* "-" is standard output, and no file. */
static void test_output(void **state)
{
	(void)state;
	fflush(stdout);
	const int before = dup(STDOUT_FILENO);
	FILE *const file = fopen("said", "w+");
	assert_non_null(file);
	dup2(fileno(file), STDOUT_FILENO);
	const int status = put("-", "text");
	fflush(stdout);
	dup2(before, STDOUT_FILENO);
	close(before);
	fclose(file);
	assert_int_equal(status, 0);
	assert_string_equal(content("said"), "text");
	assert_alone("said");
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
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_lowest_number),
		cmocka_unit_test(test_output),
		cmocka_unit_test(test_dropped),
		cmocka_unit_test(test_pipe),
		cmocka_unit_test(test_signals),
	};
	return cmocka_run_group_tests_name("put-file", tests, scratch_enter, scratch_leave);
}
