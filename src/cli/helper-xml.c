/* SPDX-License-Identifier: MIT */

/* sdreg-xml: IANA's XML on standard input to an image on standard output, further files behind it.
 * A program of its own, so that sdreg itself never loads libxml2. The build uses it too, for the
 * embedded registry. */

#include "cli/common/cli.h"

#include <sdreg/xml.h>

#include <errno.h>
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

static struct sdreg_registry *open_file(const char *path, enum sdreg_xml_kind kind,
	struct sdreg_error *err)
{
	unsigned long warnings = 0;
	const struct sdreg_reading reading = {.warn = cli_warn, .user = &warnings};
	struct sdreg_registry *const registry = sdreg_xml_open(path, kind, &reading, err);
	cli_warned(warnings, path);
	return registry;
}

/* Adds a registry to what is built and closes it. */
static int add(struct sdreg_builder *builder, struct sdreg_registry *registry,
	struct sdreg_error *err)
{
	if (registry == NULL)
		return -1;
	const int result = sdreg_builder_add_registry(builder, registry, err);
	sdreg_registry_close(registry);
	return result;
}

static struct sdreg_text text_of(const char *text)
{
	return (struct sdreg_text){text, strlen(text)};
}

/* Makes one of the first, which gives title and date, and of further files. */
static struct sdreg_registry *merge(struct sdreg_registry *first, enum sdreg_xml_kind kind,
	char **files, struct sdreg_error *err)
{
	struct sdreg_builder *const builder = sdreg_builder_new();
	if (builder == NULL) {
		sdreg_registry_close(first);
		return NULL;
	}
	sdreg_builder_partial(builder);
	int result = sdreg_builder_title(builder, text_of(sdreg_registry_title(first)));
	if (result == SDREG_OK)
		result = sdreg_builder_updated(builder, text_of(sdreg_registry_updated(first)));
	if (add(builder, first, err) < 0)
		result = -1;
	for (; *files != NULL && result == SDREG_OK; files++)
		result = add(builder, open_file(*files, kind, err), err);
	if (result == SDREG_OK)
		return sdreg_builder_finish(builder, err);
	sdreg_builder_free(builder);
	return NULL;
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
	unsigned long warnings = 0;
	const struct sdreg_reading reading = {.warn = cli_warn, .user = &warnings, .name = argv[2]};
	struct sdreg_registry *registry = sdreg_xml_read(STDIN_FILENO, kind, &reading, &err);
	cli_warned(warnings, argv[2]);
	if (registry != NULL && argc > 3)
		registry = merge(registry, kind, argv + 3, &err);
	if (registry == NULL)
		return cli_error(&err);
	size_t len;
	const void *const image = sdreg_registry_image(registry, &len);
	const int written = fwrite(image, 1, len, stdout) == len && fflush(stdout) == 0;
	if (!written)
		fprintf(stderr, "sdreg: writing an image: %s\n", strerror(errno));
	sdreg_registry_close(registry);
	return written ? STATUS_FOUND : STATUS_TROUBLE;
}
