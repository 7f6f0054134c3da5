EXTRA_DIST += %D%/registry.tsv %D%/supplement.xml %D%/titles.tsv %D%/txt-keys.xml
dist_pkgdata_DATA = %D%/supplement.rng

# What the build runs: programs for the build machine, where that is another one
FACTS = ./facts$(EXEEXT)
MKARRAY = ./mkarray$(EXEEXT)
MKIMAGE = ./mkimage$(EXEEXT)
MKREGISTRY = ./mkregistry$(EXEEXT)

# Facts into an image, and its bytes into a C array
if MAKE_REGISTRY
noinst_PROGRAMS += mkarray mkregistry
mkarray_SOURCES = %D%/mkarray.c
mkarray_LDADD =
else
check_PROGRAMS += mkregistry
endif
mkregistry_SOURCES = %D%/facts.h %D%/mkregistry.c
mkregistry_LDADD = libcore.la libcommon.la

# IANA's XML into facts
if HAVE_XML
check_PROGRAMS += facts
facts_SOURCES = %D%/facts.c %D%/facts.h
facts_LDADD = libreader.la libcore.la libcommon.la $(XML_LIBS)
endif

# Takes the facts of another of IANA's registries: shows what is new in them, and writes them down.
refresh-registry: all facts$(EXEEXT) mkregistry$(EXEEXT)
	@test -n '$(REGISTRY)' || { \
		echo 'make refresh-registry REGISTRY=FILE.xml: a file of IANA is needed' >&2; exit 1; }
	./facts '$(REGISTRY)' $(srcdir)/%D%/titles.tsv >facts.new.tsv
	./mkregistry facts.new.tsv <facts.new.tsv >facts.new.image
	./mkregistry registry.tsv <$(srcdir)/%D%/registry.tsv >facts.old.image
	./sdreg diff facts.old.image facts.new.image || test $$? = 1
	mv facts.new.tsv $(srcdir)/%D%/registry.tsv
	rm facts.old.image facts.new.image

# ---- manual pages ----
dist_man_MANS = %D%/man/sdreg.1 %D%/man/sdreg-annotate.1 %D%/man/sdreg-browse.1 \
	%D%/man/sdreg-check.1 %D%/man/sdreg-diff.1 %D%/man/sdreg-export.1 %D%/man/sdreg-info.1 \
	%D%/man/sdreg-lookup.1 %D%/man/sdreg-search.1 %D%/man/sdreg-types.1 \
	%D%/man/sdreg-update.1 %D%/man/libsdreg.3 %D%/man/sdreg_annotate.3 \
	%D%/man/sdreg_builder.3 %D%/man/sdreg_check.3 %D%/man/sdreg_error.3 \
	%D%/man/sdreg_export.3 %D%/man/sdreg_key.3 %D%/man/sdreg_markup.3 \
	%D%/man/sdreg_presence.3 %D%/man/sdreg_registry.3 %D%/man/sdreg_search.3 \
	%D%/man/sdreg_text.3 %D%/man/sdreg_txt.3 %D%/man/sdreg_type.3 %D%/man/sdreg_version.3 %D%/man/sdreg_xml.3 \
	%D%/man/sdreg-image.5 %D%/man/sdreg-json.5 %D%/man/sdreg-supplement.5
if HAVE_AVAHI
dist_man_MANS += %D%/man/sdreg_announce.3 %D%/man/sdreg_avahi.3 %D%/man/sdreg_browse.3
else
EXTRA_DIST += %D%/man/sdreg_announce.3 %D%/man/sdreg_avahi.3 %D%/man/sdreg_browse.3
endif

# ---- completions: where each shell looks, unless make is told otherwise ----
bashcompletiondir = $(datadir)/bash-completion/completions
zshcompletiondir = $(datadir)/zsh/site-functions
fishcompletiondir = $(datadir)/fish/vendor_completions.d
EXTRA_DIST += %D%/completions/sdreg.bash %D%/completions/_sdreg %D%/completions/sdreg.fish
if HAVE_CLI
zshcompletion_DATA = %D%/completions/_sdreg
fishcompletion_DATA = %D%/completions/sdreg.fish
install-data-local: # bash looks for a file with the name of the command
	$(MKDIR_P) '$(DESTDIR)$(bashcompletiondir)'
	$(INSTALL_DATA) $(srcdir)/%D%/completions/sdreg.bash '$(DESTDIR)$(bashcompletiondir)/sdreg'
uninstall-local:
	rm -f '$(DESTDIR)$(bashcompletiondir)/sdreg'
endif
