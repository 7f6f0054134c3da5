# On a private network: hosts in network namespaces, a real avahi-daemon each
lan_tests = %D%/test-announce.sh %D%/test-browse.sh %D%/test-chat.sh %D%/test-crowd.sh \
	%D%/test-faults.sh %D%/test-faults-daemon.sh %D%/test-faults-denied.sh \
	%D%/test-faults-hang.sh %D%/test-faults-hostile.sh %D%/test-faults-junk.sh %D%/test-follow.sh \
	%D%/test-html.sh %D%/test-json-page.sh %D%/test-lan.sh %D%/test-purple.sh \
	%D%/test-soak.sh %D%/test-no-memory.sh %D%/test-stale.sh %D%/test-terminal.sh %D%/test-watch.sh
# Of these, the ones to be run: `make check LAN_TESTS=` runs none
LAN_TESTS = $(lan_tests)
TESTS += $(LAN_TESTS)
dist_check_SCRIPTS += $(lan_tests)
EXTRA_DIST += %D%/browser.py %D%/churn.py %D%/contrast.js %D%/dbus.conf %D%/demo.sh \
	%D%/faults.sh %D%/functions.sh %D%/host.sh %D%/hostile.py %D%/junk.py %D%/lan.sh \
	%D%/mdns.py %D%/stream.py %D%/terminal.py

check_PROGRAMS += %D%/mdns-crowd
%C%_mdns_crowd_LDADD =
if HAVE_AVAHI
if HAVE_CMOCKA
check_PROGRAMS += %D%/no-memory
endif
endif
%C%_no_memory_LDADD = libbrowser.la $(LDADD) $(AVAHI_LIBS)
%C%_no_memory_LDFLAGS = $(wrap_memory)
if HAVE_PURPLE
check_PROGRAMS += %D%/purple-peer
endif
%C%_purple_peer_CFLAGS = $(AM_CFLAGS) $(PURPLE_CFLAGS)
%C%_purple_peer_LDADD = $(PURPLE_LIBS)

# A live browse under five minutes' churn
soak: all
	SOAK_SECONDS=300 $(MAKE) $(AM_MAKEFLAGS) check TESTS=%D%/test-soak.sh
