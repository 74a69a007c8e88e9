"""Who may follow a workshop's stream: the pages' own permission, asked outside a request.

A few threads answer what is asked, and close their database connections as soon as nobody waits: a stream that is
open holds none.
"""

import asyncio
import logging
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth import get_user
from django.db import DatabaseError, InterfaceError, connections

from .models import Workshop
from .viewer import viewer_of

THREADS = 2
MOST_WAITING = 2000


log = logging.getLogger(__name__)


class CannotTellError(Exception):
    """Nobody can say at the moment whether it is allowed: mostly, the database is away."""


def is_allowed(session_key, public_id):
    """Whether whoever holds this session may open the workshop. Unknown session, guest, stranger: one way of asking."""
    session = _session_class(settings.SESSION_ENGINE)(session_key)
    viewer = viewer_of(get_user(SimpleNamespace(session=session)), session)
    return Workshop.objects.visible_to(viewer).filter(public_id=public_id).exists()


@cache
def _session_class(engine):
    store = import_module(engine).SessionStore

    class SessionToRead(store):
        """No response could carry a new cookie from here, so nothing may end, renew or write the session."""

        key_salt = store().key_salt  # would follow the class's name, and find every session forged

        def flush(self):
            self._session_cache = {}

        def cycle_key(self):
            pass

        def save(self, must_create=False):
            pass

    return SessionToRead


class Doorkeeper:
    """Asks `is_allowed` on threads; the same question asked twice while it waits is asked once."""

    def __init__(self):
        self._loop = asyncio.get_running_loop()
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="stream-doorkeeper")
        self._answers = {}  # question: the future of its answer, until a thread takes it up
        self._questions = deque()
        self._busy = 0

    async def may_follow(self, session_key, public_id):
        """Whether the session's holder may follow the workshop, by what is committed now.

        Raises
        ------
        CannotTellError
        """
        question = (session_key, public_id)
        answer = self._answers.get(question)
        if answer is None:
            if len(self._questions) >= MOST_WAITING:
                raise CannotTellError
            answer = self._answers[question] = self._loop.create_future()
            self._questions.append((question, answer))
            self._employ()
        return await asyncio.shield(answer)

    def close(self):
        """Answer nobody any more."""
        self._questions.clear()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _employ(self):
        if self._busy < THREADS and self._questions:
            self._busy += 1
            self._pool.submit(self._work)

    def _work(self):
        try:
            while self._questions:
                try:
                    question, answer = self._questions.popleft()
                except IndexError:  # the other thread took it
                    break
                # Before the database is read: whoever asks from here on, after losing a right, asks anew.
                self._answers.pop(question)
                self._call(partial(self._settle, answer, _ask(question)))
        finally:
            connections.close_all()
            self._call(self._rest)

    def _settle(self, answer, allowed):
        if answer.done():  # all who asked have gone
            return
        if allowed is None:
            answer.set_exception(CannotTellError())
            answer.exception()  # looked at, should nobody be left to do so
        else:
            answer.set_result(allowed)

    def _rest(self):
        self._busy -= 1
        self._employ()

    def _call(self, callback):
        with suppress(RuntimeError):  # the loop closed meanwhile, with everybody who waited
            self._loop.call_soon_threadsafe(callback)


def _ask(question):
    """The answer; None if there is none."""
    try:
        return is_allowed(*question)
    except Exception as error:
        # Whatever it was, the thread goes on for the others, and the asker lets nobody in.
        log.warning("cannot tell who may follow a workshop: %s", type(error).__name__, exc_info=not _is_known(error))
        connections.close_all()
        return None


def _is_known(error):
    return isinstance(error, DatabaseError | InterfaceError)
