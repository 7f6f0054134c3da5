libcli_la_SOURCES += %D%/cli.c %D%/cli.h %D%/exec.c \
	%D%/json.c %D%/json.h %D%/number.h %D%/open.c %D%/options.c %D%/options.h %D%/put-file.c %D%/put-file.h %D%/sources.c %D%/sources.h %D%/state.c \
	%D%/state.h
