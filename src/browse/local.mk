# libsdreg-browse: avahi-client, in avahi/ alone
if HAVE_AVAHI
noinst_LTLIBRARIES += libbrowser.la
libbrowser_la_SOURCES = %D%/browser.c %D%/browser.h %D%/domain-events.c %D%/domains.c \
	%D%/domains.h %D%/events.c %D%/look-ups.c %D%/outcome.c %D%/resolving.c %D%/resolving.h \
	%D%/searches.c %D%/tell.c %D%/browsed.c %D%/browsed.h
include %D%/avahi/local.mk
include %D%/service/local.mk

lib_LTLIBRARIES += libsdreg-browse.la
libsdreg_browse_la_SOURCES =
libsdreg_browse_la_LIBADD = libbrowser.la libcommon.la libsdreg.la $(AVAHI_LIBS)
libsdreg_browse_la_LDFLAGS = $(AM_LDFLAGS) $(SYMBOLIC_LDFLAGS) -version-info $(BROWSE_VERSION) \
	-no-undefined
if VERSION_SCRIPT
libsdreg_browse_la_LDFLAGS += -Wl,--version-script=$(top_srcdir)/%D%/libsdreg-browse.map
libsdreg_browse_la_DEPENDENCIES = libbrowser.la libcommon.la libsdreg.la %D%/libsdreg-browse.map
endif
pkginclude_HEADERS += include/sdreg/announce.h include/sdreg/avahi.h include/sdreg/browse.h
pkgconfig_DATA += %D%/libsdreg-browse.pc
else
EXTRA_DIST += include/sdreg/announce.h include/sdreg/avahi.h include/sdreg/browse.h
endif
EXTRA_DIST += %D%/libsdreg-browse.map
