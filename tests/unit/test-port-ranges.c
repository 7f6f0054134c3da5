/* SPDX-License-Identifier: MIT */

/* Ranges of ports that touch, lie over each other, or are too many. */

#include "table.h"

#include "core/image/layout.h"

static struct sdreg_builder *builder_new(void)
{
	struct sdreg_builder *const b = sdreg_builder_new();
	assert_non_null(b);
	return b;
}

static struct sdreg_registry *finish(struct sdreg_builder *b)
{
	struct sdreg_registry *const r = sdreg_builder_finish(b, NULL);
	assert_non_null(r);
	return r;
}

/* The image's size says whether neighbours share their lists and pages. */
static void test_shared_lists(void **state)
{
	static const struct {
		const char *ports[4];
		uint32_t words; /* of lists: the empty one, the name's, and those of ports */
		uint32_t pages;
	} rows[] = {
		{{"7"}, 1 + 2 + 2, 2},
		{{"7", "7"}, 1 + 3 + 3, 2},
		{{"7", "8"}, 1 + 3 + 4, 2},
		{{"7", "9"}, 1 + 3 + 4, 2},
		{{"10-20"}, 1 + 2 + 2, 2},
		{{"10-20", "20"}, 1 + 3 + 2 + 3, 2},
		{{"10-20", "21"}, 1 + 3 + 2 + 2, 2},
		{{"10-20", "15"}, 1 + 3 + 2 + 3 + 2, 2},
		{{"10-20", "10"}, 1 + 3 + 3 + 2, 2},
		{{"10-20", "20-30"}, 1 + 3 + 2 + 3 + 2, 2},
		{{"10-20", "21-30"}, 1 + 3 + 2 + 2, 2},
		{{"10-20", "22-30"}, 1 + 3 + 2 + 2, 2},
		{{"10-30", "12-20", "18-22"}, 1 + 4 + 2 + 3 + 4 + 3 + 2, 2},
		{{"0-65535"}, 1 + 2 + 2, 1},
		{{"0-255"}, 1 + 2 + 2, 2},
		{{"0-256"}, 1 + 2 + 2, 3},
		{{"65535"}, 1 + 2 + 2, 2},
		{{"0"}, 1 + 2 + 2, 2},
		{{"256-511", "768-1023"}, 1 + 3 + 4, 5},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct sdreg_builder *const b = builder_new();
		size_t len;
		for (size_t k = 0; k < 4 && rows[i].ports[k] != NULL; k++) {
			const struct sdreg_record record = {.size = sizeof(record),
				.name = {"x", 1},
				.port = table_text(rows[i].ports[k])};
			assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
		}
		struct sdreg_registry *const r = finish(b);
		const unsigned char *const image = sdreg_registry_image(r, &len);
		if (le32(image + HEADER_LISTS) != rows[i].words ||
			le32(image + HEADER_PAGES) != rows[i].pages)
			fail_msg("row %zu: %u words, %u pages", i, le32(image + HEADER_LISTS),
				le32(image + HEADER_PAGES));
		sdreg_registry_close(r);
	}
}

struct range {
	unsigned first, last;
};

/* Looks each port up, and compares with the plain ranges. */
static void compare_ports(const struct range *ranges, size_t count, unsigned ports)
{
	struct sdreg_builder *const b = builder_new();
	char port[16];
	for (size_t i = 0; i < count; i++) {
		snprintf(port, sizeof(port), "%u-%u", ranges[i].first, ranges[i].last);
		const struct sdreg_record record = {.size = sizeof(record),
			.port = table_text(port)};
		assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
	}
	struct sdreg_registry *const r = finish(b);
	for (unsigned p = 0; p < ports; p++) {
		const struct sdreg_entry *e = NULL;
		for (size_t i = 0; i < count; i++) {
			if (p < ranges[i].first || p > ranges[i].last)
				continue;
			e = sdreg_find_port(r, (uint16_t)p, SDREG_TRANSPORT_ANY, e);
			if (e == NULL || sdreg_entry_index(r, e) != i)
				fail_msg("range %zu is not found at port %u", i, p);
		}
		assert_null(sdreg_find_port(r, (uint16_t)p, SDREG_TRANSPORT_ANY, e));
	}
	sdreg_registry_close(r);
}

/* All ways in which three ranges of few ports may lie to each other, in each order. */
static void test_overlaps(void **state)
{
	enum { PORTS = 5, KINDS = PORTS * PORTS };
	(void)state;
	for (unsigned n = 0; n < KINDS * KINDS * KINDS; n++) {
		unsigned code = n;
		struct range ranges[3];
		size_t i = 0;
		for (; i < 3; i++, code /= KINDS) {
			ranges[i] = (struct range){code % PORTS, code / PORTS % PORTS};
			if (ranges[i].first > ranges[i].last)
				break;
		}
		if (i == 3)
			compare_ports(ranges, 3, PORTS + 1);
	}
}

/* Ranges one in another, of which the last two end at once: with the empty list, 2 to the power of
 * 24 words of lists. A name takes two more. */
static void test_most_lists(void **state)
{
	enum { RANGES = 4096 };
	(void)state;
	for (int more = 0; more < 2; more++) {
		struct sdreg_builder *const b = builder_new();
		struct sdreg_error err = {.size = sizeof(err)};
		char port[16];
		for (unsigned i = 0; i < RANGES; i++) {
			const unsigned first = i < RANGES - 1 ? i : i - 1;
			snprintf(port, sizeof(port), "%u-%u", first, 65535 - first);
			const struct sdreg_record record = {.size = sizeof(record),
				.port = table_text(port)};
			assert_int_equal(sdreg_builder_add(b, &record, NULL), 0);
		}
		const struct sdreg_record named = {.size = sizeof(named), .name = {"x", 1}};
		if (more)
			assert_int_equal(sdreg_builder_add(b, &named, NULL), 0);
		struct sdreg_registry *const r = sdreg_builder_finish(b, &err);
		if (more) {
			assert_null(r);
			assert_int_equal(err.code, SDREG_E_LIMIT);
			assert_string_equal(err.text, "too many port ranges lie over each other");
			continue;
		}
		size_t len;
		assert_non_null(r);
		const unsigned char *const image = sdreg_registry_image(r, &len);
		assert_int_equal(le32(image + HEADER_LISTS), 1 << 24);
		sdreg_registry_close(r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shared_lists),
		cmocka_unit_test(test_overlaps),
		cmocka_unit_test(test_most_lists),
	};
	return cmocka_run_group_tests_name("port ranges", tests, NULL, NULL);
}
