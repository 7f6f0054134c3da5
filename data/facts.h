/* SPDX-License-Identifier: MIT */
#ifndef DATA_FACTS_H
#define DATA_FACTS_H

/*
 * data/registry.tsv: IANA's registry as facts, from which the embedded registry is made. Lines of
 * fields with a TAB between them; those that would end a line empty are left out.
 *
 *   # ...                        a comment
 *   @title, @updated             the registry's title and day
 *   @person                      id, name, organization, URIs (a line each), day
 *   anything else                an entry, in the registry's order, with the fields below
 *
 * In a field "\n" is a line break; behind another backslash a byte stands for itself.
 */

/* The fields of an entry. */
enum fact {
	FACT_NAME,
	FACT_PORT, /* N or A-B */
	FACT_TRANSPORT,
	FACT_TITLE, /* the description, where that is no sentence */
	FACT_REGISTERED,
	FACT_MODIFIED,
	FACT_REFERENCE, /* [RFC6120][...] */
	FACT_CODE, /* service code of DCCP */
	FACT_MISUSE, /* FACT_REPORTED, or nothing */
	FACT_TXT, /* what the note says of TXT keys: none, list, reference, ... */
	FACT_KEYS, /* a comma and a blank between them */
	FACT_DOCUMENTS, /* that define the keys; a blank between them */
	FACT_MORE, /* FACT_LEFT_OUT where IANA says more: a note, a sentence; or nothing */
	/* Of few entries only, which are here word for word: */
	FACT_ASSIGNEE, /* [id][...] */
	FACT_CONTACT,
	FACT_NOTES, /* then TXT keys are told from them */
	FACTS,
};

#define FACT_REPORTED "reported"
#define FACT_LEFT_OUT "more"

#endif
