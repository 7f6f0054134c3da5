/* SPDX-License-Identifier: MIT */

/* The registries compiled in: opened without a check, for the build made them. */

#include "embedded.h"

#include "common/error.h"
#include "image.h"

struct sdreg_registry *sdreg_registry_embedded(struct sdreg_error *err)
{
	error_begin(err);
	return image_open(embedded_registry, OWNER_NOBODY, err);
}

struct sdreg_registry *sdreg_supplement_embedded(struct sdreg_error *err)
{
	error_begin(err);
	return image_open(embedded_supplement, OWNER_NOBODY, err);
}
