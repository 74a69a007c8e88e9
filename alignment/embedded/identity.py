"""Is this process id still the process we once started? Ids are used again, and ending a stranger is not an option."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

LINUX = sys.platform == "linux"


def born(pid: int) -> str | None:
    """When the process started, in the system's own notation; None when there is none, or only its remains."""
    if LINUX:
        fields = _stat_fields(pid)
        return fields[19] if fields and fields[0] != "Z" else None
    return _ps(pid, "lstart")


def is_alive(pid: int) -> bool:
    """Whether a process with this id runs; one that has ended and was not collected yet does not."""
    return born(pid) is not None


def is_process(pid: int, birth: str | None, argv: Sequence[str]) -> bool:
    """Whether `pid` is the process that started at `birth` with the command `argv`."""
    if birth is None or born(pid) != birth:
        return False
    return " ".join(argv) in command_line(pid)


def command_line(pid: int) -> str:
    """The command of a running process, its words joined by spaces; empty when there is none."""
    if not LINUX:
        return _ps(pid, "command") or ""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def working_in(folder: Path, program: Path) -> list[int]:
    """Ids of the processes that run `program` in the working directory `folder`; none where /proc is missing."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if Path(os.readlink(entry / "cwd")) == folder and Path(os.readlink(entry / "exe")) == program:  # noqa: PTH115
                found.append(int(entry.name))
        except OSError:  # it ended meanwhile, or is not ours to look at
            continue
    return found


def _stat_fields(pid):
    """The fields of /proc/PID/stat from the state on; the name before them may hold blanks and brackets."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def _ps(pid, column):
    answer = subprocess.run(
        ["ps", "-o", f"{column}=", "-p", str(pid)], capture_output=True, text=True, check=False, env={"LC_ALL": "C"}
    )
    return answer.stdout.strip() or None
