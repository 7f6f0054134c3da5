# libsdreg: libc only
#
# All of it but the embedded images is libcore: the program that makes these is linked with it.
noinst_LTLIBRARIES += libcore.la libembedded.la
libcore_la_SOURCES =
include %D%/base/local.mk
include %D%/check/local.mk
include %D%/formats/local.mk
include %D%/image/local.mk
include %D%/notes/local.mk
include %D%/query/local.mk
include %D%/search/local.mk

lib_LTLIBRARIES += libsdreg.la
libsdreg_la_SOURCES =
libsdreg_la_LIBADD = libcore.la libembedded.la libcommon.la
libsdreg_la_LDFLAGS = $(AM_LDFLAGS) $(SYMBOLIC_LDFLAGS) -version-info $(CORE_VERSION) \
	-no-undefined
if VERSION_SCRIPT
libsdreg_la_LDFLAGS += -Wl,--version-script=$(top_srcdir)/%D%/libsdreg.map
libsdreg_la_DEPENDENCIES = $(libsdreg_la_LIBADD) %D%/libsdreg.map
endif
EXTRA_DIST += %D%/libsdreg.map
pkgconfig_DATA += %D%/libsdreg.pc
