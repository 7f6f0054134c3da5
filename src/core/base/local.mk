libcore_la_SOURCES += %D%/error.c %D%/rules.c %D%/text.c %D%/txt-form.c %D%/txt.c %D%/txt.h \
	%D%/type.c
