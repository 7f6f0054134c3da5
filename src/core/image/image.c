/* SPDX-License-Identifier: MIT */

/* Opening and closing images, wherever they lie. */

#include "image.h"

#include "check.h"
#include "common/error.h"

#include <sdreg/error.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct sdreg_registry *image_open(const unsigned char *image, enum registry_owner owner,
	struct sdreg_error *err)
{
	struct sdreg_registry *const r = malloc(sizeof(*r));
	if (r == NULL) {
		error_set(err, SDREG_E_MEMORY, "no memory to open a registry");
		return NULL;
	}
	r->image = image;
	r->size = le32(image + HEADER_SIZE);
	r->entries = image + le32(image + HEADER_ENTRIES_AT);
	r->entries_count = le32(image + HEADER_ENTRIES);
	r->people = image + le32(image + HEADER_PEOPLE_AT);
	r->people_count = le32(image + HEADER_PEOPLE);
	r->slots = image + le32(image + HEADER_SLOTS_AT);
	r->slot_mask = le32(image + HEADER_SLOTS) - 1;
	r->ports = image + le32(image + HEADER_PORTS_AT);
	r->pages = r->ports + IMAGE_PORTS_SIZE;
	r->lists = image + le32(image + HEADER_LISTS_AT);
	r->subjects = image + le32(image + HEADER_SUBJECTS_AT);
	r->subjects_count = le32(image + HEADER_SUBJECTS);
	r->keys_count = le32(image + HEADER_KEYS);
	r->keys = image + le32(image + HEADER_KEYS_AT);
	r->values = image + le32(image + HEADER_VALUES_AT);
	r->flags = le32(image + HEADER_FLAGS);
	r->file = NULL;
	r->further = NULL;
	r->owner = owner;
	return r;
}

/* Opens a copy: what was checked must not change. */
static struct sdreg_registry *open_copy(const void *bytes, size_t len, struct sdreg_error *err)
{
	unsigned char *const copy = malloc(len > 0 ? len : 1);
	struct sdreg_registry *r = NULL;
	if (copy == NULL) {
		error_set(err, SDREG_E_MEMORY, "no memory to open a registry");
		return NULL;
	}
	if (len > 0)
		memcpy(copy, bytes, len);
	if (image_check(copy, len, err) == SDREG_OK)
		r = image_open(copy, OWNER_HEAP, err);
	if (r == NULL)
		free(copy);
	return r;
}

struct sdreg_registry *sdreg_registry_open_bytes(const void *bytes, size_t len, const char *name,
	struct sdreg_error *err)
{
	struct sdreg_registry *r = NULL;
	error_begin(err);
	if (len <= IMAGE_BYTES_MAX)
		r = open_copy(bytes, len, err);
	else
		image_check(bytes, len, err); /* says so, and looks no further */
	if (r == NULL)
		error_at(err, name, 0);
	return r;
}

/* Maps a regular file. NULL with err set; *len is its size. */
static void *map_file(int fd, size_t *len, struct sdreg_error *err)
{
	struct stat st;
	if (fstat(fd, &st) < 0) {
		error_set(err, SDREG_E_IO, "%s", error_system_text(errno));
		return NULL;
	}
	if (!S_ISREG(st.st_mode)) {
		error_set(err, SDREG_E_IO, "this is no regular file");
		return NULL;
	}
	if (st.st_size < IMAGE_HEADER_SIZE || st.st_size > IMAGE_BYTES_MAX) {
		error_set(err, SDREG_E_FORMAT, "this is no sdreg image");
		return NULL;
	}
	*len = (size_t)st.st_size;
	void *const bytes = mmap(NULL, *len, PROT_READ, MAP_PRIVATE, fd, 0);
	if (bytes != MAP_FAILED)
		return bytes;
	error_set(err, SDREG_E_IO, "%s", error_system_text(errno));
	return NULL;
}

static struct sdreg_registry *open_fd(int fd, struct sdreg_error *err)
{
	size_t len;
	void *const bytes = map_file(fd, &len, err);
	if (bytes == NULL)
		return NULL;
	struct sdreg_registry *r = NULL;
	if (image_check(bytes, len, err) == SDREG_OK)
		r = image_open(bytes, OWNER_MAPPING, err);
	if (r == NULL)
		munmap(bytes, len);
	return r;
}

struct sdreg_registry *sdreg_registry_open(const char *path, struct sdreg_error *err)
{
	/* a pipe would keep us waiting */
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct sdreg_registry *r = NULL;
	error_begin(err);
	if (fd < 0)
		error_set(err, SDREG_E_IO, "%s", error_system_text(errno));
	else
		r = open_fd(fd, err);
	if (fd >= 0)
		close(fd);
	if (r != NULL && (r->file = strdup(path)) == NULL) {
		sdreg_registry_close(r);
		r = NULL;
		error_set(err, SDREG_E_MEMORY, "no memory for a registry");
	}
	if (r == NULL)
		error_at(err, path, 0);
	return r;
}

void sdreg_registry_close(struct sdreg_registry *registry)
{
	while (registry != NULL) {
		struct sdreg_registry *const further = registry->further;
		unsigned char *const image = (unsigned char *)(uintptr_t)registry->image;
		if (registry->owner == OWNER_HEAP)
			free(image);
		if (registry->owner == OWNER_MAPPING)
			munmap(image, registry->size);
		free(registry->file);
		free(registry);
		registry = further;
	}
}
