"""A front with a small WSGI app behind it, so that what reaches a page can be seen."""

import json

import pytest
from a2wsgi import WSGIMiddleware

from alignment.serving.front import Front, WholeBodies
from tests.serving import Server

THREADS = 2
LIMIT = 1000
SECONDS = 1.0


def echo(environ, start_response):
    """Answers with the request as the page saw it."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    seen = {
        "method": environ["REQUEST_METHOD"],
        "path": environ["PATH_INFO"],
        "query": environ["QUERY_STRING"],
        "body": body.decode(),
        "length": environ.get("CONTENT_LENGTH"),
        "forwarded": environ.get("HTTP_X_FORWARDED_FOR"),
    }
    answer = json.dumps(seen).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
    return [answer]


class NoStreams:
    """Stands where the streams are."""

    async def start(self):
        pass

    async def stop(self):
        pass

    def end_all(self):
        pass

    async def __call__(self, scope, receive, send):
        await send({"type": "http.response.start", "status": 418, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture(scope="module")
def front():
    """The host and port of the front."""
    pages = WholeBodies(WSGIMiddleware(echo, workers=THREADS), limit=LIMIT, seconds=SECONDS)
    server = Server(Front(pages=pages, streams=NoStreams()))
    server.start()
    yield server.socket.getsockname()
    server.stop()
