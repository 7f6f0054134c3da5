libcore_la_SOURCES += %D%/builder.c %D%/builder.h %D%/check.c %D%/check.h %D%/image.c \
	%D%/image.h %D%/index.c %D%/index.h %D%/keys.c %D%/layout.h %D%/pool.c %D%/pool.h \
	%D%/write.c

# The embedded registry and supplement: images as C, made of data/registry.tsv and data/*.xml. A
# tarball brings them along, so a cross build from one runs no program of its own, unless configure
# was told of another registry.
libembedded_la_SOURCES = %D%/embedded.c %D%/embedded.h %D%/embedded-supplement.c
if GIVEN_REGISTRY
nodist_libembedded_la_SOURCES = %D%/given-registry.c
CLEANFILES += %D%/given-registry.c
EXTRA_DIST += %D%/embedded-registry.c
%D%/given-registry.c: $(GIVEN_REGISTRY) data/titles.tsv facts$(EXEEXT) mkregistry$(EXEEXT) mkarray$(EXEEXT)
	$(AM_V_GEN)$(FACTS) '$(GIVEN_REGISTRY)' $(srcdir)/data/titles.tsv >$@.facts && \
	$(MKREGISTRY) '$(GIVEN_REGISTRY)' <$@.facts >$@.image && \
	$(MKARRAY) embedded_registry core/image/embedded.h <$@.image >$@.new && \
	rm $@.facts $@.image && mv $@.new $@
else
libembedded_la_SOURCES += %D%/embedded-registry.c
endif

if !GENERATED_SHIPPED
noinst_PROGRAMS += mkimage
mkimage_SOURCES = src/cli/helper-xml.c
mkimage_LDADD = libtell.la libreader.la libcore.la libcommon.la $(XML_LIBS)
CLEANFILES += %D%/embedded-registry.c %D%/embedded-supplement.c

%D%/embedded-registry.c: data/registry.tsv mkregistry$(EXEEXT) mkarray$(EXEEXT)
	$(AM_V_GEN)$(MKREGISTRY) data/registry.tsv <$(srcdir)/data/registry.tsv >$@.image && \
	$(MKARRAY) embedded_registry core/image/embedded.h <$@.image >$@.new && \
	rm $@.image && mv $@.new $@
%D%/embedded-supplement.c: data/supplement.xml data/txt-keys.xml mkimage$(EXEEXT) mkarray$(EXEEXT)
	$(AM_V_GEN)$(MKIMAGE) supplement data/txt-keys.xml $(srcdir)/data/supplement.xml \
	<$(srcdir)/data/txt-keys.xml >$@.image && \
	$(MKARRAY) embedded_supplement core/image/embedded.h <$@.image >$@.new && \
	rm $@.image && mv $@.new $@
endif

# What sdreg update installed, and whether the embedded registry is newer
libembedded_la_SOURCES += %D%/latest.c %D%/latest.h
