libcore_la_SOURCES += %D%/csv.c %D%/detect.c %D%/export-csv.c %D%/export-xml.c %D%/facts-note.c \
	%D%/facts-note.h %D%/markup.c \
	%D%/markup.h %D%/output.h %D%/xml-out.c %D%/xml-out.h
