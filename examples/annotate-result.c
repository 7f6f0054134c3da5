/* SPDX-License-Identifier: MIT */

/*
 * What is known of a service that one's own browser found: its type, its port and its TXT record,
 * here from the command line. Needs libsdreg alone:
 *
 *   cc annotate-result.c $(pkg-config --cflags --libs libsdreg) -o annotate-result
 *   ./annotate-result _presence._tcp 5562 txtvers=1 status=dnd
 */

#include <sdreg.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is known: it must outlive what is said of it. */
struct known {
	struct sdreg_registry *registry;
	struct sdreg_registry *supplement;
};

static void annotate_key(const struct known *known, const struct sdreg_type *type,
	const struct sdreg_txt_item *item)
{
	char shown[4 * SDREG_TXT_STRING_MAX + 1];
	char words[256] = "";
	const struct sdreg_key *const key =
		sdreg_find_key(known->supplement, type, item->key, item->key_len);
	sdreg_text_show(item->key, item->key_len, shown, sizeof(shown));
	printf("  %s: %s", shown,
		sdreg_key_verdict_word(sdreg_annotate_key(known->registry, known->supplement, type,
			item->key, item->key_len)));
	if (key != NULL)
		printf(": %s", sdreg_key_meaning(key));
	if (key != NULL && item->value != NULL &&
		sdreg_key_explain(known->supplement, key, item->value, item->value_len, words,
			sizeof(words)) > 0)
		printf(": %s", words);
	putchar('\n');
}

static void annotate(const struct known *known, const struct sdreg_type *type, uint16_t port,
	const struct sdreg_txt *txt)
{
	struct sdreg_txt_item item;
	size_t nth = 0;
	struct sdreg_annotation *const annotation =
		sdreg_annotate_type(known->registry, known->supplement, type, NULL);
	if (annotation == NULL)
		return;
	printf("%s: %s\n", sdreg_verdict_text(sdreg_annotation_verdict(annotation)),
		sdreg_annotation_title(annotation));
	sdreg_annotation_free(annotation);
	printf("  port: %s\n",
		sdreg_port_verdict_word(
			sdreg_annotate_port(known->registry, known->supplement, type, port, NULL)));
	while (sdreg_txt_next(txt, &nth, &item))
		annotate_key(known, type, &item);
}

int main(int argc, char **argv)
{
	struct sdreg_error err = {.size = sizeof(err)};
	struct sdreg_type type;
	const struct known known = {sdreg_registry_embedded(&err), sdreg_supplement_embedded(&err)};
	struct sdreg_txt *const txt = sdreg_txt_new();
	int status = 2;
	if (argc < 3) {
		fputs("usage: annotate-result TYPE PORT [KEY=VALUE...]\n", stderr);
		goto end;
	}
	if (known.registry == NULL || known.supplement == NULL || txt == NULL ||
		sdreg_type_parse(argv[1], strlen(argv[1]), &type, &err) < 0) {
		fprintf(stderr, "annotate-result: %s\n", err.text);
		goto end;
	}
	for (int i = 3; i < argc; i++)
		if (sdreg_txt_add(txt, argv[i], strlen(argv[i])) < 0)
			goto end;
	annotate(&known, &type, (uint16_t)strtoul(argv[2], NULL, 10), txt);
	status = 0;
end:
	sdreg_txt_free(txt);
	sdreg_registry_close(known.supplement);
	sdreg_registry_close(known.registry);
	return status;
}
