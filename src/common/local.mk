# Leaves that the libraries and the command share: hidden in each, no public symbol
noinst_LTLIBRARIES += libcommon.la
libcommon_la_SOURCES = %D%/ascii.h %D%/bytes.h %D%/clock.h %D%/error.c %D%/error.h \
	%D%/escape.c %D%/escape.h %D%/grow.h %D%/hash.h %D%/installed.h %D%/near.c %D%/near.h \
	%D%/printed-txt.c %D%/printed-txt.h %D%/places.h %D%/sized.h %D%/utf8.c \
	%D%/utf8.h %D%/write.h
