"""One instance per data folder. The kernel drops a file lock with its process, so a hard kill leaves nothing stale."""

import fcntl
import json
import os
from pathlib import Path


class AlreadyRunningError(Exception):
    """Another process holds the lock; `holder` is what it wrote about itself."""

    def __init__(self, holder):
        self.holder = holder
        super().__init__(describe(holder))


def describe(holder):
    """Who holds the lock, as a sentence without its full stop."""
    pid = f" (pid {holder['pid']})" if "pid" in holder else ""
    if holder.get("address"):
        return f"Parallax already runs here{pid}, at {holder['address']}"
    if holder.get("command"):
        return f"‘manage.py {holder['command']}’{pid} is using the data folder at the moment"
    return f"Parallax is just starting here{pid}"


class InstanceLock:
    """The right to run the servers of one data folder.

    Parameters
    ----------
    path : Path
        The lock file; what the holder says about itself stands in it for others to read.
    """

    def __init__(self, path: Path):
        self.path = path
        self.file = None

    def acquire(self, **about):
        """Take the lock, or raise AlreadyRunningError at once."""
        file = self.path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = read(file)
            file.close()
            raise AlreadyRunningError(holder) from None
        self.file = file
        self.write(**about)

    def write(self, **about):
        """Say who holds the lock."""
        self.file.seek(0)
        self.file.truncate()
        self.file.write(json.dumps({"pid": os.getpid(), **about}))
        self.file.flush()

    def release(self):
        """Let the next one in; a lock that is not held stays as it is."""
        if self.file is not None:
            self.file.close()
            self.file = None


class Users:
    """Who else needs the running servers: many may hold it, and the one who stops the servers waits for them."""

    def __init__(self, path: Path):
        self.file = path.open("a")

    def join(self):
        """Count as a user, until closed."""
        fcntl.flock(self.file, fcntl.LOCK_SH)

    def wait_until_alone(self):
        """Return when no other process is a user."""
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def close(self):
        """No longer count as a user."""
        self.file.close()


def read(file):
    """What a lock's holder wrote about itself; empty while it is writing."""
    try:
        return json.loads(file.read())
    except ValueError:
        return {}
