"""A terminal of so many places, as much of it as the wallboard uses: a program runs on a pty, and what it
wrote is kept as a screen. Source of the sequences: ECMA-48."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

SEQUENCE = re.compile(rb"\x1b\[(\?)?([0-9;]*)([A-Za-z])")
COLOURS = {"1": "bold", "31": "red", "32": "green", "33": "yellow", "36": "cyan"}


class Screen:
    """Use as a context: ends the program."""

    def __init__(self, command, columns, rows):
        self.columns, self.rows = columns, rows
        self.clear()
        self.row = self.column = 0
        self.colour = ""
        self.other_screen = False
        self.bytes = b""
        self.unread = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execv(command[0], command)
        self.resize(columns, rows)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.fd)

    status = None  # how it ended

    def clear(self):
        self.text = [[" "] * 300 for _ in range(100)]
        self.colours = [[""] * 300 for _ in range(100)]

    def resize(self, columns, rows):
        self.columns, self.rows = columns, rows
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, key):
        os.write(self.fd, key.encode())

    def read_for(self, seconds):
        """Takes in what the program writes; true if it has ended."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if not select.select([self.fd], [], [], max(0.0, until - time.monotonic()))[0]:
                continue
            try:
                piece = os.read(self.fd, 65536)
            except OSError:
                piece = b""
            if not piece:
                self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
                return True
            self.take(piece)
        return False

    def wait_for(self, words, seconds=10):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if words in self.shown():
                return True
            if self.read_for(0.1):
                return words in self.shown()
        return False

    def take(self, piece):
        self.bytes += piece
        data = self.unread + piece
        at = 0
        while at < len(data):
            if data[at] == 0x1B:
                found = SEQUENCE.match(data, at)
                if not found:
                    break  # the rest of it is still to come
                self.control(found)
                at = found.end()
                continue
            end = at + 1
            while end < len(data) and data[end] & 0xC0 == 0x80:
                end += 1
            self.put(data[at:end].decode("utf-8", "replace"))
            at = end
        self.unread = data[at:]

    def put(self, character):
        if character == "\r":
            self.column = 0
        elif character == "\n":
            self.row += 1
        else:
            self.text[self.row][self.column] = character
            self.colours[self.row][self.column] = self.colour
            self.column += 1

    def control(self, found):
        private, numbers, letter = found.group(1), found.group(2).decode(), found.group(3).decode()
        if letter == "H":
            row, column = (numbers or "1;1").split(";")
            self.row, self.column = int(row) - 1, int(column) - 1
        elif letter == "J":
            self.clear()
        elif letter == "K":
            self.text[self.row] = [" "] * 300
            self.colours[self.row] = [""] * 300
        elif letter == "m":
            self.colour = COLOURS.get(numbers, "")
        elif private and numbers == "1049":
            self.other_screen = letter == "h"

    def lines(self):
        return ["".join(self.text[row]).rstrip() for row in range(100)]

    def shown(self):
        return "\n".join(self.lines()[:self.rows])

    def widest(self):
        return max(len(line) for line in self.lines())

    def lowest(self):
        return max((number + 1 for number, line in enumerate(self.lines()) if line), default=0)

    def colour_of(self, words):
        for row, line in enumerate(self.lines()):
            if words in line:
                return self.colours[row][line.index(words)]
        return None
