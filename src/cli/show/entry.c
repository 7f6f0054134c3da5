/* SPDX-License-Identifier: MIT */
#include "entry.h"

#include "cli/common/print.h"

#include <string.h>

void entry_port_text(const struct sdreg_entry *entry, char buf[16])
{
	uint16_t first;
	uint16_t last;
	buf[0] = '\0';
	if (!sdreg_entry_port(entry, &first, &last))
		return;
	if (first == last)
		snprintf(buf, 16, "%u", first);
	else
		snprintf(buf, 16, "%u-%u", first, last);
}

int entry_type_text(const struct sdreg_entry *entry, unsigned nth, char buf[SDREG_NAME_SIZE])
{
	struct sdreg_type type;
	return sdreg_entry_type(entry, nth, &type) &&
		sdreg_type_format(&type, SDREG_TYPE_PART_TYPE, buf, SDREG_NAME_SIZE) > 0;
}

const char *entry_source(const struct sources *from, const struct sdreg_registry *registry)
{
	return registry == from->supplement ? "sdreg's supplement, not IANA" : from->source;
}

void entry_print_assignment(FILE *out, const struct sdreg_entry *entry)
{
	char port[16];
	const enum sdreg_transport transport = sdreg_entry_transport(entry);
	entry_port_text(entry, port);
	if (transport == SDREG_TRANSPORT_NONE && port[0] == '\0') {
		fputs("with neither transport nor port", out);
		return;
	}
	if (transport == SDREG_TRANSPORT_NONE) {
		fprintf(out, "without a transport (port %s)", port);
		return;
	}
	fprintf(out, "for %s", sdreg_transport_text(transport));
	if (port[0] != '\0')
		fprintf(out, " (port %s)", port);
	else
		fputs(", without a port", out);
}

void entry_print_place(FILE *out, const struct sdreg_entry *entry)
{
	char port[16];
	const char *const transport = sdreg_transport_text(sdreg_entry_transport(entry));
	entry_port_text(entry, port);
	if (transport[0] == '\0' && port[0] == '\0')
		fputs("no port or transport", out);
	else if (transport[0] == '\0')
		fprintf(out, "port %s", port);
	else
		fprintf(out, "%s %s", transport, port[0] != '\0' ? port : "no port");
}

static void print_label(FILE *out, const char *label)
{
	fprintf(out, "  %-12s", label);
}

static void print_field(FILE *out, const char *label, const char *value)
{
	if (value[0] == '\0')
		return;
	print_label(out, label);
	print_text(out, value);
	putc('\n', out);
}

/* A text of several lines, the later ones below the first. */
static void print_lines(FILE *out, const char *label, const char *value)
{
	while (value[0] != '\0') {
		const size_t len = strcspn(value, "\n");
		print_label(out, label);
		print_bytes(out, value, len);
		putc('\n', out);
		label = "";
		value += len + (value[len] == '\n');
	}
}

/* A mail address as people write it: the registry has & for the @. */
static void print_uri(FILE *out, const char *uri, size_t len)
{
	static const char mailto[] = "mailto:";
	const size_t scheme = sizeof(mailto) - 1;
	const char *const amp = memchr(uri, '&', len);
	if (len <= scheme || strncmp(uri, mailto, scheme) != 0) {
		print_bytes(out, uri, len);
		return;
	}
	const size_t head = amp != NULL ? (size_t)(amp - uri) : len;
	print_bytes(out, uri + scheme, head - scheme);
	if (amp == NULL)
		return;
	putc('@', out);
	print_bytes(out, amp + 1, len - head - 1);
}

static void print_person(FILE *out, const struct sdreg_person *person)
{
	const char *const name = sdreg_person_name(person);
	const char *const organization = sdreg_person_organization(person);
	const char *const uris = sdreg_person_uris(person);
	print_text(out, name[0] != '\0' ? name : organization);
	if (name[0] != '\0' && organization[0] != '\0') {
		fputs(", ", out);
		print_text(out, organization);
	}
	if (uris[0] == '\0')
		return;
	fputs(" <", out);
	print_uri(out, uris, strcspn(uris, "\n"));
	putc('>', out);
}

/* "[a][b]": each with what the registry tells of this person. */
static void print_people(FILE *out, const char *label, const char *column,
	const struct sdreg_registry *registry)
{
	const char *rest = column;
	const char *id;
	size_t len;
	int any = 0;
	while ((id = sdreg_bracketed(&rest, &len)) != NULL) {
		const struct sdreg_person *const person = sdreg_find_person(registry, id, len);
		print_label(out, any++ ? "" : label);
		if (person != NULL)
			print_person(out, person);
		else
			print_bytes(out, id, len);
		putc('\n', out);
	}
	if (!any)
		print_field(out, label, column);
}

static void print_types(FILE *out, const struct sdreg_entry *entry)
{
	char text[SDREG_NAME_SIZE];
	for (unsigned i = 0; entry_type_text(entry, i, text); i++) {
		if (i == 0)
			print_label(out, "type");
		else
			fputs(" and ", out);
		print_text(out, text);
	}
	if (sdreg_entry_name(entry)[0] == '\0')
		return;
	if (!sdreg_entry_type(entry, 0, &(struct sdreg_type){0})) {
		print_label(out, "type");
		fputs("none: the name is not a legal one (RFC 6335 section 5.1)", out);
	} else if (sdreg_entry_transport(entry) == SDREG_TRANSPORT_NONE) {
		fputs(" (transport not stated)", out);
	}
	putc('\n', out);
}

static void print_list(FILE *out, const struct sdreg_entry *entry,
	const char *nth_text(const struct sdreg_entry *, size_t), const char *before)
{
	const char *text;
	for (size_t i = 0; (text = nth_text(entry, i)) != NULL; i++) {
		fputs(i == 0 ? before : ", ", out);
		print_text(out, text);
	}
}

static void print_txt(FILE *out, const struct sdreg_entry *entry)
{
	static const char *const words[] = {
		[SDREG_TXT_KIND_NONE] = "none defined",
		[SDREG_TXT_KIND_LIST] = "",
		[SDREG_TXT_KIND_REFERENCE] = "defined elsewhere",
		[SDREG_TXT_KIND_PROPRIETARY] = "proprietary, not all published",
		[SDREG_TXT_KIND_UNSPECIFIED] = "not specified",
		[SDREG_TXT_KIND_PROSE] = "see the notes",
	};
	const enum sdreg_txt_kind kind = sdreg_entry_txt_kind(entry);
	if (kind == SDREG_TXT_KIND_ABSENT)
		return;
	print_label(out, "TXT keys");
	fputs(words[kind], out);
	print_list(out, entry, sdreg_entry_txt_key, words[kind][0] != '\0' ? "; known: " : "");
	print_list(out, entry, sdreg_entry_txt_reference, "; see ");
	putc('\n', out);
}

static void print_heading(FILE *out, int bold, const struct sdreg_entry *entry)
{
	char port[16];
	const char *const name = sdreg_entry_name(entry);
	const char *const transport = sdreg_transport_text(sdreg_entry_transport(entry));
	entry_port_text(entry, port);
	fputs(bold ? "\033[1m" : "", out);
	print_text(out, name[0] != '\0' ? name : "(no name)");
	fputs(bold ? "\033[0m" : "", out);
	if (port[0] != '\0' || transport[0] != '\0')
		fprintf(out, "  %s%s%s", port[0] != '\0' ? port : "no port",
			transport[0] != '\0' ? (port[0] != '\0' ? "/" : ", ") : ", no transport",
			transport);
	else
		fputs("  no port, no transport", out);
	if (sdreg_entry_description(entry)[0] != '\0') {
		fputs("  ", out);
		print_text(out, sdreg_entry_description(entry));
	}
	putc('\n', out);
}

/* "[a][b]", a line each. */
static void print_items(FILE *out, const char *label, const char *column)
{
	const char *item;
	size_t len;
	for (; (item = sdreg_bracketed(&column, &len)) != NULL; label = "") {
		print_label(out, label);
		print_bytes(out, item, len);
		putc('\n', out);
	}
}

static const char *known_text(enum sdreg_known known)
{
	switch (known) {
	case SDREG_KNOWN_DOCUMENTED:
		return "documented by its maker or a specification";
	case SDREG_KNOWN_SOURCE:
		return "from a public program that announces it or looks for it";
	case SDREG_KNOWN_SEEN:
		return "seen on networks, not documented";
	case SDREG_KNOWN_UNSAID:
		break;
	}
	return "";
}

/* An entry of a supplement: its columns hold other things than IANA's. */
static void print_supplement(FILE *out, int bold, const struct sources *from,
	const struct sdreg_entry *e)
{
	print_heading(out, bold, e);
	print_types(out, e);
	print_items(out, "made by", sdreg_entry_assignee(e));
	print_field(out, "used by", sdreg_entry_notes(e));
	print_field(out, "at IANA", sdreg_entry_unauthorized_use(e));
	print_field(out, "warning", sdreg_entry_warning(e));
	print_field(out, "known", known_text(sdreg_entry_known(e)));
	print_items(out, "known from", sdreg_entry_reference(e));
	print_field(out, "source", entry_source(from, from->supplement));
}

void entry_print_text(FILE *out, int bold, const struct sources *from,
	const struct sdreg_registry *registry, const struct sdreg_entry *e)
{
	if (registry == from->supplement) {
		print_supplement(out, bold, from, e);
		return;
	}
	print_heading(out, bold, e);
	print_types(out, e);
	print_txt(out, e);
	print_people(out, "assignee", sdreg_entry_assignee(e), registry);
	if (strcmp(sdreg_entry_contact(e), sdreg_entry_assignee(e)) != 0)
		print_people(out, "contact", sdreg_entry_contact(e), registry);
	print_field(out, "registered", sdreg_entry_registered(e));
	print_field(out, "modified", sdreg_entry_modified(e));
	print_field(out, "reference", sdreg_entry_reference(e));
	print_field(out, "DCCP code", sdreg_entry_service_code(e));
	print_field(out, "misuse", sdreg_entry_unauthorized_use(e));
	print_lines(out, "notes", sdreg_entry_notes(e));
	if (sdreg_entry_is_abridged(e))
		print_field(out, "more", "in IANA's words, which sdreg update fetches");
	print_field(out, "source", entry_source(from, registry));
}
