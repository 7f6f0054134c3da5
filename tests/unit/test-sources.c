/* SPDX-License-Identifier: MIT */

/* Each source in data/ is something that a reader can open: an address, a repository with a path,
 * the number of a standard, a manual by its name and section. SRCDIR is where the sources are. */

#include "table.h"

#include <libxml/tree.h>
#include <locale.h>
#include <regex.h>
#include <stdlib.h>

/* What is in no source, as a word of its own and in any case: it names no place. */
static const char vague[] =
	"(^|[^a-z0-9._/-])(public(ly)?|various|listings?|lists? of|code in|source code|data ?sets?|"
	"dumps?|captures?|sightings?|as seen|seen on|wikis?|forums?|apps?|operating systems?|"
	"unknown|query|reported|several)([^a-z0-9._/-]|$)";

#define STANDARD \
	("(^|[ (])(RFC|XEP-|IEEE|ISO|IEC|EN|DIN|PWG|OPC|ITU-T|ETSI|AMWA|SMPTE|AES|AES67|DSP|VDV|" \
	 "CIPA|NMEA|BEP|ECMA|ANSI|UPnP|E1\\.|TS|IS-|DC-|draft-)[ A-Za-z-]*-?[0-9]")

/* The forms of a source. */
static const char *const forms[] = {
	"https?://[a-z0-9.-]+\\.[a-z]+(/|$)", /* an address */
	"(^|; )[a-z0-9.-]+\\.[a-z]+/[^ ,;]+", /* the same, short */
	STANDARD, "(^|[ (])draft-[a-z0-9-]+", /* one in the making */
	"(section|chapter|annex|annexes|appendix|clause|page|part|table) [A-Z0-9\"]", /* a manual */
	"(^|; )IANA ", /* the registry itself */
};

/* A repository and a path in it. */
static const char path_form[] =
	"[a-z0-9.-]+\\.[a-z]+/[^ ,;/]+(/[^ ,;/]+/[^ ,;]+|/[^ ,;/]+, [^ ]|.*, [^ ;]*[/.])";

static int fits(const char *text, const char *form, int flags)
{
	regex_t compiled;
	assert_int_equal(regcomp(&compiled, form, REG_EXTENDED | REG_NOSUB | flags), 0);
	const int result = regexec(&compiled, text, 0, NULL, 0) == 0;
	regfree(&compiled);
	return result;
}

static int is_vague(const char *source)
{
	return fits(source, vague, REG_ICASE);
}

static int has_form(const char *source)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (fits(source, forms[i], 0))
			return 1;
	return 0;
}

static void test_rules(void **state)
{
	static const struct {
		const char *source;
		int vague;
		int form;
		int path;
	} rows[] = {
		{"https://github.com/xbmc/xbmc, xbmc/network/NetworkServices.cpp", 0, 1, 1},
		{"github.com/xbmc/xbmc/xbmc/network/NetworkServices.cpp", 0, 1, 1},
		{"github.com/xbmc/xbmc", 0, 1, 0},
		{"https://github.com/xbmc/xbmc", 0, 1, 0},
		{"android.googlesource.com/platform/packages/modules/adb, adb_mdns.h", 0, 1, 1},
		{"https://example.org/public/code", 0, 1, 0},
		{"RFC 6763 section 6", 0, 1, 0},
		{"XEP-0174: Serverless Messaging", 0, 1, 0},
		{"draft-ietf-dnssd-srp-replication", 0, 1, 0},
		{"PTP/IP (CIPA DC-005)", 0, 1, 0},
		{"Bonjour Printing Specification 1.2.1, section 9.2", 0, 1, 0},
		{"Bonjour Printing Specification", 0, 0, 0},
		{"Synology DiskStation Manager", 0, 0, 0},
		{"IANA Service Name Registry", 0, 1, 0},
		{"Public Swift source code", 1, 0, 0},
		{"bnjr query listings in public repositories", 1, 0, 0},
		{"lists of Bonjour services in public apps", 1, 0, 0},
		{"mDNS names of a public device-classification data set", 1, 0, 0},
		{"Apple operating systems, as seen on the network", 1, 0, 0},
		{"Various", 1, 0, 0},
		{"code in https://github.com/example/door", 1, 1, 0},
		{"Republican", 0, 0, 0},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (is_vague(rows[i].source) != rows[i].vague ||
			has_form(rows[i].source) != rows[i].form ||
			fits(rows[i].source, path_form, 0) != rows[i].path)
			fail_msg("%s: vague %d, a form %d, a path %d", rows[i].source,
				is_vague(rows[i].source), has_form(rows[i].source),
				fits(rows[i].source, path_form, 0));
}

static xmlDocPtr read_data(const char *name)
{
	char path[4096];
	const char *const directory = getenv("SRCDIR");
	snprintf(path, sizeof(path), "%s/data/%s", directory != NULL ? directory : ".", name);
	xmlDocPtr doc = xmlReadFile(path, NULL, XML_PARSE_NONET);
	assert_non_null(doc);
	return doc;
}

static int is_element(xmlNodePtr node, const char *name)
{
	return strcmp((const char *)node->name, name) == 0;
}

/* Sources of keys that are still to be replaced by one that can be opened: no others come. */
static int is_to_be_replaced(const char *source)
{
	static const char *const sources[] = {"Synology DiskStation Manager",
		"QNAP devices as seen on networks", "Sonos players as seen on networks",
		"Nanoleaf devices as seen on networks", "Elgato lights as seen on networks",
		"Axis cameras as seen on networks", "Bose SoundTouch speakers as seen on networks",
		"LXI Device Specification, mDNS service discovery"};
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		if (strcmp(source, sources[i]) == 0)
			return 1;
	return 0;
}

/* Tells of what is wrong with the sources that stand in an element. Gives how many mistakes. */
static size_t check_sources(const char *file, xmlNodePtr element, const char *known)
{
	size_t wrong = 0;
	int has_path = 0;
	for (xmlNodePtr n = xmlFirstElementChild(element); n != NULL;
		n = xmlNextElementSibling(n)) {
		if (!is_element(n, "source"))
			continue;
		xmlChar *const content = xmlNodeGetContent(n);
		const char *const source = (const char *)content;
		const char *trouble = NULL;
		if (is_to_be_replaced(source))
			trouble = NULL;
		else if (is_vague(source))
			trouble = "names no place that can be opened";
		else if (!has_form(source))
			trouble = "is no address, repository, number of a standard or section";
		if (trouble != NULL)
			fprintf(stderr, "%s:%ld: source \"%s\" %s\n", file, xmlGetLineNo(n), source,
				trouble);
		wrong += trouble != NULL;
		has_path |= fits(source, path_form, 0);
		xmlFree(content);
	}
	if (strcmp(known, "source") == 0 && !has_path) {
		fprintf(stderr, "%s:%ld: known=\"source\", and no repository with a path\n", file,
			xmlGetLineNo(element));
		wrong++;
	}
	return wrong;
}

/* Each type says how it is known, and each type and key where from. */
static size_t check_file(const char *file)
{
	size_t wrong = 0;
	xmlDocPtr doc = read_data(file);
	for (xmlNodePtr n = xmlFirstElementChild(xmlDocGetRootElement(doc)); n != NULL;
		n = xmlNextElementSibling(n)) {
		xmlChar *const known = xmlGetProp(n, BAD_CAST "known");
		if (is_element(n, "type") && known == NULL) {
			fprintf(stderr, "%s:%ld: no known=\"documented|source|seen\"\n", file,
				xmlGetLineNo(n));
			wrong++;
		}
		if (is_element(n, "type") || is_element(n, "keys"))
			wrong += check_sources(file, n, known != NULL ? (const char *)known : "");
		xmlFree(known);
		for (xmlNodePtr key = xmlFirstElementChild(n); key != NULL;
			key = xmlNextElementSibling(key))
			if (is_element(key, "key"))
				wrong += check_sources(file, key, "");
	}
	xmlFreeDoc(doc);
	return wrong;
}

static void test_data(void **state)
{
	(void)state;
	assert_int_equal(check_file("supplement.xml") + check_file("txt-keys.xml"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_data),
	};
	setlocale(LC_ALL, "C"); /* a range such as [a-z] is the locale's */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
