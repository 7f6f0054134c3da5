/* SPDX-License-Identifier: MIT */
#ifndef CLI_CHECK_CHECK_H
#define CLI_CHECK_CHECK_H

/* sdreg check is done by two programs: the one that looks at the network loads Avahi. To users they
 * are one command. */

#include "cli/common/cli.h"

/* What the options say, of the service or of the network. */
struct check_options {
	int syntax_only;
	int strict;
	int live;
	const char *instance;
	const char *host;
	const char *address;
	const char *printed;
	const char *wire;
	int has_port;
	uint16_t port;
	const char *domain;
	unsigned timeout_ms; /* 0 if it is not given */
};

/* Reads all options, whichever program is to do it. 0, or STATUS_TROUBLE after saying what is
 * wrong. */
int check_read_options(struct cli *cli, const struct command *self, struct arguments *arguments,
	struct check_options *o);

#define CHECK_ARGUMENTS "[OPTIONS] TYPE [KEY=VALUE...]... | --live [OPTIONS] [TYPE...]"
#define CHECK_SUMMARY "is a service type, a TXT record, a service as it should be?"
#define CHECK_HELP \
	"Checks service types or whole instance names (RFC 6335 section 5.1, RFC 6763\n" \
	"sections 4 and 7), whether they are registered, and the TXT record whose strings\n" \
	"follow (RFC 6763 section 6); for _presence and _clique also their profile\n" \
	"(XEP-0174, Clique). A string without \"=\" may follow one that has it; behind --\n" \
	"each word is a string. One line a finding: error, warning or note, the key, what\n" \
	"is found, the rule's source.\n" \
	"Exit status 1 when there is an error, or the type is not registered.\n\n" \
	"  --strict         exit status 1 for warnings too\n" \
	"  --syntax         whether a type is registered does not matter\n" \
	"  --instance NAME  the instance name, such as juliet@pronto\n" \
	"  --port N         the port of the SRV record\n" \
	"  --host NAME      the host that the SRV record points to\n" \
	"  --address A      the host's address\n" \
	"  --printed TEXT   a TXT record as avahi-browse prints it: \"a=b\" \"c=d\"\n" \
	"  --wire FILE      a TXT record's bytes (RFC 1035 section 3.3.14); - for\n" \
	"                   standard input\n" \
	"  --live           every service on the network now, of these types or all\n" \
	"  -d, --domain D   with --live: in this domain\n" \
	"  --timeout S      with --live: end after S seconds at the latest (20)\n"

#endif
