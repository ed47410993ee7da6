"""Starting, watching and ending the programs of the demo. Ends only what it started."""

import json
import pathlib
import signal
import socket
import subprocess
import time


class DemoError(Exception):
    """Something the person at the terminal can act on; the text says what and where to look."""


def free_udp_port(host="127.0.0.1"):
    """A UDP port that nobody uses at this moment. Somebody may take it before it is used."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((host, 0))
        return probe.getsockname()[1]


def wait_until(condition, seconds, what, alive=()):
    """Polls condition until it is true. DemoError after so many seconds, or when one of the
    processes in alive has ended."""
    deadline = time.monotonic() + seconds
    while not condition():
        for process in alive:
            process.check_alive()
        if time.monotonic() > deadline:
            raise DemoError(f"waited {seconds} s in vain for {what}")
        time.sleep(0.1)


class Program:
    """A program in the background; its stdout and stderr go to a log file."""

    def __init__(self, name, command, log):
        self.name = name
        self.log = pathlib.Path(log)
        with open(self.log, "ab") as sink:
            self.process = subprocess.Popen(  # its own session: Ctrl-C reaches the demo only
                [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=sink, stderr=sink,
                start_new_session=True)

    def check_alive(self):
        if self.process.poll() is not None:
            raise DemoError(f"{self.name} ended with status {self.process.returncode}: "
                            f"see {self.log}\n{tail(self.log)}")

    def stop(self, seconds=30):
        """SIGTERM, and after so many seconds SIGKILL. Returns the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode

    def kill(self):
        """SIGKILL, at once."""
        self.process.kill()
        self.process.wait()


def tail(path, lines=8):
    """The last lines of a text file, indented."""
    text = pathlib.Path(path).read_text(encoding="utf-8", errors="replace")
    return "\n".join("    " + line for line in text.splitlines()[-lines:])


class Bellwether:
    """The command line of one service."""

    def __init__(self, binary, config, socket_path):
        self.binary = str(binary)
        self.config = str(config)
        self.socket_path = str(socket_path)

    def listens(self):
        """Whether the service takes commands. Asked of the socket: a command would open the store
        itself when no service runs, and keep the service from starting."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            return probe.connect_ex(self.socket_path) == 0

    def command(self, *words):
        return [self.binary, "--config", self.config, *map(str, words)]

    def run(self, *words, accept=(0,)):
        """Runs one command to its end and returns its stdout. DemoError if it fails."""
        done = subprocess.run(self.command(*words), capture_output=True, text=True, check=False,
                              timeout=120)
        if done.returncode not in accept:
            raise DemoError(f"`bellwether {' '.join(map(str, words))}` ended with status "
                            f"{done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def json(self, *words, accept=(0,)):
        """As run(), with --json; the parsed object."""
        return json.loads(self.run(*words, "--json", accept=accept))
