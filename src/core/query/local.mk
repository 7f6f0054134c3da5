libcore_la_SOURCES += %D%/annotate.c %D%/annotate.h %D%/explain.c %D%/find.c %D%/find.h %D%/form.c %D%/form.h \
	%D%/key.c %D%/key.h %D%/mapping.h %D%/pattern.h %D%/people.c %D%/registry.c
