/* SPDX-License-Identifier: MIT */
#include "question.h"

#include "verdict.h"

#include "cli/common/cli.h"
#include "cli/common/json.h"
#include "cli/common/print.h"
#include "common/ascii.h"
#include "entry.h"

#include <stdlib.h>
#include <string.h>

/* "_http._tcp,_printer,_other": a type all the same, for some. The rest of the text behind it must
 * be subtypes; NULL if it is not so. */
static const char *find_commas(const char *text, struct sdreg_type *type)
{
	const char *const comma = strchr(text, ',');
	if (comma == NULL ||
		sdreg_type_parse(text, (size_t)(comma - text), type, NULL) != SDREG_OK ||
		type->instance_len > 0 || type->subtype_len > 0 || type->domain[0] != '\0')
		return NULL;
	const char *at = comma;
	for (; *at == ','; at += strcspn(at, ","))
		if (strcspn(++at, ",") == 0)
			return NULL;
	return comma;
}

void question_read(struct question *q)
{
	q->error.size = sizeof(q->error);
	q->commas = NULL;
	if (sdreg_type_parse(q->text, strlen(q->text), &q->type, &q->error) < 0)
		q->commas = find_commas(q->text, &q->type);
	if (q->commas != NULL)
		q->error.code = SDREG_OK;
}

int question_answer(const struct sources *from, struct question *q, struct sdreg_subject *subject)
{
	struct sdreg_error err = {.size = sizeof(err)};
	if (q->error.code != 0)
		return 0;
	subject->type = &q->type;
	subject->registry = from->registry;
	subject->supplement = from->supplement;
	q->report = sdreg_check(subject, &err);
	if (q->report == NULL)
		return cli_error(&err);
	const enum sdreg_verdict v = sdreg_annotation_verdict(sdreg_report_annotation(q->report));
	const int is_unknown = v == SDREG_VERDICT_NOT_REGISTERED || v == SDREG_VERDICT_NOT_IN_PART;
	if (q->is_typed && !q->syntax_only && is_unknown &&
		!sources_near_type(from, &q->type, q->meant))
		q->meant[0] = '\0';
	return 0;
}

void question_clear(struct question *q)
{
	sdreg_report_free(q->report);
	q->report = NULL;
}

/* ---- which findings count ---- */

/* What the verdict says already, in a line of its own. */
int question_is_verdict(const struct sdreg_finding *f)
{
	const enum sdreg_finding_rule rule = sdreg_finding_rule(f);
	return rule == SDREG_FINDING_NOT_REGISTERED || rule == SDREG_FINDING_OTHER_TRANSPORT ||
		rule == SDREG_FINDING_NOT_KNOWN;
}

/* Whether the type or the instance name is not well formed. */
static int is_fault(const struct sdreg_finding *f)
{
	const enum sdreg_finding_rule rule = sdreg_finding_rule(f);
	return rule >= SDREG_FINDING_NAME_EMPTY && rule <= SDREG_FINDING_INSTANCE_UTF8;
}

static int is_registered(const struct question *q)
{
	const enum sdreg_verdict v = sdreg_annotation_verdict(sdreg_report_annotation(q->report));
	return v == SDREG_VERDICT_REGISTERED || v == SDREG_VERDICT_TRANSPORT_NOT_STATED;
}

int question_is_valid(const struct question *q)
{
	const struct sdreg_finding *f;
	const enum sdreg_severity least = q->strict ? SDREG_SEVERITY_WARNING : SDREG_SEVERITY_ERROR;
	if (q->error.code != 0 || (!q->syntax_only && !is_registered(q)))
		return 0;
	for (size_t i = 0; (f = sdreg_report_finding(q->report, i)) != NULL; i++)
		if (sdreg_finding_severity(f) >= least &&
			!(q->syntax_only && question_is_verdict(f)))
			return 0;
	return sdreg_report_left_out(q->report) == 0 || sdreg_report_worst(q->report) < least;
}

/* ---- text ---- */

/* A blank at an end would not be seen. */
static void begin_line(const struct question *q)
{
	const size_t len = q->commas != NULL ? (size_t)(q->commas - q->text) : strlen(q->text);
	const int is_quoted = len == 0 || ascii_is_blank((unsigned char)q->text[0]) ||
		ascii_is_blank((unsigned char)q->text[len - 1]);
	fputs(is_quoted ? "\"" : "", stdout);
	print_cut(stdout, q->text, len);
	fputs(is_quoted ? "\": " : ": ", stdout);
}

/* Who says so: the registry, the supplement or both. */
static void print_source(const struct sources *from, const struct sdreg_annotation *a)
{
	const enum sdreg_verdict verdict = sdreg_annotation_verdict(a);
	const int is_supplement = verdict == SDREG_VERDICT_IN_COMMON_USE ||
		verdict == SDREG_VERDICT_SEEN;
	fputs(" (", stdout);
	if (!is_supplement)
		print_text(stdout, from->source);
	if (sdreg_annotation_instead(a) != NULL)
		fputs("; ", stdout);
	if (is_supplement || sdreg_annotation_instead(a) != NULL)
		fputs("sdreg's supplement", stdout);
	putchar(')');
}

static void print_verdict(const struct sources *from, const struct question *q)
{
	const struct sdreg_annotation *const a = sdreg_report_annotation(q->report);
	begin_line(q);
	if (q->syntax_only) {
		puts("well formed");
		return;
	}
	verdict_print(stdout, a);
	if (sdreg_annotation_title(a)[0] != '\0') {
		fputs(": ", stdout);
		print_text(stdout, sdreg_annotation_title(a));
	}
	if (sdreg_annotation_instead(a) != NULL) {
		fputs("; ", stdout);
		print_text(stdout, sdreg_annotation_instead(a));
	}
	print_source(from, a);
	if (q->meant[0] != '\0') {
		fputs(": is ", stdout);
		print_text(stdout, q->meant);
		fputs(" meant?", stdout);
	}
	putchar('\n');
}

static void print_finding(const struct question *q, const struct sdreg_finding *f)
{
	const size_t string = sdreg_finding_string(f);
	size_t key_len;
	const char *const key = sdreg_finding_key(f, &key_len);
	begin_line(q);
	if (is_fault(f))
		fputs("not well formed: ", stdout);
	else
		printf("%s: ", sdreg_severity_text(sdreg_finding_severity(f)));
	if (key_len > 0) {
		print_bytes(stdout, key, key_len);
		fputs(": ", stdout);
	} else if (string != SDREG_NO_STRING) {
		printf("string %zu: ", string + 1);
	}
	print_text(stdout, sdreg_finding_text(f));
	fputs(" (", stdout);
	print_text(stdout, sdreg_finding_source(f));
	if (is_fault(f))
		fputs(")\n", stdout);
	else
		printf(") [%s]\n", sdreg_finding_rule_word(sdreg_finding_rule(f)));
}

/* What subtypes behind a type mean, and how they are written elsewhere. To be freed; NULL for want
 * of memory. */
static char *explain_commas(const struct question *q)
{
	char type[SDREG_NAME_SIZE];
	char *text = NULL;
	size_t size;
	FILE *const out = open_memstream(&text, &size);
	if (out == NULL)
		return NULL;
	sdreg_type_format(&q->type, SDREG_TYPE_PART_TYPE, type, sizeof(type));
	fprintf(out, "\"%s\" is how dns-sd -R and DNSServiceRegister write subtypes; elsewhere ",
		q->commas);
	fputs(strchr(q->commas + 1, ',') != NULL ? "they are" : "it is", out);
	for (const char *at = q->commas; *at == ',';) {
		const size_t len = strcspn(++at, ",");
		const char *const between = at == q->commas + 1 ? " "
			: at[len] == ','                        ? ", "
								: " and ";
		fprintf(out, "%s%.*s._sub.%s", between, (int)len, at, type);
		at += len;
	}
	if (fclose(out) == 0)
		return text;
	free(text);
	return NULL;
}

static void print_commas(const struct question *q)
{
	char *const text = explain_commas(q);
	begin_line(q);
	fputs("note: ", stdout);
	if (text != NULL)
		print_cut(stdout, text, strlen(text));
	puts(" (RFC 6763 section 7.1) [subtype-comma]");
	free(text);
}

static void print_answer(const struct sources *from, const struct question *q)
{
	const struct sdreg_finding *f;
	if (q->error.code != 0) {
		begin_line(q);
		fputs("not well formed: ", stdout);
		print_text(stdout, q->error.text);
		putchar('\n');
		return;
	}
	if (sdreg_type_faults(&q->type) == 0)
		print_verdict(from, q);
	if (q->commas != NULL)
		print_commas(q);
	for (size_t i = 0; (f = sdreg_report_finding(q->report, i)) != NULL; i++)
		if (!question_is_verdict(f))
			print_finding(q, f);
	if (sdreg_report_left_out(q->report) > 0) {
		begin_line(q);
		printf("and %zu more\n", sdreg_report_left_out(q->report));
	}
}

/* ---- JSON ---- */

static json_t *finding_json(const struct sdreg_finding *f)
{
	const size_t string = sdreg_finding_string(f);
	size_t key_len;
	const char *const key = sdreg_finding_key(f, &key_len);
	/* clang-format off */
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}",
		"severity", sdreg_severity_text(sdreg_finding_severity(f)),
		"rule", sdreg_finding_rule_word(sdreg_finding_rule(f)),
		"key", key_len > 0 ? json_bytes(key, key_len) : json_null(),
		"string", string != SDREG_NO_STRING ? json_integer((json_int_t)string + 1)
						    : json_null(),
		"text", json_text(sdreg_finding_text(f)),
		"source", json_text(sdreg_finding_source(f)));
	/* clang-format on */
}

static json_t *commas_json(const struct question *q)
{
	char *const text = explain_commas(q);
	json_t *const finding = json_pack("{s:s, s:s, s:n, s:n, s:o, s:s}", "severity", "note",
		"rule", "subtype-comma", "key", "string", "text",
		json_text(text != NULL ? text : ""), "source", "RFC 6763 section 7.1");
	free(text);
	return finding;
}

static json_t *findings_json(const struct question *q)
{
	const struct sdreg_finding *f;
	json_t *const findings = json_array();
	if (q->error.code != 0) {
		json_array_append_new(findings,
			json_pack("{s:s, s:s, s:n, s:n, s:o, s:s}", "severity", "error", "rule",
				"unreadable", "key", "string", "text", json_text(q->error.text),
				"source", "RFC 6763"));
		return findings;
	}
	if (q->commas != NULL)
		json_array_append_new(findings, commas_json(q));
	for (size_t i = 0; (f = sdreg_report_finding(q->report, i)) != NULL; i++)
		if (!(q->syntax_only && question_is_verdict(f)))
			json_array_append_new(findings, finding_json(f));
	return findings;
}

static int print_json(const struct sources *from, const struct question *q)
{
	char type[SDREG_NAME_SIZE];
	/* NULL for what is no type */
	const struct sdreg_annotation *const a =
		q->error.code == 0 ? sdreg_report_annotation(q->report) : NULL;
	const char *const instead = a != NULL ? sdreg_annotation_instead(a) : NULL;
	if (a != NULL)
		sdreg_type_format(&q->type, SDREG_TYPE_PART_TYPE, type, sizeof(type));
	/* clang-format off */
	json_t *const object = json_pack("{s:o, s:o, s:o, s:b, s:o, s:o, s:o, s:o, s:I, s:o}",
		"input", json_text(q->text),
		"type", a != NULL ? json_text(type) : json_null(),
		"meant", q->meant[0] != '\0' ? json_string(q->meant) : json_null(),
		"valid", question_is_valid(q),
		"verdict", json_string(a != NULL ? sdreg_verdict_word(sdreg_annotation_verdict(a))
					      : sdreg_verdict_word(SDREG_VERDICT_NOT_WELL_FORMED)),
		"title", json_text(a != NULL ? sdreg_annotation_title(a) : ""),
		"instead", instead != NULL ? json_text(instead) : json_null(),
		"findings", findings_json(q),
		"left_out", (json_int_t)(a != NULL ? sdreg_report_left_out(q->report) : 0),
		"source", json_text(from->source));
	/* clang-format on */
	entry_add_known(object, a != NULL ? sdreg_annotation_supplement(a) : NULL);
	return json_print_line(stdout, object);
}

int question_print(int json, const struct sources *from, const struct question *q)
{
	if (json)
		return print_json(from, q);
	print_answer(from, q);
	return 0;
}
