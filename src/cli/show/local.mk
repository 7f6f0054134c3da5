libcli_la_SOURCES += %D%/columns.c %D%/columns.h %D%/entry-json.c %D%/entry.c %D%/entry.h \
	%D%/page.c %D%/page.h %D%/question.c %D%/question.h %D%/service.c %D%/service.h \
	%D%/snippet.c %D%/snippet.h %D%/txt-key.c %D%/txt-key.h \
	%D%/verdict.c %D%/verdict.h
