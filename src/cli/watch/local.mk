noinst_LTLIBRARIES += libwatch.la
libwatch_la_SOURCES = %D%/curses.h %D%/details.c %D%/details.h %D%/draw.c %D%/help.h \
	%D%/keys.c %D%/keys.h %D%/model.c %D%/model.h %D%/moves.c %D%/order.c %D%/order.h \
	%D%/screen.c %D%/screen.h %D%/text.c %D%/text.h

pkglibexec_PROGRAMS += sdreg-watch
sdreg_watch_SOURCES = %D%/helper.c %D%/watch.c
sdreg_watch_LDADD = libwatch.la libbrowse.la libcli.la libcommon.la libsdreg-browse.la libsdreg.la \
	$(JANSSON_LIBS) $(NCURSES_LIBS) -lpthread
