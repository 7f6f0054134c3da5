# Figures, never a test: `make bench REGISTRY=FILE.xml`
EXTRA_PROGRAMS = %D%/bench
%C%_bench_LDADD = libsdreg-xml.la libsdreg.la $(XML_LIBS)
CLEANFILES += %D%/bench$(EXEEXT)
REGISTRY =
EXTRA_DIST += %D%/annotate.sh %D%/bench.sh %D%/browse.sh
bench: %D%/bench$(EXEEXT) all
	$(BASH_PROGRAM) $(srcdir)/%D%/bench.sh '$(abs_top_builddir)' $(REGISTRY)

# Beside avahi-browse, on a private network; SERVICES='10 1000' for other numbers of services
bench-browse: all tests/lan/mdns-crowd$(EXEEXT)
	$(BASH_PROGRAM) $(srcdir)/%D%/browse.sh '$(abs_top_builddir)' $(SERVICES)
