noinst_LTLIBRARIES += libupdate.la
libupdate_la_SOURCES = %D%/fetch.c %D%/fetch.h %D%/installed.c %D%/installed.h %D%/judge.c %D%/judge.h %D%/progress.c \
	%D%/progress.h %D%/say.c %D%/say.h %D%/stop.h %D%/store.c %D%/store.h

pkglibexec_PROGRAMS += sdreg-update
sdreg_update_SOURCES = %D%/helper.c %D%/update.c
sdreg_update_LDADD = libupdate.la libcli.la libcommon.la libsdreg-xml.la libsdreg.la $(CURL_LIBS) $(JANSSON_LIBS)
