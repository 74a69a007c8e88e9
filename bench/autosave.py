"""What one autosave costs the web process, beside the least that any server could do: python -m bench.autosave

Starts servers of its own in a temporary folder and posts a pain of 600 characters with a link, changed each time,
through the whole application as the web process runs it (request bodies, threads, middleware, permission, transaction),
without a network. The bare one reads the session, holds the stage, writes the same row with plain SQL and commits,
behind the same threads; it knows no forms, links or permissions. The processor time is that of the whole process.
"""

import asyncio
import json
import os
import re
import statistics
import tempfile
import time
from pathlib import Path
from urllib.parse import parse_qs, urlencode

TURNS, POSTS = 20, 50
BUDGET = 3.5  # milliseconds
NAME = "session"


def main():
    """Prints medians, the ratio and query counts."""
    with tempfile.TemporaryDirectory(prefix="parallax-bench-") as folder:
        os.environ |= {
            "PARALLAX_DATA": folder,
            "PARALLAX_PROCESS": "web",
            "DJANGO_SETTINGS_MODULE": "alignment.settings",
            "LOG_LEVEL": "WARNING",
        }
        from alignment.embedded import servers

        with servers.available(Path(folder), "bench"):
            import django

            django.setup()
            from django.core.management import call_command

            call_command("migrate", verbosity=0)
            call_command("collectstatic", verbosity=0, interactive=False)
            asyncio.run(measure(prepare()))


def prepare():
    """Who posts, and through what: {name: (application, cookie, address)}."""
    from a2wsgi import WSGIMiddleware
    from django.conf import settings

    from alignment.asgi import application
    from alignment.serving.front import WholeBodies
    from tests.people import account
    from tests.workshops import writers
    from workshops import writing_limit
    from workshops.models import Membership, Team

    writing_limit.AT_ONCE = writing_limit.PER_SECOND = 1e9
    team = Team.objects.create(name="Bench")
    team.add_default_roles()
    workshop = writers.open_workshop(team)
    guest, member = writers.join(workshop, "Guest"), writers.join(workshop, "Member")
    user = account("Member")
    team.add_member(user, Membership.Access.MEMBER)
    type(member).objects.filter(pk=member.pk).update(user=user)
    threads = WSGIMiddleware(bare, workers=settings.WEB_THREADS, send_queue_size=0)
    plain = WholeBodies(threads, limit=settings.BODY_LIMIT, seconds=settings.BODY_SECONDS)
    return {
        "bare": Writer(plain, guest, session_of(guest)),
        "guest": Writer(application, guest, session_of(guest)),
        "member": Writer(application, member, session_of(member, user)),
    }


def session_of(participant, user=None):
    """The session of a browser that came in by a personal link, or of somebody who signed in."""
    from django.test import Client

    from tests.people import take_seat

    client = Client()
    if user is None:
        take_seat(client, participant)
    else:
        client.force_login(user)
    return client.cookies[NAME].value


class Writer:
    """One browser: types on and posts what it has, with the version it was told last."""

    def __init__(self, application, participant, session):
        from tests.workshops.writers import write

        self.application, self.session, self.version, self.count = application, session, 1, 0
        self.goal, self.pain = write(participant, "Goal"), write(participant, "Pain", "pain")
        self.path = f"/workshops/{participant.workshop.public_id}/write/statements/{self.pain.public_id}/"
        self.token = "t" * 32

    def scope(self, length):
        """The request as the server hands it over."""
        headers = {
            "host": "127.0.0.1",
            "accept": "application/json",
            "content-type": "application/x-www-form-urlencoded",
            "content-length": str(length),
            "cookie": f"{NAME}={self.session}; csrf={self.token}",
            "x-csrftoken": self.token,
        }
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": self.path,
            "raw_path": self.path.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }

    async def post(self):
        """Save once; anything but an answer in order ends the run."""
        self.count += 1
        said = {"version": self.version, "kind": "pain", "label": f"Pain {self.count}", "meaning": "mean it " * 70}
        body = urlencode(said | {"evidence": 2, "example": "", "blocks": self.goal.public_id}).encode()
        waiting, sent = [{"type": "http.request", "body": body, "more_body": False}], []

        async def receive():
            return waiting.pop() if waiting else await asyncio.Event().wait()

        async def send(message):
            sent.append(message)

        await self.application(self.scope(len(body)), receive, send)
        answer = b"".join(message.get("body", b"") for message in sent[1:])
        if sent[0]["status"] != 200:
            raise RuntimeError(f"{sent[0]['status']} {answer[:300]!r}")
        self.version = json.loads(answer)["version"]


HOLD = """
SELECT p.id FROM workshops_participant p JOIN workshops_workshop w ON w.id = p.workshop_id
WHERE p.id = (SELECT participant_id FROM workshops_statement WHERE public_id = %s) AND w.stage = 'write' FOR SHARE OF w
"""
WRITE = """
UPDATE workshops_statement SET label = %s, meaning = %s, evidence = %s, version = version + 1
WHERE public_id = %s AND version = %s RETURNING version
"""


def bare(environ, start_response):
    """The least: read the session, hold the stage, write the row, commit."""
    from django.db import connection

    connection.ensure_connection()
    database = connection.connection
    session = re.search(rf"{NAME}=(\w+)", environ["HTTP_COOKIE"])[1]
    said = {name: values[0] for name, values in parse_qs(environ["wsgi.input"].read().decode()).items()}
    key = environ["PATH_INFO"].split("/")[-2]
    new = [said["label"], said["meaning"], said["evidence"], key, said["version"]]
    with database.transaction():
        database.execute("SELECT session_data FROM django_session WHERE session_key = %s", [session]).fetchone()
        database.execute(HOLD, [key]).fetchone()
        version = database.execute(WRITE, new).fetchone()[0]
    body = json.dumps({"version": version}).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


async def measure(writers):
    """Post by turns, so that a busy neighbour slows all of them alike."""
    spent = {name: [] for name in writers}
    elapsed = {name: [] for name in writers}
    for turn in range(TURNS + 1):
        for name, writer in writers.items():
            cpu, clock = time.process_time(), time.perf_counter()
            for _n in range(POSTS):
                await writer.post()
            if turn:  # the first turn warms up
                spent[name].append((time.process_time() - cpu) / POSTS * 1000)
                elapsed[name].append((time.perf_counter() - clock) / POSTS * 1000)
    least = statistics.median(spent["bare"])
    print(f"{'one autosave':<14}{'CPU ms':>8}{'worst turn':>12}{'round trip ms':>15}{'x bare':>8}")
    for name in writers:
        cpu = statistics.median(spent[name])
        line = f"{cpu:>8.2f}{max(spent[name]):>12.2f}{statistics.median(elapsed[name]):>15.2f}{cpu / least:>8.1f}"
        print(f"{name:<14}{line}")
    worst = max(statistics.median(spent[name]) for name in writers if name != "bare")
    print(f"budget {BUDGET} ms of CPU: {'kept' if worst <= BUDGET else 'MISSED'}")


if __name__ == "__main__":
    main()
