/* SPDX-License-Identifier: MIT */
#ifndef CLI_WATCH_HELP_H
#define CLI_WATCH_HELP_H

/* The keys; no line wider than the 40 columns of a small screen. */
static const char watch_help[] = "Up Down k j    one row up or down\n"
				 "PgUp PgDn      a screen\n"
				 "Home End g G   the first, the last row\n"
				 "Space          fold or unfold a type\n"
				 "Left Right h l fold, unfold\n"
				 "- +            fold, unfold all\n"
				 "Enter          details, whole screen\n"
				 "d              the details: there or not\n"
				 "[ ]            scroll the details\n"
				 "/              filter: name, host, type\n"
				 "Esc            no filter; back\n"
				 "s              sort: type, title, host,\n"
				 "               newest first\n"
				 "Ctrl-L         draw all again\n"
				 "q              quit\n"
				 "\n"
				 "+ came a short while ago\n"
				 "~ changed a short while ago\n"
				 "- left, and will go from the list\n"
				 ". has not answered yet\n"
				 "? does not answer\n";

#endif
