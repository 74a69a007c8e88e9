"""The open streams of one web process, and what reaches them.

A stream is a response that stays open: one small object and the server's own task, no thread, timer or queue of its
own. One clock serves the heartbeats and the renewed permission checks of all.
"""

import asyncio
import random
import time
from collections import defaultdict

from . import live
from .doorkeeper import CannotTellError

HEARTBEAT_SECONDS = 15
TURN = 200  # streams served before others get a turn
PER_SESSION = 6


def frame(event, hint=None):
    """One event of a stream: names and digits only. The hint says where to go on after an interruption."""
    if hint is None:
        return f"event: {event}\ndata: 0\n\n".encode()
    number = "{}-{}".format(*hint)
    return f"id: {number}\nevent: {event}\ndata: {number}\n\n".encode()


def retry(least, most):
    """Ask the page to come back after a time of its own, so that not all come at once."""
    return b"retry: %d\n\n" % random.randint(least, most)  # noqa: S311  spreads load, hides nothing


ALIVE = frame("alive")
PAUSED = frame("paused")


class Stream:
    """One page's open connection."""

    __slots__ = ("ended", "is_open", "known", "public_id", "send", "task", "visitor", "waiting", "writing")

    def __init__(self, public_id, visitor, send):
        self.public_id = public_id
        self.visitor = visitor
        self.send = send
        self.task = asyncio.current_task()
        self.is_open = False
        self.ended = None  # what to say last, once it has to end
        self.known = None  # the hint up to which the page was told everything when it connected
        self.waiting = None  # event: (hint, frame), in the order of the hints
        self.writing = None

    def put(self, event, data, hint=None):
        """Send a frame, now if the reader keeps up. One that does not gets each event once, when it reads again.

        Of one event only the newest matters, so what waits is bounded by the number of events, and no reader has to be
        sent away.
        """
        if hint is not None and self.known is not None:
            if hint <= self.known:
                return
            self.known = None
        if self.is_open and self.writing is None:
            self._start_writing(data)
            return
        waiting = self.waiting = self.waiting or {}
        if event == live.EVERYTHING:
            waiting.clear()
        waiting.pop(event, None)
        waiting[event] = (hint, data)

    def open(self, known):
        """The first frames are sent, up to the hint `known`: what came meanwhile may follow."""
        self.is_open = True
        self.known = known
        newer = [data for hint, data in self._take_waiting() if hint is None or known is None or hint > known]
        if newer:
            self._start_writing(b"".join(newer))

    def end(self, last):
        """Let the connection's task send these last bytes and finish."""
        if self.ended is None:
            self.ended = last
            self.is_open = False
            if self.writing is not None:
                self.writing.cancel()
            self.task.cancel()

    def _start_writing(self, data):
        # A task begun eagerly has mostly finished here: a frame fits into the connection's buffer.
        task = asyncio.Task(self._write(data), loop=self.task.get_loop(), eager_start=True)
        if not task.done():
            self.writing = task

    async def _write(self, data):
        while data:
            await self.send({"type": "http.response.body", "body": data, "more_body": True})
            data = b"".join(data for _, data in self._take_waiting())
        self.writing = None

    def _take_waiting(self):
        waiting, self.waiting = self.waiting, None
        return waiting.values() if waiting else ()


class Visitor:
    """The streams of one browser session, whose right to them is checked together."""

    __slots__ = ("check_at", "in_doubt", "session_key", "streams")

    def __init__(self, session_key):
        self.session_key = session_key
        self.streams = []
        self.check_at = 0.0
        self.in_doubt = False


class Hub:
    """Knows who listens to what.

    Parameters
    ----------
    doorkeeper : Doorkeeper
    recheck_seconds : float
        The longest time for which somebody who lost access could go on listening, should nobody tell the hub.
    """

    def __init__(self, doorkeeper, recheck_seconds):
        self.doorkeeper = doorkeeper
        self.recheck_seconds = recheck_seconds
        self.is_paused = False
        self._by_workshop = defaultdict(set)
        self._visitors = {}
        self._slots = [set() for _ in range(HEARTBEAT_SECONDS)]
        self._jobs = set()

    def join(self, public_id, session_key, send):
        """A new stream of the running task. Beyond PER_SESSION the session's oldest one ends."""
        visitor = self._visitors.get(session_key)
        if visitor is None:
            visitor = self._visitors[session_key] = Visitor(session_key)
            self._plan_check(visitor)
        stream = Stream(public_id, visitor, send)
        visitor.streams.append(stream)
        self._by_workshop[public_id].add(stream)
        self._slots[id(stream) // 64 % HEARTBEAT_SECONDS].add(stream)
        open_ones = [stream for stream in visitor.streams if stream.ended is None]
        for oldest in open_ones[:-PER_SESSION]:
            oldest.end(retry(30_000, 60_000))  # sooner, and two pages would take turns in ending each other
        return stream

    def leave(self, stream):
        """The stream's connection is gone."""
        visitor = stream.visitor
        visitor.streams.remove(stream)
        if not visitor.streams:
            self._visitors.pop(visitor.session_key, None)
        self._slots[id(stream) // 64 % HEARTBEAT_SECONDS].discard(stream)
        followers = self._by_workshop[stream.public_id]
        followers.discard(stream)
        if not followers:
            del self._by_workshop[stream.public_id]

    async def tell(self, public_id, event, hint=None):
        """Send a hint to the pages that follow a workshop, or to all."""
        await self._put(self._following(public_id), event, frame(event, hint), hint)

    async def pause(self):
        """Redis is away: say so."""
        self.is_paused = True
        await self._put(self._following(live.ALL_WORKSHOPS), "paused", PAUSED)

    async def resume(self):
        """Redis is back, and nobody knows what was missed."""
        self.is_paused = False
        await self.tell(live.ALL_WORKSHOPS, live.EVERYTHING)

    def recheck(self, public_id):
        """Somebody may have lost access to this workshop: ask again for all who follow it."""
        for visitor in {stream.visitor for stream in self._following(public_id)}:
            self._start(self._check(visitor))

    def end_all(self):
        """The process is about to end; the pages find another, or this one's successor."""
        for stream in self._following(live.ALL_WORKSHOPS):
            stream.end(retry(500, 5_000))

    async def keep_time(self):
        """Heartbeats and due checks, for ever."""
        second = 0
        while True:
            await asyncio.sleep(1)
            second += 1
            await self._put(list(self._slots[second % HEARTBEAT_SECONDS]), "alive", ALIVE)
            now = time.monotonic()
            for visitor in [visitor for visitor in self._visitors.values() if visitor.check_at <= now]:
                self._plan_check(visitor)
                self._start(self._check(visitor))

    def _following(self, public_id):
        if public_id == live.ALL_WORKSHOPS:
            return [stream for followers in self._by_workshop.values() for stream in followers]
        return list(self._by_workshop.get(public_id, ()))

    async def _put(self, streams, event, data, hint=None):
        for count, stream in enumerate(streams, 1):
            stream.put(event, data, hint)
            if count % TURN == 0:
                await asyncio.sleep(0)

    def _plan_check(self, visitor):
        visitor.check_at = time.monotonic() + self.recheck_seconds * random.uniform(0.6, 0.9)  # noqa: S311  spreads load

    def _start(self, coroutine):
        job = asyncio.create_task(coroutine)
        self._jobs.add(job)  # the loop itself holds tasks only weakly
        job.add_done_callback(self._jobs.discard)

    async def _check(self, visitor):
        """End what the visitor may not follow any more; if nobody can tell, twice in a row, end all of theirs."""
        lost = set()
        try:
            for public_id in {stream.public_id for stream in visitor.streams}:
                if not await self.doorkeeper.may_follow(visitor.session_key, public_id):
                    lost.add(public_id)
            was_in_doubt, visitor.in_doubt = False, False
        except CannotTellError:
            was_in_doubt, visitor.in_doubt = visitor.in_doubt, True
        for stream in list(visitor.streams):
            if was_in_doubt or stream.public_id in lost:
                stream.end(retry(1_000, 4_000))
