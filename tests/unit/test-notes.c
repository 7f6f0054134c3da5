/* SPDX-License-Identifier: MIT */

/* Reading TXT notes: every shape that the registry has, its traps, and what nobody means well. */

#include "notes.h"

enum { BIG = 1 << 20 };

/* ---- tables ---- */

static const struct row markers[] = {
	{"", SDREG_TXT_KIND_ABSENT, "", ""},
	{"See the TXT keys of http: u, p, path", SDREG_TXT_KIND_ABSENT, "", ""},
	{"Defined TXT keys", SDREG_TXT_KIND_ABSENT, "", ""},
	{"Defined TXT keyss: a", SDREG_TXT_KIND_ABSENT, "", ""},
	{"DefinedTXT keys: a", SDREG_TXT_KIND_ABSENT, "", ""},
	{"Defined Defined TXT keys: a", SDREG_TXT_KIND_LIST, "a", ""},
	{"Defined TXT Keys: None", SDREG_TXT_KIND_NONE, "", ""},
	{"defined\n\t txt\r\nKEYS :a", SDREG_TXT_KIND_LIST, "a", ""},
	{"This is an extension of the http service.  Defined\n      TXT keys: path=<context path>"
	 " (as per Section 6 of [RFC6763]).",
		SDREG_TXT_KIND_LIST, "path", ""},
	{"[RFC7030]. Defined TXT keys: None", SDREG_TXT_KIND_NONE, "", ""},
	{"Subtypes: _www-http\n      Defined TXT keys: None", SDREG_TXT_KIND_NONE, "", ""},
	{"Defined TXT keys:txtvers=<version>\nguid=<type>\nsn=<serial number>", SDREG_TXT_KIND_LIST,
		"txtvers|guid|sn", ""},
};

static const struct row without_keys[] = {
	{KEYS "NONE", SDREG_TXT_KIND_NONE, "", ""},
	{KEYS "None at present", SDREG_TXT_KIND_NONE, "", ""},
	{KEYS "0", SDREG_TXT_KIND_NONE, "", ""},
	{KEYS "n/a", SDREG_TXT_KIND_NONE, "", ""},
	{KEYS "there is no TXT keys defined for this protocol", SDREG_TXT_KIND_NONE, "", ""},
	{KEYS "None. RFID reader Low Level Reader Protocol", SDREG_TXT_KIND_NONE, "", ""},
	{KEYS "None\nProfiling and performance analysis protocol for Shark 4.0 and BigTop.",
		SDREG_TXT_KIND_NONE, "", ""},
	{KEYS "None\n  path=<file system pathname to repository>\n  description=<name>",
		SDREG_TXT_KIND_LIST, "path|description", ""},
	{KEYS "None\n  mxs.system.id=<system id>\n  mxs.cluster.id=<cluster id>",
		SDREG_TXT_KIND_LIST, "mxs.system.id|mxs.cluster.id", ""},
	{KEYS "none=<number of nones>", SDREG_TXT_KIND_LIST, "none", ""},
	{KEYS, SDREG_TXT_KIND_UNSPECIFIED, "", ""},
	{KEYS "\n  \t\r\n", SDREG_TXT_KIND_UNSPECIFIED, "", ""},
	{KEYS "-", SDREG_TXT_KIND_UNSPECIFIED, "", ""},
	{KEYS "TBD", SDREG_TXT_KIND_UNSPECIFIED, "", ""},
	{KEYS "Varies; Depends on type of service being offered/resolved\n"
	      "All GUID-based names use <GUID>._guid._tcp.local",
		SDREG_TXT_KIND_UNSPECIFIED, "", ""},
	{KEYS "Contact The ZAZ Software <networkclipboard at thezaz.com>",
		SDREG_TXT_KIND_UNSPECIFIED, "", ""},
	{KEYS "contact, phone", SDREG_TXT_KIND_LIST, "contact|phone", ""},
	{KEYS "Proprietary", SDREG_TXT_KIND_PROPRIETARY, "", ""},
	{KEYS "All keys are proprietary.", SDREG_TXT_KIND_PROPRIETARY, "", ""},
	{KEYS "txtvers and proprietary keys", SDREG_TXT_KIND_PROPRIETARY, "txtvers", ""},
	{KEYS "txtvers + Proprietary", SDREG_TXT_KIND_PROPRIETARY, "txtvers", ""},
	{KEYS "txtvers, name, (others not publicly documented)", SDREG_TXT_KIND_PROPRIETARY,
		"txtvers|name", ""},
	{KEYS "txtvers and undocumented ones. Id", SDREG_TXT_KIND_PROPRIETARY, "txtvers", ""},
	{KEYS "protovers=<version of proprietary protocol>", SDREG_TXT_KIND_LIST, "protovers", ""},
	{KEYS "mode=proprietary", SDREG_TXT_KIND_LIST, "mode", ""},
};

static const struct row references[] = {
	{KEYS "See BonjourPrinting.pdf.", SDREG_TXT_KIND_REFERENCE, "", "BonjourPrinting.pdf"},
	{KEYS "omni-livetxt.html", SDREG_TXT_KIND_REFERENCE, "", "omni-livetxt.html"},
	{KEYS "see: http://www.zigbee.org/Standards", SDREG_TXT_KIND_REFERENCE, "",
		"http://www.zigbee.org/Standards"},
	{KEYS "see www.ciaoapp.com", SDREG_TXT_KIND_REFERENCE, "", "www.ciaoapp.com"},
	{KEYS "See [RFC7030].", SDREG_TXT_KIND_REFERENCE, "", "RFC7030"},
	{KEYS "[RFC8765, Section 6.1] [draft-ietf-dnssd-srp-22]", SDREG_TXT_KIND_REFERENCE, "",
		"RFC8765|draft-ietf-dnssd-srp-22"},
	{KEYS "See RFC 6763, and RFC6762", SDREG_TXT_KIND_REFERENCE, "", "RFC 6763|RFC6762"},
	{KEYS "RFC2217, baud", SDREG_TXT_KIND_LIST, "RFC2217|baud", ""},
	{KEYS "[http://www.recipemanager.org/rsp/rsp10draft.html#dnssd]", SDREG_TXT_KIND_REFERENCE,
		"", "http://www.recipemanager.org/rsp/rsp10draft.html#dnssd"},
	{KEYS "<https://example.org/a_(b)>, https://example.org/a_(b).", SDREG_TXT_KIND_REFERENCE,
		"", "https://example.org/a_(b)"},
	{KEYS "http://www.ditrios.org/index.php?link=tutorial/index#zeroconf",
		SDREG_TXT_KIND_REFERENCE, "",
		"http://www.ditrios.org/index.php?link=tutorial/index#zeroconf"},
	{KEYS "Will be described at www.exbiblio.com", SDREG_TXT_KIND_REFERENCE, "",
		"www.exbiblio.com"},
	{KEYS "Defined in URL specification", SDREG_TXT_KIND_REFERENCE, "", ""},
	{KEYS "inherited from bonjour/iOS multipeer connectivity", SDREG_TXT_KIND_REFERENCE, "",
		""},
	{KEYS "TXT records keys, if any, will be defined in Section 8.12 of the Thread"
	      " Specification. https://www.threadgroup.org/ThreadSpec",
		SDREG_TXT_KIND_REFERENCE, "", "https://www.threadgroup.org/ThreadSpec"},
	{KEYS "section, specification", SDREG_TXT_KIND_LIST, "section|specification", ""},
	{KEYS "See http://www.xmpp.org/registrar/linklocal.html\nNote: Registration updated May"
	      " 2007. Was formerly listed as \"iChat AV\" \n(Apple's IM client for Mac OS X) with"
	      " TXT keys: txtvers, port.p2pj, phsh, vc,\n1st, AIM, msg, status, last When first",
		SDREG_TXT_KIND_REFERENCE, "", "http://www.xmpp.org/registrar/linklocal.html"},
	{KEYS "id, v. See https://example.org/spec for sizes, limits", SDREG_TXT_KIND_LIST, "id|v",
		"https://example.org/spec"},
	{KEYS "bidib,node,user - http://bidib.org/transport/bidib_net_e.html", SDREG_TXT_KIND_LIST,
		"bidib|node|user", "http://bidib.org/transport/bidib_net_e.html"},
	{KEYS "https://www.praesentia.com/medkit/mist-service-type (dn dt md mf pr sn vn)",
		SDREG_TXT_KIND_LIST, "dn|dt|md|mf|pr|sn|vn",
		"https://www.praesentia.com/medkit/mist-service-type"},
};

static const struct row lists[] = {
	{KEYS "txtvers, Version, iTSh Version, Machine ID, Database ID", SDREG_TXT_KIND_LIST,
		"txtvers|Version|iTSh Version|Machine ID|Database ID", ""},
	{KEYS "path, Path, PATH", SDREG_TXT_KIND_LIST, "path", ""},
	{KEYS "waMA;", SDREG_TXT_KIND_LIST, "waMA", ""},
	{KEYS "FF-ICE", SDREG_TXT_KIND_LIST, "FF-ICE", ""},
	{KEYS "dns-sd_mdns", SDREG_TXT_KIND_LIST, "dns-sd_mdns", ""},
	{KEYS "_suffix, _prefix", SDREG_TXT_KIND_LIST, "_suffix|_prefix", ""},
	{KEYS "app.url", SDREG_TXT_KIND_LIST, "app.url", ""},
	{KEYS "id, key", SDREG_TXT_KIND_LIST, "id|key", ""},
	{KEYS "name, type, and version.", SDREG_TXT_KIND_LIST, "name|type|version", ""},
	{KEYS "sys, dkX", SDREG_TXT_KIND_LIST, "sys|dkX", ""},
	{KEYS "c0, c1, ..., cn", SDREG_TXT_KIND_LIST, "c0|c1|cn", ""},
	{KEYS "txtvers, guid, c0, c1, c2, ..., where the number of c_n attributes is variable",
		SDREG_TXT_KIND_LIST, "txtvers|guid|c0|c1|c2", ""},
	{KEYS "commfort, chat, client-server, \n      local chat, LAN, voice chat",
		SDREG_TXT_KIND_LIST, "commfort|chat|client-server|local chat|LAN|voice chat", ""},
	{KEYS "- txtvers\n      - protovers\n      - serialnum", SDREG_TXT_KIND_LIST,
		"txtvers|protovers|serialnum", ""},
	{KEYS "txtvers - version, or nothing\nmac - address", SDREG_TXT_KIND_LIST, "txtvers|mac",
		""},
	{KEYS "product version bus id featuremask", SDREG_TXT_KIND_LIST,
		"product|version|bus|id|featuremask", ""},
	{KEYS " SN (serial number), SVER (software version), PVER (protocol version))",
		SDREG_TXT_KIND_LIST, "SN|SVER|PVER", ""},
	{KEYS "D (device type), S (https port), A (architecture),\n    T (tags)",
		SDREG_TXT_KIND_LIST, "D|S|A|T", ""},
	{KEYS "\n\n  auth          plaintext | md5\n\n  userid        alphanumeric, also '_'\n\n"
	      "All of these TXT record keys are optional, they may be omitted.",
		SDREG_TXT_KIND_LIST, "auth|userid", ""},
	{KEYS "  username     The login username (optional)\n  ID           Server Identifier",
		SDREG_TXT_KIND_LIST, "username|ID", ""},
};

static const struct row assignments[] = {
	{KEYS "u=<username> p=<password> path=<path to document> (Same as for _http._tcp)",
		SDREG_TXT_KIND_LIST, "u|p|path", ""},
	{KEYS "u=<username> p=<password> \n      m=<manifest_name> o=<owner_name> s=<site_name>",
		SDREG_TXT_KIND_LIST, "u|p|m|o|s", ""},
	{KEYS "u=username; k=keypattern; f=fstabFILE", SDREG_TXT_KIND_LIST, "u|k|f", ""},
	{KEYS "RMC Client Version=<version>, MAC Address=<address>", SDREG_TXT_KIND_LIST,
		"RMC Client Version|MAC Address", ""},
	{KEYS "txtvers=1, name, version, build", SDREG_TXT_KIND_LIST, "txtvers|name|version|build",
		""},
	{KEYS "MAC=, GW-MAC", SDREG_TXT_KIND_LIST, "MAC|GW-MAC", ""},
	{KEYS "txtvers=1 protovers=x", SDREG_TXT_KIND_LIST, "txtvers|protovers", ""},
	{KEYS "version=? description=?", SDREG_TXT_KIND_LIST, "version|description", ""},
	{KEYS "txtvers, *IDN?=<response defined by IEEE 488; e.g., manufacturer, model, version>",
		SDREG_TXT_KIND_LIST, "txtvers|*IDN?", ""},
	{KEYS "orb_server=<port #> (optional) CORBA ORB server, used for discovery\n"
	      "  txtvers=\"*IDN?=<identifier>\" (optional)",
		SDREG_TXT_KIND_LIST, "orb_server|txtvers", ""},
	{KEYS "type={'production'|'standby', 'test'}\n  protocol={['SOAP'],['CORBA']}\n"
	      "  transport=['iiop']|['http']",
		SDREG_TXT_KIND_LIST, "type|protocol|transport", ""},
	{KEYS "topics=<open topic to subscribe to>, eg topic=/info", SDREG_TXT_KIND_LIST, "topics",
		""},
	{KEYS "path=<where the applications reside>\n     normally: \"path=/pks/\"",
		SDREG_TXT_KIND_LIST, "path", ""},
	{KEYS "hash=<40hex characters>\n salt=<40hex>\n Example:\n hash=5e75\n uuid=db61",
		SDREG_TXT_KIND_LIST, "hash|salt", ""},
	{KEYS "txtvers=1 (as described in the draft)\n      protovers=<comma-separated list>\n"
	      "(examples: \"protovers=1.0\" \"protovers=1.1,2.0\"",
		SDREG_TXT_KIND_LIST, "txtvers|protovers", ""},
	{KEYS "a. ssid=<Wi-Fi SSID of the device>\nb. bssid=<Wi-Fi BSSID>", SDREG_TXT_KIND_LIST,
		"ssid|bssid", ""},
	{KEYS "companyfullname == The name of the company, in full", SDREG_TXT_KIND_LIST,
		"companyfullname", ""},
	{KEYS "txtvers=1\ncport= the port for the content HTTP server\n"
	      "      mode= the mode in which the HMP device is currently\n      operating, one of"
	      " \"normal\", \"safe\" or \"recovery\"\n      firmware= version string (e.g.,\n"
	      "      2.1.0-0.1.7844)\n      model= model string",
		SDREG_TXT_KIND_LIST, "txtvers|cport|mode|firmware|model", ""},
	{KEYS "  Currently valid enumerated values:\n   FIX Application Protocol Versions"
	      " (APPLICATIONVERSION): 2.7, 3.0, 4.0\n   txtvers=1\n   fix=APPLICATIONVERSION\n"
	      "   fix supported=APPLICATIONVERSION[,APPLICATIONVERSION, ... ]",
		SDREG_TXT_KIND_LIST, "txtvers|fix|fix supported", ""},
	{KEYS "Possible text records are path=<path>, (optional) mac=<address>, the id=<id>",
		SDREG_TXT_KIND_LIST, "path|mac|id", ""},
	{KEYS "MAC (hardware) address=<address>", SDREG_TXT_KIND_LIST, "address", ""},
	{KEYS "url=http://example.org/?a=b, spec=\"www.example.org\"", SDREG_TXT_KIND_LIST,
		"url|spec", ""},
};

static const struct row labels[] = {
	{KEYS "<type>:application specific kind of protocol; \n      <vers>:version of the 'type';"
	      " <device>:device descriptor",
		SDREG_TXT_KIND_LIST, "type|vers|device", ""},
	{KEYS "\"url\": if present, indicates a connection url \n      (i.e. wss://example.com/b,"
	      " or https://example.com/b) \n      to be used; \"namespace\": identifies \n"
	      "      the underlying, unique protocol",
		SDREG_TXT_KIND_LIST, "url|namespace", ""},
	{"\nDefined TXT keys:\n\ntd: Absolute pathname of the Thing Description\n"
	 "      Directory.\n\n\ntype: Type, i.e. \"Thing\" or \"Directory\". If omitted,\n"
	 "      thing.\n\nscheme: Scheme part of URL. One of\n      registered URI"
	 " interpretations [RFC7595]: http (HTTP over TCP),https (HTTP over TLS),\n"
	 "      coap+tcp (CoAP), or coaps+tcp. If omitted, http.\n",
		SDREG_TXT_KIND_LIST, "td|type|scheme", "RFC7595"},
	{KEYS "Required keys: id, name; optional: mac\nSubtypes: _printer", SDREG_TXT_KIND_LIST,
		"id|name|mac", ""},
};

static const struct row prose[] = {
	{KEYS "_hub._tcp.host.example.com", SDREG_TXT_KIND_PROSE, "", ""},
	{KEYS "_payload._tcp.local, _payload._udp.local", SDREG_TXT_KIND_PROSE, "", ""},
	{KEYS "_display.tcp. Display Protocol", SDREG_TXT_KIND_PROSE, "", ""},
	{KEYS "<serial number of server>", SDREG_TXT_KIND_PROSE, "", ""},
	{KEYS "Text keys are the file extensions of any file the user plans to share, i.e. pdf,"
	      " doc, mp3.",
		SDREG_TXT_KIND_PROSE, "", ""},
	{KEYS "1 TXT record key for the RSA public key used by the server instance.",
		SDREG_TXT_KIND_PROSE, "", ""},
	{KEYS "TEST-OK Test Controller Card TCCxxxx", SDREG_TXT_KIND_PROSE, "", ""},
	{KEYS "Application will rely upon Bonjour version 3.1.0.1", SDREG_TXT_KIND_PROSE, "", ""},
	{KEYS "There are two TXT record keys: 1st key: \n    \"txt-vers\" associated with an 'int'"
	      " entry. 2nd key: \"conn-stat\" \n    associated with an 'int' entry.",
		SDREG_TXT_KIND_PROSE, "txt-vers|conn-stat", ""},
	{KEYS "key \"txtvers\" for specification versioning, \n      and key \"name\" representing"
	      " the advertising presentation string",
		SDREG_TXT_KIND_PROSE, "txtvers|name", ""},
	{KEYS "an_identifier_that_is_longer_than_any_key_of_the_registry", SDREG_TXT_KIND_PROSE, "",
		""},
	{KEYS "1, 2, 3", SDREG_TXT_KIND_PROSE, "", ""},
	{KEYS "\xc3\xa9t\xc3\xa9", SDREG_TXT_KIND_PROSE, "", ""},
	{KEYS "((((", SDREG_TXT_KIND_UNSPECIFIED, "", ""},
	{KEYS "name (unclosed, type", SDREG_TXT_KIND_LIST, "name|type", ""},
	{KEYS "a=<unclosed, b=[unclosed, c={unclosed, d=\"unclosed", SDREG_TXT_KIND_LIST, "a|b|c|d",
		""},
	{KEYS ")>]} name", SDREG_TXT_KIND_PROSE, "", ""},
};

TABLE_TEST(markers)
TABLE_TEST(without_keys)
TABLE_TEST(references)
TABLE_TEST(lists)
TABLE_TEST(assignments)
TABLE_TEST(labels)
TABLE_TEST(prose)

/* ---- hostile notes ---- */

static void check_spans(const struct sdreg_text *spans, size_t count, const char *note, size_t len)
{
	for (size_t i = 0; i < count; i++) {
		assert_true(spans[i].at >= note && spans[i].at <= note + len);
		assert_true(spans[i].len > 0 && spans[i].len <= len);
		assert_true((size_t)(spans[i].at - note) <= len - spans[i].len);
	}
}

static void check_limits(const char *note, size_t len)
{
	struct notes_txt txt;
	notes_read(note, len, &txt);
	assert_true(txt.keys_count <= NOTES_KEYS);
	assert_true(txt.references_count <= NOTES_REFERENCES);
	check_spans(txt.keys, txt.keys_count, note, len);
	check_spans(txt.references, txt.references_count, note, len);
}

static void test_prefixes(void **state)
{
	static const char note[] = KEYS
		"<a>:b (c, http://d) [RFC1234, 5] {e} f='g' h="
		"\"i\", - j - k, e.g. l\nkey \"m\" and proprietary n\nsee o.pdf\nExample: p=q";
	(void)state;
	for (size_t len = 0; len < sizeof(note); len++) {
		char *const block = malloc(len > 0 ? len : 1);
		assert_non_null(block);
		memcpy(block, note, len);
		check_limits(block, len);
		free(block);
	}
}

static void fill(char *to, size_t len, const char *pattern)
{
	const size_t period = strlen(pattern);
	for (size_t i = 0; i < len; i++)
		to[i] = pattern[i % period];
}

static void test_megabytes(void **state)
{
	static const char *const starts[] = {"", KEYS, KEYS "None\n", KEYS "key ", KEYS "a="};
	static const char *const patterns[] = {"(", ")", "<", ">", "=", "[", "{", "\"", "='=\"",
		",", "\n", " ", "a", "a,", "a\n", "a=", "a=b ", "a:", "a: b;", "a  b\n", "(a)",
		"<a>:", "- a", "key \"", "http://", "[http://a ", "(http://a", "http://a(",
		"x RFC1234 ", "a.pdf ", "e.g. ", "eg a", "note: ", "example", "proprietary ",
		"and proprietary.", "no key", "section ", "defined ", "defined txt ",
		"Defined TXT keys:", "_x._tcp.", "\x01\x02\x03\x04", "\xff"};
	char *const note = malloc(BIG);
	(void)state;
	assert_non_null(note);
	for (size_t s = 0; s < sizeof(starts) / sizeof(*starts); s++) {
		const size_t begun = strlen(starts[s]);
		memcpy(note, starts[s], begun);
		for (size_t p = 0; p < sizeof(patterns) / sizeof(*patterns); p++) {
			fill(note + begun, BIG - begun, patterns[p]);
			check_limits(note, BIG);
		}
	}
	free(note);
}

static void test_nul_bytes(void **state)
{
	static const char note[] = KEYS "na\0me, \0, type, \0\0value=1\0";
	struct notes_txt txt;
	char keys[JOINED_MAX];
	(void)state;
	notes_read(note, sizeof(note) - 1, &txt);
	assert_int_equal(txt.kind, SDREG_TXT_KIND_LIST);
	join(keys, txt.keys, txt.keys_count);
	assert_string_equal(keys, "type");
}

static void test_full_arrays(void **state)
{
	char note[BIG / 256];
	size_t len = strlen(KEYS);
	struct notes_txt txt;
	(void)state;
	memcpy(note, KEYS, len);
	for (unsigned i = 0; i < 100; i++) {
		const char item[] = {'k', (char)('a' + i / 10), (char)('a' + i % 10), ','};
		memcpy(note + len, item, sizeof(item));
		len += sizeof(item);
	}
	for (unsigned i = 0; i < 100; i++) {
		const char item[] = {' ', 'w', 'w', 'w', '.', (char)('a' + i / 10),
			(char)('a' + i % 10)};
		memcpy(note + len, item, sizeof(item));
		len += sizeof(item);
	}
	notes_read(note, len, &txt);
	assert_int_equal(txt.kind, SDREG_TXT_KIND_LIST);
	assert_int_equal(txt.keys_count, NOTES_KEYS);
	assert_int_equal(txt.references_count, NOTES_REFERENCES);
	assert_memory_equal(txt.keys[NOTES_KEYS - 1].at, "kgd", 3);
	assert_memory_equal(txt.references[NOTES_REFERENCES - 1].at, "www.bf", 6);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_markers),
		cmocka_unit_test(test_without_keys),
		cmocka_unit_test(test_references),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_assignments),
		cmocka_unit_test(test_labels),
		cmocka_unit_test(test_prose),
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_megabytes),
		cmocka_unit_test(test_nul_bytes),
		cmocka_unit_test(test_full_arrays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
