/* SPDX-License-Identifier: MIT */
#include "state.h"

#include "common/hash.h"
#include "common/installed.h"
#include "json.h"

#include <sdreg.h>

#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	STATE_BYTES_MAX = 16 << 10,
};

/* Enough to tell one image from another; nobody is kept out by it. */
static void sum_image(const struct sdreg_registry *image, char sum[17])
{
	size_t len;
	const void *const bytes = sdreg_registry_image(image, &len);
	snprintf(sum, 17, "%016" PRIx64, hash_image(bytes, len));
}

int state_is_plain(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || (unsigned char)*text > 0x7e)
			return 0;
	return 1;
}

/* Copies the text of a member. 0 when it is none that can be used. */
static int take(const json_t *object, const char *name, char *to, size_t size)
{
	const char *const text = json_string_value(json_object_get(object, name));
	if (text == NULL || strlen(text) >= size)
		return 0;
	memcpy(to, text, strlen(text) + 1);
	return 1;
}

/* The same of what may stand in a question to a server. */
static int take_plain(const json_t *object, const char *name, char *to, size_t size)
{
	return take(object, name, to, size) && state_is_plain(to);
}

static int belongs(const json_t *root, const struct sdreg_registry *image)
{
	const json_t *const of = json_object_get(root, "image");
	const char *const sum = json_string_value(json_object_get(of, "sum"));
	char wanted[17];
	size_t len;
	sdreg_registry_image(image, &len);
	if (sum == NULL || json_integer_value(json_object_get(of, "size")) != (json_int_t)len)
		return 0;
	sum_image(image, wanted);
	return strcmp(sum, wanted) == 0;
}

/* The bytes of the state's file; length 0 when there is no such file, or one that is too long. */
static size_t read_file(const char *image_path, char *bytes, size_t size)
{
	const char *const slash = strrchr(image_path, '/');
	const int directory = slash != NULL ? (int)(slash - image_path) + 1 : 0;
	char *path;
	if (asprintf(&path, "%.*s%s", directory, image_path, INSTALLED_STATE) < 0)
		return 0;
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	free(path);
	if (fd < 0)
		return 0;
	const ssize_t n = read(fd, bytes, size);
	close(fd);
	return n > 0 && (size_t)n < size ? (size_t)n : 0;
}

void state_read(const char *image_path, const struct sdreg_registry *image, struct state *state)
{
	char bytes[STATE_BYTES_MAX];
	const size_t len = read_file(image_path, bytes, sizeof(bytes));
	json_t *const root = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, NULL);
	if (root == NULL || !belongs(root, image) ||
		!take_plain(root, "etag", state->etag, sizeof(state->etag)) ||
		!take_plain(root, "modified", state->modified, sizeof(state->modified)) ||
		!take_plain(root, "fetched", state->fetched, sizeof(state->fetched)))
		memset(state, 0, sizeof(*state));
	else
		take(root, "url", state->url, sizeof(state->url));
	json_decref(root);
}

char *state_text(const struct state *state, const struct sdreg_registry *image)
{
	char sum[17];
	size_t len;
	sdreg_registry_image(image, &len);
	sum_image(image, sum);
	json_t *const root = json_pack("{s:o, s:s, s:s, s:s, s:{s:I, s:s}}", "url",
		json_text(state->url), "etag", state->etag, "modified", state->modified, "fetched",
		state->fetched, "image", "size", (json_int_t)len, "sum", sum);
	char *const text = root != NULL ? json_dumps(root, JSON_INDENT(2)) : NULL;
	json_decref(root);
	return text;
}
