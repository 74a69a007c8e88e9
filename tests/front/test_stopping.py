import os
import re
import signal
import socket
import subprocess
import time
from contextlib import ExitStack
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from alignment.embedded import application
from tests.front.asking import Connection
from tests.live.listening import Listener, session_of
from workshops.models import Segment, Team, User, Workshop


@pytest.fixture
def web(transactional_db):
    """A web process as `make run` starts it, on the test database: its port and the process."""
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    child = application.web("127.0.0.1", port)
    process = subprocess.Popen(child.argv, env={**os.environ, **child.env, "DATABASE_URL": urlunsplit(url)})
    deadline = time.monotonic() + 30
    while not child.ready():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    yield port, process
    process.kill()
    process.wait()


@pytest.fixture
def workshop(transactional_db):
    team = Team.objects.create(name="Lighthouse")
    team.add_member(User.objects.create(email="ben@example.org", name="Ben"), "member")
    segment = Segment.objects.create(team=team, name="Small practices")
    return Workshop.objects.create(team=team, segment=segment, title="Autumn", question="What holds them up?")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_that_is_told_to_end_sends_each_page_away_with_a_time_of_its_own(web, workshop, number):
    port, process = web
    session_key = session_of(User.objects.get())
    with ExitStack() as open_pages:
        pages = [
            open_pages.enter_context(Listener(f"http://127.0.0.1:{port}", workshop.public_id, session_key))
            for _ in range(5)
        ]
        assert [page.next_event().name for page in pages] == ["everything"] * 5
        process.send_signal(number)
        began = time.monotonic()

        assert [page.next_event() for page in pages] == [None] * 5
        process.wait(10)

    assert time.monotonic() - began < 2
    pauses = {int(re.findall(r"^retry: (\d+)$", page.text, re.MULTILINE)[-1]) for page in pages}
    assert len(pauses) > 1
    assert all(500 <= pause <= 5_000 for pause in pauses)


def test_a_request_that_has_begun_is_answered_before_the_process_ends(web):
    port, process = web
    with Connection(("127.0.0.1", port)) as connection:
        connection.send("POST /sign-in/ HTTP/1.1", "Content-Length: 10", body=b"email=")
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        connection.socket.sendall(b"a%40")

        assert connection.reply().status == 403  # no token; but Django answered
    assert process.wait(10) is not None
