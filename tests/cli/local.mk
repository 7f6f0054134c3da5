# Scripts: the rooms, the exported symbols, the headers, the command.
cli_tests = %D%/test-annotate.sh %D%/test-bootstrap.sh %D%/test-bounded.sh \
	%D%/test-check.sh %D%/test-command.sh \
	%D%/test-completion.sh %D%/test-diff.sh %D%/test-examples.sh %D%/test-export.sh \
	%D%/test-formats.sh %D%/test-headers.sh %D%/test-html.sh %D%/test-input.sh \
	%D%/test-installed.sh %D%/test-io.sh %D%/test-json-page.sh %D%/test-man.sh %D%/test-options.sh \
	%D%/test-plot.sh %D%/test-put-file.sh %D%/test-python.sh %D%/test-readme.sh %D%/test-registry.sh \
	%D%/test-rooms.sh %D%/test-search.sh %D%/test-security.sh %D%/test-symbols.sh \
	%D%/test-terminal.sh %D%/test-update.sh
TESTS += $(cli_tests)
dist_check_SCRIPTS += $(cli_tests)
# After all others: its `make install` has libtool link the libraries anew, in the place where the
# others load them from.
%D%/test-examples.log: $(TEST_LOGS:%D%/test-examples.log=)
EXTRA_DIST += %D%/blocks.sh %D%/complete.py %D%/diff-reference.py %D%/fail-io.c \
	%D%/https-server.py %D%/image-reader.py %D%/json-page.sh %D%/make-hostile.py \
	%D%/printable.py %D%/reference.py %D%/tap.sh %D%/update.sh %D%/whole.sh
