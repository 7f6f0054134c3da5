libcore_la_SOURCES += %D%/annotate.c %D%/explain.c %D%/find.c %D%/key.c %D%/mapping.h \
	%D%/pattern.h %D%/people.c %D%/registry.c
