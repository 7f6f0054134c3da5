/* SPDX-License-Identifier: MIT */

/* sdreg-xml: IANA's XML on standard input to an image on standard output, further files behind it.
 * A program of its own, so that sdreg itself never loads libxml2. The build uses it too, for the
 * embedded registry. */

#include "cli/common/cli.h"

#include <sdreg/builder.h>
#include <sdreg/xml.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int read_kind(const char *word, enum sdreg_xml_kind *kind)
{
	static const char *const words[] = {
		[SDREG_XML_KIND_REGISTRY] = "registry",
		[SDREG_XML_KIND_PART] = "part",
		[SDREG_XML_KIND_SUPPLEMENT] = "supplement",
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		*kind = (enum sdreg_xml_kind)i;
		if (strcmp(word, words[i]) == 0)
			return 1;
	}
	return 0;
}

/* Adds what a file holds to the builder. Warnings are told. */
static int add(struct sdreg_builder *builder, int fd, enum sdreg_xml_kind kind, const char *name)
{
	unsigned long warnings = 0;
	struct sdreg_error err = {.size = sizeof(err)};
	const struct sdreg_reading reading = {.size = sizeof(reading),
		.warn = cli_warn,
		.user = &warnings,
		.name = name};
	const int result = sdreg_xml_add(builder, fd, kind, &reading, &err);
	cli_warned(warnings, name);
	return result == 0 ? 0 : cli_error(&err);
}

static int add_file(struct sdreg_builder *builder, enum sdreg_xml_kind kind, const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return cli_system_error(path, errno);
	const int result = add(builder, fd, kind, path);
	close(fd);
	return result;
}

static int write_image(const struct sdreg_registry *registry)
{
	size_t len;
	const void *const image = sdreg_registry_image(registry, &len);
	if (fwrite(image, 1, len, stdout) == len && fflush(stdout) == 0)
		return 0;
	fprintf(stderr, "sdreg: writing an image: %s\n", strerror(errno));
	return STATUS_TROUBLE;
}

int main(int argc, char **argv)
{
	struct sdreg_error err = {.size = sizeof(err)};
	enum sdreg_xml_kind kind;
	if (argc < 3 || !read_kind(argv[1], &kind)) {
		fputs("usage: sdreg-xml registry|part|supplement NAME [FILE...] <XML >IMAGE\n",
			stderr);
		return STATUS_TROUBLE;
	}
	struct sdreg_builder *const builder = sdreg_builder_new();
	if (builder == NULL)
		return cli_error(&(struct sdreg_error){.code = SDREG_E_MEMORY});
	int result = add(builder, STDIN_FILENO, kind, argv[2]);
	for (int i = 3; i < argc && result == 0; i++)
		result = add_file(builder, kind, argv[i]);
	if (result != 0) {
		sdreg_builder_free(builder);
		return result;
	}
	struct sdreg_registry *const registry = sdreg_builder_finish(builder, &err);
	if (registry == NULL) {
		snprintf(err.file, sizeof(err.file), "%s", argv[2]);
		return cli_error(&err);
	}
	result = write_image(registry);
	sdreg_registry_close(registry);
	return result;
}
