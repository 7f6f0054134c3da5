/* SPDX-License-Identifier: MIT */
#ifndef CLI_SHOW_QUESTION_H
#define CLI_SHOW_QUESTION_H

#include "cli/common/sources.h"

/* A service that is checked, and what is said of it. */

struct question {
	const char *text; /* the type or instance name as it was given */
	const char *commas; /* in it: the subtypes behind a type as dns-sd -R has them, or NULL */
	struct sdreg_type type;
	struct sdreg_error error; /* for what is no type at all, or has no TXT record to be read */
	struct sdreg_report *report; /* NULL before question_answer(), and if error is set */
	int syntax_only; /* whether it is registered does not matter */
	int strict; /* warnings are errors */
	int is_typed; /* by a user, who may have meant a type that is near */
	char meant[SDREG_NAME_SIZE]; /* that type, if this one is not known, or empty */
};

/* Reads the text into type, or error. */
void question_read(struct question *q);

/* Checks what is known; subject's type, registry and supplement are set here. 0, or STATUS_TROUBLE
 * after saying why. */
int question_answer(const struct sources *from, struct question *q, struct sdreg_subject *subject);

/* Prints the answer, as lines or as JSON. 0 or STATUS_TROUBLE. */
int question_print(int json, const struct sources *from, const struct question *q);

/* 1 for a finding that the verdict on the type says already. */
int question_is_verdict(const struct sdreg_finding *f);

int question_is_valid(const struct question *q);

void question_clear(struct question *q);

#endif
