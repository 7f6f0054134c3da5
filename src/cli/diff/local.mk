sdreg_SOURCES += %D%/diff.c %D%/diff.h %D%/match.c %D%/print.c %D%/types.c
