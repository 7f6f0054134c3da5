sdreg_SOURCES += %D%/info.c %D%/plot.c %D%/plot.h
