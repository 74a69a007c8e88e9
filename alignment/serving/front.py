"""What stands before Django on the one port: live streams go their own way, request bodies are read whole first."""

import asyncio
import signal
import threading

from django.utils.translation import gettext as _

from . import answers

STREAMS = "/stream/"


class Front:
    """Gives `/stream/…` to the streams and everything else to the pages, and tells the streams when to end."""

    def __init__(self, pages, streams):
        self.pages = pages
        self.streams = streams

    async def __call__(self, scope, receive, send):
        if scope["type"] == "http":
            app = self.streams if scope["path"].startswith(STREAMS) else self.pages
            await app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1000})
        elif scope["type"] == "lifespan":
            await self._live(receive, send)

    async def _live(self, receive, send):
        await receive()
        await self.streams.start()
        _when_stopping(asyncio.get_running_loop(), self.streams.end_all)
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self.streams.stop()
        await send({"type": "lifespan.shutdown.complete"})


def _when_stopping(loop, callback):
    """Call `callback` as soon as the process is asked to end, before the server's own handler runs.

    The server announces its shutdown only when every response has ended, and a stream never ends by itself.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        servers_own = signal.getsignal(number)

        def ask_to_end(number, frame, servers_own=servers_own):
            loop.call_soon_threadsafe(callback)
            if callable(servers_own):
                servers_own(number, frame)

        signal.signal(number, ask_to_end)


class WholeBodies:
    """Calls `app`, which takes a thread, only when the whole request is here; a slow sender costs no thread.

    Parameters
    ----------
    app : ASGI application
    limit : int
        Largest body in bytes; also what one request may cost in memory.
    seconds : float
        Within which the whole body must have come.
    """

    def __init__(self, app, limit, seconds):
        self.app = app
        self.limit = limit
        self.seconds = seconds
        close = (b"connection", b"close")
        self.bad_request = answers.page(
            400, _("This request cannot be read"), _("Please go back and try the link or form again."), close
        )
        self.too_slow = answers.page(
            408, _("This took too long"), _("What you sent did not arrive in time. Please send it again."), close
        )
        self.too_large = answers.page(
            413, _("This is too large"), _("What you sent is larger than this page accepts."), close
        )

    async def __call__(self, scope, receive, send):
        if not scope["query_string"].isascii():
            await self.bad_request(send)
            return
        headers = dict(scope["headers"])
        if b"content-length" not in headers and b"transfer-encoding" not in headers:
            await self.app(_with_body(scope, None), _replay(b""), send)
            return
        try:
            async with asyncio.timeout(self.seconds):
                body = await self._read(headers, receive)
        except TimeoutError:
            await self.too_slow(send)
        except _TooLargeError:
            await self._refuse(receive, send)
        else:
            if body is not None:
                await self.app(_with_body(scope, len(body)), _replay(body), send)

    async def _read(self, headers, receive):
        """The body, or None when the sender went away."""
        announced = headers.get(b"content-length", b"0")
        if announced.isdigit() and int(announced) > self.limit:
            raise _TooLargeError
        chunks, size = [], 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            chunk = message.get("body", b"")
            size += len(chunk)
            if size > self.limit:
                raise _TooLargeError
            chunks.append(chunk)
            if not message.get("more_body", False):
                return b"".join(chunks)

    async def _refuse(self, receive, send):
        """Answer at once, then let the sender finish for a while: most show the answer only when they have sent all."""
        await self.too_large(send, more=True)
        try:
            async with asyncio.timeout(self.seconds):
                while (message := await receive())["type"] != "http.disconnect" and message.get("more_body", False):
                    pass
        except TimeoutError:
            pass
        await send({"type": "http.response.body", "body": b"", "more_body": False})


class _TooLargeError(Exception):
    pass


def _with_body(scope, length):
    """The scope with headers that say what the body is now, and none that a WSGI app would take for another.

    There, `X_Forwarded_For` and `X-Forwarded-For` get the same name, and a proxy only vouches for the second.
    """
    spoken_for = (b"content-length", b"transfer-encoding")
    headers = [(name, value) for name, value in scope["headers"] if b"_" not in name and name not in spoken_for]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    return {**scope, "headers": headers}


def _replay(body):
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive():
        return waiting.pop() if waiting else {"type": "http.disconnect"}

    return receive
