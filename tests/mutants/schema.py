# SPDX-License-Identifier: MIT
"""Rewrites C so that each operator can become another one at run time.

`a < b` becomes `(MUTANT(17) ? (a) <= (b) : (a) < (b))`: one build holds all mutants, and
runtime.c chooses one of them. Only operators in the bodies of functions are rewritten, and none
that come out of a macro or stand in a constant expression."""

import re
from collections import namedtuple

from clang.cindex import Config, CursorKind, Index, TypeKind

if not Config.loaded:
    Config.set_library_file('libclang-14.so.1')

PROLOGUE = '''extern int mutants_chosen;
extern unsigned char *mutants_reached;
#define MUTANT(n) (mutants_reached[n] = 1, mutants_chosen == (n))
#define IS_MUTANT(n) (mutants_chosen == (n))
#line 1 "%s"
'''
COMPOUND = ('+=', '-=', '&=', '|=')
BINARY = {'<': '<=', '<=': '<', '>': '>=', '>=': '>', '==': '!=', '!=': '==', '&&': '||',
          '||': '&&', '+': '-', '-': '+', '*': '/', '/': '*', '&': '|', '|': '&', '<<': '>>',
          '>>': '<<', '+=': '-=', '-=': '+=', '&=': '|=', '|=': '&='}
UNARY = {'!': '', '++': '--', '--': '++'}
# The other neighbour of a limit; < for <= and the like are the first
LIMIT = {'<': '-', '<=': '+', '>': '+', '>=': '-', '==': '+', '!=': '+'}
POINTERS = (TypeKind.POINTER, TypeKind.CONSTANTARRAY, TypeKind.INCOMPLETEARRAY,
            TypeKind.VARIABLEARRAY)
CONSTANT = (CursorKind.CASE_STMT, CursorKind.CXX_UNARY_EXPR, CursorKind.STATIC_ASSERT,
            CursorKind.STRUCT_DECL, CursorKind.UNION_DECL, CursorKind.ENUM_DECL)

# A place that changes: form is binary, unary or postfix; parts are the operands' ranges.
Site = namedtuple('Site', 'start end form operator parts limit function line')
Mutant = namedtuple('Mutant', 'file line function number change place')


def span(cursor):
    return cursor.extent.start.offset, cursor.extent.end.offset


def is_pointer(cursor):
    return cursor.type.get_canonical().kind in POINTERS


def is_limit(cursor):
    """Whether an operand is a number known when compiling: 5, LIMIT, sizeof(x), -1."""
    if is_pointer(cursor):
        return False
    if cursor.kind == CursorKind.INTEGER_LITERAL:
        return True
    if cursor.kind == CursorKind.CXX_UNARY_EXPR:
        return True
    if cursor.kind == CursorKind.DECL_REF_EXPR:
        return cursor.referenced is not None and \
            cursor.referenced.kind == CursorKind.ENUM_CONSTANT_DECL
    if cursor.kind in (CursorKind.UNEXPOSED_EXPR, CursorKind.PAREN_EXPR,
                       CursorKind.UNARY_OPERATOR, CursorKind.BINARY_OPERATOR,
                       CursorKind.CSTYLE_CAST_EXPR):
        children = [c for c in cursor.get_children() if c.kind.is_expression()]
        return len(children) > 0 and all(is_limit(c) for c in children)
    return False


class Parser:
    """The places of each file that a translation unit's functions are in."""

    def __init__(self, wanted):
        self.index = Index.create()
        self.wanted = wanted  # path -> whether it is ours
        self.texts = {}
        self.sites = {}  # path -> {(start, end, operator): Site}

    def text(self, path):
        if path not in self.texts:
            with open(path, encoding='latin-1') as file:  # offsets are of bytes
                self.texts[path] = file.read()
        return self.texts[path]

    def parse(self, path, flags):
        unit = self.index.parse(path, args=flags)
        worst = max((d.severity for d in unit.diagnostics), default=0)
        if worst >= 3:
            raise SystemExit('%s: %s' % (path, [str(d) for d in unit.diagnostics][0]))
        self.sites.setdefault(path, {})
        for cursor in unit.cursor.get_children():
            file = cursor.location.file
            if cursor.kind != CursorKind.FUNCTION_DECL or file is None or \
                    not cursor.is_definition() or not self.wanted(file.name):
                continue
            self.path, self.function = file.name, cursor.spelling
            for child in cursor.get_children():
                if child.kind == CursorKind.COMPOUND_STMT:
                    self.walk(child)

    def walk(self, cursor):
        children = list(cursor.get_children())
        if cursor.kind in CONSTANT:
            # of a case, only the statement
            children = children[-1:] if cursor.kind == CursorKind.CASE_STMT else []
        elif cursor.kind == CursorKind.VAR_DECL:
            children = self.initialiser(cursor, children)
        elif cursor.kind in (CursorKind.BINARY_OPERATOR,
                             CursorKind.COMPOUND_ASSIGNMENT_OPERATOR):
            self.binary(cursor, children)
        elif cursor.kind == CursorKind.UNARY_OPERATOR:
            self.unary(cursor, children)
        for child in children:
            self.walk(child)

    def initialiser(self, cursor, children):
        """What a variable starts with, where that is computed; not the size of an array."""
        declaration = self.text(self.path)[slice(*span(cursor))]
        if children and cursor.storage_class.name != 'STATIC' and '=' in declaration:
            start = cursor.location.offset
            equals = self.text(self.path).find('=', start)
            if span(children[-1])[0] > equals:
                return children[-1:]
        return []

    def add(self, cursor, form, operator, parts, limit=False):
        start, end = span(cursor)
        key = (start, end, form)
        self.sites.setdefault(self.path, {})[key] = Site(
            start, end, form, operator, parts, limit, self.function, cursor.extent.start.line)

    def binary(self, cursor, children):
        if len(children) != 2:
            return
        (start, end), left, right = span(cursor), span(children[0]), span(children[1])
        # An operand out of a macro has the place of the macro: what is between them tells.
        if not (start == left[0] < left[1] < right[0] < right[1] == end):
            return
        operator = re.sub(r'/\*.*?\*/|//.*', '', self.text(self.path)[left[1]:right[0]]).strip()
        if operator not in BINARY:
            return
        if operator in '+-*/&|' and any(map(is_pointer, children)) and \
                (is_pointer(children[1]) or operator not in '+-'):
            return
        self.add(cursor, 'binary', operator, (left, right),
                 operator in LIMIT and is_limit(children[1]))

    def unary(self, cursor, children):
        if len(children) != 1:
            return
        (start, end), part = span(cursor), span(children[0])
        text = self.text(self.path)
        if start < part[0] and part[1] == end:
            operator = text[start:part[0]].strip()
            if operator in UNARY:
                self.add(cursor, 'unary', operator, (part,))
        elif start == part[0] and part[1] < end:
            operator = text[part[1]:end].strip()
            if operator in ('++', '--'):
                self.add(cursor, 'postfix', operator, (part,))


class Writer:
    """Writes one file again, with its mutants; they are numbered from a number on."""

    def __init__(self, name, text, sites, first):
        self.name = name
        self.text = text
        # outer ones first
        self.sites = sorted(sites, key=lambda s: (s.start, -s.end))
        self.first = first
        self.mutants = []
        self.counts = {}

    def number(self, site, change):
        self.counts[site.function] = self.counts.get(site.function, 0) + 1
        self.mutants.append(Mutant(self.name, site.line, site.function,
                                   self.counts[site.function], change, self.place(site)))
        return self.first + len(self.mutants) - 1

    def place(self, site):
        """The operator with some of its operands."""
        low, high = site.parts[0][1], site.parts[-1][0]
        if site.form != 'binary':
            low, high = site.start, site.end
        low, high = max(site.start, low - 40), min(site.end, high + 40)
        return ' '.join(self.text[low:high].split())

    def write(self):
        return PROLOGUE % self.name + self.render(0, len(self.text), 0)[0]

    def render(self, low, high, nth):
        """A range with the places in it rewritten, and the first place behind it."""
        out, at = [], low
        while nth < len(self.sites) and self.sites[nth].start < high:
            site = self.sites[nth]
            if site.start < at or site.end > high:
                raise SystemExit('%s:%d: places overlap' % (self.name, site.line))
            out.append(self.text[at:site.start])
            parts, nth = [], nth + 1
            for part in site.parts:
                text, nth = self.render(*part, nth)
                parts.append(text)
            out.append(self.replace(site, parts))
            at = site.end
        out.append(self.text[at:high])
        return ''.join(out), nth

    def replace(self, site, parts):
        old = site.operator
        new = UNARY[old] if site.form != 'binary' else BINARY[old]
        n = self.number(site, '%s for %s' % (new, old) if new else '%s dropped' % old)
        if old == '!':
            return '(MUTANT(%d) ^ !(%s))' % (n, parts[0])
        if site.form == 'unary':
            return '(MUTANT(%d) ? %s%s : %s%s)' % (n, new, parts[0], old, parts[0])
        if site.form == 'postfix':
            return '(MUTANT(%d) ? %s%s : %s%s)' % (n, parts[0], new, parts[0], old)
        left, right = parts
        # Chains of these are long: each operand is written once, or the text would double.
        if old == '&&':
            return '((MUTANT(%d) ^ !!(%s)) ? !!(%s) : IS_MUTANT(%d))' % (n, left, right, n)
        if old == '||':
            return '((MUTANT(%d) ^ !(%s)) ? !!(%s) : !IS_MUTANT(%d))' % (n, left, right, n)
        if old in COMPOUND:
            return '(MUTANT(%d) ? (%s %s %s) : (%s %s %s))' % (
                n, left, new, right, left, old, right)
        text = '(MUTANT(%d) ? (%s) %s (%s) : ' % (n, left, new, right)
        if site.limit:
            sign = LIMIT[old]
            n = self.number(site, '%s with %s 1' % (old, sign))
            text += 'MUTANT(%d) ? (%s) %s (%s) %s 1 : ' % (n, left, old, right, sign)
        return text + '(%s) %s (%s))' % (left, old, right)
