libbrowser_la_SOURCES += %D%/backend.h %D%/crowd.c %D%/crowd.h %D%/event.h %D%/getters.c \
	%D%/hosts.c %D%/hosts.h %D%/service.c %D%/service.h %D%/services.c %D%/services.h \
	%D%/text.c %D%/text.h %D%/view.c %D%/view.h
