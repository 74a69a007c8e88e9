"""Live streams: the small ASGI app beside Django that tells open pages which of their regions to read again.

GET /stream/<public id>/ answers with server-sent events. The right to listen is that of the workshop's pages, asked
when the stream opens, again every half minute, and at once when somebody lost access. What is sent are names and
digits; content only ever comes from a page's own address.
"""

import asyncio
import re

from django.conf import settings
from django.http import parse_cookie

from alignment.serving import answers

from . import live
from .doorkeeper import CannotTellError, Doorkeeper
from .feed import Feed, read_hint
from .hub import Hub, frame, retry

ADDRESS = re.compile(r"/stream/([A-Za-z0-9_-]{1,32})/", re.ASCII)
SESSION_KEY = re.compile(r"[A-Za-z0-9]{8,64}", re.ASCII)
LAST_SECONDS = 2


class Streams:
    """An ASGI app for `/stream/…`; `count` is how many it carries.

    Parameters
    ----------
    limit : int
        Streams that this process keeps open; further pages are told to poll.
    recheck_seconds : float
        The longest time for which a lost right could go unnoticed.
    """

    def __init__(self, limit, recheck_seconds=30):
        self.limit = limit
        self.recheck_seconds = recheck_seconds
        self.count = 0
        self._loop = None
        self._ending = False
        self._not_found = answers.text(404, "Not found.")
        self._only_get = answers.text(405, "Only GET.", (b"allow", b"GET"))
        self._later = answers.text(503, "No live updates at the moment.", (b"retry-after", b"15"))
        self._start = {
            "type": "http.response.start",
            "status": 200,
            "headers": [
                (b"content-type", b"text/event-stream; charset=utf-8"),
                (b"x-accel-buffering", b"no"),
                *answers.security_headers(),
            ],
        }

    async def start(self):
        """Begin to listen, in the running event loop."""
        self._loop = asyncio.get_running_loop()
        self._ending = False
        self._doorkeeper = Doorkeeper()
        self._hub = Hub(self._doorkeeper, self.recheck_seconds)
        self._feed = Feed(settings.REDIS_URL, self._hub)
        self._tasks = [asyncio.create_task(self._hub.keep_time()), asyncio.create_task(self._feed.follow())]

    def end_all(self):
        """End every stream, each with a time of its own to come back; called when the process is asked to stop."""
        self._ending = True
        self._hub.end_all()

    async def stop(self):
        """Undo `start`, and hand over what this process still had to tell."""
        self.end_all()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._feed.close()
        self._doorkeeper.close()
        self._loop = None
        await asyncio.to_thread(live.sender.flush, 1.0)

    async def __call__(self, scope, receive, send):
        if self._loop is not asyncio.get_running_loop():
            await self.start()  # a server that announces no start
        if self._ending or self.count >= self.limit:
            await self._later(send)
            return
        self.count += 1
        try:
            await self._answer(scope, receive, send)
        finally:
            self.count -= 1

    async def _answer(self, scope, receive, send):
        public_id, session_key, last = _read_request(scope)
        if scope["method"] != "GET":
            await self._only_get(send)
        elif public_id is None or session_key is None:
            await self._not_found(send)
        else:
            try:
                is_welcome = await self._doorkeeper.may_follow(session_key, public_id)
            except CannotTellError:
                await self._later(send)
                return
            if self._ending:
                await self._later(send)
            elif is_welcome:
                await self._let_in(self._hub.join(public_id, session_key, send), last, receive)
            else:
                await self._not_found(send)

    async def _let_in(self, stream, last, receive):
        try:
            await self._carry(stream, last, receive)
        except asyncio.CancelledError:
            stream.task.uncancel()
            await _say_last(stream)
        finally:
            self._hub.leave(stream)

    async def _carry(self, stream, last, receive):
        """Send what it missed, and then whatever the hub puts, until the page goes."""
        hints, known = await self._feed.first_hints(stream.public_id, last)
        first = retry(1_000, 4_000) + b"".join(frame(event, hint) for event, hint in hints)
        await stream.send(self._start)
        await stream.send({"type": "http.response.body", "body": first, "more_body": True})
        stream.open(known)
        while (await receive())["type"] != "http.disconnect":
            pass


async def _say_last(stream):
    """The end of a stream that had to end, unless its reader is too slow to hear it."""
    try:
        async with asyncio.timeout(LAST_SECONDS):
            await stream.send({"type": "http.response.body", "body": stream.ended or b"", "more_body": False})
    except TimeoutError:
        pass


def _read_request(scope):
    """The workshop's public id, the session's key and the last hint that a request names; None for what it does not."""
    headers = dict(scope["headers"])
    address = ADDRESS.fullmatch(scope["path"])
    cookies = parse_cookie(headers.get(b"cookie", b"").decode("latin-1"))
    session_key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    return (
        address[1] if address else None,
        session_key if SESSION_KEY.fullmatch(session_key) else None,
        read_hint(headers.get(b"last-event-id", b"").decode("latin-1")),
    )
