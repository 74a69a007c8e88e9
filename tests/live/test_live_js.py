"""static/js/live.js in a browser, on a page that only notes what it is told."""

import time

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect

from alignment.serving.answers import Answer
from alignment.serving.front import Front
from tests.live.listening import session_of
from tests.serving import Server
from workshops import live
from workshops.streams import Streams

PAUSED, AGAIN = "Live updates paused.", "Live again."
HTML = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harness</title>
<script src="/note.js"></script><script type="module" src="/live.js"></script></head><body>
<p id="status" role="status"></p>
<div id="live" hidden data-stream="/stream/PUBLIC_ID/" data-regions="job stage"
     data-paused="{PAUSED}" data-again="{AGAIN}"></div></body></html>"""
NOTE = """window.told = [];
for (const name of ["job", "stage", "team", "everything", "quiet"])
  window.addEventListener(name, () => told.push(name), true);"""
HIDE = """isHidden => {
  Object.defineProperty(document, "hidden", {value: isHidden, configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""


class Harness:
    """A browser page beside the streams, on one address that stays the same when the server starts anew."""

    def __init__(self, context, workshop, session_key):
        live_js = (django_settings.BASE_DIR / "static/js/live.js").read_bytes()
        self.files = {
            "/": Answer(200, HTML.replace("PUBLIC_ID", workshop.public_id).encode(), b"text/html; charset=utf-8"),
            "/note.js": Answer(200, NOTE.encode(), b"text/javascript"),
            "/live.js": Answer(200, live_js, b"text/javascript"),
        }
        self.page = context.new_page()
        self.page.clock.install()
        self.complaints = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.opened = []
        self.page.on("request", lambda request: "/stream/" in request.url and self.opened.append(request.url))
        self.start()
        context.add_cookies([{"name": "session", "value": session_key, "url": self.server.address}])
        self.status = self.page.locator("#status")

    def start(self, port=0):
        self.streams = Streams(limit=100)
        self.server = Server(Front(pages=self.answer, streams=self.streams), port)
        self.server.start()

    async def answer(self, scope, receive, send):
        await self.files.get(scope["path"], self.files["/note.js"])(send)

    def open(self):
        self.page.goto(self.server.address)

    def told(self, name):
        """Wait until the page was told this name, and return all it was told since it was last asked."""
        self.page.wait_for_function("name => told.includes(name)", arg=name, polling=50)
        return self.page.evaluate("told.splice(0)")

    def pass_time(self, seconds):
        """Let the page's clock run on, past the up to 0.8 s by which its questions are spread."""
        self.page.clock.run_for(seconds * 1000)

    def wait_for_streams(self, count):
        deadline = time.monotonic() + 5
        while self.streams.count != count:
            assert time.monotonic() < deadline
            self.page.wait_for_timeout(10)


@pytest.fixture
def harness(browser, workshop, ben):
    context = browser.new_context()
    harness = Harness(context, workshop, session_of(ben))
    yield harness
    context.close()
    harness.server.stop()


def test_a_page_is_told_everything_when_it_opens_and_then_each_change_once(harness, workshop):
    harness.open()
    first = harness.told("everything")
    live.announce(workshop, "team")  # a region this page does not show
    live.announce(workshop, "job")
    live.announce(workshop, "job")

    assert (first, harness.told("job")) == (["everything"], ["job"])
    assert harness.opened == [f"{harness.server.address}/stream/{workshop.public_id}/"]
    assert harness.complaints == []


def test_a_page_whose_stream_is_refused_says_so_polls_and_tries_again(harness):
    harness.streams.limit = 0
    harness.open()

    harness.pass_time(12)
    expect(harness.status).to_have_text(PAUSED)
    assert harness.told("quiet") == ["quiet"]
    harness.pass_time(40)
    polled = harness.told("quiet")
    harness.streams.limit = 100
    harness.pass_time(20)

    assert polled in (["quiet"] * 2, ["quiet"] * 3)
    assert "everything" in harness.told("everything")
    harness.pass_time(3)
    expect(harness.status).to_have_text(AGAIN)


def test_a_page_says_when_redis_is_away_and_when_it_is_back(own_redis, harness):
    harness.open()
    harness.told("everything")

    own_redis.stop()
    expect(harness.status).to_have_text(PAUSED)
    assert harness.told("quiet") == ["quiet"]
    own_redis.start()

    assert harness.told("everything") == ["everything"]
    harness.pass_time(3)
    expect(harness.status).to_have_text(AGAIN)


def test_a_connection_that_died_in_silence_is_made_anew(harness):
    harness.open()
    harness.told("everything")

    harness.pass_time(34)

    expect(harness.status).to_have_text(PAUSED)
    assert "everything" in harness.told("everything")
    assert len(harness.opened) == 2


def test_a_page_finds_a_server_that_was_started_again(harness, workshop):
    live.announce(workshop, "stage")
    harness.open()
    harness.told("everything")
    port = harness.server.socket.getsockname()[1]

    harness.server.stop()
    live.announce(workshop, "stage")
    harness.start(port)

    assert harness.told("stage") == ["stage"]


def test_a_hidden_tab_holds_no_stream(harness):
    harness.open()
    harness.told("everything")

    harness.page.evaluate(HIDE, True)
    harness.wait_for_streams(0)
    harness.page.evaluate(HIDE, False)

    assert harness.told("everything") == ["everything"]
    harness.wait_for_streams(1)
