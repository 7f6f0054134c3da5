EXTRA_DIST += %D%/registry.rng %D%/registry.xml %D%/supplement.xml %D%/txt-keys.xml
dist_pkgdata_DATA = %D%/supplement.rng

# Bytes as a C array
if !GENERATED_SHIPPED
noinst_PROGRAMS += mkarray
mkarray_SOURCES = %D%/mkarray.c
mkarray_LDADD =
endif

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
