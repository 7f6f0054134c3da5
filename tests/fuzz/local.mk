# Fuzz targets: with --enable-fuzzing they fuzz, and are all that is linked with LDADD; else they
# replay files.
fuzz_targets = %D%/fuzz-csv %D%/fuzz-export %D%/fuzz-image %D%/fuzz-lookup %D%/fuzz-notes \
	%D%/fuzz-presence %D%/fuzz-search %D%/fuzz-supplement %D%/fuzz-twins %D%/fuzz-txt \
	%D%/fuzz-type %D%/fuzz-xml
if HAVE_CLI
fuzz_targets += %D%/fuzz-avahi-line %D%/fuzz-json
endif
%C%_fuzz_avahi_line_LDADD = libannotate.la $(LDADD)
%C%_fuzz_json_LDADD = libcli.la $(LDADD)
check_PROGRAMS += $(fuzz_targets)
EXTRA_DIST += %D%/fuzz.h %D%/memory-file.h
if FUZZING
LDADD += $(FUZZ_LDFLAGS)
else
check_LTLIBRARIES = libreplay.la
libreplay_la_SOURCES = %D%/replay.c
LDADD += libreplay.la
endif

TESTS += %D%/test-guarded.sh %D%/test-replay.sh
dist_check_SCRIPTS += %D%/test-guarded.sh %D%/test-replay.sh
EXTRA_DIST += %D%/guard.c %D%/fuzz.sh %D%/xml.dict %D%/corpus
FUZZ_SECONDS = 60
fuzz: $(fuzz_targets)
	$(BASH_PROGRAM) $(srcdir)/%D%/fuzz.sh $(FUZZ_SECONDS) $(fuzz_targets)

# The seeds that are images, out of other seeds: whoever counts IMAGE_VERSION up commits new ones
seeds = $(srcdir)/%D%/corpus
write-seeds: sdreg sdreg-xml
	./sdreg export -f image --registry $(seeds)/csv/plain -o $(seeds)/image/csv
	./sdreg-xml part plain <$(seeds)/xml/plain >$(seeds)/image/part
	./sdreg-xml registry xrefs <$(seeds)/xml/xrefs >$(seeds)/image/port
	./sdreg-xml supplement keys <$(seeds)/supplement/keys >$(seeds)/image/supplement
