libbrowser_la_SOURCES += %D%/addresses.c %D%/announcer.c %D%/announcer.h %D%/avahi.c \
	%D%/avahi.h %D%/connection.c %D%/fault.c %D%/follow.c %D%/handle.c %D%/lookup.c \
	%D%/loop.c %D%/publish.c %D%/records.c %D%/records.h %D%/state.c %D%/txt.c
