libcore_la_SOURCES += %D%/check.c %D%/check.h %D%/clique-rules.c %D%/joined.c \
	%D%/keys.c %D%/name.c %D%/presence-instance.c %D%/presence-keys.c %D%/presence-rules.c %D%/presence.c \
	%D%/presence.h %D%/report.c %D%/report.h %D%/txt.c %D%/value.c
