"""One child process: how it is started, recorded, watched and ended."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from alignment.embedded import identity

LAUNCHER = Path(__file__).with_name("launch.py")
LOG_LIMIT = 5_000_000


@dataclass(frozen=True)
class Child:
    """A process to keep running.

    Parameters
    ----------
    name : str
        What it is called in messages, and the stem of its log.
    argv : sequence of str
        The command; the program as an absolute path.
    ready : callable
        Whether it does its work by now.
    before : callable
        Runs ahead of every start, the first and the later ones.
    account : str
        As whom it runs; see launch.py.
    terminal : bool
        Whether its standard output goes to the terminal; standard error always goes to the log.
    stop_signal, orphan_signal : int
        What asks it to end, and what the kernel sends when the supervisor dies without asking.
    grace : float
        Seconds between the asking and SIGKILL.
    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    ready: Callable[[], bool] = lambda: True
    before: Callable[[], None] = lambda: None
    account: str = "same"
    terminal: bool = False
    stop_signal: int = signal.SIGTERM
    orphan_signal: int = signal.SIGKILL
    grace: float = 10


def launch_command(argv, *, account="same", orphan_signal=signal.SIGKILL):
    """`argv` behind the launcher, which ties the process to this one."""
    starter = [sys.executable, "-I", "-S", str(LAUNCHER), str(os.getpid())]
    return [*starter, str(int(orphan_signal)), account, *map(str, argv)]


class Process:
    """A child while it runs, with its log and the record from which a later start recognises it."""

    def __init__(self, child: Child, data: Path):
        self.child = child
        self.log = data / "log" / f"{child.name}.log"
        self.record = data / "run" / f"{child.name}.json"
        self.popen = None
        self.started = 0.0

    def start(self):
        """Start it and return at once."""
        self.child.before()
        rotate(self.log)
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                launch_command(self.child.argv, account=self.child.account, orphan_signal=self.child.orphan_signal),
                env={**os.environ, **self.child.env},
                stdin=subprocess.DEVNULL,
                stdout=None if self.child.terminal else log,
                stderr=log,
                start_new_session=True,  # so that Ctrl-C reaches the supervisor alone, which ends the others in order
            )
        self.started = time.monotonic()
        self._write_record()

    def _write_record(self):
        about = {
            "pid": self.popen.pid,
            "born": identity.born(self.popen.pid),
            "argv": [str(part) for part in self.child.argv],
            "signal": int(self.child.stop_signal),
            "grace": self.child.grace,
        }
        unfinished = self.record.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(about))
        unfinished.replace(self.record)

    @property
    def running(self):
        """Whether the process is there."""
        return self.popen is not None and self.popen.poll() is None

    def ask_to_stop(self):
        """Send the signal that ends it in order."""
        if self.running:
            self.popen.send_signal(self.child.stop_signal)

    def kill(self):
        """End it hard and wait for it."""
        if self.running:
            self.popen.kill()
        if self.popen is not None:
            self.popen.wait()

    def forget(self):
        """Remove the record of a process that has ended."""
        self.record.unlink(missing_ok=True)

    def how_it_ended(self):
        """The exit status in words."""
        code = self.popen.returncode
        return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"

    def last_words(self, lines=4):
        """The end of its log."""
        with self.log.open("rb") as file:
            file.seek(max(0, self.log.stat().st_size - 4096))
            text = file.read().decode(errors="replace")
        return [line[:400] for line in text.splitlines()[-lines:] if line.strip()]


def rotate(log: Path):
    """Put a log that has grown large aside; one older log is kept."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))


def end_leftovers(data: Path):
    """End what an instance that was killed hard has left; call it only while holding the data folder's lock."""
    for record in sorted((data / "run").glob("*.json")):
        try:
            left = json.loads(record.read_text())
            pid, recognised = left["pid"], identity.is_process(left["pid"], left["born"], left["argv"])
        except (ValueError, KeyError):
            recognised = False  # cut off in mid-write
        if recognised:
            end(pid, left["signal"], grace=left["grace"])
        record.unlink(missing_ok=True)


def end(pid: int, stop_signal: int, *, grace: float):
    """End a process that is not our child: ask, wait, then kill."""
    for number, seconds in ((stop_signal, grace), (signal.SIGKILL, 5)):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not identity.is_alive(pid):
                return
            time.sleep(0.02)
