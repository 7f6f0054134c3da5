/* SPDX-License-Identifier: MIT */

/* make bench: how long sdreg takes, beside what there is to compare with, in one run. Figures are
 * the best of several rounds; ratios are what counts, times drift with the machine. */

#include <sdreg.h>
#include <sdreg/xml.h>

#include <fcntl.h>
#include <libxml/parser.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	ROUNDS = 15,
	STARTS = 300,
	LOOKUPS = 2000000,
	PORTS = 10000, /* where nearly all registered ones are */
};

extern char **environ;

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double best(double a, double b)
{
	return b < a ? b : a;
}

/* ---- reading XML ---- */

static void on_start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space,
	int n, const xmlChar **spaces, int count, int defaulted, const xmlChar **attributes)
{
	(void)user, (void)name, (void)prefix, (void)space, (void)n, (void)spaces, (void)count;
	(void)defaulted, (void)attributes;
}

static void on_end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *space)
{
	(void)user, (void)name, (void)prefix, (void)space;
}

static void on_text(void *user, const xmlChar *text, int len)
{
	(void)user, (void)text, (void)len;
}

static int read_fd(void *context, char *buffer, int len)
{
	return (int)read(*(const int *)context, buffer, (size_t)len);
}

/* A SAX2 pass that does nothing: the least that reading with libxml2 can take. */
static double sax_pass(const char *path)
{
	const double start = now();
	xmlSAXHandler sax;
	memset(&sax, 0, sizeof(sax));
	sax.initialized = XML_SAX2_MAGIC;
	sax.startElementNs = on_start;
	sax.endElementNs = on_end;
	sax.characters = on_text;
	int fd = open(path, O_RDONLY);
	const xmlParserCtxtPtr parser =
		xmlCreateIOParserCtxt(&sax, NULL, read_fd, NULL, &fd, XML_CHAR_ENCODING_NONE);
	if (fd < 0 || parser == NULL || xmlParseDocument(parser) != 0)
		exit(2);
	xmlFreeParserCtxt(parser);
	close(fd);
	return now() - start;
}

static struct sdreg_registry *read_xml(const char *path, double *seconds)
{
	struct sdreg_error err = {.size = sizeof(err)};
	const double start = now();
	struct sdreg_registry *const r = sdreg_xml_open(path, SDREG_XML_KIND_REGISTRY, NULL, &err);
	*seconds = now() - start;
	if (r != NULL)
		return r;
	fprintf(stderr, "bench: %s: %s\n", path, err.text);
	exit(2);
}

static long peak_kib(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

static struct sdreg_registry *bench_xml(const char *path)
{
	double nothing = 1e9;
	double whole = 1e9;
	struct sdreg_registry *r = NULL;
	for (int i = 0; i < ROUNDS; i++) {
		double seconds;
		nothing = best(nothing, sax_pass(path));
		sdreg_registry_close(r);
		r = read_xml(path, &seconds);
		whole = best(whole, seconds);
	}
	printf("XML into a registry          %8.2f ms   SAX2 doing nothing %.2f ms   ratio %.2f "
	       "(goal 2.0)   peak %.1f MiB (goal 16)\n",
		1e3 * whole, 1e3 * nothing, whole / nothing, (double)peak_kib() / 1024);
	return r;
}

static void bench_image(const struct sdreg_registry *registry)
{
	size_t len;
	double open_time = 1e9;
	const void *const image = sdreg_registry_image(registry, &len);
	for (int i = 0; i < ROUNDS; i++) {
		const double start = now();
		struct sdreg_registry *const r = sdreg_registry_open_bytes(image, len, NULL, NULL);
		open_time = best(open_time, now() - start);
		sdreg_registry_close(r);
	}
	printf("image of %5zu KiB, checked   %8.2f ms   (goal 2)\n", len / 1024, 1e3 * open_time);
}

/* ---- look-up ---- */

static void bench_embedded(void)
{
	double time = 1e9;
	for (int i = 0; i < ROUNDS; i++) {
		const double start = now();
		struct sdreg_registry *const r = sdreg_registry_embedded(NULL);
		const struct sdreg_entry *const e = sdreg_find_name(r, "presence", 8, NULL);
		const double seconds = now() - start;
		if (e == NULL)
			exit(2);
		if (i == 0)
			printf("embedded, open and look up   %8.2f us   the very first time\n",
				1e6 * seconds);
		time = best(time, seconds);
		sdreg_registry_close(r);
	}
	printf("embedded, open and look up   %8.2f us   (goal 10)\n", 1e6 * time);
}

/* Names of a registry, in an order that no cache foresees. */
static const char **shuffled_names(const struct sdreg_registry *r, size_t *count)
{
	const struct sdreg_entry *e;
	const char **const names = calloc(sdreg_registry_size(r), sizeof(*names));
	size_t n = 0;
	unsigned long seed = 1;
	if (names == NULL)
		exit(2);
	for (size_t i = 0; (e = sdreg_registry_entry(r, i)) != NULL; i++)
		if (sdreg_entry_name(e)[0] != '\0')
			names[n++] = sdreg_entry_name(e);
	for (size_t i = n; i > 1; i--) {
		seed = seed * 6364136223846793005UL + 1442695040888963407UL;
		const size_t j = (seed >> 33) % i;
		const char *const name = names[i - 1];
		names[i - 1] = names[j];
		names[j] = name;
	}
	*count = n;
	return names;
}

static void bench_names(const struct sdreg_registry *r, const char *what, const char **names,
	size_t count)
{
	size_t found = 0;
	double time = 1e9;
	size_t *const lens = calloc(count, sizeof(*lens));
	struct sdreg_type *const types = calloc(count, sizeof(*types));
	if (lens == NULL || types == NULL)
		exit(2);
	for (size_t i = 0; i < count; i++) {
		char text[80];
		lens[i] = strlen(names[i]);
		snprintf(text, sizeof(text), "_%s._tcp", names[i]);
		sdreg_type_parse(text, strlen(text), &types[i], NULL);
	}
	for (int round = 0; round < ROUNDS; round++) {
		const double start = now();
		for (size_t n = 0; n < LOOKUPS / ROUNDS; n++)
			found +=
				sdreg_find_name(r, names[n % count], lens[n % count], NULL) != NULL;
		time = best(time, now() - start);
	}
	printf("look-up by name, %-11s %8.1f ns   (goal 40, warm)\n", what,
		1e9 * time / (LOOKUPS / ROUNDS));
	time = 1e9;
	for (int round = 0; round < ROUNDS; round++) {
		const double start = now();
		for (size_t n = 0; n < LOOKUPS / ROUNDS; n++)
			found += sdreg_find_type(r, &types[n % count], NULL) != NULL;
		time = best(time, now() - start);
	}
	printf("look-up by type, %-11s %8.1f ns   (goal 40, warm)\n", what,
		1e9 * time / (LOOKUPS / ROUNDS));
	if (found == 0)
		exit(2);
	free(lens);
	free(types);
}

static void bench_ports(const struct sdreg_registry *r)
{
	size_t found = 0;
	double time = 1e9;
	for (int round = 0; round < LOOKUPS / PORTS; round++) {
		const double start = now();
		for (unsigned port = 0; port < PORTS; port++)
			found += sdreg_find_port(r, (uint16_t)port, SDREG_TRANSPORT_TCP, NULL) !=
				NULL;
		time = best(time, now() - start);
	}
	printf("look-up by port              %8.1f ns   (goal 5)\n", 1e9 * time / PORTS);
	if (found == 0)
		exit(2);
}

/* ---- searching ---- */

static void bench_search(const struct sdreg_registry *r)
{
	static const char *const queries[] = {"internet printing protocol", "apple",
		"no-such-word"};
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		const struct sdreg_query query = {.size = sizeof(query),
			.words = sdreg_text_of(queries[i])};
		size_t count = 0;
		double time = 1e9;
		for (int round = 0; round < ROUNDS; round++) {
			const double start = now();
			struct sdreg_results *const results = sdreg_search(r, &query, NULL);
			time = best(time, now() - start);
			if (results == NULL)
				exit(2);
			count = sdreg_results_count(results);
			sdreg_results_free(results);
		}
		printf("search, %5zu entries found  %8.2f ms   (goal 5)   %s\n", count, 1e3 * time,
			queries[i]);
	}
}

/* ---- starting ---- */

static double start_time(char *const argv[])
{
	double time = 1e9;
	posix_spawn_file_actions_t quiet;
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	for (int i = 0; i < STARTS; i++) {
		pid_t pid;
		int status;
		const double start = now();
		if (posix_spawnp(&pid, argv[0], &quiet, NULL, argv, environ) != 0)
			return -1;
		waitpid(pid, &status, 0);
		time = best(time, now() - start);
	}
	posix_spawn_file_actions_destroy(&quiet);
	return time;
}

static void bench_start(char *sdreg)
{
	char *const ours[] = {sdreg, (char[]){"lookup"}, (char[]){"presence"}, NULL};
	char *const theirs[] = {(char[]){"avahi-browse"}, (char[]){"--help"}, NULL};
	const double a = start_time(ours);
	const double b = start_time(theirs);
	if (a < 0 || b < 0) {
		puts("starting                     skipped: avahi-browse is not there");
		return;
	}
	printf("sdreg lookup presence        %8.0f us   avahi-browse --help %.0f us   ratio %.2f "
	       "(goal 0.55)\n",
		1e6 * a, 1e6 * b, a / b);
}

/* One pass alone, for a tool that counts instructions. */
static int single(const char *what, const char *path)
{
	double seconds;
	if (strcmp(what, "--sax") == 0)
		sax_pass(path);
	else
		sdreg_registry_close(read_xml(path, &seconds));
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && argv[1][0] == '-')
		return single(argv[1], argv[2]);
	static const char *one[] = {"presence"};
	struct sdreg_registry *const embedded = sdreg_registry_embedded(NULL);
	bench_embedded();
	bench_names(embedded, "embedded", one, 1);
	if (argc > 2) {
		struct sdreg_registry *const whole = bench_xml(argv[2]);
		size_t count;
		const char **const names = shuffled_names(whole, &count);
		bench_image(whole);
		bench_names(whole, "the same", one, 1);
		bench_names(whole, "all, mixed", names, count);
		bench_ports(whole);
		bench_search(whole);
		free(names);
		sdreg_registry_close(whole);
	} else {
		puts("XML and the whole registry   skipped: make bench REGISTRY=FILE.xml");
	}
	if (argc > 1)
		bench_start(argv[1]);
	sdreg_registry_close(embedded);
	xmlCleanupParser();
	return 0;
}
