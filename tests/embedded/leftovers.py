"""Which processes belong to a data folder: as the system tells it, not as the code under test does."""

import os
import time
from pathlib import Path


def processes_of(data: Path) -> dict[int, str]:
    """Command lines of the processes that name the folder in their command or environment, or work in it."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes()
            environment = (entry / "environ").read_bytes()
            folder = os.readlink(entry / "cwd")  # noqa: PTH115
        except OSError:
            continue
        if int(entry.name) != os.getpid() and command and belongs(data, command + environment, folder):
            found[int(entry.name)] = command.replace(b"\0", b" ").decode()
    return found


def belongs(data: Path, words: bytes, folder: str) -> bool:
    """Whether a process speaks of `data` or works in it."""
    return os.fsencode(data) in words or Path(folder).is_relative_to(data)


def nothing_left(data: Path, *, within: float) -> dict[int, str]:
    """Wait until no process belongs to the folder; those that still do after `within` seconds."""
    deadline = time.monotonic() + within
    while (left := processes_of(data)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left
