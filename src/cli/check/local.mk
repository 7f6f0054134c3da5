sdreg_SOURCES += %D%/check.c %D%/check.h %D%/options.c
