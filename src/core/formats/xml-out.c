/* SPDX-License-Identifier: MIT */
#include "xml-out.h"

/* Whether text begins with U+FFFE or U+FFFF, which XML has not. */
static int is_noncharacter(const char *text, size_t len)
{
	return len >= 3 && memcmp(text, "\xef\xbf", 2) == 0 && (unsigned char)text[2] >= 0xbe;
}

void xml_out_text(struct output *o, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)text[i];
		if (c == '&')
			output_text(o, "&amp;");
		else if (c == '<')
			output_text(o, "&lt;");
		else if (c == '>')
			output_text(o, "&gt;");
		else if (c == '"')
			output_text(o, "&quot;");
		else if (c < 0x20 && c != '\n' && c != '\t')
			output_text(o, "\xef\xbf\xbd");
		else if (is_noncharacter(text + i, len - i)) {
			output_text(o, "\xef\xbf\xbd");
			i += 2;
		} else
			output_bytes(o, text + i, 1);
	}
}

void xml_out_element(struct output *o, const char *name, const char *text, size_t len)
{
	output_text(o, "<");
	output_text(o, name);
	output_text(o, ">");
	xml_out_text(o, text, len);
	output_text(o, "</");
	output_text(o, name);
	output_text(o, ">");
}

void xml_out_whole(struct output *o, const char *name, const char *text)
{
	xml_out_element(o, name, text, strlen(text));
}

void xml_out_attribute(struct output *o, const char *name, const char *text)
{
	output_text(o, " ");
	output_text(o, name);
	output_text(o, "=\"");
	xml_out_text(o, text, strlen(text));
	output_text(o, "\"");
}
