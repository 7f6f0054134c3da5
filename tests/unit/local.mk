# Unit tests: private headers too, so they are linked with the insides of the libraries. A test
# that needs no more than LDADD says (tests/local.mk) has only its name here.
unit_tests = %D%/test-annotate %D%/test-check %D%/test-common %D%/test-corrupt %D%/test-csv \
	%D%/test-forged %D%/test-image %D%/test-latest %D%/test-lookup %D%/test-near \
	%D%/test-notes %D%/test-presence %D%/test-printed-txt %D%/test-places %D%/test-registry \
	%D%/test-search %D%/test-supplements %D%/test-threads %D%/test-txt %D%/test-type
# What is counted or measured, one below its limit and one above
unit_tests += %D%/test-builder-limits %D%/test-check-limits %D%/test-check-words \
	%D%/test-csv-limits %D%/test-image-limits %D%/test-limits %D%/test-port-ranges \
	%D%/test-presence-limits %D%/test-query-limits %D%/test-notes-odd %D%/test-search-limits
# Those that read XML
if HAVE_XML
unit_tests += %D%/test-data %D%/test-error %D%/test-export %D%/test-forms %D%/test-key %D%/test-odd-xml \
	%D%/test-sized %D%/test-sources %D%/test-supplement %D%/test-xml
endif
EXTRA_DIST += %D%/failing.h %D%/scene.h %D%/services.h %D%/notes.h %D%/scratch.h %D%/table.h
%C%_test_threads_LDADD = $(LDADD) -lpthread

# Calls to malloc() fail, which takes a linker that leads calls elsewhere, as one does that knows
# version scripts.
wrap_memory = $(AM_LDFLAGS) -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc -Wl,--wrap=strdup
if VERSION_SCRIPT
if HAVE_XML
unit_tests += %D%/test-memory
endif
endif
%C%_test_memory_LDFLAGS = $(wrap_memory)

if HAVE_CLI
unit_tests += %D%/test-avahi-line %D%/test-cli-leaves %D%/test-html %D%/test-installed %D%/test-print %D%/test-put-file
if HAVE_CURL
unit_tests += %D%/test-update
endif
endif
%C%_test_update_LDADD = libupdate.la libcli.la $(LDADD) $(CURL_LIBS)
%C%_test_avahi_line_LDADD = libannotate.la $(LDADD)
%C%_test_html_LDADD = libcli.la $(LDADD)
%C%_test_cli_leaves_LDADD = libcli.la $(LDADD)
%C%_test_installed_LDADD = libcli.la $(LDADD)
%C%_test_print_LDADD = libcli.la $(LDADD)
%C%_test_put_file_LDADD = libcli.la $(LDADD)

if HAVE_AVAHI
unit_tests += %D%/test-announce %D%/test-avahi-leaves %D%/test-loop
if VERSION_SCRIPT
unit_tests += %D%/test-browser %D%/test-browser-asking %D%/test-browser-end \
	%D%/test-browser-hosts %D%/test-browser-options %D%/test-browser-stale %D%/test-browser-told \
	%D%/test-loop-time
endif
if HAVE_CLI
unit_tests += %D%/test-browse-output %D%/test-filter %D%/test-html-page
if HAVE_NCURSES
unit_tests += %D%/test-watch %D%/test-watch-limits
if VERSION_SCRIPT
unit_tests += %D%/test-watch-memory
endif
endif
endif
endif
%C%_test_announce_LDADD = libbrowser.la $(LDADD) $(AVAHI_LIBS)
%C%_test_avahi_leaves_LDADD = libbrowser.la $(LDADD) $(AVAHI_LIBS)
%C%_test_loop_LDADD = libbrowser.la $(LDADD) $(AVAHI_LIBS)
EXTRA_DIST += %D%/network.h
%C%_test_browser_LDADD = libbrowser.la $(LDADD) $(AVAHI_LIBS)
wrap_clock = $(wrap_memory) -Wl,--wrap=clock_gettime
%C%_test_browser_LDFLAGS = $(wrap_clock)
%C%_test_browser_asking_LDADD = $(%C%_test_browser_LDADD)
%C%_test_browser_asking_LDFLAGS = $(wrap_clock) -Wl,--wrap=free
%C%_test_browser_end_LDADD = $(%C%_test_browser_LDADD)
%C%_test_browser_end_LDFLAGS = $(wrap_clock) -Wl,--wrap=free
%C%_test_browser_hosts_LDADD = $(%C%_test_browser_LDADD)
%C%_test_browser_hosts_LDFLAGS = $(wrap_clock) -Wl,--wrap=free
%C%_test_browser_options_LDADD = $(%C%_test_browser_LDADD)
%C%_test_browser_options_LDFLAGS = $(wrap_clock) -Wl,--wrap=free
%C%_test_browser_stale_LDADD = $(%C%_test_browser_LDADD)
%C%_test_browser_stale_LDFLAGS = $(wrap_clock) -Wl,--wrap=free
%C%_test_browser_told_LDADD = $(%C%_test_browser_LDADD)
%C%_test_browser_told_LDFLAGS = $(wrap_clock) -Wl,--wrap=free
%C%_test_loop_time_LDADD = $(%C%_test_browser_LDADD)
%C%_test_loop_time_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=gettimeofday
%C%_test_filter_LDADD = libbrowse.la $(LDADD)
%C%_test_browse_output_LDADD = libbrowse.la libbrowser.la libcli.la $(LDADD) $(AVAHI_LIBS)
%C%_test_html_page_LDADD = libbrowse.la libcli.la $(LDADD)
%C%_test_watch_LDADD = libwatch.la libbrowse.la libcli.la $(LDADD)
%C%_test_watch_limits_LDADD = libwatch.la libbrowse.la libcli.la $(LDADD)
%C%_test_watch_memory_LDADD = libwatch.la libbrowse.la libcli.la $(LDADD)
%C%_test_watch_memory_LDFLAGS = $(wrap_memory)

if HAVE_CMOCKA
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
endif
