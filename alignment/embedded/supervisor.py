"""Keeps a set of processes running: starts them in order, starts again what dies, ends them in order."""

import contextlib
import signal
import time
from collections.abc import Iterable
from pathlib import Path

from alignment.embedded.errors import StartError
from alignment.embedded.processes import Child, Process

SETTLED = 60  # seconds of running after which a death counts as the first one again
SLOWEST = 30
START_LIMIT = 180  # seconds; a machine under load takes its time
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Somebody pressed Ctrl-C or ended the supervisor; not an Exception, so that nothing on the way catches it."""


class Supervisor:
    """Runs children as one tree.

    Parameters
    ----------
    data : Path
        Where the logs (`log`) and the records of running processes (`run`) are kept.
    say : callable
        Takes one line for the person at the terminal.
    """

    def __init__(self, data: Path, say=print):
        self.data = data
        self.say = say
        self.groups: list[list[Process]] = []  # in the order they were started
        self.due: dict[Process, float] = {}  # when a process that died is started again
        self.failures: dict[Process, int] = {}
        self.stop_requested = False
        self.interruptible = False

    # -- signals -----------------------------------------------------------------------------------------------
    @contextlib.contextmanager
    def handling_signals(self):
        """Turn Ctrl-C and its kin into an ordered stop; a second one while stopping hurries."""
        before = {number: signal.signal(number, self._on_signal) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_signal(self, *_):
        self.stop_requested = True
        if self.interruptible:
            self.interruptible = False
            raise StopRequested

    @contextlib.contextmanager
    def interruptions(self):
        """A stretch of work that a signal may break off; elsewhere signals wait until nothing is half-started."""
        self._check()
        self.interruptible = True
        try:
            yield
        finally:
            self.interruptible = False

    def _check(self):
        if self.stop_requested:
            raise StopRequested

    # -- starting ----------------------------------------------------------------------------------------------
    def start(self, children: Iterable[Child]):
        """Start the children side by side and wait until each is ready.

        Raises
        ------
        StartError
            If one ends before it is ready, or is not ready in time; what was started stays for `stop`.
        """
        group: list[Process] = []
        self.groups.append(group)
        for child in children:
            self._check()
            process = Process(child, self.data)
            group.append(process)
            process.start()
        for process in group:
            self._wait_until_ready(process)

    def _wait_until_ready(self, process):
        deadline = time.monotonic() + START_LIMIT
        while not process.child.ready():
            self._check()
            if not process.running:
                raise StartError(self._obituary(process, "did not start"))
            if time.monotonic() > deadline:
                raise StartError(f"{process.child.name} was not ready within {START_LIMIT} s; see {process.log}")
            time.sleep(0.02)

    # -- watching ----------------------------------------------------------------------------------------------
    def watch(self):
        """Start again what dies, until a signal asks to stop."""
        while not self.stop_requested:
            for process in self.processes():
                self.look_after(process)
            time.sleep(0.1)

    def processes(self):
        """All processes, in the order they were started."""
        return [process for group in self.groups for process in group]

    def look_after(self, process):
        """Announce a death, and start the process again when its time has come."""
        if process.running:
            return
        now = time.monotonic()
        if process not in self.due:
            lived = now - process.started
            self.failures[process] = 1 if lived > SETTLED else self.failures.get(process, 0) + 1
            wait = min(0.25 * 2 ** self.failures[process], SLOWEST)
            self.due[process] = now + wait
            self.say(self._obituary(process, "stopped", f"; starting it again in {wait:g} s"))
        elif now >= self.due[process]:
            del self.due[process]
            try:
                process.start()
            except (OSError, StartError) as error:
                self.say(f"{process.child.name} could not be started again: {error}")
                self.due[process] = now + SLOWEST

    @staticmethod
    def _obituary(process, what, then=""):
        words = "".join(f"\n    {line}" for line in process.last_words())
        ends = f"ends with:{words}" if words else "is empty."
        return f"{process.child.name} {what} ({process.how_it_ended()}){then}. Its log {process.log} {ends}"

    # -- stopping ----------------------------------------------------------------------------------------------
    def stop(self):
        """End all of it, the last started first: ask, wait, kill. Asked again meanwhile, it kills at once."""
        self.stop_requested = False
        for group in reversed(self.groups):
            for process in group:
                process.ask_to_stop()
            for process in group:
                self._await_end(process)
        self.groups.clear()

    def _await_end(self, process):
        deadline = time.monotonic() + process.child.grace
        while process.running and time.monotonic() < deadline and not self.stop_requested:
            time.sleep(0.02)
        if process.running:
            self.say(f"{process.child.name} did not stop when asked; ended it.")
        process.kill()
        process.forget()
