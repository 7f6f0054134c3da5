#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""terminal.py COLUMNS COMMAND...: runs a command on a terminal of so many columns. Its output goes to
standard output, without the carriage returns that a terminal adds; its exit status is this one's."""
import fcntl
import os
import pty
import struct
import sys
import termios


def main():
    start, end = os.pipe()
    pid, terminal = pty.fork()
    if pid == 0:
        os.close(end)
        os.read(start, 1)  # not before the terminal has its size
        os.environ["TERM"] = "xterm-256color"
        os.execvp(sys.argv[2], sys.argv[2:])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("4H", 24, int(sys.argv[1]), 0, 0))
    os.close(end)
    while True:
        try:
            data = os.read(terminal, 65536)
        except OSError:  # how a terminal says that nobody has it open any more
            break
        sys.stdout.buffer.write(data.replace(b"\r\n", b"\n"))
    sys.stdout.flush()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    sys.exit(main())
