# What sdreg-browse and sdreg-watch share: watch_enter() and watch_run() are each one's own.
noinst_LTLIBRARIES += libbrowse.la
libbrowse_la_LIBADD = liblive.la
libbrowse_la_SOURCES = %D%/browse.c %D%/event-json.c %D%/event-json.h  \
	%D%/lines.c %D%/lines.h %D%/text.c %D%/text.h %D%/types.c %D%/types.h \
	%D%/watch.h
libbrowse_la_SOURCES += %D%/html/assets.h %D%/html/charts.c %D%/html/html.c %D%/html/html.h %D%/html/parts.h \
	%D%/html/services.c %D%/html/snapshot.c %D%/html/snapshot.h %D%/html/tables.c
libbrowse_la_SOURCES += %D%/html/style.c %D%/html/script.c

pkglibexec_PROGRAMS += sdreg-browse
sdreg_browse_SOURCES = src/cli/check/check.h src/cli/check/live.c src/cli/check/options.c %D%/helper.c %D%/watch-exec.c
sdreg_browse_LDADD = libbrowse.la libcli.la libcommon.la libsdreg-browse.la libsdreg.la \
	$(JANSSON_LIBS) -lpthread

# The style and the script of browse --html as C strings
EXTRA_DIST += %D%/html/page.css %D%/html/page.js
if !GENERATED_SHIPPED
CLEANFILES += %D%/html/style.c %D%/html/script.c
%D%/html/style.c: %D%/html/page.css mkarray$(EXEEXT)
	$(AM_V_GEN)$(MKARRAY) browse_style cli/browse/html/assets.h \
	<$(srcdir)/%D%/html/page.css >$@.new && mv $@.new $@
%D%/html/script.c: %D%/html/page.js mkarray$(EXEEXT)
	$(AM_V_GEN)$(MKARRAY) browse_script cli/browse/html/assets.h \
	<$(srcdir)/%D%/html/page.js >$@.new && mv $@.new $@
endif
