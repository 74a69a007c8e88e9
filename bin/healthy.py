"""Whether one service of docker-compose.yml does its work: exit status 0, or 1 with the reason.

`web` answers a request, `worker` takes messages, `scheduler` had a worker do something lately. The scheduler's check
fails with the worker's; if it fails alone, it is the scheduler that stands still.
"""

import http.client
import os
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

SILENCE = 90  # seconds; the scheduler asks each 30
LATEST_BEAT = "SELECT extract(epoch FROM now() - max(beat_at)) FROM workshops_workerpulse"


class Unwell(Exception):  # people read it
    """Why the service does not do its work."""


def web():
    """Ask for /healthz under the name that the site answers to."""
    from alignment import environment

    settings = environment.read()
    connection = http.client.HTTPConnection("127.0.0.1", settings["PORT"], timeout=4)
    try:
        connection.request("GET", "/healthz", headers={"Host": urlsplit(settings["SITE_URL"]).hostname})
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise Unwell(f"no answer: {error}") from None
    if status != 200:
        raise Unwell(f"/healthz answers {status}")


def worker():
    """Ask this machine's worker for a sign of life over Redis: one that lost its connection in silence gives none."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alignment.settings")
    from alignment.celery import app

    name = f"celery@{socket.gethostname()}"
    try:
        answers = app.control.ping(destination=[name], timeout=4, limit=1)
    except (OSError, app.connection_for_write().connection_errors) as error:
        raise Unwell(f"Redis cannot be asked: {error}") from None
    if not answers:
        raise Unwell(f"{name} takes no messages")


def scheduler():
    """See in PostgreSQL when a worker last did what the scheduler asks for."""
    import psycopg

    from alignment import environment

    try:
        with psycopg.connect(environment.read()["DATABASE_URL"], connect_timeout=4) as connection:
            seconds = connection.execute(LATEST_BEAT).fetchone()[0]
    except psycopg.Error as error:
        raise Unwell(f"PostgreSQL cannot tell: {error}") from None
    if seconds is None:
        raise Unwell("nothing was done yet")
    if seconds > SILENCE:
        raise Unwell(f"nothing was done for {seconds:.0f} s")


CHECKS = {"web": web, "worker": worker, "scheduler": scheduler}


def main(arguments):
    """Run the check of the service that is named."""
    if len(arguments) != 1 or arguments[0] not in CHECKS:
        print(f"usage: healthy.py {'|'.join(CHECKS)}", file=sys.stderr)
        return 2
    try:
        CHECKS[arguments[0]]()
    except Unwell as reason:
        print(f"{arguments[0]}: {reason}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
