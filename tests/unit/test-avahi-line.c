/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "cli/annotate/avahi/human.h"
#include "cli/annotate/avahi/line.h"
#include "common/escape.h"
#include "common/places.h"
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { TEXT_SIZE = 400 };

#define SIXTEEN(c) c c c c c c c c c c c c c c c c
#define SIXTY_FOUR SIXTEEN("x") SIXTEEN("x") SIXTEEN("x") SIXTEEN("x")
#define SEMICOLONS SIXTEEN(";") SIXTEEN(";") SIXTEEN(";") SIXTEEN(";")

/* A copy with a LF behind it and as many bytes as may be read, so that a sanitizer sees who reads
 * on. They are such that it is seen who takes them for a part of the text. */
static char *block_of(const char *text)
{
	const size_t len = strlen(text);
	char *const block = malloc(len + PLACES_ROOM);
	assert_non_null(block);
	memcpy(block, text, len);
	memset(block + len, ';', PLACES_ROOM);
	block[len] = '\n';
	return block;
}

static void add(char *out, const char *format, const char *bytes, size_t len)
{
	const size_t used = strlen(out);
	assert_true(snprintf(out + used, TEXT_SIZE - used, format, (int)len, bytes) <
		TEXT_SIZE - (int)used);
}

/* ---- avahi-browse -p ---- */

/* Lines, and what is read of them, a bar before each field: what it is, event, interface, protocol,
 * name without escapes, type, domain, port. NULL: it is no such line. */
static const struct row {
	const char *line;
	const char *read;
} rows[] = {
	{"+;v0;IPv4;juliet\\059rogue\\.\\\\x\\010\\027\\09131mRED;iChat Presence;local",
		"+|v0|IPv4|juliet;rogue.\\x\n\033[31mRED|iChat Presence|local|"},
	{"-;eth0;IPv6;a;_clique._udp;local", "-|eth0|IPv6|a|_clique._udp|local|"},
	{"=;v0;IPv4;notxt;Internet Printer;local;h\\195\\169.local;10.99.0.2;5298;",
		"=|v0|IPv4|notxt|Internet Printer|local|5298"},
	{"=;v0;IPv4;x;_a._tcp;local;h.local;10.0.0.1;0;\"1st=a;b;c\"",
		"=|v0|IPv4|x|_a._tcp|local|0"},
	{"=;v0;IPv4;x;_a._tcp;local;;;65535;", "=|v0|IPv4|x|_a._tcp|local|65535"},
	{"+;v0;IPv4;a\\256b\\d\\12;_a._tcp;local", "+|v0|IPv4|a\\256b\\d\\12|_a._tcp|local|"},
	{"+;(null);n/a;a;_a._tcp;local", "+|(null)|n/a|a|_a._tcp|local|"},
	{"+;k.A.;k.A.;a;_a._tcp;local", "+|k.A.|k.A.|a|_a._tcp|local|"}, /* n/a in German */
	{"+;v0;IPv4;;_a._tcp;local", "+|v0|IPv4||_a._tcp|local|"},
	/* Linux allows semicolons in names of interfaces */
	{"+;a;b;IPv4;x;_a._tcp;local", "+|a;b|IPv4|x|_a._tcp|local|"},
	{"-;;;IPv6;x;Web Site;local", "-|;|IPv6|x|Web Site|local|"},
	{"=;a;b;n/a;x;_a._tcp;local;h;1.2.3.4;80;\"a;b\" \"IPv4;\"",
		"=|a;b|n/a|x|_a._tcp|local|80"},
	{"+;a;IPv4;IPv4;x;_a._tcp;local", "+|a;IPv4|IPv4|x|_a._tcp|local|"},
	{"=;a;IPv4;IPv6;x;_a._tcp;local;h;a;1;", "=|a;IPv4|IPv6|x|_a._tcp|local|1"},
	{"+;IPv4;IPv4;IPv4;_a._tcp;local", "+|IPv4|IPv4|IPv4|_a._tcp|local|"},
	/* as long as one may be, and longer */
	{"+;" SIXTY_FOUR ";IPv4;x;_a._tcp;local", "+|" SIXTY_FOUR "|IPv4|x|_a._tcp|local|"},
	{"+;;" SIXTY_FOUR ";IPv4;x;_a._tcp;local", NULL},
	{"+;" SIXTY_FOUR "y;IPv4;x;_a._tcp;local", NULL},
	{"+;" SIXTY_FOUR ";k.A.;x;_a._tcp;local", "+|" SIXTY_FOUR "|k.A.|x|_a._tcp|local|"},
	{"+;" SIXTY_FOUR "y;k.A.;x;_a._tcp;local", NULL},
	{"=;" SEMICOLONS ";IPv4;x;_a._tcp;local;h;a;1;\"t;u\"",
		"=|" SEMICOLONS "|IPv4|x|_a._tcp|local|1"},
	{"=;;" SEMICOLONS ";IPv4;x;_a._tcp;local;h;a;1;\"t;u\"", NULL},
	{"+;" SEMICOLONS ";IPv4;x;_a._tcp;local", "+|" SEMICOLONS "|IPv4|x|_a._tcp|local|"},
	{"+;v0;IPv4;a;_a._tcp", NULL},
	{"+;v0;IPv4;a;_a._tcp;local;more", NULL},
	{"=;v0;IPv4;a;_a._tcp;local;h;a;1", NULL},
	{"=;v0;IPv4;a;_a._tcp;local;h;a;;", NULL},
	{"=;v0;IPv4;a;_a._tcp;local;h;a;65536;", NULL},
	{"=;v0;IPv4;a;_a._tcp;local;h;a;1x;", NULL},
	{"+;v0;IPv4;a;;local", NULL},
	{"+;v0;IPv4;a;_a._tcp;", NULL},
	{"+v;IPv4;a;_a._tcp;local;x", NULL},
	{"*;v0;IPv4;a;_a._tcp;local", NULL},
	{"+", NULL},
	{"+;", NULL},
	{"", NULL},
	{": All for now", NULL},
	/* -D */
	{"+;;;local", "domain +|||local"},
	{"-;v0;IPv4;dns-sd\\.org.example", "domain -|v0|IPv4|dns-sd.org.example"},
	{"+;a;b;IPv6;local", "domain +|a;b|IPv6|local"},
	{"+;a;b;c;IPv4;local", "domain +|a;b;c|IPv4|local"},
	{"=;;;local", NULL},
	{"+;;;", NULL},
	{"+;v0;;local", "domain +|v0||local"},
	{"+;a;b;;local", NULL},
	{"+;v0;hello;local", NULL},
	{"+;;;not a domain", NULL},
};

static void describe(const struct avahi_line *line, int is_domain, char *out)
{
	char name[TEXT_SIZE];
	const struct sdreg_text last = is_domain ? line->domain : line->name;
	add(out, is_domain ? "domain %.*s|" : "%.*s|", &line->event, 1);
	add(out, "%.*s|", line->interface.at, line->interface.len);
	add(out, "%.*s|", line->protocol.at, line->protocol.len);
	add(out, "%.*s", name, escape_undo(last.at, last.len, name));
	if (is_domain)
		return;
	add(out, "|%.*s|", line->type.at, line->type.len);
	add(out, "%.*s|", line->domain.at, line->domain.len);
	add(out, "%.*s", line->port.at, line->port.len);
}

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const size_t len = strlen(rows[i].line);
		char *const block = block_of(rows[i].line);
		char read[TEXT_SIZE] = "";
		struct avahi_line line = {0};
		struct avahi_cut cut;
		assert_ptr_equal(avahi_cut(block, block + len, &cut), block + len);
		const enum avahi_kind kind = avahi_line_read(block, len, &cut, &line);
		if (kind != AVAHI_OTHER)
			describe(&line, kind == AVAHI_DOMAIN, read);
		if (strcmp(read, rows[i].read != NULL ? rows[i].read : "") != 0)
			fail_msg("row %zu, %s: %s", i, rows[i].line, read);
		free(block);
	}
}

/* ---- avahi-browse for people ---- */

static int has_title(void *with, struct sdreg_text title)
{
	static const char *const titles[] = {"iChat Presence", "Internet Printer",
		"Secure Internet Printer", "Web Site", "Secure Web Site", "Workstation",
		"Sicheres Web-Angebot", "RTSP Realtime Streaming Server",
		"Streaming Server of some kind", "of some kind and another one", "Server"};
	(void)with;
	for (size_t i = 0; i < COUNT(titles); i++)
		if (title.len == strlen(titles[i]) && memcmp(title.at, titles[i], title.len) == 0)
			return 1;
	return 0;
}

/* As above; below a service each line has its own kind. */
static const struct row human[] = {
	{"+   eth0 IPv4 juliet@pronto                                 iChat Presence       local",
		"+|eth0|IPv4|juliet@pronto|iChat Presence|local|"},
	{"-   eth0 IPv6 R__m__o___s  Mac ____                         _presence._tcp       local",
		"-|eth0|IPv6|R__m__o___s  Mac ____|_presence._tcp|local|"},
	{"=  wlan0  n/a   two  blanks  first and _tcp                 _a_b._UDP            local",
		"=|wlan0|n/a|  two  blanks  first and _tcp|_a_b._UDP|local|"},
	/* the column tells how long the title is, */
	{"+ v0 IPv4 my Secure Internet Printer     local",
		"+|v0|IPv4|my Secure|Internet Printer|local|"},
	{"+ v0 IPv4 my Secure Internet Printer local",
		"+|v0|IPv4|my|Secure Internet Printer|local|"},
	{"+ v0 IPv4 Web Site Web Site             example.com",
		"+|v0|IPv4|Web Site|Web Site|example.com|"},
	{"+ v0 IPv4 Secure Web Site             local", "+|v0|IPv4|Secure|Web Site|local|"},
	{"+ v0 IPv4 a Secure Web Site      local", "+|v0|IPv4|a|Secure Web Site|local|"},
	{"+ v0 IPv4 x Sicheres Web-Angebot local", "+|v0|IPv4|x|Sicheres Web-Angebot|local|"},
	{"+ v0 IPv4        Sicheres Web-Angebot local", "+|v0|IPv4||Sicheres Web-Angebot|local|"},
	/* and says so of one that nobody knows */
	{"+ v0 IPv4 x Home Web Site        local", NULL},
	/* where columns were lost, it is the only one that can be */
	{"+ v0 IPv4 juliet iChat Presence local", "+|v0|IPv4|juliet|iChat Presence|local|"},
	{"+ v0 IPv4 x _http._tcp local", "+|v0|IPv4|x|_http._tcp|local|"},
	{"+ v0 IPv4 x _http._tcp    local", "+|v0|IPv4|x|_http._tcp|local|"},
	{"   + v0 IPv4 x _http._tcp local", "+|v0|IPv4|x|_http._tcp|local|"},
	{"+ v0 IPv4 a Secure Web Site local", NULL},
	{"+ v0 IPv4 a RTSP Realtime Streaming Server local",
		"+|v0|IPv4|a|RTSP Realtime Streaming Server|local|"},
	{"+ v0 IPv4 a Streaming Server of some kind and another one local",
		"+|v0|IPv4|a Streaming Server|of some kind and another one|local|"},
	{"+ v0 IPv4 No Such Title        local", NULL},
	{"+ v0 IPv4 juliet iChat Presence local ", NULL},
	{"+ v0 IPv4 iChat Presence local", NULL},
	{"+ v0 IPv5 x _http._tcp local", NULL},
	{"+ v0 x _http._tcp local", NULL},
	{"+v0 IPv4 x _http._tcp local", NULL},
	{"* v0 IPv4 x _http._tcp local", NULL},
	{"+ v0 IPv4 x _http._tcpx local", NULL},
	{"+ v0 IPv4 x http._tcp local", NULL},
	{"+ v0 IPv4 ", NULL},
	{"+ v0 IPv4", NULL},
	{"+ ", NULL},
	{" ", NULL},
	{"", NULL},
	/* -D */
	{"+  n/a  n/a local", "domain +|n/a|n/a|local"},
	{"- eth0 IPv4 example.com", "domain -|eth0|IPv4|example.com"},
	{"=  n/a  n/a local", NULL},
	/* below a service */
	{"   hostname = [h\\195\\169.local]", "host h\\195\\169.local"},
	{"   address = [fe80::1]", "address fe80::1"},
	{"   port = [5298]", "port 5298"},
	{"   txt = [\"a=]\" \"b\"]", "txt \"a=]\" \"b\""},
	{"   txt = []", "txt "},
	{"\t port = [1]", NULL},
	{"port = [1]", NULL},
	{"   port = [65536]", NULL},
	{"   port = []", NULL},
	{"   port = [1", NULL},
	{"   hostname = ", NULL},
	{"   txt = [", NULL},
	{"   p", NULL},
};

static void describe_human(enum avahi_kind kind, const struct avahi_line *line, char *out)
{
	if (kind == AVAHI_HOST)
		add(out, "host %.*s", line->host.at, line->host.len);
	else if (kind == AVAHI_ADDRESS)
		add(out, "address %.*s", line->address.at, line->address.len);
	else if (kind == AVAHI_PORT)
		add(out, "port %.*s", line->port.at, line->port.len);
	else if (kind == AVAHI_TXT)
		add(out, "txt %.*s", line->txt.at, line->txt.len);
	else if (kind != AVAHI_OTHER)
		describe(line, kind == AVAHI_DOMAIN, out);
}

static void test_human(void **state)
{
	static const struct avahi_titles titles = {has_title, NULL};
	(void)state;
	for (size_t i = 0; i < COUNT(human); i++) {
		char *const block = block_of(human[i].line);
		char read[TEXT_SIZE] = "";
		struct avahi_line line = {0};
		describe_human(avahi_human_read(block, strlen(human[i].line), &titles, &line),
			&line, read);
		if (strcmp(read, human[i].read != NULL ? human[i].read : "") != 0)
			fail_msg("row %zu, %s: %s", i, human[i].line, read);
		free(block);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_human),
	};
	return cmocka_run_group_tests_name("avahi-line", tests, NULL, NULL);
}
