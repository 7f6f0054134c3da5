libcore_la_SOURCES += %D%/scan.c %D%/scan.h %D%/search.c %D%/words.c %D%/words.h
