import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from alignment.serving.front import WholeBodies
from tests.front.asking import Connection, ask
from tests.front.conftest import LIMIT


def test_addresses_under_stream_go_to_the_streams_and_no_others(front):
    paths = ["/stream/a/", "/stream/", "/streams/", "/stream", "/a/stream/"]

    assert [ask(front, f"GET {path} HTTP/1.1").status for path in paths] == [418, 418, 200, 200, 200]


def test_head_gets_the_headers_of_get_and_no_body(front):
    with Connection(front) as connection:
        connection.send("GET /a HTTP/1.1")
        got = connection.reply()
        connection.send("HEAD /a HTTP/1.1")
        head = connection.reply("HEAD")
        connection.send("GET /b HTTP/1.1")
        after = connection.reply()

    assert head.status == 200
    assert int(head.headers["content-length"]) == len(got.body) + 1  # `HEAD` is a letter longer than `GET`
    assert after.seen["path"] == "/b"


def test_a_header_that_only_looks_like_the_proxy_s_does_not_reach_the_page(front):
    alone = ask(front, "GET /a HTTP/1.1", "X_Forwarded_For: 10.0.0.1")
    beside = ask(front, "GET /a HTTP/1.1", "X_Forwarded_For: 10.0.0.1", "X-Forwarded-For: 10.0.0.2")

    assert (alone.seen["forwarded"], beside.seen["forwarded"]) == (None, "10.0.0.2")


def test_a_query_that_is_not_ascii_is_refused_in_words():
    """Asked of the app itself: httptools refuses such a request before, other parsers hand it on."""
    sent, called = [], []

    async def page(scope, receive, send):
        called.append(scope)

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "query_string": "name=Zoé".encode(), "headers": []}
    with ThreadPoolExecutor(1) as thread:  # this one may have an event loop already, for a browser
        thread.submit(lambda: asyncio.run(WholeBodies(page, limit=LIMIT, seconds=1)(scope, None, send))).result()

    assert called == []
    assert sent[0]["status"] == 400
    assert b"This request cannot be read" in sent[1]["body"]


def test_a_query_in_percent_signs_is_left_as_it_is(front):
    assert ask(front, "GET /a?name=Zo%C3%A9 HTTP/1.1").seen["query"] == "name=Zo%C3%A9"


@pytest.mark.parametrize(
    ("status", "lines"),
    [
        (408, ["POST / HTTP/1.1", "Content-Length: 5"]),
        (413, ["POST / HTTP/1.1", f"Content-Length: {LIMIT + 1}"]),
    ],
)
def test_a_refusal_is_a_page_of_its_own_with_the_headers_of_every_page(front, settings, status, lines):
    reply = ask(front, *lines)

    assert reply.status == status
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; ")
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["x-frame-options"] == "DENY"
    assert reply.headers["cache-control"] == "no-store"
    assert reply.body.startswith(b'<!doctype html><html lang="en"><head><meta charset="utf-8">')


@pytest.mark.parametrize("path", ["/healthz", "/no/such/page/", "/stream/none/", "/static/none.css"])
def test_every_answer_of_the_site_forbids_foreign_scripts_and_guessing_of_types(site, path):
    host, port = site.removeprefix("http://").split(":")

    reply = ask((host, int(port)), f"GET {path} HTTP/1.1")

    headers = {name.lower(): value for name, value in reply.headers.items()}
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    assert headers["x-content-type-options"] == "nosniff"
