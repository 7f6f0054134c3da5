sdreg_SOURCES += %D%/export.c %D%/spreadsheet.c %D%/spreadsheet.h
