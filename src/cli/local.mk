# The command sdreg. What loads more than libc and jansson is a program below libexec, behind it.

# Saying an error, which needs no jansson
noinst_LTLIBRARIES += libtell.la
libtell_la_SOURCES = %D%/common/error.c %D%/common/print.c %D%/common/print.h
if HAVE_XML
pkglibexec_PROGRAMS += sdreg-xml
sdreg_xml_SOURCES = %D%/helper-xml.c
sdreg_xml_LDADD = libtell.la libsdreg-xml.la libsdreg.la
endif

if HAVE_CLI
noinst_LTLIBRARIES += libcli.la
libcli_la_SOURCES =
libcli_la_LIBADD = libtell.la
include %D%/common/local.mk
include %D%/markup/local.mk
include %D%/show/local.mk

bin_PROGRAMS += sdreg
sdreg_SOURCES = %D%/lookup.c %D%/main.c %D%/types.c %D%/browse/exec.c %D%/update/exec.c
sdreg_LDADD = libannotate.la libcli.la libcommon.la libsdreg.la $(JANSSON_LIBS)
include %D%/annotate/local.mk
include %D%/check/local.mk
include %D%/diff/local.mk
include %D%/export/local.mk
include %D%/info/local.mk
include %D%/search/local.mk

if HAVE_AVAHI
include %D%/live/local.mk
include %D%/browse/local.mk
if HAVE_NCURSES
include %D%/watch/local.mk
endif
endif
if HAVE_CURL
include %D%/update/local.mk
endif
endif
