# Built and run by the tests, and installed, for users to start from
check_PROGRAMS += %D%/annotate-result %D%/check-type
%C%_annotate_result_LDADD = libsdreg.la
%C%_check_type_LDADD = libsdreg.la
if HAVE_AVAHI
check_PROGRAMS += %D%/announce %D%/roster
if HAVE_XML
check_PROGRAMS += %D%/chat
endif
if HAVE_GLIB
check_PROGRAMS += %D%/glib-browse
endif
endif
%C%_announce_LDADD = libsdreg-browse.la libsdreg.la
%C%_chat_SOURCES = %D%/chat.c %D%/chat-outbox.c %D%/chat-outbox.h %D%/chat-stanza.c \
	%D%/chat-stanza.h %D%/chat-stream.c %D%/chat-stream.h
%C%_chat_LDADD = libsdreg-browse.la libsdreg.la $(AVAHI_LIBS) $(XML_LIBS)
%C%_glib_browse_CFLAGS = $(AM_CFLAGS) $(GLIB_CFLAGS)
%C%_glib_browse_LDADD = libsdreg-browse.la libsdreg.la $(GLIB_LIBS)
%C%_roster_LDADD = libsdreg-browse.la libsdreg.la

exampledir = $(docdir)/examples
dist_example_DATA = %D%/Makefile %D%/annotate-result.c %D%/annotate.sh %D%/announce.c \
	%D%/chat-outbox.c %D%/chat-outbox.h %D%/chat-stanza.c %D%/chat-stanza.h \
	%D%/chat-stream.c %D%/chat-stream.h %D%/chat.c %D%/check-type.c %D%/glib-browse.c \
	%D%/python/sdreg.py %D%/roster.c %D%/systemd/sdreg-update.timer

# What runs sdreg update now and then, with the paths of this build
example_DATA = %D%/systemd/sdreg-update.service %D%/cron/sdreg-update
if HAVE_AVAHI
example_DATA += %D%/systemd/sdreg-browse.service
endif
EXTRA_DIST += %D%/systemd/sdreg-browse.service.in %D%/systemd/sdreg-update.service.in \
	%D%/cron/sdreg-update.in
CLEANFILES += $(example_DATA)
fill_in = $(AM_V_GEN)$(MKDIR_P) $(@D) && sed -e 's|@bindir[@]|$(bindir)|g' \
	-e 's|@pkgstatedir[@]|$(pkgstatedir)|g' $(srcdir)/$@.in >$@.new && mv $@.new $@
%D%/systemd/sdreg-update.service: %D%/systemd/sdreg-update.service.in Makefile
	$(fill_in)
%D%/systemd/sdreg-browse.service: %D%/systemd/sdreg-browse.service.in Makefile
	$(fill_in)
%D%/cron/sdreg-update: %D%/cron/sdreg-update.in Makefile
	$(fill_in)
