/* SPDX-License-Identifier: MIT */

/* Fetching a file over HTTPS with libcurl, within limits of time, of bytes, and of where it may
 * lead. */

#include "fetch.h"

#include "cli/common/print.h"
#include "cli/common/state.h"
#include "common/write.h"
#include "config.h"
#include "progress.h"
#include "stop.h"

#include <sdreg.h>

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	BYTES_MAX = 64 << 20, /* unpacked; what the reader of XML takes */
	REDIRECTS_MAX = 5,
	CONNECT_SECONDS = 15,
	STALL_SECONDS = 20, /* or half of all the time, if that is less */
	STALL_BYTES = 100, /* a second; slower counts as standing still */
};

struct transfer {
	const struct fetch *fetch;
	struct fetched *fetched;
	struct progress progress;
	size_t total;
	int over; /* there were too many */
	int error; /* errno, if they could not be kept */
};

static int refuse(struct sdreg_error *err, const char *url, const char *text, const char *detail)
{
	err->code = SDREG_E_IO;
	snprintf(err->file, sizeof(err->file), "%s", url);
	if (detail[0] != '\0')
		snprintf(err->text, sizeof(err->text), "%s (%.160s)", text, detail);
	else
		snprintf(err->text, sizeof(err->text), "%s", text);
	return -1;
}

int fetch_check_url(const char *url, struct sdreg_error *err)
{
	char *user = NULL;
	CURLU *const parts = curl_url();
	const char *why = NULL;
	if (parts == NULL)
		why = "no memory to read this address";
	else if (!curl_strnequal(url, "https://", 8))
		why = "only https is fetched: give an address that begins with https://";
	else if (strlen(url) >= sizeof(((struct state *)NULL)->url))
		why = "this address is too long: check --url";
	else if (!state_is_plain(url) || curl_url_set(parts, CURLUPART_URL, url, 0) != CURLUE_OK)
		why = "this address cannot be read: check --url";
	else if (curl_url_get(parts, CURLUPART_USER, &user, 0) == CURLUE_OK)
		why = "a user or password in the address is not taken: it would show in messages";
	const char *const shown = user == NULL ? url : "--url";
	curl_free(user);
	curl_url_cleanup(parts);
	return why == NULL ? 0 : refuse(err, shown, why, "");
}

/* ---- what libcurl calls ---- */

static size_t on_bytes(char *bytes, size_t size, size_t count, void *user)
{
	struct transfer *const t = user;
	const size_t len = size * count;
	t->total += len;
	if (t->total > BYTES_MAX) {
		t->over = 1;
		return 0;
	}
	if (write_all(t->fetch->to, bytes, len) < 0) {
		t->error = errno;
		return 0;
	}
	return len;
}

/* The value of a header if it is this one. Left empty when it is too long, or no plain text. */
static void take_header(const char *line, size_t len, const char *name, char *to, size_t size)
{
	const size_t n = strlen(name);
	if (len <= n || !curl_strnequal(line, name, n) || line[n] != ':')
		return;
	size_t from = n + 1;
	while (from < len && (line[from] == ' ' || line[from] == '\t'))
		from++;
	while (len > from && strchr(" \t\r\n", line[len - 1]) != NULL)
		len--;
	to[0] = '\0';
	if (len - from >= size || memchr(line + from, '\0', len - from) != NULL)
		return;
	memcpy(to, line + from, len - from);
	to[len - from] = '\0';
	if (!state_is_plain(to))
		to[0] = '\0';
}

static size_t on_header(char *line, size_t size, size_t count, void *user)
{
	const struct transfer *const t = user;
	const size_t len = size * count;
	struct fetched *const f = t->fetched;
	if (len >= 5 && memcmp(line, "HTTP/", 5) == 0) /* one answer more, behind a redirection */
		f->etag[0] = f->modified[0] = '\0';
	take_header(line, len, "ETag", f->etag, sizeof(f->etag));
	take_header(line, len, "Last-Modified", f->modified, sizeof(f->modified));
	return len;
}

static int on_progress(void *user, curl_off_t total, curl_off_t done, curl_off_t up_total,
	curl_off_t up_done)
{
	struct transfer *const t = user;
	(void)up_total;
	(void)up_done;
	progress_show(&t->progress, done, total);
	return stop_wanted();
}

/* ---- what went wrong, and what to do ---- */

static const char *explain(CURLcode code)
{
	static const struct {
		CURLcode code;
		const char *text;
	} table[] = {
		{CURLE_UNSUPPORTED_PROTOCOL, "it leads away from https, and only https is fetched"},
		{CURLE_URL_MALFORMAT, "this address cannot be read: check --url"},
		{CURLE_COULDNT_RESOLVE_PROXY, "the proxy has no address: check https_proxy"},
		{CURLE_COULDNT_RESOLVE_HOST, "the host has no address: is the network up?"},
		{CURLE_COULDNT_CONNECT, "no connection: is the network up, is a proxy needed?"},
		{CURLE_PARTIAL_FILE, "the connection broke off in the middle: try again"},
		{CURLE_RECV_ERROR, "the connection broke off: try again"},
		{CURLE_SEND_ERROR, "the connection broke off: try again"},
		{CURLE_GOT_NOTHING, "the connection broke off: try again"},
		{CURLE_HTTP2, "the connection broke off: try again"},
		{CURLE_HTTP2_STREAM, "the connection broke off: try again"},
		{CURLE_OUT_OF_MEMORY, "there is no memory to fetch it"},
		{CURLE_OPERATION_TIMEDOUT,
			"it stood still or took too long: try again, or "
			"give more --timeout"},
		{CURLE_SSL_CONNECT_ERROR,
			"no secure connection came about: is this an https "
			"server?"},
		{CURLE_PEER_FAILED_VERIFICATION,
			"its certificate is not to be trusted: is the "
			"clock right? A CA of your own goes with --ca-file"},
		{CURLE_SSL_CACERT_BADFILE,
			"the file of trusted certificates cannot be used: check "
			"--ca-file"},
		{CURLE_TOO_MANY_REDIRECTS, "it redirects too often: check --url"},
		{CURLE_BAD_CONTENT_ENCODING, "what came cannot be unpacked: try again"},
		{CURLE_FILESIZE_EXCEEDED, "it is over 64 MiB, which no registry is: check --url"},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].code == code)
			return table[i].text;
	return "it cannot be fetched: try again";
}

static int refuse_status(struct sdreg_error *err, const char *url, long status)
{
	char text[80];
	const char *advice = "check --url";
	if (status >= 500)
		advice = "try again later";
	snprintf(text, sizeof(text), "the server answers %ld: %s", status, advice);
	return refuse(err, url, text, "");
}

/* ---- the transfer ---- */

static void limit_protocols(CURL *curl)
{
#if LIBCURL_VERSION_NUM >= 0x075500
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
	curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "https");
#else
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS, (long)CURLPROTO_HTTPS);
	curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS, (long)CURLPROTO_HTTPS);
#endif
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)REDIRECTS_MAX);
}

static void limit_time(CURL *curl, unsigned seconds)
{
	const long stall = seconds / 2 < STALL_SECONDS ? seconds / 2 : STALL_SECONDS;
	const long connect = seconds < CONNECT_SECONDS ? seconds : CONNECT_SECONDS;
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)seconds);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, connect);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, (long)STALL_BYTES);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, stall > 0 ? stall : 1L);
}

/* Which certificates are trusted. Those that are named are so alone, or the machine's. */
static void set_trust(CURL *curl, const char *ca_file)
{
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (ca_file == NULL)
		return;
	curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file);
	curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
}

static void set_callbacks(CURL *curl, struct transfer *t)
{
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_bytes);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, t);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
}

/* Adds a header with a value, unless that is empty. */
static int add_header(struct curl_slist **list, const char *name, const char *value)
{
	char line[600];
	if (value[0] == '\0')
		return 0;
	snprintf(line, sizeof(line), "%s: %s", name, value);
	struct curl_slist *const longer = curl_slist_append(*list, line);
	if (longer == NULL)
		return -1;
	*list = longer;
	return 0;
}

static int set_request(CURL *curl, const struct fetch *fetch, struct curl_slist **headers)
{
	if (add_header(headers, "If-None-Match", fetch->etag) < 0 ||
		add_header(headers, "If-Modified-Since", fetch->modified) < 0)
		return -1;
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, *headers);
	curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "sdreg/" PACKAGE_VERSION);
	curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, ""); /* all that libcurl unpacks */
	curl_easy_setopt(curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)BYTES_MAX);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	return curl_easy_setopt(curl, CURLOPT_URL, fetch->url) == CURLE_OK ? 0 : -1;
}

/* Says how it went. */
static int judge(CURL *curl, CURLcode code, const char *detail, struct transfer *t,
	struct sdreg_error *err)
{
	const struct fetch *const fetch = t->fetch;
	long status = 0;
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	if (stop_wanted())
		return refuse(err, fetch->url, "stopped by a signal", "");
	if (t->error != 0)
		return refuse(err, fetch->url, "what came cannot be kept: is there room?",
			strerror(t->error));
	if (t->over)
		return refuse(err, fetch->url, explain(CURLE_FILESIZE_EXCEEDED), "");
	if (code == CURLE_HTTP_RETURNED_ERROR)
		return refuse_status(err, fetch->url, status);
	if (code != CURLE_OK)
		return refuse(err, fetch->url, explain(code),
			detail[0] != '\0' ? detail : curl_easy_strerror(code));
	t->fetched->unchanged = status == 304;
	if (status == 304 && (fetch->etag[0] != '\0' || fetch->modified[0] != '\0'))
		return 0;
	return status == 200 ? 0 : refuse_status(err, fetch->url, status);
}

static int perform(CURL *curl, struct transfer *t, struct sdreg_error *err)
{
	char detail[CURL_ERROR_SIZE] = "";
	struct curl_slist *headers = NULL;
	int result = -1;
	limit_protocols(curl);
	limit_time(curl, t->fetch->seconds);
	set_trust(curl, t->fetch->ca_file);
	set_callbacks(curl, t);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail);
	if (set_request(curl, t->fetch, &headers) < 0) {
		refuse(err, t->fetch->url, explain(CURLE_OUT_OF_MEMORY), "");
	} else {
		progress_start(&t->progress, t->fetch->progress);
		const CURLcode code = curl_easy_perform(curl);
		progress_end(&t->progress);
		result = judge(curl, code, detail, t, err);
	}
	curl_slist_free_all(headers);
	return result;
}

int fetch_run(const struct fetch *fetch, struct fetched *fetched, struct sdreg_error *err)
{
	struct transfer t = {.fetch = fetch, .fetched = fetched};
	memset(fetched, 0, sizeof(*fetched));
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return refuse(err, fetch->url, "libcurl cannot be used: is it well installed?", "");
	CURL *const curl = curl_easy_init();
	const int result = curl != NULL ? perform(curl, &t, err)
					: refuse(err, fetch->url, explain(CURLE_OUT_OF_MEMORY), "");
	curl_easy_cleanup(curl);
	curl_global_cleanup();
	return result;
}
