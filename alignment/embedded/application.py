"""The application's own processes: web, worker, scheduler. Without Django, which each of them loads for itself."""

import http.client
import os
import socket
import sys
from pathlib import Path

from alignment.embedded.errors import StartError
from alignment.embedded.processes import Child

SETTINGS = {"DJANGO_SETTINGS_MODULE": "alignment.settings", "PYTHONUNBUFFERED": "1"}


def children(data: Path, host: str, port: int) -> list[Child]:
    """Web, worker and scheduler, to be started side by side."""
    return [web(host, port), worker(f"parallax-{os.getpid()}"), scheduler(data / "run" / "celerybeat-schedule")]


def web(host: str, port: int) -> Child:
    """Pages and live streams on one port. Mail for the console, and with it the sign-in code, is printed by it."""
    options = ["--http", "httptools", "--loop", "uvloop", "--no-access-log", "--timeout-graceful-shutdown", "5"]
    where = ["--host", host, "--port", str(port)]
    return Child(
        name="web",
        argv=[sys.executable, "-m", "uvicorn", "alignment.asgi:application", *where, *options],
        env={**SETTINGS, "PARALLAX_PROCESS": "web"},
        ready=lambda: answers(host, port),
        terminal=True,
    )


def worker(name: str) -> Child:
    """Jobs, on two threads of one process."""
    options = ["--pool", "threads", "--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    return Child(
        name="worker",
        argv=[*celery("worker"), "--hostname", f"{name}@localhost", *options],
        env={**SETTINGS, "PARALLAX_PROCESS": "worker"},
        ready=lambda: consumes(f"{name}@localhost"),
        terminal=True,
    )


def scheduler(schedule: Path) -> Child:
    """What is due by the clock, put in the queue."""
    return Child(
        name="scheduler",
        argv=[*celery("beat"), "--schedule", str(schedule), "--loglevel", "INFO"],
        env={**SETTINGS, "PARALLAX_PROCESS": "scheduler"},
        terminal=True,
    )


def celery(command: str) -> list[str]:
    """The beginning of a Celery command line."""
    return [sys.executable, "-m", "celery", "--quiet", "--app", "alignment.celery", command]


def answers(host: str, port: int) -> bool:
    """Whether the web process says that it is well."""
    connection = http.client.HTTPConnection(reachable(host), port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def consumes(hostname: str) -> bool:
    """Whether the worker of that name takes messages."""
    from alignment.celery import app  # loads the settings, which not every user of this module has

    try:
        return bool(app.control.ping(destination=[hostname], timeout=0.5, limit=1))
    except (OSError, app.connection_for_write().connection_errors):
        return False


def reachable(host: str) -> str:
    """The address under which this machine reaches a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  not listened on, only compared


def require_free(host: str, port: int):
    """Refuse in words to start on a port that somebody listens on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StartError(
                f"Cannot listen on {host} port {port}: {error.strerror.lower()}."
                f" Choose another port: PORT={port + 1} make run"
            ) from None
