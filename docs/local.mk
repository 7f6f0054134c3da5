# The reference of the C libraries, as HTML in docs/html; a warning of doxygen's is an error.
EXTRA_DIST += %D%/Doxyfile.in %D%/api.md %D%/guide.md
doc:
	$(AM_V_GEN)$(MKDIR_P) %D% && rm -rf %D%/html && sed -e 's|@top_srcdir[@]|$(abs_top_srcdir)|g' \
	-e 's|@PACKAGE_VERSION[@]|$(PACKAGE_VERSION)|' $(srcdir)/%D%/Doxyfile.in >%D%/Doxyfile && \
	doxygen %D%/Doxyfile
clean-local:
	rm -rf %D%/html %D%/Doxyfile coverage threads
