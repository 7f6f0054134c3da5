/* SPDX-License-Identifier: MIT */

/* Opening the registry that answers: the file that was named, told by its content; else the newest
 * that was installed; else the embedded one. XML is read by a helper program, so that nobody else
 * pays for libxml2. */

#include "cli.h"

#include "config.h"
#include "print.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	PEEK = 512,
	BYTES_MAX = 256 << 20, /* of an image; text is held to less by its reader */
};

static int io_error(struct sdreg_error *err, const char *file, int number)
{
	err->code = SDREG_E_IO;
	snprintf(err->file, sizeof(err->file), "%s", file);
	snprintf(err->text, sizeof(err->text), "%s", strerror(number));
	return SDREG_E_IO;
}

/* Reads a descriptor to its end. NULL with errno set. */
static char *read_all(int fd, size_t *len)
{
	size_t size = 1 << 16;
	char *bytes = malloc(size);
	*len = 0;
	while (bytes != NULL) {
		const ssize_t n = read(fd, bytes + *len, size - *len);
		if (n == 0)
			return bytes;
		if (n < 0 && errno != EINTR)
			break;
		*len += n > 0 ? (size_t)n : 0;
		if (*len < size)
			continue;
		char *const grown = size < BYTES_MAX ? realloc(bytes, 2 * size) : NULL;
		if (grown == NULL) {
			errno = EFBIG;
			break;
		}
		bytes = grown;
		size *= 2;
	}
	free(bytes);
	return NULL;
}

/* Copies what cannot be read twice, a pipe, into a file without a name. */
static int spool(int fd)
{
	char bytes[1 << 14];
	FILE *const file = tmpfile();
	size_t total = 0;
	if (file == NULL)
		return -1;
	int copy = -1;
	for (;;) {
		const ssize_t n = read(fd, bytes, sizeof(bytes));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		if (n == 0) {
			copy = fflush(file) == 0 ? dup(fileno(file)) : -1;
			break;
		}
		total += (size_t)n;
		errno = EFBIG;
		if (total > BYTES_MAX || fwrite(bytes, 1, (size_t)n, file) < (size_t)n)
			break;
	}
	const int number = errno;
	fclose(file);
	errno = number;
	return copy;
}

char *helper_path(const char *name)
{
	const char *directory = getenv("SDREG_LIBEXECDIR");
	char self[4096];
	char *path = NULL;
	if (directory != NULL && directory[0] != '\0')
		return asprintf(&path, "%s/%s", directory, name) < 0 ? NULL : path;
	/* in a build tree the helpers stand beside the program, which libtool may put into .libs */
	const ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	self[n > 0 ? n : 0] = '\0';
	char *const slash = strrchr(self, '/');
	if (slash != NULL)
		*slash = '\0';
	const size_t len = strlen(self);
	if (len > 6 && strcmp(self + len - 6, "/.libs") == 0)
		self[len - 6] = '\0';
	if (asprintf(&path, "%s/%s", self, name) < 0)
		return NULL;
	if (access(path, X_OK) == 0)
		return path;
	free(path);
	return asprintf(&path, "%s/%s", PKGLIBEXECDIR, name) < 0 ? NULL : path;
}

/* In the child: becomes the helper. */
static void become_helper(const char *program, const char *kind, const char *name, int in, int out)
{
	if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0)
		execl(program, "sdreg-xml", kind, name, (char *)NULL);
	fprintf(stderr, "sdreg: cannot run %s, which reads XML: %s\n", program, strerror(errno));
	_exit(STATUS_TROUBLE);
}

/* Has the helper make an image of XML. NULL when it failed, with err empty: it said why itself. */
static struct sdreg_registry *read_xml(int fd, const char *kind, const char *name,
	struct sdreg_error *err)
{
	int ends[2] = {-1, -1};
	char *const program = helper_path("sdreg-xml");
	char *image = NULL;
	size_t len = 0;
	int status = 0;
	if (program == NULL || pipe(ends) < 0) {
		io_error(err, name, errno);
		free(program);
		return NULL;
	}
	const pid_t child = fork();
	if (child == 0) {
		close(ends[0]);
		become_helper(program, kind, name, fd, ends[1]);
	}
	close(ends[1]);
	free(program);
	if (child > 0)
		image = read_all(ends[0], &len);
	if (image == NULL)
		io_error(err, name, errno);
	close(ends[0]);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	struct sdreg_registry *registry = NULL;
	if (child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0 && image != NULL)
		registry = sdreg_registry_open_bytes(image, len, name, err);
	if (child > 0 && !WIFEXITED(status) && image != NULL) {
		err->code = SDREG_E_IO;
		snprintf(err->text, sizeof(err->text), "the helper that reads XML was killed");
	}
	free(image);
	return registry;
}

static struct sdreg_registry *read_csv(int fd, const char *name, struct sdreg_error *err)
{
	unsigned long warnings = 0;
	const struct sdreg_reading reading = {.size = sizeof(reading),
		.warn = cli_warn,
		.user = &warnings,
		.name = name};
	size_t len;
	char *const bytes = read_all(fd, &len);
	if (bytes == NULL) {
		io_error(err, name, errno);
		return NULL;
	}
	struct sdreg_registry *const registry = sdreg_registry_read_csv(bytes, len, &reading, err);
	cli_warned(warnings, name);
	free(bytes);
	return registry;
}

static struct sdreg_registry *read_image(int fd, const char *name, struct sdreg_error *err)
{
	size_t len;
	char *const bytes = read_all(fd, &len);
	if (bytes == NULL) {
		io_error(err, name, errno);
		return NULL;
	}
	struct sdreg_registry *const registry = sdreg_registry_open_bytes(bytes, len, name, err);
	free(bytes);
	return registry;
}

static void unknown_format(const unsigned char *head, size_t len, const char *name,
	struct sdreg_error *err)
{
	const char *text = "neither IANA's XML nor its CSV nor an sdreg image";
	if (len == 0)
		text = "the file is empty";
	else if (len > 2 && head[0] == 0x1f && head[1] == 0x8b)
		text = "the file is compressed with gzip: unpack it first";
	err->code = SDREG_E_FORMAT;
	snprintf(err->file, sizeof(err->file), "%s", name);
	snprintf(err->text, sizeof(err->text), "%s", text);
}

/* Reads an open file that can be read twice. */
static struct sdreg_registry *read_file(int fd, const char *name, struct sdreg_error *err)
{
	unsigned char head[PEEK];
	const ssize_t n = pread(fd, head, sizeof(head), 0);
	if (n < 0 || lseek(fd, 0, SEEK_SET) < 0) {
		io_error(err, name, errno);
		return NULL;
	}
	switch (sdreg_format_detect(head, (size_t)n)) {
	case SDREG_FORMAT_XML:
		return read_xml(fd, "registry", name, err);
	case SDREG_FORMAT_CSV:
		return read_csv(fd, name, err);
	case SDREG_FORMAT_IMAGE:
		return read_image(fd, name, err);
	case SDREG_FORMAT_UNKNOWN:
		break;
	}
	unknown_format(head, (size_t)n, name, err);
	return NULL;
}

int cli_will_read(struct cli *cli, const char *path, const char *what)
{
	if (path == NULL || strcmp(path, "-") != 0)
		return 0;
	if (cli->asked.of_stdin == NULL) {
		cli->asked.of_stdin = what;
		return 0;
	}
	fprintf(stderr, "sdreg: standard input can be read once, and both %s and %s name it\n",
		cli->asked.of_stdin, what);
	return STATUS_TROUBLE;
}

const char *cli_shown_path(const char *path)
{
	return strcmp(path, "-") == 0 ? "standard input" : path;
}

int cli_open_file(const char *path)
{
	if (strcmp(path, "-") == 0)
		return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
	return open(path, O_RDONLY | O_CLOEXEC);
}

struct sdreg_registry *cli_open_path(const char *path, struct sdreg_error *err)
{
	struct stat st;
	struct sdreg_registry *registry = NULL;
	const char *const name = cli_shown_path(path);
	int fd = cli_open_file(path);
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		io_error(err, name, EISDIR);
		close(fd);
		return NULL;
	}
	/* of a file on standard input, some may have been read */
	if (fd >= 0 && (!S_ISREG(st.st_mode) || name != path)) {
		const int copy = spool(fd);
		close(fd);
		fd = copy;
	}
	if (fd < 0) {
		io_error(err, name, errno);
		return NULL;
	}
	registry = read_file(fd, name, err);
	close(fd);
	return registry;
}

/* The supplement of the site before ours: of two words on a thing the first is the better one. */
static struct sdreg_registry *open_supplement(const char *path, struct sdreg_error *err)
{
	struct sdreg_registry *const embedded = sdreg_supplement_embedded(err);
	if (embedded == NULL || path == NULL)
		return embedded;
	const int fd = cli_open_file(path);
	struct sdreg_registry *site = NULL;
	if (fd < 0)
		io_error(err, cli_shown_path(path), errno);
	else
		site = read_xml(fd, "supplement", cli_shown_path(path), err);
	if (fd >= 0)
		close(fd);
	if (site != NULL && sdreg_supplement_add(site, embedded, err) == 0)
		return site;
	sdreg_registry_close(site);
	sdreg_registry_close(embedded);
	return NULL;
}

/* An installed file that is there and cannot be used: one line, with what to do. */
static void say_unusable(void *user, const struct sdreg_error *err)
{
	(void)user;
	fputs("sdreg: ", stderr);
	print_text(stderr, err->file);
	fputs(": ", stderr);
	print_text(stderr, err->text);
	fputs("; it is passed over: run sdreg update to replace it\n", stderr);
}

static int is_for_all(const char *file)
{
	char directory[PATH_MAX];
	const int len =
		sdreg_installed_directory(SDREG_INSTALLED_FOR_ALL, directory, sizeof(directory));
	return len > 0 && strncmp(file, directory, (size_t)len) == 0 && file[len] == '/';
}

/* Puts into words which registry answers. */
static void describe(const struct asked *asked, struct sources *sources)
{
	const char *const date = sdreg_registry_updated(sources->registry);
	char of[64] = " (no date)";
	if (date[0] != '\0')
		snprintf(of, sizeof(of), " of %.40s", date);
	if (asked->registry != NULL)
		snprintf(sources->source, sizeof(sources->source), "IANA's registry%s, from %s", of,
			cli_shown_path(asked->registry));
	else if (sources->installed != NULL)
		snprintf(sources->source, sizeof(sources->source),
			"IANA's registry%s, installed for %s", of,
			is_for_all(sources->installed) ? "all users" : "this user");
	else
		snprintf(sources->source, sizeof(sources->source),
			"IANA's registry%s, embedded in sdreg", of);
}

int cli_open(struct cli *cli)
{
	struct sources *const sources = &cli->sources;
	struct sdreg_error err = {.size = sizeof(err)};
	const struct sdreg_reading reading = {.size = sizeof(reading), .warn = say_unusable};
	if (cli_will_read(cli, cli->asked.registry, "--registry") != 0 ||
		cli_will_read(cli, cli->asked.supplement, "--supplement") != 0)
		return STATUS_TROUBLE;
	if (cli->asked.registry != NULL)
		sources->registry = cli_open_path(cli->asked.registry, &err);
	else
		sources->registry = sdreg_registry_latest(&reading, &err);
	if (sources->registry != NULL && cli->asked.registry == NULL)
		sources->installed = sdreg_registry_file(sources->registry);
	if (sources->registry != NULL)
		sources->supplement = open_supplement(cli->asked.supplement, &err);
	if (sources->registry == NULL || sources->supplement == NULL)
		return err.code != 0 ? cli_error(&err) : STATUS_TROUBLE;
	describe(&cli->asked, sources);
	return 0;
}
