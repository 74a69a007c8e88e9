"""The whole of `make run`, as a process of its own on a data folder of its own."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg

from alignment.embedded import paths
from tests.embedded.leftovers import processes_of
from tests.isolation import MARK

ROOT = Path(__file__).resolve().parent.parent.parent


class Tree:
    """Starts, asks and kills `manage.py dev`; `lines` is what it has printed so far."""

    def __init__(self, data: Path, port: int):
        self.data, self.port = data, port
        self.address = f"http://127.0.0.1:{port}"
        self.lines: list[str] = []
        self.process = None

    @property
    def environment(self):
        """As on a machine where nothing is set, but for the folder and the port."""
        ours = (MARK, "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PARALLAX_STATIC_ROOT")
        kept = {name: value for name, value in os.environ.items() if name not in ours}
        return {**kept, "PARALLAX_DATA": str(self.data), "PORT": str(self.port)}

    def popen(self, *arguments, **options):
        """A command of manage.py."""
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        return subprocess.Popen(command, env=self.environment, text=True, stdout=subprocess.PIPE, **options)

    def run(self, *arguments):
        """A command of manage.py, to its end: the exit status and what it printed."""
        with self.popen(*arguments, stderr=subprocess.STDOUT) as process:
            printed = process.communicate(timeout=60)[0]
        return process.returncode, printed

    def start(self):
        """Return when it says that it runs."""
        self.lines.clear()
        self.process = self.popen("dev", stderr=subprocess.STDOUT)
        threading.Thread(target=self._read, args=[self.process.stdout], daemon=True).start()
        self.wait_for(lambda: "Ctrl-C stops all of it." in self.lines, seconds=180)

    def _read(self, stream):
        with stream:
            self.lines.extend(line.rstrip("\n") for line in stream)

    def wait_for(self, condition, *, seconds=60):
        """Wait for something to become true."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert self.process.poll() is None, "\n".join(self.lines)
            assert time.monotonic() < deadline, "\n".join([*self.lines, *processes_of(self.data).values()])
            time.sleep(0.02)

    def pid(self, name):
        """The process id of one child."""
        return json.loads((self.data / "run" / f"{name}.json").read_text())["pid"]

    def kill(self, name):
        """Kill a child hard, and wait until another one stands in its place."""
        pid = self.pid(name)
        os.kill(pid, signal.SIGKILL)
        self.wait_for(lambda: self.pid(name) != pid)

    def get(self, path):
        """Status and body of a page; None while nothing answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def health(self):
        """The parts of the application and how they are; empty while nothing answers."""
        answer = self.get("/readyz")
        return json.loads(answer[1]) if answer else {}

    def connect(self):
        """A connection to the database."""
        return psycopg.connect(paths.default_database_url(self.data), autocommit=True)

    def query(self, statement, *values):
        """The first row that the database answers with."""
        with self.connect() as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchone() if cursor.description else None


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
