"""Live streams at size: memory of each, database connections, and how long one announcement takes to reach every page.

`python -m bench.streams` starts PostgreSQL, Valkey, the product's web process and a bare stream server
(bench/bare.py) on this machine alone, opens 2,000 streams of 750 people on each, and announces to the two in turn, so
that both meet the same noise. It ends after about a minute and leaves nothing.
"""

import argparse
import asyncio
import contextlib
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import psycopg
import uvloop

WORKSHOPS = 5  # the first is followed by most
AT_A_TIME = 100  # connections being opened
PATIENCE = 60.0
REST = 30.0  # in which every right to listen is checked again


class Page(asyncio.Protocol):
    """One open stream: when it was opened, and when it last heard of a change."""

    def __init__(self, path, cookie):
        self.request = f"GET /stream/{path}/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode()
        self.opened = asyncio.get_running_loop().create_future()
        self.heard_at = 0.0

    def connection_made(self, transport):
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data):
        if b"event: job" in data:
            self.heard_at = time.perf_counter()
        elif not self.opened.done() and b"event: everything" in data:
            self.opened.set_result(None)
        elif not self.opened.done() and b" 200 " not in data:
            self.opened.set_exception(RuntimeError(data[:80].decode()))


@dataclass
class Contender:
    """A stream server with its pages, and what was measured of it."""

    name: str
    pid: int
    port: int
    workshops: list
    pages: list = field(default_factory=list)  # a list of pages for each workshop
    kib_each: float = 0.0
    busy_at_rest: float = 0.0
    seconds_to_open: float = 0.0
    delays: dict = field(default_factory=dict)

    async def open(self, streams, sessions):
        """Open all streams, a few at a time."""
        before, began = resident_kib(self.pid), time.perf_counter()
        gate = asyncio.Semaphore(AT_A_TIME)
        self.pages = [[] for _ in self.workshops]
        seats = seating(streams, len(sessions))
        await asyncio.gather(*(self._open_one(gate, place, sessions[person]) for place, person in seats))
        self.seconds_to_open = time.perf_counter() - began
        self.kib_each = (resident_kib(self.pid) - before) / streams

    async def _open_one(self, gate, place, session):
        loop = asyncio.get_running_loop()
        async with gate:
            page = Page(self.workshops[place].public_id, f"session={session}")
            await loop.create_connection(lambda: page, "127.0.0.1", self.port)
            await asyncio.wait_for(page.opened, PATIENCE)
        self.pages[place].append(page)

    async def announce(self, title, places):
        """Announce to these workshops, and note the delay at each of their pages."""
        from workshops import live

        pages = [page for place in places for page in self.pages[place]]
        began = time.perf_counter()
        for place in places:
            live.sender.put(self.workshops[place].public_id, "job")
        while any(page.heard_at < began for page in pages):
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(f"{self.name}: an announcement did not reach every page")
            await asyncio.sleep(0.05)
        self.delays.setdefault(title, []).extend(1000 * (page.heard_at - began) for page in pages)


def seating(streams, people):
    """(workshop, person) of each stream: the first workshop takes five in eight, the others share the rest."""
    busiest = streams * 5 // 8
    return [(0 if n < busiest else 1 + n % (WORKSHOPS - 1), n % people) for n in range(streams)]


def resident_kib(pid):
    """Memory of a process, in KiB."""
    return int(subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, check=True).stdout)


def cpu_seconds(pid):
    """Processor time that a process has used; not a number where the system does not say."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def database_connections():
    """Connections to the product's database, without this one."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        return connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchone()[0]


@contextlib.contextmanager
def servers(folder):
    """PostgreSQL and Valkey in a folder, and this process set up to use them."""
    from alignment.embedded import paths

    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "alignment.settings",
        "PARALLAX_DATA": str(folder),
        "DATABASE_URL": paths.default_database_url(folder),
        "REDIS_URL": paths.default_redis_url(folder),
        "LOG_LEVEL": "WARNING",
    }
    from alignment.embedded import servers as embedded
    from alignment.embedded.postgres import Postgres
    from alignment.embedded.supervisor import Supervisor
    from alignment.embedded.valkey import Valkey

    embedded.make_folders(folder)
    supervisor = Supervisor(folder)
    try:
        embedded.start(supervisor, [Postgres(folder), Valkey(folder)])
        yield
    finally:
        supervisor.stop()


def people_and_workshops(people):
    """Sessions of so many members of one team, and its workshops."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from workshops.models import Membership, Segment, Team, User, Workshop

    team = Team.objects.create(name="Everybody")
    segment = Segment.objects.create(team=team, name="Customers")
    users = User.objects.bulk_create([User(email=f"person{n}@example.org") for n in range(people)])
    Membership.objects.bulk_create([Membership(team=team, user=user, access="member") for user in users])
    sessions = []
    for user in users:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        sessions.append(session.session_key)
    made = [
        Workshop.objects.create(team=team, segment=segment, title=f"Workshop {n}", question="What matters?")
        for n in range(WORKSHOPS)
    ]
    return sessions, made


@contextlib.contextmanager
def web(application):
    """A web process as in production, on a free port; its process id and port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
    argv = [sys.executable, "-m", "uvicorn", application, "--port", str(port), *options]
    process = subprocess.Popen(argv, env={**os.environ, "PARALLAX_PROCESS": "web"})
    try:
        wait_for(port)
        yield process.pid, port
    finally:
        process.terminate()
        process.wait(30)


def wait_for(port):
    deadline = time.monotonic() + PATIENCE
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if time.monotonic() > deadline:
            raise TimeoutError("the web process did not start")
        time.sleep(0.05)


async def measure(options, pid_and_port, bare_pid_and_port, sessions, workshops):
    """Open the streams of both servers, and announce in turn."""
    names = [SimpleNamespace(public_id=f"bare{n}") for n in range(WORKSHOPS)]
    ours = Contender("product", *pid_and_port, workshops)
    bare = Contender("bare", *bare_pid_and_port, names)
    at_rest = [database_connections()]
    watching = asyncio.create_task(watch_connections(while_opening := []))
    for contender in (bare, ours):
        await contender.open(options.streams, sessions)
    watching.cancel()
    spent = [cpu_seconds(contender.pid) for contender in (bare, ours)]
    await asyncio.sleep(options.rest)
    for contender, before in zip((bare, ours), spent, strict=True):
        contender.busy_at_rest = (cpu_seconds(contender.pid) - before) / options.rest
    at_rest.append(database_connections())
    for _ in range(options.rounds):
        for title, places in (("busiest workshop", [0]), ("all workshops", range(WORKSHOPS))):
            for contender in (bare, ours):
                await contender.announce(title, places)
                await asyncio.sleep(0.1)
    at_rest.append(database_connections())
    for page in (page for contender in (bare, ours) for pages in contender.pages for page in pages):
        page.transport.abort()
    return bare, ours, at_rest, max(while_opening)


async def watch_connections(counts):
    while True:
        counts.append(await asyncio.to_thread(database_connections))
        await asyncio.sleep(0.25)


def report(options, bare, ours, at_rest, while_opening):
    """Print the figures, the product's beside the bare server's."""
    print(f"{options.streams} streams of {options.people} people in one process, {options.rounds} rounds")
    print(f"{'':34}{'bare':>10}{'product':>10}{'ratio':>8}")
    row("KiB a stream", bare.kib_each, ours.kib_each)
    row("seconds to open all", bare.seconds_to_open, ours.seconds_to_open)
    print(f"{'% of one core at rest':34}{100 * bare.busy_at_rest:10.1f}{100 * ours.busy_at_rest:10.1f}")
    for title, theirs in bare.delays.items():
        for percent in (50, 99):
            figures = (np.percentile(delays, percent) for delays in (theirs, ours.delays[title]))
            row(f"{title}, p{percent} ms", *figures)
    print(f"PostgreSQL connections before, with all open, after: {at_rest}; most while opening: {while_opening}")


def row(title, bare, ours):
    print(f"{title:34}{bare:10.1f}{ours:10.1f}{ours / bare:8.2f}")


def main():
    """Measure once."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--streams", type=int, default=2000)
    parser.add_argument("--people", type=int, default=750)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--rest", type=float, default=REST, help="seconds with all streams open before announcing")
    options = parser.parse_args()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    wanted = 3 * options.streams + 500  # two ends of ours in two processes, and the bare ones
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if most < 0 else min(wanted, most), most))
    with tempfile.TemporaryDirectory(prefix="parallax-bench-") as folder, servers(Path(folder)):
        sessions, workshops = prepare(options.people)
        with (
            web("alignment.asgi:application") as product,
            web("bench.bare:application") as bare,
            asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
        ):
            figures = runner.run(measure(options, product, bare, sessions, workshops))
    report(options, *figures)


def prepare(people):
    """The database, and who is in it."""
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0)
    found = people_and_workshops(people)
    connections.close_all()
    return found


if __name__ == "__main__":
    main()
