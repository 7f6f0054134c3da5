/* SPDX-License-Identifier: MIT */

/* sdreg update: fetches IANA's registry, looks at it, and only then installs it. Whatever fails,
 * the registry that answered before goes on answering. */

#include "cli/common/cli.h"
#include "cli/common/print.h"
#include "cli/common/state.h"
#include "config.h"
#include "fetch.h"
#include "installed.h"
#include "judge.h"
#include "say.h"
#include "stop.h"
#include "store.h"

#include <sdreg/xml.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define DEFAULT_URL \
	"https://www.iana.org/assignments/service-names-port-numbers/" \
	"service-names-port-numbers.xml"

enum {
	OPTION_URL = OPTION_OWN,
	OPTION_FROM,
	OPTION_CA_FILE,
	OPTION_FORCE,
	OPTION_SYSTEM,
	OPTION_CHECK,
	OPTION_TIMEOUT,
	OPTION_REVERT,
};

enum {
	SECONDS_DEFAULT = 120,
	SECONDS_MAX = 3600,
};

struct update {
	struct cli *cli;
	const char *url; /* where the registry comes from: also what messages name */
	const char *file; /* its path, if it comes from one, or NULL */
	const char *ca_file;
	unsigned seconds;
	int force;
	int check;
	int quiet;
	int revert;
	enum sdreg_installed_for whom;
	char *directory;
	struct installed old; /* what is to be replaced */
	struct state state; /* where that came from, and then where the new one did */
	struct sdreg_registry *next; /* what is to replace it */
};

static int refuse(struct sdreg_error *err, const char *file, const char *text)
{
	err->code = SDREG_E_ARGUMENT;
	snprintf(err->file, sizeof(err->file), "%s", file);
	snprintf(err->text, sizeof(err->text), "%s", text);
	return -1;
}

static int report(const struct update *u, enum outcome outcome,
	const struct sdreg_registry *registry)
{
	struct sdreg_registry *const embedded = sdreg_registry_embedded(NULL);
	const int is_older = embedded != NULL &&
		strcmp(sdreg_registry_updated(registry), sdreg_registry_updated(embedded)) < 0;
	const struct report line = {.outcome = outcome,
		.registry = registry,
		.embedded = is_older ? embedded : NULL,
		.was = u->old.registry,
		.directory = u->directory,
		.url = u->revert ? NULL : u->url};
	const int status = say_report(u->cli, &line, u->quiet);
	sdreg_registry_close(embedded);
	if (status == 0 && outcome == OUTCOME_NEWER && !is_older)
		return STATUS_NOT_FOUND;
	return status;
}

static struct sdreg_registry *read_registry(int fd, const char *url, int fetched,
	struct sdreg_error *err)
{
	unsigned long warnings = 0;
	const struct sdreg_reading reading = {.size = sizeof(reading),
		.warn = cli_warn,
		.user = &warnings,
		.name = url};
	if (fetched && lseek(fd, 0, SEEK_SET) < 0) {
		refuse(err, url, strerror(errno));
		return NULL;
	}
	struct sdreg_registry *const registry =
		sdreg_xml_read(fd, SDREG_XML_KIND_REGISTRY, &reading, err);
	if (registry == NULL && fetched) {
		const size_t len = strlen(err->text);
		snprintf(err->text + len, sizeof(err->text) - len,
			"; check --url, or try again later");
	}
	cli_warned(warnings, url);
	return registry;
}

/* ---- installing ---- */

static struct store_file image_file(const char *name, const struct sdreg_registry *registry)
{
	struct store_file file = {.name = name};
	file.bytes = sdreg_registry_image(registry, &file.len);
	return file;
}

/* Whether what is to be installed is installed. */
static int is_there(const struct update *u)
{
	return u->old.registry != NULL && !u->old.is_previous &&
		judge_same(u->old.registry, u->next);
}

/* The one before is what is installed now, unless that was no good or is the same. */
static int put_fetched(const struct update *u, const struct store *store, struct sdreg_error *err)
{
	struct store_file files[3];
	size_t n = 0;
	char *const state = state_text(&u->state, u->next);
	if (state == NULL)
		return refuse(err, u->directory, "no memory to install a registry");
	if (u->old.registry != NULL && !u->old.is_previous && !is_there(u))
		files[n++] = image_file(INSTALLED_PREVIOUS, u->old.registry);
	files[n++] = (struct store_file){INSTALLED_STATE, state, strlen(state)};
	/* the last, for until it is in its place nothing has changed: a state says whose it is */
	if (!is_there(u))
		files[n++] = image_file(INSTALLED_IMAGE, u->next);
	const int result = store_put(store, files, n, err);
	free(state);
	return result;
}

/* Looks again at what is there, as another update may have come before this one. */
static void open_old(struct update *u)
{
	installed_close(&u->old);
	installed_open(u->directory, &u->old);
}

static int judge(const struct update *u, struct sdreg_error *err)
{
	if (u->force)
		return judge_day(u->next, u->url, err);
	return judge_registry(u->next, u->old.registry, u->url, err);
}

static int install(struct update *u, struct sdreg_error *err)
{
	struct store store;
	if (store_open(&store, u->directory, u->whom, err) < 0)
		return -1;
	open_old(u);
	int result = judge(u, err);
	if (result == 0)
		result = put_fetched(u, &store, err);
	store_close(&store);
	return result;
}

/* ---- the two ways to another registry ---- */

static void remember(struct state *state, const char *url, const struct fetched *fetched)
{
	const time_t now = time(NULL);
	struct tm utc;
	memset(state, 0, sizeof(*state));
	snprintf(state->url, sizeof(state->url), "%s", url);
	snprintf(state->etag, sizeof(state->etag), "%s", fetched->etag);
	snprintf(state->modified, sizeof(state->modified), "%s", fetched->modified);
	if (gmtime_r(&now, &utc) != NULL)
		strftime(state->fetched, sizeof(state->fetched), "%Y-%m-%dT%H:%M:%SZ", &utc);
}

/* Reads the registry from a file, which is asked for again whatever it was before. */
static int read_file(struct update *u, struct sdreg_error *err)
{
	const struct fetched nothing = {0};
	const int fd = cli_open_file(u->file);
	if (fd < 0)
		return refuse(err, u->url, strerror(errno));
	remember(&u->state, u->url, &nothing);
	u->next = read_registry(fd, u->url, 0, err);
	close(fd);
	return u->next != NULL ? 0 : -1;
}

/* Asks the server; only for a newer one when we have its last answer. 1 when that still holds. */
static int fetch(struct update *u, int fd, struct sdreg_error *err)
{
	struct fetched answer;
	struct fetch ask = {.url = u->url,
		.ca_file = u->ca_file,
		.seconds = u->seconds,
		.progress = !u->quiet,
		.to = fd,
		.etag = "",
		.modified = ""};
	if (u->old.registry != NULL)
		state_read(sdreg_registry_file(u->old.registry), u->old.registry, &u->state);
	if (strcmp(u->state.url, u->url) == 0 && !u->force && !u->old.is_previous) {
		ask.etag = u->state.etag;
		ask.modified = u->state.modified;
	}
	if (fetch_run(&ask, &answer, err) < 0)
		return -1;
	if (answer.unchanged)
		return 1;
	remember(&u->state, u->url, &answer);
	u->next = read_registry(fd, u->url, 1, err);
	return u->next != NULL ? 0 : -1;
}

static int update_from(struct update *u, int fd, struct sdreg_error *err)
{
	const int unchanged = u->file != NULL ? read_file(u, err) : fetch(u, fd, err);
	if (unchanged < 0)
		return STATUS_TROUBLE;
	if (unchanged)
		return report(u, OUTCOME_UP_TO_DATE, u->old.registry);
	if (judge(u, err) < 0)
		return STATUS_TROUBLE;
	if (!u->check && install(u, err) < 0)
		return STATUS_TROUBLE;
	if (is_there(u))
		return report(u, OUTCOME_UP_TO_DATE, u->next);
	return report(u, u->check ? OUTCOME_NEWER : OUTCOME_INSTALLED, u->next);
}

/* What is fetched is looked at before any directory has it: it stays in memory, where the system
 * has such files. */
static int open_unnamed(void)
{
#ifdef HAVE_MEMFD_CREATE
	return memfd_create("sdreg-update", MFD_CLOEXEC);
#else
	FILE *const file = tmpfile();
	if (file == NULL)
		return -1;
	const int fd = fcntl(fileno(file), F_DUPFD_CLOEXEC, 0);
	fclose(file);
	return fd;
#endif
}

static int update(struct update *u, struct sdreg_error *err)
{
	if (u->file == NULL && fetch_check_url(u->url, err) < 0)
		return STATUS_TROUBLE;
	if (!u->check && store_check(u->directory, u->whom, err) < 0)
		return STATUS_TROUBLE;
	const int fd = open_unnamed();
	if (fd < 0) {
		refuse(err, u->url, strerror(errno));
		return STATUS_TROUBLE;
	}
	const int status = update_from(u, fd, err);
	close(fd);
	return status;
}

/* The previous registry's image comes into the place of the one that had replaced it, and that one,
 * if it is any good, becomes the previous one. */
static int put_back(const struct update *u, const struct store *store, struct sdreg_error *err)
{
	const int is_good = u->old.registry != NULL && !u->old.is_previous;
	if (is_good) {
		const int result = store_exchange(store, INSTALLED_IMAGE, INSTALLED_PREVIOUS, err);
		if (result <= 0)
			return result;
	}
	struct store_file files[2] = {image_file(INSTALLED_IMAGE, u->next)};
	if (is_good)
		files[1] = image_file(INSTALLED_PREVIOUS, u->old.registry);
	return store_put(store, files, is_good ? 2 : 1, err);
}

/* Puts the previous registry back. */
static int revert(struct update *u, struct sdreg_error *err)
{
	struct store store;
	char *path;
	if (asprintf(&path, "%s/%s", u->directory, INSTALLED_PREVIOUS) < 0)
		path = NULL;
	if (path != NULL && access(path, F_OK) < 0 && errno == ENOENT)
		refuse(err, u->directory, "there is no previous registry to put back");
	else if (path != NULL)
		u->next = sdreg_registry_open(path, err);
	free(path);
	if (u->next == NULL || store_check(u->directory, u->whom, err) < 0 ||
		store_open(&store, u->directory, u->whom, err) < 0)
		return STATUS_TROUBLE;
	open_old(u);
	const int result = put_back(u, &store, err);
	store_close(&store);
	return result == 0 ? report(u, OUTCOME_REVERTED, u->next) : STATUS_TROUBLE;
}

/* ---- the command ---- */

static int do_it(struct update *u, struct sdreg_error *err)
{
	u->directory = installed_directory(u->whom);
	if (u->directory == NULL) {
		refuse(err, "HOME",
			"it is not set, nor is XDG_DATA_HOME: set one, or install for "
			"all users with --system");
		return STATUS_TROUBLE;
	}
	open_old(u);
	return u->revert ? revert(u, err) : update(u, err);
}

static int read_seconds(const char *text, unsigned *seconds)
{
	char *end;
	const unsigned long value = strtoul(text, &end, 10);
	if (strspn(text, "0123456789") == 0 || *end != '\0' || value == 0 || value > SECONDS_MAX)
		return -1;
	*seconds = (unsigned)value;
	return 0;
}

/* One of our own options. 0, or -1 when its value is no good. */
static int take_option(struct update *u, int option, const char *value)
{
	switch (option) {
	case OPTION_URL:
		u->url = value;
		return 0;
	case OPTION_FROM:
		u->file = value;
		return 0;
	case OPTION_CA_FILE:
		u->ca_file = value;
		return 0;
	case OPTION_FORCE:
		u->force = 1;
		return 0;
	case OPTION_SYSTEM:
		u->whom = SDREG_INSTALLED_FOR_ALL;
		return 0;
	case OPTION_CHECK:
		u->check = 1;
		return 0;
	case OPTION_REVERT:
		u->revert = 1;
		return 0;
	case OPTION_TIMEOUT:
		return read_seconds(value, &u->seconds);
	}
	u->quiet = 1;
	return 0;
}

static int read_options(struct update *u, const struct command *self, struct arguments *arguments)
{
	static const struct option own[] = {
		{"url", "URL", OPTION_URL},
		{"from", "FILE", OPTION_FROM},
		{"ca-file", "FILE", OPTION_CA_FILE},
		{"force", NULL, OPTION_FORCE},
		{"system", NULL, OPTION_SYSTEM},
		{"check", NULL, OPTION_CHECK},
		{"timeout", "S", OPTION_TIMEOUT},
		{"revert", NULL, OPTION_REVERT},
		{"quiet", NULL, 'q'},
		{NULL, NULL, 0},
	};
	int option;
	while ((option = cli_option(u->cli, self, arguments, own)) != ARGUMENTS_END)
		if (take_option(u, option, arguments->value) < 0)
			return cli_usage(self, "--timeout takes 1 to 3600 seconds");
	if (arguments->count > 0)
		return cli_usage(self, "there is nothing to name; --url takes an address");
	if (u->cli->asked.registry != NULL)
		return cli_usage(self,
			"--registry has no part in it: what is installed is "
			"updated");
	if (u->revert && u->check)
		return cli_usage(self, "--check and --revert are two wishes");
	if (u->file != NULL && u->url != NULL)
		return cli_usage(self, "--from and --url name two places: choose one");
	if (u->revert && (u->file != NULL || u->url != NULL))
		return cli_usage(self, "--revert takes what is there: leave out --from and --url");
	if (u->file != NULL)
		u->url = cli_shown_path(u->file);
	else if (u->url == NULL)
		u->url = DEFAULT_URL;
	return cli_will_read(u->cli, u->file, "--from");
}

static int run(struct cli *cli, const struct command *self, struct arguments *arguments)
{
	struct update u = {.cli = cli,
		.seconds = SECONDS_DEFAULT,
		.whom = SDREG_INSTALLED_FOR_USER};
	struct sdreg_error err = {.size = sizeof(err)};
	if (read_options(&u, self, arguments) != 0 || cli_open(cli) != 0)
		return STATUS_TROUBLE;
	stop_hold();
	signal(SIGPIPE, SIG_IGN); /* a connection that is closed, and a limit of file sizes: */
	signal(SIGXFSZ, SIG_IGN); /* both are errors to tell of */
	const int status = do_it(&u, &err);
	installed_close(&u.old);
	sdreg_registry_close(u.next);
	free(u.directory);
	if (err.code == 0)
		return status;
	cli_error(&err);
	fputs("sdreg: nothing was changed, and what answers is still ", stderr);
	print_text(stderr, cli->sources.source);
	fputc('\n', stderr);
	if (stop_wanted())
		stop_now();
	return STATUS_TROUBLE;
}

const struct command command_update = {
	.name = "update",
	.arguments = "[OPTIONS]",
	.summary = "the newest registry from IANA",
	.help = "Fetches IANA's registry, if there is a newer one, and installs it: from then on\n"
		"it answers instead of the one embedded in sdreg. It is read and checked first,\n"
		"so that whatever goes wrong, the old one goes on answering; refused is one that\n"
		"is older, or lacks more than a tenth of the entries. The one before is kept.\n\n"
		"  --check          install nothing; exit status 1 when there is a newer one\n"
		"  --force          fetch and install it whatever its day and size\n"
		"  --revert         put the previous registry back; asks no server\n"
		"  --system         install for all users; without it for you alone\n"
		"  --url URL        fetch from there; https only\n"
		"  --from FILE      take IANA's XML from a file instead; asks no server\n"
		"  --ca-file FILE   trust only the certificates (PEM) in FILE\n"
		"  --timeout S      give up after S seconds (120)\n"
		"  -q, --quiet      say nothing unless something is wrong\n\n"
		"Installs in sdreg below $XDG_DATA_HOME or ~/.local/share; for all users in the\n"
		"directory of the machine's state, usually /var/lib/sdreg, or the one that\n"
		"$SDREG_STATEDIR names. Goes through a proxy that $https_proxy names, as curl\n"
		"does.\n\n",
	.run = run,
};
