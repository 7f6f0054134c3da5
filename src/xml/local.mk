# libsdreg-xml: libxml2
if HAVE_XML
noinst_LTLIBRARIES += libreader.la
libreader_la_SOURCES = %D%/iana.c %D%/iana.h %D%/markup-write.c %D%/markup-write.h \
	%D%/original.c %D%/original.h %D%/reader.c %D%/reader.h %D%/record.c %D%/record.h \
	%D%/supplement-tell.c %D%/supplement-tell.h %D%/supplement-words.c \
	%D%/supplement-words.h %D%/supplement.c %D%/supplement.h %D%/xml.c

lib_LTLIBRARIES += libsdreg-xml.la
libsdreg_xml_la_SOURCES =
libsdreg_xml_la_LIBADD = libreader.la libcommon.la libsdreg.la $(XML_LIBS)
libsdreg_xml_la_LDFLAGS = $(AM_LDFLAGS) $(SYMBOLIC_LDFLAGS) -version-info $(XML_VERSION) \
	-no-undefined
if VERSION_SCRIPT
libsdreg_xml_la_LDFLAGS += -Wl,--version-script=$(top_srcdir)/%D%/libsdreg-xml.map
libsdreg_xml_la_DEPENDENCIES = libreader.la libcommon.la libsdreg.la %D%/libsdreg-xml.map
endif
pkginclude_HEADERS += include/sdreg/xml.h
pkgconfig_DATA += %D%/libsdreg-xml.pc
else
EXTRA_DIST += include/sdreg/xml.h
endif
EXTRA_DIST += %D%/libsdreg-xml.map
