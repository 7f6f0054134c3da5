/* SPDX-License-Identifier: MIT */
#include "human.h"

#include <string.h>

enum {
	TYPE_WIDTH = 20, /* of the column; what is longer moves the domain to the right */
	TITLE_MAX = 255,
};

static size_t skip_blanks(const char *at, size_t i, size_t len)
{
	while (i < len && at[i] == ' ')
		i++;
	return i;
}

/* The word that begins at *i, which moves behind it. */
static struct sdreg_text word(const char *at, size_t *i, size_t len)
{
	const size_t from = *i;
	while (*i < len && at[*i] != ' ')
		++*i;
	return (struct sdreg_text){at + from, *i - from};
}

/* How much of a text is left without the blanks at its end. */
static size_t without_blanks(const char *at, size_t len)
{
	while (len > 0 && at[len - 1] == ' ')
		len--;
	return len;
}

/* ---- the four lines below a service ---- */

static int has_front(struct sdreg_text text, const char *front)
{
	const size_t len = strlen(front);
	return text.len > len && memcmp(text.at, front, len) == 0 && text.at[text.len - 1] == ']';
}

static enum avahi_kind read_detail(struct sdreg_text text, struct avahi_line *line)
{
	static const struct {
		const char *front;
		enum avahi_kind kind;
	} details[] = {
		{"hostname = [", AVAHI_HOST},
		{"address = [", AVAHI_ADDRESS},
		{"port = [", AVAHI_PORT},
		{"txt = [", AVAHI_TXT},
	};
	struct sdreg_text *const fields[] = {&line->host, &line->address, &line->port, &line->txt};
	for (size_t i = 0; i < sizeof(details) / sizeof(details[0]); i++) {
		const size_t front = strlen(details[i].front);
		if (!has_front(text, details[i].front))
			continue;
		*fields[i] = (struct sdreg_text){text.at + front, text.len - front - 1};
		if (details[i].kind == AVAHI_PORT && !avahi_port(line->port, &line->port_number))
			return AVAHI_OTHER;
		return details[i].kind;
	}
	return AVAHI_OTHER;
}

/* ---- the line of a service ---- */

/* Whether a word is a type: it begins as one and ends in "._tcp" or "._udp". */
static int is_type(struct sdreg_text text)
{
	if (text.len < 7 || text.at[0] != '_')
		return 0;
	const char *const end = text.at + text.len - 5;
	/* in ASCII a letter and its other case are one bit apart */
	const char last[3] = {(char)(end[2] | 32), (char)(end[3] | 32), (char)(end[4] | 32)};
	return memcmp(end, "._", 2) == 0 &&
		(memcmp(last, "tcp", 3) == 0 || memcmp(last, "udp", 3) == 0);
}

/* Whether the last len bytes of name and type are words that make a title. */
static int ends_in_title(struct sdreg_text text, size_t len, const struct avahi_titles *titles)
{
	const char *const title = text.at + text.len - len;
	return len > 0 && len < text.len && title[0] != ' ' && title[-1] == ' ' &&
		titles->has(titles->with, (struct sdreg_text){title, len});
}

/* The only length, of at least min bytes, that a title at the end of a text can have. 0 where there
 * is none or more than one. */
static size_t only_title(struct sdreg_text text, size_t min, const struct avahi_titles *titles)
{
	size_t found = 0;
	for (size_t len = min; len < text.len && len <= TITLE_MAX; len++) {
		if (!ends_in_title(text, len, titles))
			continue;
		if (found > 0)
			return 0;
		found = len;
	}
	return found;
}

/* How long the type is behind the name. A title is padded to its column, so that the blanks before
 * the domain tell. Where the columns were lost on the way, it is the only title that is there. */
static size_t type_length(struct sdreg_text text, size_t blanks, const struct avahi_titles *titles)
{
	size_t last = text.len;
	while (last > 0 && text.at[last - 1] != ' ')
		last--;
	const size_t word_len = text.len - last;
	if (last > 0 && is_type((struct sdreg_text){text.at + last, word_len}))
		return word_len;
	const size_t padded = blanks <= TYPE_WIDTH ? TYPE_WIDTH + 1 - blanks : 0;
	if (blanks > 1)
		return ends_in_title(text, padded, titles) ? padded : 0;
	const size_t len = only_title(text, TYPE_WIDTH, titles);
	return len > 0 ? len : only_title(text, 1, titles);
}

static enum avahi_kind read_service(const char *at, size_t i, size_t len,
	const struct avahi_titles *titles, struct avahi_line *line)
{
	size_t domain = len;
	while (domain > i && at[domain - 1] != ' ')
		domain--;
	if (domain == len || domain == i)
		return AVAHI_OTHER;
	line->domain = (struct sdreg_text){at + domain, len - domain};
	if (skip_blanks(at, i, len) == domain)
		return line->event != '=' ? AVAHI_DOMAIN : AVAHI_OTHER;
	/* one blank parts the protocol from the name, which may begin with others */
	const size_t from = i + 1;
	const struct sdreg_text text = {at + from, without_blanks(at + from, domain - from)};
	const size_t blanks = domain - from - text.len;
	const size_t type = type_length(text, blanks, titles);
	if (type == 0)
		return AVAHI_OTHER;
	line->type = (struct sdreg_text){text.at + text.len - type, type};
	line->name = (struct sdreg_text){text.at, without_blanks(text.at, text.len - type)};
	return AVAHI_SERVICE;
}

enum avahi_kind avahi_human_read(const char *at, size_t len, const struct avahi_titles *titles,
	struct avahi_line *line)
{
	/* people indent what they quote */
	size_t i = skip_blanks(at, 0, len);
	if (len - i < 2)
		return AVAHI_OTHER;
	if (i > 0 && memchr("hapt", at[i], 4) != NULL)
		return read_detail((struct sdreg_text){at + i, len - i}, line);
	if (memchr("+-=", at[i], 3) == NULL || at[i + 1] != ' ')
		return AVAHI_OTHER;
	line->event = at[i];
	i = skip_blanks(at, i + 1, len);
	line->interface = word(at, &i, len);
	i = skip_blanks(at, i, len);
	line->protocol = word(at, &i, len);
	if (!avahi_is_protocol(line->protocol) || i == len)
		return AVAHI_OTHER;
	return read_service(at, i, len, titles, line);
}
