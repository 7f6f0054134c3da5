noinst_LTLIBRARIES += libannotate.la
libannotate_la_SOURCES = %D%/annotate.c %D%/annotate.h %D%/fields.c %D%/input.c %D%/input.h \
	%D%/json.c %D%/keys.c %D%/keys.h %D%/known.c %D%/known.h %D%/sink.c %D%/sink.h %D%/text.c %D%/words.c \
	%D%/words.h
libannotate_la_SOURCES += %D%/avahi/human.c %D%/avahi/human.h %D%/avahi/line.c \
	%D%/avahi/line.h %D%/avahi/names.c %D%/avahi/names.h
if HAVE_GDBM
pkglibexec_PROGRAMS += sdreg-avahi-names
sdreg_avahi_names_SOURCES = %D%/avahi/helper.c
sdreg_avahi_names_LDADD = $(GDBM_LIBS)
endif
