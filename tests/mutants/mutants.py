#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Changes one operator of the sources at a time, and tells which changes no test catches.

It works in build/mutants: a copy of the tree, built once with all mutants in it (schema.py).
A test is run for a mutant only if it reaches its place, the fast ones first, until one fails.
A test that takes far longer than it does otherwise has failed."""

import argparse
import fnmatch
import json
import os
import random
import re
import resource
import select
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from schema import Parser, Writer

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
SURVIVED = ('', 'never run')
MAX = 65536  # as in runtime.c
OUTPUT_MAX = 1 << 24  # what a test may print
OPTIONS = ['-q', '--enable-tests', '--disable-shared', '--enable-static', '--with-avahi',
           '--with-curl', '--with-gdbm', '--with-ncurses', 'CFLAGS=-O1 -g -w']


def run(command, cwd, **more):
    done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, text=True, **more)
    if done.returncode != 0:
        sys.exit('mutants: %s: exit status %d' % (shlex.join(command)[:200], done.returncode))
    return done.stdout


def write(path, data):
    """Writes a file, unless it is that already: make goes by the time."""
    if os.path.exists(path):
        with open(path, 'rb') as file:
            if file.read() == data:
                return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as file:
        file.write(data)


def load(path):
    if not os.path.exists(path):
        return {}
    with open(path, encoding='utf-8') as file:
        return json.load(file)


class Tree:
    """The copy of the sources, with mutants in them, and its build."""

    def __init__(self, work):
        self.work = work
        self.source = os.path.join(work, 'tree')
        self.build = os.path.join(work, 'build')
        self.mutants = []  # None where no file has that number

    def make(self, jobs):
        files = run(['git', 'ls-files', '-z', '-c', '-o', '--exclude-standard'], TOP,
                    stdout=subprocess.PIPE).split('\0')
        files = [f for f in files if f and os.path.isfile(os.path.join(TOP, f))]
        for name in files:
            if not re.match(r'src/.*\.[ch]$', name):
                self.copy(name)
        ours = [f for f in files if re.match(r'src/.*\.[ch]$', f)]
        for old in self.files():
            if old not in ours:
                os.remove(os.path.join(self.source, old))
        if not os.path.exists(os.path.join(self.source, 'configure')):
            run(['autoreconf', '-fi'], self.source)
        if not os.path.exists(os.path.join(self.build, 'Makefile')):
            for name in ours:
                self.copy(name)
            os.makedirs(self.build, exist_ok=True)
            run([self.source + '/configure'] + OPTIONS, self.build)
        run(['make', '-s', 'Makefile', 'config.h'], self.build, stdout=subprocess.DEVNULL)
        self.rewrite(ours)
        run(['cc', '-shared', '-fPIC', '-O1', '-DMUTANTS=%d' % MAX, '-o',
             self.work + '/libmutants.so', HERE + '/runtime.c'], self.work)
        libs = '-L%s -lmutants -Wl,-rpath,%s' % (self.work, self.work)
        old = re.search(r'^LIBS = (.*)$', self.makefile(), re.M).group(1)
        run(['make', '-s', '-j%d' % jobs, 'check', 'TESTS=', 'LIBS=%s %s' % (libs, old)],
            self.build)

    def makefile(self):
        with open(self.build + '/Makefile', encoding='utf-8') as file:
            return file.read()

    def files(self):
        for folder, _, names in os.walk(os.path.join(self.source, 'src')):
            for name in names:
                if name.endswith(('.c', '.h')):
                    yield os.path.relpath(os.path.join(folder, name), self.source)

    def copy(self, name):
        path = os.path.join(self.source, name)
        with open(os.path.join(TOP, name), 'rb') as file:
            write(path, file.read())
        shutil.copymode(os.path.join(TOP, name), path)

    def flags(self):
        """How make compiles: its -I and -D, the sources' place in them for the copy's."""
        words = shlex.split(self.ask('$(DEFS) $(DEFAULT_INCLUDES) $(AM_CPPFLAGS) $(AM_CFLAGS)'))
        flags = ['-I' + os.path.realpath(os.path.join(self.build, w[2:]))
                 if w.startswith('-I') else w for w in words if w.startswith(('-I', '-D'))]
        return [f.replace('-I' + self.source, '-I' + TOP) for f in flags] + ['-std=gnu11']

    def ask(self, variables):
        """What make expands variables to."""
        with tempfile.NamedTemporaryFile('w', suffix='.mk') as makefile:
            makefile.write("include Makefile\nmutants-ask:\n\t@$(info %s):\n" % variables)
            makefile.flush()
            return run(['make', '-s', '-f', makefile.name, 'mutants-ask'], self.build,
                       stdout=subprocess.PIPE)

    def rewrite(self, ours):
        """Looks at the sources as they are, in a place beside the tree, and writes them anew."""
        flags = self.flags()
        parser = Parser(lambda path: os.path.realpath(path).startswith(TOP + '/src/'))
        for name in ours:
            if name.endswith('.c'):
                parser.parse(os.path.join(TOP, name), flags)
        sites = {}
        for path, found in parser.sites.items():
            sites.setdefault(os.path.relpath(os.path.realpath(path), TOP), {}).update(found)
        ranges = self.ranges({name: len(found) for name, found in sites.items()})
        self.mutants = [None] * max(sum(r) for r in ranges.values())
        for name in ours:
            found = sites.get(name, {}).values()
            with open(os.path.join(TOP, name), encoding='latin-1') as file:
                text = file.read()
            if found:
                first = ranges[name][0]
                writer = Writer(name, text, found, first)
                text = writer.write()
                self.mutants[first:first + len(writer.mutants)] = writer.mutants
            write(os.path.join(self.source, name), text.encode('latin-1'))
        if len(self.mutants) > MAX:
            sys.exit('mutants: more than %d: remove %s' % (MAX, self.work))
        listed = ''.join('%d\t%s\t%d\t%s\n' % (n, key_of(m), m.line, m.place)
                         for n, m in enumerate(self.mutants) if m)
        write(os.path.join(self.work, 'list'), listed.encode('latin-1'))

    def ranges(self, counts):
        """The numbers of each file's mutants, first and count: those that it had, if there is room,
        for a file whose mutants have other numbers is compiled again. A place has up to two."""
        path = os.path.join(self.work, 'ranges.json')
        ranges = load(path)
        for name, count in counts.items():
            if ranges.get(name, (0, 0))[1] < 2 * count:
                end = max((sum(r) for r in ranges.values()), default=0)
                ranges[name] = (end, 2 * count + 20)
        write(path, json.dumps(ranges, indent=0, sort_keys=True).encode())
        return ranges


class Test:
    """A test program, or a script, as make check would run it."""

    def __init__(self, name, tree, env):
        self.name = name
        self.path = os.path.join(tree.source if name.endswith('.sh') else tree.build, name)
        self.command = (['bash'] if name.endswith('.sh') else []) + [self.path]
        self.cwd = tree.build
        self.env = env
        self.seconds = 0
        self.processor = 0
        self.reached = b''

    def limits(self):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 30, 1 << 30))
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
        if self.processor:
            bound = 0.25 + 4 * self.processor
            signal.setitimer(signal.ITIMER_PROF, bound)  # outlives exec(), as a death
            resource.setrlimit(resource.RLIMIT_CPU, (int(bound + 1),) * 2)  # what it starts, too

    def passes(self, mutant=None, reached=None):
        """Whether all of it passes; it is left at its first failure."""
        env = dict(self.env)
        if mutant is not None:
            env['SDREG_MUTANT'] = str(mutant)
        if reached is not None:
            env['SDREG_MUTANTS_REACHED'] = reached
        bound = 10 + 8 * self.seconds if self.seconds else 600
        with tempfile.TemporaryDirectory(prefix='mutants-', ignore_cleanup_errors=True) as scratch:
            env['TMPDIR'] = scratch
            process = subprocess.Popen(
                self.command, cwd=self.cwd, env=env, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True,
                preexec_fn=self.limits)
            good = self.watch(process, time.monotonic() + bound)
            self.end(process)
            process.stdout.close()
            process.wait()
        return good and process.returncode == 0

    @staticmethod
    def watch(process, deadline):
        """Reads what it prints until it has ended, which is good, or failed: by what it prints, by
        printing too much, or by the time. Whoever keeps its output open does not hold this up."""
        line, count = b'', 0
        while (left := deadline - time.monotonic()) > 0 and count < OUTPUT_MAX:
            if not select.select([process.stdout], [], [], left)[0]:
                continue
            data = os.read(process.stdout.fileno(), 65536)
            count += len(data)
            *lines, line = (line + data).split(b'\n')
            if any(one.startswith(b'not ok') and b'# TODO' not in one for one in lines):
                return False
            if not data:  # it is not reaped yet: as long as it is there, so is its group's number
                while os.waitid(os.P_PID, process.pid,
                                os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
                    if time.monotonic() > deadline:
                        return False
                    time.sleep(0.001)
                return True
        return False

    @staticmethod
    def end(process):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def learn(self, count):
        """The clean run: how long it takes, and the mutants that it reaches."""
        with tempfile.NamedTemporaryFile(prefix='mutants-') as file:
            file.truncate(MAX)
            start, used = time.time(), resource.getrusage(resource.RUSAGE_CHILDREN)
            good = self.passes(reached=file.name)
            now = resource.getrusage(resource.RUSAGE_CHILDREN)
            self.seconds = time.time() - start
            self.processor = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
            file.seek(0)
            self.reached = file.read(count)
        return good


def tests_of(tree, patterns, below):
    """The tests that match a pattern and pass; the fast ones first, then the special ones. What
    took far too long last time is not even tried."""
    env = dict(word.split('=', 1) for word in
               shlex.split(tree.ask('$(AM_TESTS_ENVIRONMENT)').replace(';', ' ')) if '=' in word)
    env.update(PATH=os.environ['PATH'], HOME=os.environ.get('HOME', '/'))
    names = [name.removesuffix('.log') for name in tree.ask('$(TESTS)').split()]
    store = os.path.join(tree.work, 'seconds.json')
    seconds = load(store)
    tests = []
    for name in names:
        if not any(fnmatch.fnmatch(name, p) for p in patterns) or \
                seconds.get(name, 0) > 3 * below:
            continue
        test = Test(name, tree, env)
        good = test.learn(len(tree.mutants))
        seconds[name] = test.seconds
        if not good:
            print('mutants: %s fails in this build, and is not used' % name, file=sys.stderr)
        elif test.seconds < below:
            tests.append(test)
    write(store, json.dumps(seconds, indent=0, sort_keys=True).encode())
    return sorted(tests, key=lambda t: t.seconds)


def key_of(m):
    return '%s:%s:%d:%s' % (m.file, m.function, m.number, m.change)


def report(tree, chosen, verdicts):
    rooms = {}
    for n in sorted(chosen, key=lambda n: (tree.mutants[n].file, tree.mutants[n].line)):
        m = tree.mutants[n]
        room = rooms.setdefault(os.path.dirname(m.file), [0, 0, 0])
        room[0] += 1
        room[1] += verdicts[n] not in SURVIVED
        room[2] += verdicts[n] == 'never run'
        if verdicts[n] in SURVIVED:
            print('%s:%d: %s: %s%s' % (m.file, m.line, m.change, m.place,
                                       '  [never run]' if verdicts[n] else ''))
    rooms['all'] = [sum(r[i] for r in rooms.values()) for i in range(3)]
    for name, (count, killed, never) in sorted(rooms.items(), key=lambda r: (r[0] == 'all', r)):
        print('%-24s %5d mutants, %5d killed (%5.1f %%), %4d in lines that no test runs' % (
            name, count, killed, 100 * killed / count if count else 100, never))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n', maxsplit=1)[0])
    parser.add_argument('files', nargs='*', default=['src/*'],
                        help='patterns of source files: src/core/* (the default is all)')
    parser.add_argument('--tests', nargs='+', default=['tests/unit/*'], metavar='PATTERN',
                        help='tests/unit/* is the default; tests/cli/* takes hours')
    parser.add_argument('--below', type=float, default=1e9, metavar='SECONDS',
                        help='only the tests that take less, for a first look')
    parser.add_argument('--again', action='store_true',
                        help='only what survived last time, and what is new')
    parser.add_argument('--sample', type=int, help='that many of them, by chance')
    parser.add_argument('--every', type=int, default=1, metavar='N', help='the Nth, 2Nth, ... only')
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    parser.add_argument('--work', default=os.path.join(TOP, 'build', 'mutants'))
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for name in ('MAKEFLAGS', 'MAKELEVEL', 'MFLAGS', 'MAKEOVERRIDES'):
        os.environ.pop(name, None)  # make mutants
    tree = Tree(os.path.abspath(args.work))
    os.makedirs(tree.work, exist_ok=True)
    tree.make(args.jobs)
    store = os.path.join(tree.work, 'verdicts.json')
    known = load(store)
    chosen = [n for n, m in enumerate(tree.mutants)
              if m and any(fnmatch.fnmatch(m.file, p) or m.file.startswith(p) for p in args.files)]
    chosen = chosen[::args.every]
    if args.sample and args.sample < len(chosen):
        chosen = sorted(random.sample(chosen, args.sample))
    tests = tests_of(tree, args.tests, args.below)
    count = sum(m is not None for m in tree.mutants)
    print('mutants: %d of %d, %d tests' % (len(chosen), count, len(tests)), file=sys.stderr)
    verdicts, kills = {}, {}
    begin = time.time()

    def keep():
        for n, verdict in list(verdicts.items()):
            known[key_of(tree.mutants[n])] = verdict
        write(store, json.dumps(known, indent=0, sort_keys=True).encode())

    def judge(n):
        key, file = key_of(tree.mutants[n]), tree.mutants[n].file
        if args.again and known.get(key, '') not in SURVIVED:
            verdicts[n] = known[key]
            return
        reaching = [t for t in tests if t.reached[n]]
        verdict = '' if reaching else 'never run'
        # first the one that saw most of the file's mutants, for its time
        reaching.sort(key=lambda t: (t.seconds + 0.01) / (1 + kills.get((file, t.name), 0)))
        for test in reaching:
            if not test.passes(mutant=n):
                verdict = test.name
                kills[file, test.name] = kills.get((file, test.name), 0) + 1
                break
        verdicts[n] = verdict
        if len(verdicts) % 100 == 0:
            print('mutants: %d done, %d s' % (len(verdicts), time.time() - begin),
                  file=sys.stderr)
            keep()

    pool = ThreadPoolExecutor(args.jobs)
    try:
        list(pool.map(judge, chosen))
    except KeyboardInterrupt:
        done = dict(verdicts)
        keep()
        report(tree, [n for n in chosen if n in done], done)
        sys.stdout.flush()
        os._exit(1)  # the threads would go on
    keep()
    report(tree, chosen, verdicts)


if __name__ == '__main__':
    main()
