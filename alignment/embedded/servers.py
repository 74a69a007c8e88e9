"""The embedded servers as a whole: which are needed, and running them for as long as something needs them."""

import contextlib
import time
from pathlib import Path

from alignment.embedded import paths
from alignment.embedded.errors import StartError
from alignment.embedded.locks import AlreadyRunningError, InstanceLock, Users
from alignment.embedded.postgres import Postgres
from alignment.embedded.processes import end_leftovers
from alignment.embedded.supervisor import START_LIMIT, Supervisor
from alignment.embedded.valkey import Valkey


def needed(data: Path, *, durable: bool = True) -> list[Postgres | Valkey]:
    """The servers that have no address in the environment and are therefore ours to run."""
    servers: list[Postgres | Valkey] = []
    if not paths.is_given("DATABASE_URL"):
        servers.append(Postgres(data, durable=durable))
    if not paths.is_given("REDIS_URL"):
        servers.append(Valkey(data, durable=durable))
    return servers


def make_folders(data: Path):
    """The data folder and what every process expects in it.

    Raises
    ------
    StartError
        If they cannot be made here, or belong to somebody else.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)  # one that exists keeps its mode: it may hold other things
        for folder in (data / "run", data / "log"):
            paths.make_private(folder)
    except OSError as error:
        raise StartError(f"Cannot keep data in {data}: {error}") from None


def instance_lock(data: Path) -> InstanceLock:
    """The lock of a data folder; whoever holds it runs the folder's servers."""
    return InstanceLock(data / "run" / "instance.lock")


def start(supervisor: Supervisor, servers):
    """Start the servers and make the database; the caller holds the lock."""
    end_leftovers(supervisor.data)
    supervisor.start([server.child() for server in servers])
    for server in servers:
        if isinstance(server, Postgres):
            server.ensure_database()


@contextlib.contextmanager
def available(data: Path, command: str):
    """Servers for the length of one command: those that run already, or own ones.

    The one who started them stops them, after waiting for the others that came to use them.
    """
    make_folders(data)
    lock, users = instance_lock(data), Users(data / "run" / "users.lock")
    with contextlib.closing(users):
        servers = needed(data)
        if not _take(lock, users, command):
            _wait_for(servers)
            yield
            return
        supervisor = Supervisor(data)
        try:
            start(supervisor, servers)
            yield
        finally:
            users.wait_until_alone()
            supervisor.stop()
            lock.release()


def _take(lock, users, command) -> bool:
    """Whether the servers are ours to start; if not, this process counts among their users from now on."""
    for _attempt in range(2):  # the holder may have stopped them while we waited to be counted
        try:
            lock.acquire(command=command)
        except AlreadyRunningError:
            users.join()
        else:
            return True
    return False


def _wait_for(servers):
    """Wait until the servers that another process is starting answer."""
    deadline = time.monotonic() + START_LIMIT
    while not all(server.is_ready() for server in servers):
        if time.monotonic() > deadline:
            raise StartError("PostgreSQL and Valkey were started by another process, and do not answer.")
        time.sleep(0.05)
