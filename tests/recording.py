"""Everything that the site under test was asked and sent, by the browser it was sent to."""

import contextlib
import zlib
from dataclasses import dataclass, field
from functools import cached_property

WHO = "X-Whose-Browser"  # a header that each browser of such a test carries


@dataclass
class Exchange:
    """One request, and every byte that answered it, streams included."""

    who: str
    phase: str
    method: str
    path: str
    query: str
    kind: str
    asked: bytearray = field(default_factory=bytearray)
    headers: list = field(default_factory=list)
    sent: bytearray = field(default_factory=bytearray)
    status: int = 0

    @cached_property
    def text(self):
        """What was sent, headers included and unpacked."""
        body = bytes(self.sent)
        if (b"content-encoding", b"gzip") in self.headers:
            body = zlib.decompressobj(wbits=31).decompress(body)
        head = b"\n".join(b": ".join(pair) for pair in self.headers)
        return (head + b"\n" + body).decode(errors="replace")


class Recorder:
    """Keeps exchanges in the order in which they began, each with the phase that the test is in."""

    def __init__(self):
        self.exchanges = []
        self.phase = ""

    def listen(self, scope, receive, send):
        """The two ends of an ASGI request, with an ear on both."""
        if scope["path"].startswith("/static/"):
            return receive, send
        headers = {name.decode().lower(): value.decode(errors="replace") for name, value in scope["headers"]}
        exchange = Exchange(
            who=headers.get(WHO.lower(), ""),
            phase=self.phase,
            method=scope["method"],
            path=scope["path"],
            query=scope["query_string"].decode(),
            kind=headers.get("accept", ""),
        )
        self.exchanges.append(exchange)

        async def hear():
            message = await receive()
            exchange.asked += message.get("body", b"")
            return message

        async def tell(message):
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                exchange.headers = [(name.lower(), value) for name, value in message.get("headers", [])]
            exchange.sent += message.get("body", b"")
            await send(message)

        return hear, tell


@contextlib.contextmanager
def recording(server):
    """Record what `server` is asked and sends."""
    server.recorder = Recorder()
    try:
        yield server.recorder
    finally:
        server.recorder = None
