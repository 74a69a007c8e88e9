import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from alignment.serving import uploads

FILE = "/teams/k7Qx0123456789ab/workshops/file/"


def run(coroutine):
    """Its result, from a thread of its own: in this one a browser's event loop may run."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


async def reached(app, path, *headers, method="POST"):
    """Where a request gets to: the status that it is answered with, or the name of the app behind."""
    sent = []

    async def send(message):
        sent.append(message)

    await app({"type": "http", "method": method, "path": path, "headers": list(headers)}, None, send)
    return sent[0].get("status") or sent[0]["name"]


def named(name, until=None):
    """An app that tells its name, once `until` has come."""

    async def app(scope, receive, send):
        if until is not None:
            await until.wait()
        await send({"name": name})

    return app


@pytest.mark.parametrize(
    "path, length, method, where",
    [
        (FILE, b"5000", "POST", "files"),
        (FILE, None, "POST", "files"),  # in chunks: nobody knows how much comes
        (FILE, b"500", "POST", "pages"),
        (FILE, b"5000", "GET", "pages"),
        (FILE + "x/", b"5000", "POST", "pages"),
        ("/x" + FILE, b"5000", "POST", "pages"),
        ("/teams/k7Qx/../../workshops/file/", b"5000", "POST", "pages"),
        ("/workshops/k7Qx/files/", b"5000", "POST", "pages"),
    ],
)
def test_only_the_address_for_files_takes_large_ones(path, length, method, where):
    app = uploads.Uploads(named("pages"), named("files"), small=1000)
    headers = [] if length is None else [(b"content-length", length)]

    assert run(reached(app, path, *headers, method=method)) == where


def test_of_many_large_files_at_once_some_are_asked_to_wait():
    async def many():
        done = asyncio.Event()
        app = uploads.Uploads(named("pages"), named("files", until=done), small=1000)
        asked = [asyncio.create_task(reached(app, FILE)) for _ in range(uploads.AT_ONCE + 2)]
        await asyncio.sleep(0)
        done.set()
        return [await each for each in asked], app.open

    assert run(many()) == (["files"] * uploads.AT_ONCE + [503, 503], 0)
