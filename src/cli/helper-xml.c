/* SPDX-License-Identifier: MIT */

/* sdreg-xml: IANA's XML on standard input to an image on standard output. A program of its own, so
 * that sdreg itself never loads libxml2. The build uses it too, for the embedded registry. */

#include "cli.h"

#include <sdreg/xml.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void say_warning(void *user, const struct sdreg_error *warning)
{
	(void)user;
	cli_error(warning);
}

static int read_kind(const char *word, enum sdreg_xml_kind *kind)
{
	static const char *const words[] = {
		[SDREG_XML_REGISTRY] = "registry",
		[SDREG_XML_PART] = "part",
		[SDREG_XML_SUPPLEMENT] = "supplement",
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		*kind = (enum sdreg_xml_kind)i;
		if (strcmp(word, words[i]) == 0)
			return 1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct sdreg_error err = {0};
	enum sdreg_xml_kind kind;
	if (argc != 3 || !read_kind(argv[1], &kind)) {
		fputs("usage: sdreg-xml registry|part|supplement NAME <XML >IMAGE\n", stderr);
		return STATUS_TROUBLE;
	}
	const struct sdreg_reading reading = {.warn = say_warning, .name = argv[2]};
	struct sdreg_registry *const registry =
		sdreg_xml_read(STDIN_FILENO, kind, &reading, &err);
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
