libcore_la_SOURCES += %D%/body.c %D%/body.h %D%/keys.c %D%/notes.c %D%/notes.h \
	%D%/references.c %D%/words.c %D%/words.h
