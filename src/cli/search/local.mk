sdreg_SOURCES += %D%/print.c %D%/search.c %D%/search.h
