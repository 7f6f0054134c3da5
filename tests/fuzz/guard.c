/* SPDX-License-Identifier: MIT */

/* A heap for a program that is started with this preloaded: each block ends where memory begins
 * that nobody may touch or, with GUARD=before, begins where such memory ends. What reads or writes
 * a byte too many, or what was freed, crashes, without a sanitizer in the build. */

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { PAGE = 4096, PAGES = 1 << 18 }; /* 1 GiB; then the heap of libc does */

void *__libc_malloc(size_t size);
void *__libc_realloc(void *old, size_t size);
void __libc_free(void *old);

static char *region;
static size_t used = 1; /* pages: no block begins at the first one */
static size_t sizes[PAGES]; /* of the block that begins in a page */
static int is_before;

__attribute__((constructor)) static void start(void)
{
	const char *const side = getenv("GUARD");
	void *const all = mmap(NULL, (size_t)PAGES * PAGE, PROT_NONE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	is_before = side != NULL && strcmp(side, "before") == 0;
	if (all != MAP_FAILED)
		region = all;
}

static size_t pages_of(size_t size)
{
	return (size + PAGE - 1) / PAGE;
}

/* What a block of a size is aligned to: as much as a type of that size can need. */
static size_t alignment(size_t size)
{
	const size_t lowest = size & -size;
	return lowest < 16 ? lowest : 16;
}

void *malloc(size_t size)
{
	size = size > 0 ? size : 1;
	if (region == NULL || size > (size_t)PAGES * PAGE / 4)
		return __libc_malloc(size);
	const size_t pages = pages_of(size);
	const size_t first = __atomic_fetch_add(&used, pages + 1, __ATOMIC_RELAXED);
	if (first >= PAGES || pages + 1 > PAGES - first ||
		mprotect(region + first * PAGE, pages * PAGE, PROT_READ | PROT_WRITE) != 0)
		return __libc_malloc(size);
	char *const at = region + first * PAGE + (is_before ? 0 : pages * PAGE - size);
	sizes[first] = size;
	memset(at, 0xa5, size);
	return at - (uintptr_t)at % alignment(size);
}

static size_t *size_of(const void *block)
{
	if (region == NULL || (const char *)block < region ||
		(size_t)((const char *)block - region) >= (size_t)PAGES * PAGE)
		return NULL;
	return &sizes[(size_t)((const char *)block - region) / PAGE];
}

void free(void *block)
{
	size_t *const size = size_of(block);
	if (size == NULL) {
		__libc_free(block);
		return;
	}
	if (*size == 0)
		abort(); /* freed before, or not the beginning */
	char *const first = region + (size_t)(size - sizes) * PAGE;
	mmap(first, pages_of(*size) * PAGE, PROT_NONE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
	*size = 0;
}

void *calloc(size_t count, size_t size)
{
	size_t all;
	if (__builtin_mul_overflow(count, size, &all))
		return NULL;
	void *const block = malloc(all);
	return block != NULL ? memset(block, 0, all) : NULL;
}

void *realloc(void *old, size_t size)
{
	const size_t *const old_size = size_of(old);
	if (old == NULL)
		return malloc(size);
	if (old_size == NULL)
		return __libc_realloc(old, size);
	void *const block = malloc(size);
	if (block == NULL)
		return NULL;
	memcpy(block, old, *old_size < size ? *old_size : size);
	free(old);
	return block;
}
