libbrowser_la_SOURCES += %D%/ascii-equal.h %D%/backend.h %D%/crowd.c %D%/crowd.h \
	%D%/error.c %D%/error.h %D%/hosts.c %D%/hosts.h %D%/service.c %D%/service.h %D%/services.c \
	%D%/services.h %D%/view.c %D%/view.h
