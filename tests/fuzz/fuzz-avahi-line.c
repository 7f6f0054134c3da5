/* SPDX-License-Identifier: MIT */

/* Fuzzes the reader of avahi-browse's lines: fields lie inside the line, and taking their escapes
 * out never makes them longer. */

#include "fuzz.h"

#include "avahi-line.h"

static void unescape(struct sdreg_text text)
{
	char *const out = block(NULL, text.len); /* as much room as is promised to be enough */
	require(avahi_unescape(text, out) <= text.len);
	free(out);
}

static void walk_txt(struct sdreg_text txt)
{
	const char *const end = txt.at + txt.len;
	char *out = block(NULL, txt.len);
	size_t len;
	while (avahi_txt_next(&txt, out, &len)) {
		struct sdreg_txt_item item;
		require(txt.at + txt.len == end);
		if (sdreg_txt_item(out, len, &item) == 0)
			require(item.key_len > 0 && item.key_len <= len);
		free(out);
		out = block(NULL, txt.len);
	}
	free(out);
}

static void check_field(struct sdreg_text field, const char *line, size_t size)
{
	require(field.len <= size && field.at >= line && field.at <= line + size - field.len);
	unescape(field);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct avahi_line line;
	char *const text = block(data, size);
	unescape((struct sdreg_text){text, size});
	walk_txt((struct sdreg_text){text, size});
	if (avahi_line_read(text, size, &line)) {
		const struct sdreg_text fields[] = {line.interface, line.protocol, line.name,
			line.type, line.domain, line.host, line.address, line.port, line.txt};
		const size_t count = line.event == '=' ? 9 : 5;
		for (size_t i = 0; i < count; i++)
			check_field(fields[i], text, size);
		require(line.type.len > 0 && line.domain.len > 0);
		if (line.event == '=')
			walk_txt(line.txt);
	}
	free(text);
	return 0;
}
