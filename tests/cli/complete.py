#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""complete.py SHELL FILE: types the lines of standard input, each with a Tab behind it, into an
interactive bash or zsh that has completions from FILE, and prints the words that the line has then,
with blanks between them."""

import os
import pty
import re
import select
import sys
import time

DEADLINE = 30


class Shell:
    def __init__(self, argv):
        pid, self.fd = pty.fork()
        if pid == 0:
            os.environ.update(TERM='dumb', PS1='', HISTFILE='/dev/null')
            os.execvp(argv[0], argv)
        self.seen = ''

    def type(self, text):
        os.write(self.fd, text.encode())

    def wait(self, pattern):
        """What the shell prints, up to and with what the pattern finds."""
        end = time.monotonic() + DEADLINE
        while not (match := re.search(pattern, self.seen)):
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                sys.exit(f'no answer from the shell, but: {self.seen!r}')
            self.seen += os.read(self.fd, 4096).decode(errors='replace')
        self.seen = self.seen[match.end():]
        return match


def main():
    name, completions = sys.argv[1:]
    if name == 'bash':
        shell = Shell(['bash', '--norc', '--noprofile', '-i'])
        start = f"bind 'set bell-style none'; . {completions}"
    else:
        shell = Shell(['zsh', '-f', '-i'])
        start = (f'PS1=; unsetopt zle_bracketed_paste beep prompt_sp; fpath=({os.path.dirname(completions)}'
                 ' $fpath); autoload -U compinit; compinit -u -D')
    # What is typed is echoed, so what is waited for must differ from it.
    shell.type(start + "; words() { printf 'words(%s)' \"$*\"; }; echo rea''dy\r")
    shell.wait('ready\r')
    for line in sys.stdin.read().splitlines():
        shell.type(line + '\t')
        time.sleep(0.05)
        # to the start of the line, which becomes the arguments of a function that shows them
        shell.type('\x01words \r')
        print(shell.wait(r'words\((?!\))([^%)]*)\)')[1])
    os.close(shell.fd)


main()
