pkglibexec_PROGRAMS += sdreg-update
sdreg_update_SOURCES = %D%/fetch.c %D%/fetch.h %D%/helper.c %D%/judge.c %D%/judge.h \
	%D%/progress.c %D%/progress.h %D%/say.c %D%/say.h %D%/stop.h %D%/store.c %D%/store.h \
	%D%/update.c
sdreg_update_LDADD = libcli.la libcommon.la libsdreg-xml.la libsdreg.la $(CURL_LIBS) $(JANSSON_LIBS)
