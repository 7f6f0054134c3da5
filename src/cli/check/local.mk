sdreg_SOURCES += %D%/check.c %D%/check.h
