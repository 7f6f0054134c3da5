# Tests speak TAP, a line a case.
TEST_LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(TEST_LOG_DRIVER)
SH_LOG_DRIVER = $(TEST_LOG_DRIVER)
TEST_EXTENSIONS = .sh
LOG_COMPILER = $(BASH_PROGRAM) '$(srcdir)/%D%/bounded.sh'
SH_LOG_COMPILER = $(LOG_COMPILER) $(BASH_PROGRAM)
BASH_PROGRAM = bash
AM_TESTS_ENVIRONMENT = CMOCKA_MESSAGE_OUTPUT=TAP; export CMOCKA_MESSAGE_OUTPUT; \
	SRCDIR='$(abs_top_srcdir)'; export SRCDIR; \
	BUILDDIR='$(abs_top_builddir)'; export BUILDDIR; \
	SDREG='$(abs_top_builddir)/sdreg'; export SDREG; \
	XDG_DATA_HOME='$(abs_top_builddir)/tests/nothing'; export XDG_DATA_HOME; \
	SDREG_STATEDIR='$(abs_top_builddir)/tests/nothing'; export SDREG_STATEDIR; \
	FIXTURES='$(abs_top_srcdir)/tests/fixtures'; export FIXTURES; \
	CC='$(CC)'; export CC; NM='$(NM)'; export NM; \
	SAN_CFLAGS='$(SAN_CFLAGS)'; export SAN_CFLAGS;
# What a test program links with, unless it says otherwise: the insides of the libraries
xml_insides =
if HAVE_XML
xml_insides += libreader.la
endif
LDADD = $(xml_insides) libembedded.la libcore.la libcommon.la $(XML_LIBS) $(JANSSON_LIBS) \
	$(CMOCKA_LIBS)
EXTRA_DIST += %D%/fixtures

include %D%/unit/local.mk
if HAVE_XML
include %D%/fuzz/local.mk
if HAVE_CLI
include %D%/cli/local.mk
include %D%/lan/local.mk
include %D%/bench/local.mk
endif
endif

# ---- what is no test but looks at the code ----
check-valgrind:
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='$(unit_tests)' LOG_COMPILER="$(LOG_COMPILER) ./libtool \
	--mode=execute valgrind -q --error-exitcode=99 --leak-check=full"

# Threads that read one registry, under ThreadSanitizer, in a build of its own below this one
check-threads:
	$(MKDIR_P) threads && cd threads && { test -f Makefile || CC='$(CC)' \
	'$(abs_top_srcdir)/configure' -q --enable-tests --with-sanitizer=thread \
	--disable-shared --enable-static CFLAGS='-O1 -g'; } && \
	$(MAKE) tests/unit/test-threads && $(SET_ASLR) tests/unit/test-threads
SET_ASLR = setarch -R # ThreadSanitizer of before 2024 does not know all places of memory

# The tests of the library and of the command once more, in a locale where i is no small I
EXTRA_DIST += %D%/locale.c
LOCALE = tr_TR.UTF-8
check-locale: all
	$(MKDIR_P) tests && $(CC) -shared -fPIC -o %D%/locale.so '$(srcdir)/%D%/locale.c'
	LD_PRELOAD='$(abs_top_builddir)/%D%/locale.so' SDREG_TEST_LOCALE='$(LOCALE)' \
	$(MAKE) $(AM_MAKEFLAGS) check TESTS='$(unit_tests) $(locale_tests)'
# not those that look at the sources, or wait for servers
locale_tests = %D%/cli/test-annotate.sh %D%/cli/test-check.sh %D%/cli/test-command.sh \
	%D%/cli/test-diff.sh %D%/cli/test-export.sh %D%/cli/test-input.sh \
	%D%/cli/test-registry.sh %D%/cli/test-search.sh
CLEANFILES += %D%/locale.so

# Which lines the tests run, in a build of its own below this one; `make coverage TESTS=...' for some
# tests. Fails when a room is below its goal.
EXTRA_DIST += %D%/coverage.sh
coverage:
	$(MKDIR_P) coverage && cd coverage && { test -f Makefile || \
	CC='$(CC)' '$(abs_top_srcdir)/configure' -q --enable-tests CFLAGS='-O0 -g --coverage'; } && \
	find . -name '*.gcda' -exec rm -f {} + && $(MAKE) check && \
	$(BASH_PROGRAM) '$(abs_top_srcdir)/%D%/coverage.sh' . '$(abs_top_srcdir)'

# Changes of one operator that no test catches, in a copy of the tree: FILES='src/core/image/*'
EXTRA_DIST += %D%/mutants/mutants.py %D%/mutants/runtime.c %D%/mutants/schema.py
FILES = src/*
mutants:
	'$(srcdir)/%D%/mutants/mutants.py' $(MUTANTS_OPTIONS) '$(FILES)'

lint:
	$(BASH_PROGRAM) $(srcdir)/%D%/lint.sh $(srcdir) $(abs_builddir)

# The binary interface, against the references in abi/; write-abi makes new ones. Takes a build with -g.
check-abi: all
	$(BASH_PROGRAM) '$(srcdir)/%D%/abi.sh' compare '$(abs_builddir)'
write-abi: all
	$(BASH_PROGRAM) '$(srcdir)/%D%/abi.sh' write '$(abs_builddir)'
EXTRA_DIST += %D%/abi %D%/abi.sh %D%/bounded.sh %D%/lint.sh %D%/suite.sh
