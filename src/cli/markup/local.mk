libcli_la_SOURCES += %D%/html.c %D%/html.h %D%/svg.c %D%/svg.h
