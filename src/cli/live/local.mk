# What programs that browse share
noinst_LTLIBRARIES += liblive.la
liblive_la_SOURCES = %D%/filter.c %D%/filter.h %D%/guard.c %D%/guard.h %D%/leave.c \
	%D%/leave.h %D%/progress.c %D%/progress.h
