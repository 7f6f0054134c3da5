/* SPDX-License-Identifier: MIT */
#include "sources.h"

#include "common/near.h"

#include <string.h>

/* Of short names, anything is near: there are thousands. */
static unsigned slips(size_t len)
{
	enum { ONE = 5, TWO = 9 };
	return (len >= ONE) + (len >= TWO);
}

static void try_all(struct near *near, const struct sdreg_registry *registry)
{
	const struct sdreg_entry *e;
	for (size_t i = 0; (e = sdreg_registry_entry(registry, i)) != NULL; i++)
		near_try(near, sdreg_entry_name(e), strlen(sdreg_entry_name(e)));
}

const char *sources_near_name(const struct sources *sources, const char *name, size_t len)
{
	struct near near = {.word = name, .len = len, .most = slips(len)};
	if (near.most > 0)
		try_all(&near, sources->registry);
	if (near.most > 0)
		try_all(&near, sources->supplement);
	return near.distance > 0 ? near.best : NULL;
}

static int is_known(const struct sources *sources, const struct sdreg_type *type)
{
	return sdreg_find_type(sources->registry, type, NULL) != NULL ||
		sdreg_find_type(sources->supplement, type, NULL) != NULL;
}

int sources_near_type(const struct sources *sources, const struct sdreg_type *type,
	char out[SDREG_NAME_SIZE])
{
	struct sdreg_type meant = *type;
	const char *const name = sources_near_name(sources, type->name, type->name_len);
	const size_t len = name != NULL ? strlen(name) : 0;
	if (name == NULL || len >= sizeof(meant.name))
		return 0;
	memcpy(meant.name, name, len + 1);
	meant.name_len = (unsigned char)len;
	if (!is_known(sources, &meant))
		meant.proto = type->proto == SDREG_PROTO_TCP ? SDREG_PROTO_UDP : SDREG_PROTO_TCP;
	return is_known(sources, &meant) && sdreg_type_faults(&meant) == 0 &&
		sdreg_type_format(&meant, SDREG_TYPE_PART_TYPE, out, SDREG_NAME_SIZE) > 0;
}

void sources_close(struct sources *sources)
{
	sdreg_registry_close(sources->registry);
	sdreg_registry_close(sources->supplement);
}
