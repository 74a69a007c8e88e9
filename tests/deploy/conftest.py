import os
import signal
import socket
import subprocess
import time
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from tests.deploy import compose
from tests.deploy.image import Image


@pytest.fixture(scope="session")
def image(tmp_path_factory):
    """The image's files, built as far as that needs no container engine."""
    made = Image(tmp_path_factory.mktemp("image"))
    made.build()
    return made


@pytest.fixture(scope="session")
def database(servers):
    """A new, empty database as the compose file's PostgreSQL has one at the first start."""
    name = f"deploy_{os.getpid()}"
    url = urlsplit(os.environ["DATABASE_URL"])
    maintenance = urlunsplit(url._replace(path="/postgres"))
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield urlunsplit(url._replace(path=f"/{name}"))
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


class Installation:
    """The services of the compose file on the tests' servers, each run by the command that is written there."""

    def __init__(self, image, database):
        self.image = image
        self.database = database
        self.port = free_port()
        file = compose.load(**compose.GIVEN, DATABASE_URL=database, REDIS_URL=os.environ["REDIS_URL"])
        self.services = file["services"]

    def environment(self, name):
        """The service's variables; only the port differs, which on this machine may be taken."""
        port = str(self.port)
        return compose.environment_of(self.services[name], self.image, PORT=port, UVICORN_PORT=port)

    def command(self, name):
        """The service's command."""
        return compose.words(self.services[name]["command"])

    def run(self, name, command=None):
        """Run a service's command, or another one in its place, to its end."""
        return self.image.run(command or self.command(name), self.environment(name))

    def check(self, name):
        """Run the service's health check once."""
        return self.run(name, compose.check_of(self.services[name]))

    def start(self, name):
        """Start the service's process."""
        return subprocess.Popen(
            self.command(name),
            cwd=self.image.folder,
            env=self.environment(name),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_until_healthy(self, name, process):
        """Return when the service's check passes."""
        deadline = time.monotonic() + 90
        while (found := self.check(name)).returncode:
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                raise AssertionError(f"{name} is not healthy: {found.stderr}{process.communicate()[1]}")
            time.sleep(0.1)


@pytest.fixture(scope="session")
def installation(image, database, redis_client):
    """An installation whose `migrate` service has run, as every other one waits for."""
    redis_client.flushdb()
    made = Installation(image, database)
    done = made.run("migrate")
    assert done.returncode == 0, done.stderr
    yield made
    redis_client.flushdb()


@pytest.fixture(scope="module")
def running(installation):
    """Web, worker and scheduler, as `docker compose up` starts them; in the end each is asked to stop."""
    processes = {name: installation.start(name) for name in ("web", "worker", "scheduler")}
    try:
        for name in ("web", "worker"):
            installation.wait_until_healthy(name, processes[name])
        yield installation
    finally:
        for process in processes.values():
            process.terminate()
        ends = {name: end_of(process) for name, process in processes.items()}
    # uvicorn ends in order, and then by the signal it was sent
    assert ends == {"web": (-signal.SIGTERM, []), "worker": (0, []), "scheduler": (0, [])}


def end_of(process):
    """The exit status of a process that was asked to stop, and the exceptions it wrote down."""
    try:
        _, said = process.communicate(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        _, said = process.communicate()
    exceptions = [line for line in said.splitlines() if '"exception"' in line or "Traceback" in line]
    return process.returncode, exceptions


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
