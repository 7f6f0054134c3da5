libcore_la_SOURCES += %D%/error.c %D%/labels.c %D%/labels.h %D%/meant.c %D%/meant.h %D%/rules.c %D%/text.c %D%/txt-form.c %D%/txt.c %D%/txt.h \
	%D%/type-format.c %D%/type.c %D%/version.c
